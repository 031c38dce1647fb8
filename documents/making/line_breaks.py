"""Where a line of Chinese may end (避头尾, GB/T 15834-2011, 5.1), and where it may be stretched.

Marks that close or separate stand at no beginning, those that open at no end of a line; a dash, an
ellipsis, a number and a word in Latin letters are not torn apart.
"""

from collections.abc import Iterator, Sequence

_NOT_FIRST = frozenset("，。、；：！？·～％）〕】》〉」』”’,.;:!?%)]}")
_NOT_LAST = frozenset("（〔【《〈「『“‘([{")
_PAIRS = frozenset("—…")
_HAIR = 1e-6
"""Sums of widths are not exact."""


def broken(
    text: str, widths: Sequence[float], limits: Sequence[float]
) -> Iterator[tuple[float, str]]:
    """The lines of a paragraph, each with the room that it leaves.

    `widths` has one for each character; `limits` one for each line, the last for all that follow,
    in the same unit. White space where a line ends stands at its end and takes no room, so that the
    lines together are the text. A run that nothing may part is cut where the line is full.
    """
    start, number = 0, 0
    while start < len(text):
        limit = limits[min(number, len(limits) - 1)]
        end = _end(text, widths, start, limit)
        while end < len(text) and text[end].isspace():
            end += 1
        line = text[start:end]
        yield limit - sum(widths[start : start + len(line.rstrip())]), line
        start, number = end, number + 1


def stretched(line: str) -> Iterator[str]:
    """The parts of a line between which it may be made wider; together they are the line."""
    start = 0
    for at in range(1, len(line) + 1):
        if at == len(line) or not _is_one(line[at - 1], line[at]):
            yield line[start:at]
            start = at


def _end(text: str, widths: Sequence[float], start: int, limit: float) -> int:
    """The first character of the next line; at least one is taken."""
    full, used = start, 0.0
    while full < len(text) and (used := used + widths[full]) <= limit + _HAIR:
        full += 1
    full = max(full, start + 1)
    end = full
    while start < end < len(text) and not _may_part(text[end - 1], text[end]):
        end -= 1
    return end if end > start else full


def _may_part(before: str, after: str) -> bool:
    """Whether a line may end between two characters."""
    if after in _NOT_FIRST or before in _NOT_LAST:
        return False
    return not _is_one(before, after)


def _is_one(before: str, after: str) -> bool:
    """Whether two characters are of one word, number, dash or ellipsis."""
    return (before == after and before in _PAIRS) or (_is_latin(before) and _is_latin(after))


def _is_latin(character: str) -> bool:
    return character.isascii() and not character.isspace()
