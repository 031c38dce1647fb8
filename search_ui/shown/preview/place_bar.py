"""第 3 / 12 处: one way from place to place of the words, whatever the preview is (SS-03)."""

from collections.abc import Callable, Iterable, Mapping
from typing import Generic, TypeVar

from search_ui.views.preview import PlaceBar

Key = TypeVar("Key", int, tuple[int, int])


class Places(Generic[Key]):
    """Where the words stand in a file: how often at each of its stops.

    A stop is what is shown whole: a page, a row, a piece of a text. Stops are in order; those
    where the words do not stand are left out.
    """

    def __init__(self, counts: Mapping[Key, int], *, cut: bool = False) -> None:
        """`cut` where the words may stand at stops that were not looked at."""
        self._counts: Mapping[Key, int] = counts
        self._cut = cut

    @property
    def all(self) -> int:
        """How often the words stand in the file."""
        return sum(self._counts.values())

    @property
    def stops(self) -> Iterable[Key]:
        """The stops at which the words stand."""
        return self._counts

    def stop(self, number: int) -> Key | None:
        """The stop at which the place of this number stands, counted from 1; else None."""
        if number < 1:
            return None
        for key, count in self._counts.items():
            if number <= count:
                return key
            number -= count
        return None

    def before(self, begin: Key) -> int:
        """How many stand before a stop."""
        return sum(count for key, count in self._counts.items() if key < begin)

    def index(self, number: int, begin: Key) -> int:
        """Which place of those from a stop on the number is, from 0; the first for none."""
        return max(number - self.before(begin) - 1, 0) if number else 0

    def bar(self, number: int, begin: Key, end: Key, href: Callable[[int], str]) -> PlaceBar | None:
        """The steps for a view that shows the stops from `begin` up to before `end`."""
        if not self._counts:
            return None
        before, many = self.before(begin), self.all
        here = self.before(end) - before
        at = number if before < number <= before + here else before + 1 if here else 0
        back = (at or before + 1) - 1 or many
        on = at + 1 if at else before + 1
        return PlaceBar(
            at=at,
            before=before,
            here=here,
            all=many,
            previous_href=href(back),
            next_href=href(on if on <= many else 1),
            before_href=href(before or many),
            after_href=href(before + here + 1 if before + here < many else 1),
            cut=self._cut,
        )
