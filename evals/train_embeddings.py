"""Tune the bundled embedding model on questions and the statements that answer them.

usage: python evals/train_embeddings.py --pairs PAIRS CORPUS INDEX … [--held-out GOLD CORPUS INDEX …] [--start FILE] [--basis FILE]
    [--epochs N] [--rate R] [--write [FILE]]

PAIRS is a file of questions, or a folder of files: a line's `excerpts` are words of the statements that answer it, none where the
document does not. They are other questions than the gold ones, from which ranking, refusing and confidence are learned
afterwards: these would trust similarities too much that were tuned on the same questions.

Learned are biases and norms (BitFit, Ben Zaken et al. 2022) and the scales of 4-bit weights (PEQA, Kim et al. 2023), so that a
question is nearer to a statement that answers it than to those that seemed near before and to what answers other questions (a
softmax over similarities, as in InfoNCE, van den Oord et al. 2018). A further entry of the softmax is a threshold, learned as
well: it stands for the right statement where there is none, so that similarities also tell questions that are answered from
those that are not. Statements that say the same in two languages are kept together by the same loss, or aligning them would
suffer: the half of the indexes' twins with the best scores.

With --basis, or going on from a file that has one, a projection of tokens' states is learned by the same loss over how near the
question's tokens come to a statement's (late interaction, Khattab and Zaharia 2020), with a threshold of its own.

Needs the extra sentence-transformers, for torch. Some fifteen minutes for 2,000 questions on two cores.
"""

import argparse
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch
from e5_torch import E5
from material import pairs_in, share_stated, single_turns
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import Progress
from torch import Tensor
from torch.nn import functional
from tuned_values import read, read_basis, write

from gbaqa.assistant import Assistant
from gbaqa.config import Settings, settings
from gbaqa.evaluation.gold import GoldTurn
from gbaqa.index.e5.tuning import TUNED
from gbaqa.index.e5.weights import WeightFile
from gbaqa.index.embeddings import embed_query, open_embeddings
from gbaqa.index.store import embedded_text
from gbaqa.index.vectors import all_vectors
from gbaqa.language.script import to_simplified
from gbaqa.retrieval.question import Question, analyse

QUESTION_TOKENS, STATEMENT_TOKENS = 64, 96
BATCH, HARD, HARD_FROM = 16, 3, 12  # questions a step; near statements that are wrong for each, of how many
TEMPERATURE, TOKEN_TEMPERATURE = 0.02, 0.03  # of similarities of texts, and of their tokens' mean
RATE, WARM_UP = 1e-3, 10
FIRST_THRESHOLD, FIRST_TOKEN_THRESHOLD = 0.84, 0.6  # between similarities to right statements and to others, before tuning
UNANSWERABLE_WEIGHT = 0.25
OTHER_LANGUAGE = 0.05  # how often the right statement is taken in the language that was not asked in
TWINS, TWINS_WEIGHT = 6, 0.5  # a step
T = TypeVar("T")
SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Example:
    """A question with the texts of statements that answer it, in its own language and in the other, and of some that do not."""

    question: str
    own: Sequence[str]
    other: Sequence[str]
    wrong: Sequence[str]

    @property
    def right(self) -> Sequence[str]:
        """Those in its own language, where there are any."""
        return self.own or self.other


@dataclass(frozen=True)
class Asked:
    """A question of a document: the rows of its right statements, none where the document does not answer."""

    question: Question
    rows: frozenset[int]


def main() -> None:
    """Read, tune, report, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--pairs", "--held-out"):
        parser.add_argument(name, nargs=3, type=Path, action="append", default=[], metavar=("QUESTIONS", "CORPUS", "INDEX"))
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--start", type=Path, metavar="FILE", help="go on from the tuned values of a file")
    parser.add_argument("--basis", type=Path, metavar="FILE", help="what the projection of tokens is learned from (evals/token_basis.py)")
    parser.add_argument("--rate", type=float, default=RATE, help="the highest learning rate")
    parser.add_argument(
        "--write",
        nargs="?",
        type=Path,
        const=TUNED,
        metavar="FILE",
        help="keep the tuned values, in FILE or in the package",
    )
    options = parser.parse_args()
    console = Console()
    model = E5(WeightFile())
    if options.start:
        read(model, options.start)
    if options.basis:
        read_basis(model, options.basis)
    learned = [_read_pairs(*source) for source in options.pairs]
    examples = [example for assistant, asked in learned for example in make_examples(assistant, asked)]
    console.print(f"{len(examples)} questions, {sum(not example.right for example in examples)} of them without an answer")
    held_out = [(gold, *_read_gold(gold, corpus, index)) for gold, corpus, index in options.held_out]
    report(console, model, held_out)
    twins = [pair for assistant, _ in learned for pair in twin_texts(assistant)]
    tuning = Tuning(model, examples, twins, options.epochs, options.rate)
    for epoch in range(options.epochs):
        tuning.learn(epoch)
        report(console, model, held_out)
    if options.write:
        write(model, options.write)


def make_examples(assistant: Assistant, asked: Sequence[Asked]) -> Iterator[Example]:
    """What to learn from a document's questions; what is near but wrong, its index tells.

    Statements that say the same as a right one are not taken for wrong.
    """
    embeddings = open_embeddings(settings().embeddings)
    index = assistant.index
    texts = [embedded_text(chunk, statement) for chunk, statement in index.statements]
    english = np.array([chunk.language == "en" for chunk, _ in index.statements])
    vectors = all_vectors(index.vectors)
    questions = np.stack([embed_query(embeddings, each.question.normalized) for each in asked])
    for each, similarities in zip(asked, questions @ vectors.T, strict=True):
        in_own = english == (each.question.language == "en")
        also_right = each.rows | {int(index.alignment.twin[row]) for row in each.rows}
        nearest = [int(row) for row in np.argsort(-(similarities - 0.03 * ~in_own)) if row not in also_right][:HARD_FROM]
        own, other = ([texts[row] for row in sorted(each.rows) if in_own[row] == side] for side in (True, False))
        yield Example(each.question.normalized, own, other, [texts[row] for row in nearest])


class Tuning:
    """The model with the thresholds between right statements and others, and the optimizer of all."""

    def __init__(self, model: E5, examples: Sequence[Example], twins: Sequence[tuple[str, str]], epochs: int, rate: float) -> None:
        self._model, self._examples, self._twins, self._epochs, self._rate = model, examples, twins, epochs, rate
        self._chance = np.random.default_rng(0)
        self._thresholds = [torch.nn.Parameter(torch.tensor(first)) for first in (FIRST_THRESHOLD, FIRST_TOKEN_THRESHOLD)]
        self._parameters = [*model.parameters(), *self._thresholds]
        self._optimizer = torch.optim.Adam(self._parameters, lr=rate)

    def learn(self, epoch: int) -> None:
        """One pass over the examples; the rate rises for the first steps and falls to nothing at the end of the last pass."""
        order = [self._examples[at] for at in self._chance.permutation(len(self._examples))]
        steps = len(order) // BATCH
        with Progress() as progress:
            task = progress.add_task("", total=steps)
            for step in range(steps):
                done = epoch * steps + step
                for group in self._optimizer.param_groups:
                    group["lr"] = self._rate * min(1, (done + 1) / WARM_UP) * (1 - done / (steps * self._epochs))
                self._optimizer.zero_grad()
                loss = loss_of(self._model, self._thresholds, order[step * BATCH : (step + 1) * BATCH], self._chance)
                loss += TWINS_WEIGHT * twins_loss(self._model, _some(self._twins, TWINS, self._chance))
                loss.backward()  # type: ignore[no-untyped-call]
                torch.nn.utils.clip_grad_norm_(self._parameters, 1.0)
                self._optimizer.step()
                progress.update(task, advance=1, description=f"Pass {epoch + 1} of {self._epochs}, loss {loss.item():.2f}")


def loss_of(model: E5, thresholds: Sequence[Tensor], batch: Sequence[Example], chance: np.random.Generator) -> Tensor:
    """Mean cross-entropy of the right statement, or the threshold where there is none: by texts; that by tokens is added."""
    right = [_right_text(example, chance) for example in batch]
    texts = [text for text in right if text is not None]
    texts += [text for example in batch for text in _some(example.wrong, HARD, chance)]
    target = torch.full((len(batch),), len(texts))
    also_right = torch.zeros(len(batch), len(texts), dtype=torch.bool)  # so neither the target nor wrong
    places = iter(range(len(texts)))
    for row, (example, chosen) in enumerate(zip(batch, right, strict=True)):
        if chosen is not None:
            target[row] = next(places)
        also_right[row] = torch.tensor([at != target[row] and text in {*example.own, *example.other} for at, text in enumerate(texts)])
    weights = torch.tensor([1.0 if example.right else UNANSWERABLE_WEIGHT for example in batch])
    questions, statements = embedded_questions(model, [example.question for example in batch]), embedded_statements(model, texts)
    compared = [(questions.vectors @ statements.vectors.T / TEMPERATURE, thresholds[0] / TEMPERATURE)]
    if model.compares_tokens:
        compared.append((token_similarity(questions, statements) / TOKEN_TEMPERATURE, thresholds[1] / TOKEN_TEMPERATURE))
    loss = torch.zeros(())
    for scores, threshold in compared:
        with_threshold = torch.cat([scores.masked_fill(also_right, -torch.inf), threshold.expand(len(batch), 1)], dim=1)
        loss = loss + (functional.cross_entropy(with_threshold, target, reduction="none") * weights).mean()
    return loss


@dataclass(frozen=True)
class Embedded:
    """Texts as the model has them.

    Attributes:
        vectors: of the texts: (texts, width).
        tokens: vectors of their tokens: (texts, tokens, TOKEN_WIDTH).
        weights: how much each token of a question counts, together 1; 0 where there is none of a text's own: (texts, tokens).
    """

    vectors: Tensor
    tokens: Tensor
    weights: Tensor


def embedded_questions(model: E5, questions: Sequence[str]) -> Embedded:
    """Questions, each token weighing as much as the model finds it to count."""
    states, mask = model.states([model.tokens(question, is_query=True, limit=QUESTION_TOKENS) for question in questions])
    inside = model.inside(mask, is_query=True)
    weights = torch.softmax((states @ model.weight).masked_fill(inside == 0, -torch.inf), dim=1)
    return Embedded(model.pooled(states, mask), model.token_vectors(states), weights)


def embedded_statements(model: E5, texts: Sequence[str], groups: int = 4) -> Embedded:
    """Statements, embedded in groups of like length."""
    tokens = [model.tokens(text, is_query=False, limit=STATEMENT_TOKENS) for text in texts]
    by_length = np.argsort([len(text) for text in tokens], kind="stable")
    longest = max(map(len, tokens))
    vectors, of_tokens, weights = [], [], []
    for rows in np.array_split(by_length, groups):
        if len(rows):
            states, mask = model.states([tokens[row] for row in rows])
            missing = longest - mask.shape[1]
            vectors.append(model.pooled(states, mask))
            of_tokens.append(functional.pad(model.token_vectors(states), (0, 0, 0, missing)))
            inside = model.inside(mask, is_query=False)
            weights.append(functional.pad(inside / inside.sum(1, keepdim=True), (0, missing)))
    back = torch.from_numpy(np.argsort(by_length))
    return Embedded(torch.cat(vectors)[back], torch.cat(of_tokens)[back], torch.cat(weights)[back])


def token_similarity(questions: Embedded, statements: Embedded) -> Tensor:
    """How near the tokens of questions come to any of a statement's (MaxSim, Khattab and Zaharia 2020): (questions, statements)."""
    similarities = torch.einsum("qid,sjd->qsij", questions.tokens, statements.tokens)
    nearest = similarities.masked_fill((statements.weights == 0)[None, :, None, :], -1.0).amax(3)
    return torch.einsum("qsi,qi->qs", nearest, questions.weights)


def twins_loss(model: E5, twins: Sequence[tuple[str, str]]) -> Tensor:
    """Mean cross-entropy of each statement's twin among those of the others, from either language."""
    zh, en = (embedded_statements(model, texts, groups=1).vectors for texts in zip(*twins, strict=True))
    scores, target = zh @ en.T / TEMPERATURE, torch.arange(len(twins))
    return (functional.cross_entropy(scores, target) + functional.cross_entropy(scores.T, target)) / 2


def twin_texts(assistant: Assistant) -> list[tuple[str, str]]:
    """Chinese statements of a document with their twins, where the alignment is surest of them."""
    index, alignment = assistant.index, assistant.index.alignment
    zh = [row for row, (chunk, _) in enumerate(index.statements) if chunk.language == "zh" and alignment.twin[row] >= 0]
    if not zh:
        return []
    sure = np.median(alignment.score[zh])
    rows = [(row, int(alignment.twin[row])) for row in zh if alignment.score[row] >= sure]
    return [(embedded_text(*index.statements[row]), embedded_text(*index.statements[twin])) for row, twin in rows]


def report(console: Console, model: E5, held_out: Sequence[tuple[Path, Assistant, list[Asked]]]) -> None:
    """How well similarity alone finds right statements of documents that nothing was learned from, and tells questions apart."""
    for gold, assistant, asked in held_out:
        index = assistant.index
        texts = [embedded_text(chunk, statement) for chunk, statement in index.statements]
        with torch.no_grad():
            statements = [embedded_statements(model, texts[start : start + 64], groups=1) for start in range(0, len(texts), 64)]
            questions = [embedded_questions(model, [each.question.normalized]) for each in asked]
            of_texts = torch.stack([torch.cat([question.vectors[0] @ part.vectors.T for part in statements]) for question in questions])
            of_tokens = torch.stack([torch.cat([token_similarity(question, part)[0] for part in statements]) for question in questions])
        by_tokens = (("tokens", of_tokens), ("both", of_texts + of_tokens)) if model.compares_tokens else ()
        for name, similarities in (("texts", of_texts), *by_tokens):
            console.print(f"{gold}, by {name}: {_figures(asked, similarities.numpy())}")


def _figures(asked: Sequence[Asked], similarities: NDArray[np.float32]) -> str:
    answered = [(max(row[list(each.rows)]), row) for each, row in zip(asked, similarities, strict=True) if each.rows]
    ranks = np.array([1 + (row > best).sum() for best, row in answered])
    best = np.array([row.max() for _, row in answered])
    unanswered = np.array([row.max() for each, row in zip(asked, similarities, strict=True) if not each.rows])
    told_apart = f"{(best[:, None] > unanswered).mean():.3f}" if len(unanswered) else "-"
    return (
        f"first right {(ranks == 1).mean():.3f}, among five {(ranks <= 5).mean():.3f}, MRR {(1 / ranks).mean():.3f}; "
        f"answerable told from unanswerable (AUC) {told_apart}"
    )


def _asked(assistant: Assistant, questions: Sequence[GoldTurn]) -> list[Asked]:
    """Gold questions with the rows that state most of the required facts; without those of which no row states any."""
    asked = []
    for gold in questions:
        shares = (
            {row: share_stated(gold, statement) for row, (_, statement) in enumerate(assistant.index.statements)} if gold.answerable else {}
        )
        most = max(shares.values(), default=0.0)
        if most or not gold.answerable:
            asked.append(Asked(analyse(gold.question), frozenset(row for row, share in shares.items() if share and share == most)))
    return asked


def _read_gold(gold: Path, corpus: Path, index: Path) -> tuple[Assistant, list[Asked]]:
    assistant = Assistant.open(using=Settings(corpus=corpus, index=index))
    return assistant, _asked(assistant, [turn for path in _files(gold) for turn in single_turns(path)])


def _read_pairs(path: Path, corpus: Path, index: Path) -> tuple[Assistant, list[Asked]]:
    """Pairs with the statements that have their excerpts, compared by letters and digits alone."""
    assistant = Assistant.open(using=Settings(corpus=corpus, index=index))
    letters = [_letters(statement.text) for _, statement in assistant.index.statements]
    read = []
    for pair in (pair for file in _files(path) for pair in pairs_in(file)):
        rows = frozenset(row for excerpt in map(_letters, pair["excerpts"]) for row, text in enumerate(letters) if excerpt in text)
        if rows or not pair["excerpts"]:
            read.append(Asked(analyse(pair["question"]), rows))
    return assistant, read


def _files(path: Path) -> list[Path]:
    """The files of a folder, or the file itself."""
    return sorted(path.glob("*.jsonl")) if path.is_dir() else [path]


def _right_text(example: Example, chance: np.random.Generator) -> str | None:
    texts = example.other if example.other and chance.random() < OTHER_LANGUAGE else example.right
    return next(iter(_some(texts, 1, chance)), None)


def _some(items: Sequence[T], most: int, chance: np.random.Generator) -> list[T]:
    return [items[at] for at in chance.permutation(len(items))[:most]]


def _letters(text: str) -> str:
    return SIGNS.sub("", to_simplified(text)).lower()


if __name__ == "__main__":
    main()
