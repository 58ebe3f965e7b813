"""Lines over sizes on logarithmic axes, as an SVG file that stands alone."""

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from gbaqa.evaluation.report.svg import Drawing

WIDTH, HEIGHT = 720, 400
LEFT, RIGHT, TOP, BOTTOM = 64, 560, 48, 350
CSS = """svg { background: #fff; font: 13px system-ui, sans-serif; } text { fill: #222; } .small { font-size: 11px; fill: #555; }
.grid { stroke: #ddd; } .s0 { stroke: #0b6; fill: #0b6; } .s1 { stroke: #06b; fill: #06b; } .s2 { stroke: #b50; fill: #b50; }
.s3 { stroke: #888; fill: #888; } .s4 { stroke: #a3a; fill: #a3a; } line[class^=s] { stroke-width: 2; } text[class^=s] { stroke: none; }"""


def write_plot(path: Path, title: str, note: str, sizes: Sequence[int], lines: Mapping[str, Sequence[float]], unit: str) -> None:
    """Draw a line for each name over the sizes.

    Args:
        path: where the file goes.
        title: a heading.
        note: a line below it (the machine).
        sizes: what grows, ascending.
        lines: positive values by name, one for each size.
        unit: of the values.
    """
    low, high = (
        fit(math.log10(pick(value for values in lines.values() for value in values))) for fit, pick in ((math.floor, min), (math.ceil, max))
    )
    high = max(high, low + 1)
    first, last = math.log10(sizes[0]), max(math.log10(sizes[-1]), math.log10(sizes[0]) + 1e-9)
    drawing = Drawing(WIDTH, HEIGHT, title)
    drawing.text(LEFT, 20, title)
    drawing.text(LEFT, 36, note, style="small")

    def at(size: float, value: float) -> tuple[float, float]:
        across = (math.log10(size) - first) / (last - first)
        return LEFT + (RIGHT - LEFT) * across, BOTTOM - (BOTTOM - TOP) * (math.log10(value) - low) / (high - low)

    for power in range(low, high + 1):
        y = at(sizes[0], 10.0**power)[1]
        drawing.line(LEFT, y, RIGHT, y, "grid")
        drawing.text(LEFT - 6, y + 4, f"{10.0**power:g} {unit}", "end", "small")
    for size in sizes:
        x = at(size, 10.0**low)[0]
        drawing.line(x, TOP, x, BOTTOM, "grid")
        drawing.text(x, BOTTOM + 16, f"{size:,}", "middle", "small")
    drawing.text((LEFT + RIGHT) / 2, BOTTOM + 36, "chunks", "middle", "small")
    taken: list[float] = []
    for number, (name, values) in enumerate(lines.items()):
        points = [at(size, value) for size, value in zip(sizes, values, strict=True)]
        for (x, y), value in zip(points, values, strict=True):
            drawing.circle(x, y, 3.5, f"s{number}", f"{name}: {value:.3g} {unit}")
        for (x1, y1), (x2, y2) in pairwise(points):
            drawing.line(x1, y1, x2, y2, f"s{number}")
        y = points[-1][1] + 4
        while any(abs(y - other) < 14 for other in taken):
            y -= 2
        taken.append(y)
        drawing.text(RIGHT + 10, y, name, style=f"s{number}")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(drawing.document(CSS) + "\n", "utf-8")
