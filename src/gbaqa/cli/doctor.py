"""`gbaqa doctor`: what is configured, reachable and indexed, in plain words. Keys are named, never shown."""

import os
import platform
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from gbaqa.cli.app import Corpus, Index, app, out, print_json
from gbaqa.cli.prepare import settings_from
from gbaqa.errors import GbaqaError

if TYPE_CHECKING:
    from gbaqa.config import Settings

_SIGNS = {True: "[green]✓[/]", False: "[bold red]✗[/]", None: "[dim]–[/]"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        is_well: None where there is nothing to be well or amiss.
        says: what was found, and what to do where it is amiss.
    """

    about: str
    is_well: bool | None
    says: str


@app.command()
def doctor(
    corpus: Corpus = None,
    index: Index = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
) -> None:
    """Say what is configured, reachable and indexed. Exit code 1 where something is amiss; no key is ever shown."""
    found = findings(settings_from(corpus, index))
    if as_json:
        print_json([{"about": one.about, "ok": one.is_well, "says": one.says} for one in found])
    else:
        for one in found:
            out.print(f"{_SIGNS[one.is_well]} [bold]{one.about}[/]: {escape(one.says)}", soft_wrap=True, highlight=False)
        out.print(_in_short(found), highlight=False)
    if any(one.is_well is False for one in found):
        raise typer.Exit(1)


def _in_short(found: list[Finding]) -> str:
    amiss = list(dict.fromkeys(one.about for one in found if one.is_well is False))
    return f"To be mended: {', '.join(amiss).lower()}." if amiss else "All is in order; ask with: gbaqa ask, or gbaqa serve"


def findings(settings: "Settings") -> list[Finding]:
    """All findings, in the order in which one depends on the other. A configured model is asked for one word."""
    from gbaqa import __version__

    return [
        Finding("gbaqa", None, f"version {__version__}, Python {platform.python_version()}"),
        *_looked_at("Corpus", lambda: _corpus(settings)),
        *_looked_at("Embeddings", lambda: _embeddings(settings)),
        *_looked_at("Index", lambda: _index(settings)),
        *_looked_at("Language model", lambda: _model(settings)),
    ]


def _looked_at(about: str, look: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """What looking finds; an error meant for people is a finding too."""
    try:
        yield from look()
    except GbaqaError as error:
        yield Finding(about, False, str(error))


def _corpus(settings: "Settings") -> Iterator[Finding]:
    from gbaqa.corpus.load import load_corpus

    documents = load_corpus(settings.corpus)
    named = ", ".join(f"{document.id} ({len([page for page in document.pages if page.label])} pages)" for document in documents)
    yield Finding("Corpus", True, f"{settings.corpus}: {named}")


def _embeddings(settings: "Settings") -> Iterator[Finding]:
    from gbaqa.index.embeddings import open_embeddings

    dimension = len(open_embeddings(settings.embeddings, settings.device).embed_query("test"))
    yield Finding("Embeddings", True, f"{settings.embeddings} is loaded ({dimension} dimensions)")


def _index(settings: "Settings") -> Iterator[Finding]:
    from gbaqa.index.store import is_current, open_index

    if not is_current(settings):
        yield Finding("Index", False, f"{settings.index}: there is none that fits the corpus as it is now; run: gbaqa index")
        return
    manifest = open_index(settings).manifest
    yield Finding("Index", True, f"{settings.index}: up to date, {manifest.statements:,} statements to cite")


def _model(settings: "Settings") -> Iterator[Finding]:
    if not settings.llm:
        yield Finding("Language model", None, "none is set, so answers are in the document's own words; to have them worded, set GBAQA_LLM")
        return
    from gbaqa.generation.failures import failure_of
    from gbaqa.generation.model import address, model_name, open_model
    from gbaqa.generation.notices import cause
    from gbaqa.generation.usage import price

    name = model_name(settings)
    key = f"key in {name.key}" if name.key and os.environ.get(name.key) else "no key"
    model = open_model(settings)
    cost = price(settings.llm_price)
    priced = f", {cost.input:g}/{cost.output:g} dollars for a million tokens" if cost else ""
    yield Finding("Language model", None, f"{settings.llm} at {address(settings)}, {key}{priced}")
    started = time.perf_counter()
    try:
        reply = model.invoke("Reply with the word: ready")
    except Exception as error:  # whatever the provider's library raises
        reason = failure_of(error).reason
        yield Finding("Language model", False, f"{cause(reason, 'en')}; {_remedy(reason, settings, name.key)}")
        return
    if not str(reply.text).strip():
        yield Finding("Language model", False, "its reply is empty; a model that thinks first needs more GBAQA_LLM_ANSWER_TOKENS")
        return
    yield Finding("Language model", True, f"it answers, after {time.perf_counter() - started:.1f} s")


def _remedy(reason: str, settings: "Settings", key: str | None) -> str:
    """What to do about a model that does not answer."""
    if reason == "key":
        return f"put a key that is valid into {key}" if key else "put a valid key where the provider looks for it"
    if reason == "unreachable":
        return (
            "start its server, or correct GBAQA_LLM_BASE_URL"
            if settings.llm_base_url
            else "look whether the provider can be reached from here"
        )
    if reason == "rejected":
        return f"look whether there is a model of the name in GBAQA_LLM={settings.llm}"
    if reason == "timeout":
        return f"it may be loading; wait, or raise GBAQA_LLM_TIMEOUT from {settings.llm_timeout:g} s"
    return "try again later; until then answers are in the document's own words"
