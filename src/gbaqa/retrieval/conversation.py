"""A question in its conversation: whether it stands alone, and if not, what it asks in full.

No language model: a follow-up either names a new place, period or indicator for the old one, or asks for a further detail
of the same subject, or is a request about the last answer. Anything with a subject of its own stands alone.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gbaqa.language.framing import without_aside, without_frame
from gbaqa.language.places import place_forms
from gbaqa.language.region import WHOLE_REGION, as_whole_region
from gbaqa.language.script import HAN, Script, to_hong_kong, to_simplified, written_chinese
from gbaqa.language.words import search_terms
from gbaqa.retrieval import cues
from gbaqa.retrieval.lookups import is_about_the_whole
from gbaqa.retrieval.order_follow_up import by_indicators, with_indicator, with_order, without_place
from gbaqa.retrieval.question import Question, analyse, script_asked_in, tidy
from gbaqa.retrieval.requests import Request, is_nothing_else, request_in, split_language, wanted_chinese
from gbaqa.retrieval.slots import (
    Slots,
    about_indicators,
    in_place_of_region,
    in_whole_region,
    indicator_names,
    listed,
    slots_of,
    with_periods,
    with_places,
)

TURNS_REMEMBERED = 8

# Words of its own, beside places, periods and indicators, that a question needs ...
_OWN_SUBJECT = 4  # to have a subject of its own
_OWN_SUBJECT_BY_NAME = 2  # ... where it names something too
_OWN_SUBJECT_CONTINUED = 8  # ... though it begins with "and" or ends in 呢
_OWN_SUBJECT_REFERRING = 6  # ... though it refers back: "those nurses sent to …" tells itself which nurses
_OWN_SUBJECT_OF_A_PLACE = 3  # ... once "its" is read as the place talked about

_ALL_CITIES = re.compile(r"\bcit(?:y|ies)\b|城市?|[十九一]市|哪[个座]市", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Topic:
    """What a conversation is about.

    Attributes:
        base: the last question that stood alone, with later replacements of its place, period or indicator.
        detail: the last follow-up that asked for something else of the same subject; empty if none did.
        others: the places that earlier questions of the same subject were about, the latest first.
        request: "source" or "page" where that was the last thing asked of it.
    """

    base: str
    detail: str = ""
    others: tuple[str, ...] = ()
    request: Request | None = None

    @property
    def text(self) -> str:
        """The whole question, as a person reads it."""
        return f"{self.base} – {self.detail}" if self.detail else self.base


@dataclass(frozen=True, slots=True)
class Contextual:
    """A question as understood in its conversation.

    Attributes:
        question: the stand-alone question; of a request, what the last answer was about. None only for a request or a
            greeting that has nothing before it.
        topic: what the conversation is about from here on.
        script: to answer in.
        request: what is wanted of the last answer, None for a question of its own.
        about: the words of a request for what it is about, empty where it is about the whole last answer.
        completed: whether the conversation was needed to understand it.
        detail: the follow-up by itself, at the places of what it follows, where it asks for more about the same: its
            answer may stand near the last one, and has to have what the follow-up asks for.
        item: the item of the last answer's list that it is about, counted from 0 (-1: the last).
    """

    question: Question | None
    topic: Topic | None
    script: Script
    request: Request | None = None
    about: tuple[str, ...] = ()
    completed: bool = False
    detail: Question | None = None
    item: int | None = None

    @property
    def understood_as(self) -> str | None:
        """The question as the conversation completed it, for people to check; None where nothing was added."""
        if not self.completed or self.topic is None:
            return None
        return to_hong_kong(self.topic.text) if self.script == "zh-Hant" else self.topic.text


def in_context(question: str, history: Sequence[str] = ()) -> Contextual:
    """A question as understood after the earlier questions of its conversation, the oldest first.

    Only the last TURNS_REMEMBERED of them matter.

    Raises:
        QuestionError: the question is empty or too long.
    """
    analyse(question)
    topic: Topic | None = None
    script: Script | None = None
    for earlier in history[-TURNS_REMEMBERED:]:
        if any(char.isalnum() for char in earlier):
            understood = _understand(earlier, topic, script)
            topic, script = understood.topic, understood.script
    return _understand(question, topic, script)


def _understand(asked: str, topic: Topic | None, conversation: Script | None) -> Contextual:
    tidied = tidy(asked)
    framed = without_frame(tidied)
    cleaned = without_aside(framed)
    text = as_whole_region(written_chinese(cleaned))
    is_aside = cleaned != framed
    script = _script(tidied, conversation)
    rest, wished = split_language(text)
    if wished is not None:
        script = wanted_chinese(cleaned, wished)
        if is_nothing_else(rest):
            return _request("language", topic, script)
        text = rest
    if (other := cues.without_new_subject(text)) is not None:
        return _alone(other, script)
    if is_about_the_whole(analyse(text)):
        return _alone(text, script)
    request, about = request_in(text)
    if request in ("thanks", "greeting") and not about:
        return _request(request, topic, script)
    if topic is None:
        return _alone(text, script) if request is None or about else _request(request, None, script)
    if request is not None and set(about) <= set(search_terms(topic.text)):
        return _request(request, topic, script, about)
    if is_aside and _asks_of_its_own(text):
        return _alone(text, script)
    return _follow(text, topic, script)


def _follow(text: str, topic: Topic, script: Script) -> Contextual:
    """A question after another one, no request: what it replaces, what it asks besides, or that it stands alone."""
    corrected = cues.without_correction(text)
    core = cues.core_of(corrected)
    slots = slots_of(core)
    own = _own_words(slots)
    if (ordered := with_order(topic.base, core) or _place_of(core, slots, topic)) is not None:
        return _completed(Topic(ordered), script)
    if (whole_region := in_whole_region(topic.base, core)) is not None:
        return _completed(Topic(whole_region, others=topic.others), script)
    if slots.indicators and not slots.places and WHOLE_REGION.search(core):
        return _alone(core, script)
    if slots.places and (beside := cues.without_comparison(core)) is not None and not _own_words(slots_of(beside)):
        return _compared(topic, (*slots_of(topic.base).places, *slots.places), script)
    if not own and (slots.places or slots.periods or slots.indicators):
        asked = cues.asks(text) if slots.indicators else cues.asks_what_it_is(corrected) and not slots.periods
        whole = slots.places and asked and not cues.continues(text)
        return _alone(corrected, script) if whole else _replaced(slots, topic, script)
    if (named := _of_the_place(core, slots, own, topic)) is not None:
        return replace(_alone(named, script), completed=True)
    if own and corrected == text and _stands_alone(text, core, slots, own):
        return _alone(cues.without_lead_in(text) or text, script)
    if own and slots.places and not cues.refers_back(text):
        if cues.asks_the_same(text):
            return _further(topic.detail or topic.base, Topic(core), script)
        return _elsewhere(core, topic, script)
    return _further(core, topic, script)


def _asks_of_its_own(text: str) -> bool:
    """Whether a question asks something whole, of a subject that it names itself."""
    return cues.asks(text) and not cues.continues(text) and not cues.refers_back(text) and bool(_own_words(slots_of(text)))


def _place_of(core: str, slots: Slots, topic: Topic) -> str | None:
    """A question after places' rank with the indicators by which others were ranked before; None for any other question."""
    rest = without_place(core)
    if rest is None or not slots.places or slots.indicators or _own_words(slots_of(rest)):
        return None
    return by_indicators(core, topic.base)


def _own_words(slots: Slots) -> tuple[str, ...]:
    return tuple(term for term in slots.rest if not is_nothing_else(term))


def _stands_alone(text: str, core: str, slots: Slots, own: tuple[str, ...]) -> bool:
    if cues.refers_back(text) and len(own) < _OWN_SUBJECT_REFERRING:
        return False
    if cues.continues(text):
        named = slots.places or (cues.names_something(core) and len(own) > _OWN_SUBJECT_BY_NAME)
        whole = cues.asks(core) and len(own) >= (_OWN_SUBJECT_BY_NAME if named else _OWN_SUBJECT)
        return whole or len(own) >= _OWN_SUBJECT_CONTINUED
    if slots.places or (slots.indicators and _ALL_CITIES.search(text) and cues.asks(text)):
        return True
    return len(own) >= (_OWN_SUBJECT_BY_NAME if cues.names_something(core) else _OWN_SUBJECT)


def _of_the_place(core: str, slots: Slots, own: tuple[str, ...], topic: Topic) -> str | None:
    """A question with a subject of its own once "its" or "there" is read as the one place talked about."""
    known = slots_of(topic.base).places
    if slots.places or len(known) != 1 or not _OWN_SUBJECT_OF_A_PLACE <= len(own) < _OWN_SUBJECT_REFERRING or not cues.refers_back(core):
        return None
    chinese = place_forms(known[0])[1][0]
    if HAN.search(core):
        return cues.with_place_for_pronoun(core, chinese, possessive=chinese)
    return cues.with_place_for_pronoun(core, known[0], possessive=f"{known[0]}'s")


def _replaced(slots: Slots, topic: Topic, script: Script) -> Contextual:
    """The last question with the follow-up's places, period or indicator for its own."""
    before = slots_of(topic.base)
    base = with_periods(topic.base, slots.periods)
    chinese = HAN.search(base) is not None
    if slots.indicators:
        base = with_places(base, slots.places) if slots.places else base
        if not slots_of(base).places:
            if (ordered := with_indicator(base, slots.indicators)) is not None:
                return _completed(Topic(ordered), script)
            return _further(indicator_names(slots.indicators, chinese=chinese), replace(topic, base=base), script)
        return _completed(Topic(about_indicators(slots.indicators, base)), script)
    if slots.places and not before.places and (of_places := in_place_of_region(base, slots.places)) is not None:
        return _completed(Topic(of_places, others=topic.others), script)
    if slots.places and not before.places:
        return _further(listed(slots.places, chinese=chinese), replace(topic, base=base), script)
    others = topic.others
    if slots.places:
        base = with_places(base, slots.places)
        others = tuple(dict.fromkeys([*before.places, *others]))
    if topic.detail:
        detail = with_periods(topic.detail, slots.periods)
        detail = with_places(detail, slots.places) if slots.places and slots_of(detail).places else detail
        return _further(detail, Topic(base, others=others), script)
    return _completed(Topic(base, others=others), script)


def _further(core: str, topic: Topic, script: Script) -> Contextual:
    """A further question on the same subject; where it does not ask by itself, it asks as the question before did."""
    topic = replace(topic, detail=core, request=None)
    base, own = analyse(topic.base), analyse(core)
    detail = replace(own if cues.asks(core) else _asked_like(own, base), text=topic.text, script=script, places=own.places or base.places)
    return replace(_completed(topic, script), detail=detail, item=cues.ordinal_in(core))


def _elsewhere(core: str, topic: Topic, script: Script) -> Contextual:
    """Another thing at another place; where it does not ask by itself, it asks as the question before did."""
    alone = _alone(core, script)
    if alone.question is None or cues.asks(core):
        return alone
    return replace(alone, question=_asked_like(alone.question, analyse(topic.base)))


def _asked_like(question: Question, other: Question) -> Question:
    return replace(question, kind=other.kind, parts=other.parts, wants_number=other.wants_number, wants_percent=other.wants_percent)


def _compared(topic: Topic, places: Sequence[str], script: Script) -> Contextual:
    """The same question of several places side by side."""
    compared = tuple(dict.fromkeys(places))
    base = with_places(topic.base, compared) if compared else topic.base
    understood = _completed(replace(topic, base=base, request=None), script)
    if understood.question is None:
        return understood
    return replace(understood, question=replace(understood.question, kind="comparison", parts=max(len(compared), 1)))


def _request(request: Request, topic: Topic | None, script: Script, about: tuple[str, ...] = ()) -> Contextual:
    if topic is None:
        return Contextual(None, None, script, request, about)
    if request == "both":
        return _compared(topic, (*slots_of(topic.base).places, *topic.others[:1]), script)
    if request in ("thanks", "greeting"):
        return Contextual(None, topic, script, request)
    if request == "language" and topic.request is not None:
        request = topic.request  # the source or the page, said in the other language
    kept = replace(topic, request=request if request in ("source", "page") else None)
    return replace(_completed(kept, script), request=request, about=about)


def _completed(topic: Topic, script: Script) -> Contextual:
    """The whole question of a topic."""
    question = analyse(f"{topic.base} {topic.detail}".strip())
    if topic.detail and cues.asks(topic.detail):
        question = _asked_like(question, analyse(topic.detail))
    return Contextual(replace(question, text=topic.text, script=script), topic, script, completed=True)


def _alone(text: str, script: Script) -> Contextual:
    return Contextual(replace(analyse(text), script=script), Topic(text), script)


def _script(asked: str, conversation: Script | None) -> Script:
    """A question's own script where it shows one, else the conversation's ("GDP?", "2022?", "人均呢")."""
    own = script_asked_in(asked)
    if conversation is None or own == conversation:
        return own
    if HAN.search(asked):
        shows_none = to_simplified(asked) == asked == to_hong_kong(asked)
        return conversation if shows_none and "en" not in (own, conversation) else own
    words = [word for word in re.findall(r"[A-Za-z]+", asked) if not word.isupper() and not slots_of(word).places]
    return own if words else conversation
