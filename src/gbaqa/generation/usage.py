"""What an answer cost: calls, tokens as the provider counts them or else as we estimate them, money at the price set."""

from dataclasses import dataclass
from typing import Any

from gbaqa.errors import SettingsError
from gbaqa.generation.evidence import tokens_in


@dataclass(slots=True)
class _Call:
    """Tokens of one call so far: as counted by the provider, 0 where it does not, and what it was asked and has written."""

    asked: list[Any]
    counted_in: int = 0
    counted_out: int = 0
    written: str = ""


@dataclass(slots=True)
class Usage:
    """Counts the calls and tokens of one answer.

    Attributes:
        is_estimated: whether a provider left its count out, so that tokens are ours.
    """

    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    is_estimated: bool = False
    _call: _Call | None = None

    def begin(self, messages: list[Any]) -> None:
        """A call begins, with these messages."""
        self.end()
        self.calls += 1
        self._call = _Call(messages)

    def add(self, chunk: Any) -> None:
        """A chunk of the reply has come in."""
        if self._call is None:
            return
        self._call.written += chunk.text
        if counted := chunk.usage_metadata:
            self._call.counted_in = max(self._call.counted_in, counted["input_tokens"])
            self._call.counted_out += counted["output_tokens"]

    def end(self) -> None:
        """The call has ended, if there was one: its tokens are added up."""
        if self._call is None:
            return
        call, self._call = self._call, None
        if call.counted_in:
            self.input_tokens += call.counted_in
            self.output_tokens += call.counted_out
            return
        self.is_estimated = True
        self.input_tokens += sum(tokens_in(message.text) for message in call.asked)
        self.output_tokens += tokens_in(call.written) if call.written else 0


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars for a million tokens."""

    input: float
    output: float

    def of(self, usage: Usage) -> float:
        """What an answer cost, in US dollars."""
        return (usage.input_tokens * self.input + usage.output_tokens * self.output) / 1e6


def price(setting: str) -> Price | None:
    """The price of a setting "INPUT/OUTPUT", None where it is empty.

    Raises:
        SettingsError: it is none.
    """
    if not setting:
        return None
    try:
        given, written = map(float, setting.split("/"))
    except ValueError:
        raise SettingsError(
            f"GBAQA_LLM_PRICE={setting!r} is no price; write US dollars for a million tokens read and written, such as 0.25/2."
        ) from None
    return Price(given, written)
