"""What may go wrong with a provider, as one of a few reasons, and what of it is worth another try.

A provider's own message is never shown or logged: it may repeat the key or the text that was sent.
"""

from typing import Literal

Reason = Literal[
    "timeout",
    "limit",
    "server",
    "unreachable",
    "key",
    "rejected",
    "cut",
    "shortened",
    "empty",
    "too_long",
    "busy",
    "paused",
    "unsupported",
    "declined",
]
"""Why an answer is not, or not wholly, the model's: all but the last two are the provider's doing or our budget's, "unsupported" is
what verification says of all that was written, "declined" that the model found no answer where there is one."""

_PASSING: frozenset[Reason] = frozenset(("timeout", "limit", "server", "unreachable"))


class ProviderError(Exception):
    """A reply that did not come, or not whole. Never leaves this package: the answer says why in a line."""

    def __init__(self, reason: Reason, wait: float | None = None) -> None:
        super().__init__(reason)
        self.reason: Reason = reason
        self.wait = wait
        """Seconds after which the provider asks to be tried again, None where it does not say."""

    @property
    def is_passing(self) -> bool:
        """Whether another try may succeed."""
        return self.reason in _PASSING


def failure_of(error: BaseException) -> ProviderError:
    """A provider's error as one of the reasons, whichever library raised it."""
    if isinstance(error, ProviderError):
        return error
    response = getattr(error, "response", None)
    status = getattr(error, "status_code", None) or getattr(response, "status_code", None)
    if isinstance(status, int):
        return ProviderError(_of_status(status), _retry_after(response))
    names = {kind.__name__ for kind in type(error).__mro__}
    if isinstance(error, TimeoutError) or any("Timeout" in name for name in names):
        return ProviderError("timeout")
    if isinstance(error, ConnectionError) or any(name in names for name in ("APIConnectionError", "ConnectError", "NetworkError")):
        return ProviderError("unreachable")
    if any("Protocol" in name for name in names):
        return ProviderError("cut")
    return ProviderError("server")


def _of_status(status: int) -> Reason:
    if status in (401, 403):
        return "key"
    if status == 429:
        return "limit"
    if status in (408, 504):
        return "timeout"
    return "server" if status >= 500 else "rejected"


def _retry_after(response: object) -> float | None:
    headers = getattr(response, "headers", None) or {}
    try:
        return max(0.0, float(headers.get("retry-after", "")))
    except ValueError:
        return None
