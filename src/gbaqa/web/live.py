"""The assistant of a running server, which follows its index: a new one takes the old one's place between two questions."""

import logging
import threading
import time
from collections.abc import AsyncIterator, Callable, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

from gbaqa.answering.answer import Answer, Passage
from gbaqa.assistant import Assistant, Turn
from gbaqa.config import Settings
from gbaqa.errors import GbaqaError, SearchIndexError
from gbaqa.index.generations import current_generation
from gbaqa.index.store import SearchIndex
from gbaqa.retrieval.retriever import Hit

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

    from gbaqa.generation.material import Asked

T = TypeVar("T")
_log = logging.getLogger(__name__)
_LOOK_EVERY = 1.0  # seconds; a look reads one short file
_LONGEST_WAIT = 60.0  # seconds until an index that could not be opened is tried again


class LiveAssistant(Assistant):
    """Stands in for an Assistant over whatever index is in use.

    A question is answered to its end from the index that it began with. A new index is opened in a thread of its own while
    the old one goes on answering; one that cannot be opened is reported in the log, and the old one stays.
    """

    def __init__(self, settings: Settings) -> None:
        """Open the index of the settings.

        Raises:
            SearchIndexError: there is no usable index.
            SettingsError: its embeddings cannot be loaded.
        """
        self._settings = settings
        self._seen = current_generation(settings.index).name
        self._current = Assistant.open(using=settings)
        self._look_at = time.monotonic() + _LOOK_EVERY
        self._looking, self._opening = threading.Lock(), threading.Lock()
        self._retry_at, self._wait = 0.0, _LOOK_EVERY
        self._told = ("", "")
        self._listeners: list[Callable[[], None]] = []

    @property
    def index(self) -> SearchIndex:
        """The index in use."""
        return self._now().index

    def ask(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        return self._now().ask(question, history)

    def converse(self, questions: Sequence[str]) -> Answer:
        return self._now().converse(questions)

    def aconverse(self, questions: Sequence[str]) -> AsyncIterator[Answer]:
        return self._now().aconverse(questions)

    def astream(self, question: str, history: Sequence[Turn] = ()) -> AsyncIterator[Answer]:
        return self._now().astream(question, history)

    def turns(self, questions: Sequence[str]) -> list[Turn]:
        return self._now().turns(questions)

    def search(self, query: str, k: int = 10) -> list[Hit]:
        return self._now().search(query, k)

    def passages(self, query: str, k: int = 10) -> list[Passage]:
        return self._now().passages(query, k)

    def as_runnable(self) -> "Runnable[str, Answer]":
        return self._now().as_runnable()

    def word_with(self, chain: "Runnable[Asked, Answer] | None") -> None:
        self._current.word_with(chain)

    def when_replaced(self, do: Callable[[], None]) -> None:
        """Have something done after each change of the index, in the thread that opened it."""
        self._listeners.append(do)

    def _now(self) -> Assistant:
        if time.monotonic() >= self._look_at and self._looking.acquire(blocking=False):
            try:
                self._look()
            finally:
                self._look_at = time.monotonic() + _LOOK_EVERY
                self._looking.release()
        return self._current

    def _look(self) -> None:
        """See whether another generation of the index is in use, and if so begin to open it, unless that is being done."""
        try:
            name = current_generation(self._settings.index).name
        except SearchIndexError:
            return  # moved or removed while it is replaced by hand: what is in memory goes on answering
        is_due = name != self._told[0] or time.monotonic() >= self._retry_at
        if name != self._seen and is_due and not self._opening.locked():
            threading.Thread(target=self._replace, args=(name,), name="open-new-index", daemon=True).start()

    def _replace(self, name: str) -> None:
        """Open the generation in use, and the next one where that has taken its place meanwhile."""
        replaced = False
        with self._opening:
            while name != self._seen:
                try:
                    opened = Assistant.open(using=self._settings)
                    replaced = True
                    self._current, self._seen, self._wait = opened, name, _LOOK_EVERY
                    _log.info("index %s is in use", name)
                    name = current_generation(self._settings.index).name
                except Exception as error:  # whatever it is, the index in memory goes on answering, and this one may yet become whole
                    self._failed(name, error)
                    break
        for do in self._listeners if replaced else ():
            do()

    def _failed(self, name: str, error: Exception) -> None:
        """Tell once why an index is not used, and try again later and later."""
        reason = str(error) if isinstance(error, GbaqaError) else f"{type(error).__name__}: {error}"
        if (name, reason) != self._told:
            _log.warning("the new index %s is not used: %s", name, reason)
        self._told = (name, reason)
        self._retry_at = time.monotonic() + self._wait
        self._wait = min(2 * self._wait, _LONGEST_WAIT)


class PerIndex(Generic[T]):
    """Something made of an assistant's index, made anew when the index has changed."""

    def __init__(self, assistant: Assistant, make: Callable[[SearchIndex], T]) -> None:
        self._assistant = assistant
        self._make = make
        self._made: tuple[SearchIndex, T] | None = None
        if isinstance(assistant, LiveAssistant):
            assistant.when_replaced(self._forget)

    def __call__(self) -> T:
        """What was made of the index in use."""
        index, made = self._assistant.index, self._made
        if made is None or made[0] is not index:
            made = self._made = (index, self._make(index))
        return made[1]

    def _forget(self) -> None:
        """Let go of the old index at once, not only when somebody next asks."""
        self._made = None
