"""Where two sequences are the same, by as much effort as there is and no more.

`difflib` looks for the longest run that both have, then left and right of it: of sequences in which
things repeat that is cubic (600 equal lines, every second changed: 6 s). What it would cost to look
is known before, so it is not begun where the effort does not last: that stretch then differs as a
whole.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(slots=True)
class Effort:
    """Steps of about 0.25 µs that may still be taken (measured on two busy cores)."""

    steps: int

    def takes(self, steps: int) -> bool:
        """Whether there are so many left; they are taken then."""
        if steps > self.steps:
            return False
        self.steps -= steps
        return True


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of both sequences, each from a place up to another; one of them may be empty."""

    is_same: bool
    old: slice
    new: slice


def aligned(old: Sequence[str], new: Sequence[str], effort: Effort) -> Iterator[Stretch]:
    """Both sequences whole, in order: no two stretches of one sort stand beside each other."""
    at, to = 0, 0
    for i, j, size in _joined(_blocks(old, new, effort)):
        if i > at or j > to:
            yield Stretch(False, slice(at, i), slice(to, j))  # noqa: FBT003 - a field
        at, to = i + size, j + size
        yield Stretch(True, slice(i, at), slice(j, to))  # noqa: FBT003 - a field
    if at < len(old) or to < len(new):
        yield Stretch(False, slice(at, len(old)), slice(to, len(new)))  # noqa: FBT003 - a field


_Block = tuple[int, int, int]
"""Where something the same begins in the old and in the new sequence, and how long it is."""


def _blocks(old: Sequence[str], new: Sequence[str], effort: Effort) -> Iterator[_Block]:
    """In order. The same head and tail cost nothing."""
    most = min(len(old), len(new))
    head = next((n for n in range(most) if old[n] != new[n]), most)
    most -= head
    tail = next((n for n in range(most) if old[-1 - n] != new[-1 - n]), most)
    yield 0, 0, head
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    often = Counter(new)
    waiting = [(head, len(old) - tail, head, len(new) - tail)]
    found: list[_Block] = []
    while waiting:
        first, last, begin, end = waiting.pop()
        if first == last or begin == end:
            continue
        places = sum(often[old[at]] for at in range(first, last))
        if not effort.takes(last - first + places):
            continue
        i, j, size = matcher.find_longest_match(first, last, begin, end)
        if size:
            found.append((i, j, size))
            waiting += [(i + size, last, j + size, end), (first, i, begin, j)]
    yield from sorted(found)
    yield len(old) - tail, len(new) - tail, tail


def _joined(blocks: Iterator[_Block]) -> Iterator[_Block]:
    """Those that follow each other as one, without empty ones."""
    i, j, size = 0, 0, 0
    for at, to, more in blocks:
        if (at, to) == (i + size, j + size):
            size += more
            continue
        if size:
            yield i, j, size
        i, j, size = at, to, more
    if size:
        yield i, j, size
