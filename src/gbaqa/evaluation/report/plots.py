"""The report's plots: measures by group, confidence against correctness, latency. Widths suit a phone."""

import math
from collections.abc import Sequence

from gbaqa.evaluation.calibration import Calibration
from gbaqa.evaluation.groups import Group
from gbaqa.evaluation.measures import CONFIDENT, MEASURES
from gbaqa.evaluation.report.svg import Drawing

WIDTH = 360
PLOTTED = ("right", "fact_recall", "first_page")
_TITLES = {known.name: known.title for known in MEASURES}
_LATENCY_BINS = 24
_LABEL_CHARS = 16
_TICKS = (0, 0.25, 0.5, 0.75, 1)


def measures_plot(groups: Sequence[Group], title: str) -> str:
    """A bar for each plotted measure and group, with its 95 % interval as a whisker."""
    left, right, bar, gap, top = 104, 330, 11, 12, 4
    height = top + len(groups) * (len(PLOTTED) * bar + gap) + 18
    drawing = Drawing(WIDTH, height, title)
    _share_grid(drawing, left, right, top, height - 18)
    y = top + gap / 2
    for group in groups:
        middle = y + len(PLOTTED) * bar / 2
        drawing.text(left - 6, middle, _label(group.name), "end")
        drawing.text(left - 6, middle + 11, f"n = {len(group.rows)}", "end", "small")
        for series, name in enumerate(PLOTTED):
            if (mean := group.mean(name)) is not None and (interval := group.interval(name)) is not None:
                tip = f"{_label(group.name)}, {_TITLES[name]}: {mean:.3f} (95 %: {interval.low:.3f}–{interval.high:.3f})"
                drawing.rect(left, y + 1, (right - left) * mean, bar - 2, f"series{series}", tip)
                low, high = (left + (right - left) * end for end in interval)
                drawing.line(low, y + bar / 2, high, y + bar / 2, "whisker")
                drawing.text(right + 4, y + bar - 2, f"{mean:.2f}", style="small")
            y += bar
        y += gap
    return drawing.markup()


def calibration_plot(found: Calibration) -> str:
    """Share right by confidence, a dot a tenth, its area by the number of answers; right on the diagonal is well calibrated."""
    left, right, top, bottom = 40, 344, 14, 236
    drawing = Drawing(WIDTH, 276, "Share of right answers by confidence")
    _share_grid(drawing, left, right, top, bottom)
    for tick in _TICKS:
        y = bottom - (bottom - top) * tick
        drawing.line(left, y, right, y, "grid")
        drawing.text(left - 6, y + 4, f"{tick:g}", "end", "small")
    drawing.line(left, bottom, right, top, "diagonal")
    sure = left + (right - left) * CONFIDENT
    drawing.rect(sure, top, right - sure, bottom - top, "zone", f"confidence of {CONFIDENT} or more")
    most = max((tenth.answers for tenth in found.bins), default=1)
    for tenth in found.bins:
        x, y = left + (right - left) * tenth.confidence, bottom - (bottom - top) * tenth.right
        tip = f"{tenth.answers} answers of confidence {tenth.low:.1f} to {tenth.high:.1f}: {tenth.right:.3f} right"
        drawing.circle(x, y, 3 + 9 * math.sqrt(tenth.answers / most), "series0", tip)
        drawing.text(x, y + (26 if y < top + 40 else -16), str(tenth.answers), "middle", "small")
    drawing.text((left + right) / 2, 270, "confidence", "middle", "small")
    return drawing.markup()


def latency_plot(group: Group) -> str:
    """How many answers took how long; the last bar holds all that took longer."""
    left, right, top, bottom = 40, 344, 20, 196
    drawing = Drawing(WIDTH, 236, "Number of answers by latency")
    times = [row.answer.elapsed_ms for row in group.rows]
    p50, p95 = group.latency(0.5), group.latency(0.95)
    step = _round_step(max(1.6 * p95, 1.0) / _LATENCY_BINS)
    counts = [0] * _LATENCY_BINS
    for time in times:
        counts[min(int(time / step), _LATENCY_BINS - 1)] += 1
    most, width = max(counts, default=0) or 1, (right - left) / _LATENCY_BINS
    drawing.line(left, bottom, right, bottom, "axis")
    for number, count in enumerate(counts):
        last = number == _LATENCY_BINS - 1
        tip = f"{count} answers in {number * step:g} ms {'or more' if last else f'to {(number + 1) * step:g} ms'}"
        tall = (bottom - top) * count / most
        drawing.rect(left + number * width + 0.5, bottom - tall, width - 1, tall, "series0", tip)
        if number % 6 == 0:
            drawing.text(left + number * width, bottom + 14, f"{number * step:g}", "middle", "small")
    drawing.text(left - 6, top + 8, str(most), "end", "small")
    drawing.text(left - 6, bottom, "0", "end", "small")
    for value, name, anchor in ((p50, "p50", "end"), (p95, "p95", "start")):
        x = left + width * value / step
        drawing.line(x, top - 6, x, bottom, "mark")
        drawing.text(x + (4 if anchor == "start" else -4), top - 8, f"{name} {value:.0f} ms", anchor, "small")
    drawing.text((left + right) / 2, 230, "milliseconds; the last bar holds all that took longer", "middle", "small")
    return drawing.markup()


def _share_grid(drawing: Drawing, left: float, right: float, top: float, bottom: float) -> None:
    for tick in _TICKS:
        x = left + (right - left) * tick
        drawing.line(x, top, x, bottom, "grid")
        drawing.text(x, bottom + 14, f"{tick:g}", "middle", "small")


def _label(name: str) -> str:
    """What a group is called beside its bars, cut to the room there is."""
    label = name.partition("=")[2] or name
    return label if len(label) <= _LABEL_CHARS else label[: _LABEL_CHARS - 1] + "…"


def _round_step(least: float) -> float:
    """The next of 1, 2, 5, 10, 20 … that is no less."""
    power = 10.0 ** math.floor(math.log10(least))
    return next((factor * power for factor in (1, 2, 5) if factor * power >= least), 10 * power)
