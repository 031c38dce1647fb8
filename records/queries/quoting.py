"""Passages as they are quoted: whole sentences around what was found, else whole clauses."""

import re
from collections.abc import Iterable, Sequence

from records.queries.search import Span

MOST = 200
"""Characters of a quotation: a page is no passage."""

_BLANK_LINE = r"\n[ \t\u3000]*\n\s*"
_SENTENCE = re.compile(rf"[。！？!?；;…]+[”’」』）)]*|{_BLANK_LINE}|\t\n|\f")
_PARAGRAPH = re.compile(rf"{_SENTENCE.pattern}|\n")
_CLAUSE = re.compile(rf"{_SENTENCE.pattern}|[，,、：:]|[\n\t]")
"""Where a sentence (or a row of a sheet), and where a clause ends. A single line break may be one
of the page alone."""

_LINE = re.compile(r"[^\n]+\n")
_RAGGED = 0.75
"""Of the longest line: shorter ones end a paragraph."""

_REACH = 2 * MOST
"""Characters to each side in which an end is looked for."""

_RUN = re.compile(r"[0-9A-Za-z_.@%/+-]+")
"""What is read as one word, whichever letters it has: 25.3%, GB/T, a name in Latin letters."""


def quotation(text: str, spans: Sequence[Span], *, lines_end: bool) -> tuple[int, int]:
    """From where to where a text is quoted for these places, which stand close together.

    `lines_end` says that lines of the text are its paragraphs, and not those of a printed page.

    The sentences they stand in; where those are longer than `MOST`, as many clauses around them as
    fit; where not even one does, `MOST` characters that cut no run of letters or figures. The
    places are inside in any case, and blanks at the ends are not.
    """
    first, last = spans[0].start, spans[-1].end
    ends = _sentence_ends(text, first, last, lines_end=lines_end)
    begin, end = _around(text, first, last, ends)
    if end - begin > MOST:
        begin, end = _widened(text, first, last, begin, end)
    if end - begin > MOST:
        begin, end = _cut(text, first, last)
    while begin < first and text[begin].isspace():
        begin += 1
    while end > last and text[end - 1].isspace():
        end -= 1
    return begin, end


def _around(text: str, first: int, last: int, ends: Iterable[int]) -> tuple[int, int]:
    """The stretch between two of these ends that holds it; no further than `_REACH` away."""
    begin, end = _window(text, first, last)
    for place in ends:
        if place <= first:
            begin = max(begin, place)
        elif place >= last:
            return begin, min(end, place)
    return begin, end


def _window(text: str, first: int, last: int) -> tuple[int, int]:
    return max(0, first - _REACH), min(len(text), last + _REACH)


def _sentence_ends(text: str, first: int, last: int, *, lines_end: bool) -> list[int]:
    """Where sentences and paragraphs end around it.

    On a printed page a line ends one that is well shorter than the longest: a heading, or the last
    of its paragraph.
    """
    low, high = _window(text, first, last)
    if lines_end:
        return [found.end() for found in _PARAGRAPH.finditer(text, low, high)]
    ends = {found.end() for found in _SENTENCE.finditer(text, low, high)}
    lines = list(_LINE.finditer(text, low, high))
    longest = max((len(line[0].strip()) for line in lines), default=0)
    ends |= {line.end() for line in lines if 0 < len(line[0].strip()) < _RAGGED * longest}
    return sorted(ends)


def _widened(text: str, first: int, last: int, low: int, high: int) -> tuple[int, int]:
    """Clauses around it, those after it first, as long as they fit."""
    inner = [found.end() for found in _CLAUSE.finditer(text, low, high)]
    begin, end = _around(text, first, last, inner)
    begin, end = max(begin, low), min(end, high)
    after = [place for place in (*inner, high) if place > end]
    before = [place for place in (*reversed(inner), low) if place < begin]
    while after or before:
        if after and after[0] - begin <= MOST:
            end = after.pop(0)
        elif before and end - before[0] <= MOST:
            begin = before.pop(0)
        else:
            break
    return begin, end


def _cut(text: str, first: int, last: int) -> tuple[int, int]:
    spare = max(MOST - (last - first), 0)
    begin = max(0, first - spare // 2)
    end = min(len(text), max(begin + MOST, last))
    for found in _RUN.finditer(text, max(0, begin - MOST), min(len(text), end + MOST)):
        if found.start() < begin < found.end():
            begin = min(found.end(), first)
        if found.start() < end < found.end():
            end = max(found.start(), last)
    return begin, end
