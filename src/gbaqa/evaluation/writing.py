"""What a language model did for the answers of an evaluation: its share, what verification dropped, tokens, cost and time."""

from collections import Counter
from collections.abc import Iterator
from statistics import mean, median

from gbaqa.answering.answer import Generation
from gbaqa.evaluation.groups import Group


def writing_lines(all_questions: Group) -> Iterator[str]:
    """The lines that tell it; none where no model was asked."""
    answers = [row.answer for row in all_questions.rows]
    asked = [answer.generation for answer in answers if answer.generation is not None]
    if not asked:
        return
    worded = sum(answer.mode == "generative" for answer in answers)
    wholly = sum(answer.mode == "generative" and not found.added for answer in answers if (found := answer.generation))
    yield (
        f"{asked[0].model} was asked for {len(asked)} of {len(answers)} answers and worded {worded}, {wholly} of them wholly; "
        f"the others stand in the document's own words."
    )
    if reasons := Counter(found.fallback for found in asked if found.fallback):
        yield f"Fallen back, wholly or in part: {_counts(reasons)}."
    dropped = sum((Counter(found.dropped) for found in asked), Counter[str]())
    written, kept = sum(found.written for found in asked), sum(found.kept for found in asked)
    yield f"Of {written} sentences that it wrote {kept} were shown; dropped: {_counts(dropped) or 'none'}."
    yield _spent(asked)
    first = [found.first_text_ms for found in asked if found.first_text_ms is not None]
    if first:
        yield f"First verified text after {median(first):.0f} ms (p50), {max(first):.0f} ms at the latest."


def _spent(asked: list[Generation]) -> str:
    tokens = mean(found.input_tokens for found in asked), mean(found.output_tokens for found in asked)
    about = "about " if any(found.is_estimated for found in asked) else ""
    costs = [found.cost for found in asked if found.cost is not None]
    cost = f", {mean(costs):.6f} dollars" if costs else ""
    calls = mean(found.calls for found in asked)
    return f"An answer took {calls:.2f} calls, {about}{tokens[0]:.0f} tokens in and {tokens[1]:.0f} out{cost}."


def _counts(counter: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counter.most_common())
