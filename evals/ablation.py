"""What each mechanism contributes: the measures on gold questions with one mechanism at a time taken away.

usage: python evals/ablation.py GOLD.jsonl … --corpus CORPUS --index INDEX [--only WORDS]
"""

import argparse
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import numpy as np
from rich.console import Console
from rich.progress import track
from rich.table import Table

from gbaqa.answering.answerability import AnswerabilityJudge
from gbaqa.answering.city_board import CityBoard
from gbaqa.answering.completion import Completer
from gbaqa.answering.growth_table import GrowthTable
from gbaqa.answering.lists import ListFinder
from gbaqa.answering.rankings import TableBoard
from gbaqa.answering.units import UnitFinder
from gbaqa.assistant import Assistant
from gbaqa.config import Settings
from gbaqa.evaluation.gold import read_gold
from gbaqa.evaluation.groups import group
from gbaqa.evaluation.scored import answer_item
from gbaqa.language.framing import without_aside, without_emphasis, without_frame
from gbaqa.language.region import as_whole_region
from gbaqa.retrieval.features import FEATURES
from gbaqa.retrieval.question import _PUT_PLAINLY, analyse
from gbaqa.retrieval.ranker import EvidenceRanker
from gbaqa.retrieval.rows import NOWHERE, IndexRows
from gbaqa.retrieval.scoring import Scorer
from gbaqa.retrieval.spelling import Spelling

MEASURES = ("fact_recall", "all_facts", "first_page", "page_precision", "footnote_recall", "refusal_right", "false_refusal", "hit@1")
Without = AbstractContextManager[object]
_SIMILARITIES = ("similarity", "chunk_score")


def main() -> None:
    """Answer the questions once with everything and once without each mechanism; print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--only", default="", help="mechanisms whose names have these words")
    options = parser.parse_args()
    items = [item for path in options.gold for item in read_gold(path)]
    table = Table("without", *MEASURES, title=f"{len(items)} questions")
    for name, ask_without in {
        "(nothing)": nullcontext,
        **{name: without for name, without in WITHOUT.items() if options.only in name},
    }.items():
        analyse.cache_clear()
        with ask_without():
            assistant = Assistant.open(using=Settings(corpus=options.corpus, index=options.index))
            scored = [row for item in track(items, name) for row in answer_item(assistant, item)]
        everything = group(scored)["all"]
        table.add_row(name, *(f"{everything.mean(measure) or 0:.3f}" for measure in MEASURES))
    Console(width=140).print(table)


def _best_statement_only() -> Without:
    return patch.object(Completer, "candidates", lambda *_: [])


def _no_refusals() -> Without:
    judge = AnswerabilityJudge.judge
    return patch.object(AnswerabilityJudge, "judge", lambda *given: replace(judge(*given), lacks=False))


def _no_city_table() -> Without:
    return patch.object(CityBoard, "answer", lambda *_: None)


def _cities_together() -> Without:
    """Cities that are set beside each other are looked up in one search, as any question is."""
    return patch("gbaqa.retrieval.sides.sets_beside", lambda _: False)


def _no_twins() -> Without:
    """Each statement is judged by its own language only."""
    return patch.object(IndexRows, "twin", lambda _, rows: np.full_like(rows, NOWHERE))


def _no_tokens() -> Without:
    return patch("gbaqa.index.embeddings.has_tokens", lambda _: False)


def _no_doubt() -> Without:
    return patch.object(AnswerabilityJudge, "_doubt_of", lambda *_: 0.0)


def _no_growth() -> Without:
    return patch.object(GrowthTable, "answer", lambda *_: None)


def _no_counts_of_each() -> Without:
    return patch("gbaqa.answering.extractive.counted_of_each", lambda *_: [])


def _no_region() -> Without:
    """The eleven cities are not called together by the region's name, and its key figures are not read off."""
    return _all_of(patch("gbaqa.answering.extractive.region_figures", lambda *_: []), _put_without(as_whole_region))


def _one_side_is_enough() -> Without:
    return patch("gbaqa.answering.answerability.untold_cities", lambda *_: ())


def _no_chapters() -> Without:
    return patch("gbaqa.retrieval.finding.named_chapter", lambda _: None)


def _no_authors() -> Without:
    """What somebody says is looked for everywhere, and who signs like anything else."""
    return _all_of(
        patch("gbaqa.retrieval.finding.named_author", lambda *_: None), patch("gbaqa.answering.extractive.bylines", lambda *_: [])
    )


def _any_key_figure() -> Without:
    return patch.object(CityBoard, "gives_another_figure", lambda *_: False)


def _no_names() -> Without:
    """A name is looked for like any other words."""
    judge, finding = "gbaqa.answering.answerability", "gbaqa.retrieval.finding"
    return _all_of(
        patch(f"{judge}.named_thing", lambda _: None),
        patch(f"{judge}.unknown_name", lambda *_: None),
        patch(f"{finding}.named_thing", lambda _: None),
    )


def _no_units() -> Without:
    """A statement is said without what it is not understood without, but for the list that it introduces."""
    return patch.multiple(UnitFinder, _note_before=lambda *_: range(0), _taken_up=lambda *_: range(0))


def _with_frames() -> Without:
    """What only frames a question is looked for with it."""
    return _put_without(without_frame, without_aside, without_emphasis)


def _as_typed() -> Without:
    return patch.object(Spelling, "corrected", lambda _, text: text)


def _in_both_languages() -> Without:
    """A question of both languages is embedded as it is asked."""
    return patch("gbaqa.retrieval.question.in_chinese", lambda text: text)


def _put_without(*steps: Callable[[str], str]) -> Without:
    return patch("gbaqa.retrieval.question._PUT_PLAINLY", tuple(step for step in _PUT_PLAINLY if step not in steps))


@contextmanager
def _all_of(*without: Without) -> Iterator[None]:
    with ExitStack() as stack:
        for one in without:
            stack.enter_context(one)
        yield


def _no_tables() -> Without:
    return patch.object(TableBoard, "answer", lambda *_: None)


def _no_lists() -> Without:
    return patch.multiple(ListFinder, list_around=lambda *_: [], introduced_by=lambda *_: [])


def _similarity_only() -> Without:
    scorer = Scorer.linear_only(np.array([float(name in _SIMILARITIES) for name in FEATURES]))
    create = EvidenceRanker.__init__
    return patch.object(EvidenceRanker, "__init__", lambda self, index: create(self, index, scorer))


WITHOUT: dict[str, Callable[[], Without]] = {
    "learned ranking (similarity alone)": _similarity_only,
    "completion (best statement alone)": _best_statement_only,
    "lists": _no_lists,
    "city table": _no_city_table,
    "tables of figures and dates": _no_tables,
    "growth of all cities": _no_growth,
    "counts of each city": _no_counts_of_each,
    "the whole region's figures": _no_region,
    "cities looked up one by one": _cities_together,
    "comparisons with one side told refused": _one_side_is_enough,
    "the chapter that a question names": _no_chapters,
    "what the author signs whom a question names": _no_authors,
    "a key figure refused to questions after another": _any_key_figure,
    "names taken by the letter": _no_names,
    "what a statement is not understood without": _no_units,
    "frames taken off": _with_frames,
    "slips of the keyboard mended": _as_typed,
    "mixed questions said in one language": _in_both_languages,
    "twins (one language at a time)": _no_twins,
    "tokens compared": _no_tokens,
    "refusing by vectors": _no_doubt,
    "refusals": _no_refusals,
}

if __name__ == "__main__":
    main()
