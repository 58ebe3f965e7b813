"""Sequences whose items are made when they are looked at."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import TypeVar, overload

T_co = TypeVar("T_co", covariant=True)


class OnDemand(Sequence[T_co]):
    """A sequence that needs only its length and how to make an item."""

    @abstractmethod
    def _made(self, at: int) -> T_co:
        """The item at a position that is within the sequence and counted from its start."""

    @overload
    def __getitem__(self, at: int) -> T_co: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[T_co]: ...
    def __getitem__(self, at: int | slice) -> T_co | Sequence[T_co]:
        """An item, or those of a slice. Raises IndexError beyond either end."""
        places = range(len(self))
        return [self._made(one) for one in places[at]] if isinstance(at, slice) else self._made(places[at])
