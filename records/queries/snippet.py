"""Snippets: the part of a text where most of the found places stand."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from records.queries.search import Span

ELLIPSIS = "…"
_PARAGRAPH = re.compile(r"[ \t]*[\r\n\f]\s*[\r\n\f]\s*")
_LINE_BREAK = re.compile(r"(?<=[^\x00-\x7f])\s*[\r\n\f]\s*(?=[^\x00-\x7f])")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a snippet as plain text; `marked` where a word of the query stands."""

    text: str
    marked: bool


def snippet(text: str, spans: Sequence[Span], *, width: int) -> tuple[Piece, ...]:
    """About `width` characters of `text` as pieces, joined by nothing.

    `spans` are in order and without overlap, as a highlighter gives them. The window holds as
    many of them as it can, the earliest such; without spans it is the beginning. An ellipsis
    stands where text was cut off. Line breaks between Chinese characters vanish, an empty line
    becomes a wide blank, other white space one blank.
    """
    first, last = _window(len(text), spans, width)
    pieces = [
        Piece(flowing(text[start:end]), marked) for start, end, marked in _cut(first, last, spans)
    ]
    if first > 0:
        pieces.insert(0, Piece(ELLIPSIS, marked=False))
    if last < len(text):
        pieces.append(Piece(ELLIPSIS, marked=False))
    return tuple(piece for piece in pieces if piece.text)


def _window(length: int, spans: Sequence[Span], width: int) -> tuple[int, int]:
    if not spans:
        return 0, min(width, length)
    best, best_end, last = 0, 1, 0
    for index, span in enumerate(spans):
        while last < len(spans) and spans[last].end <= span.start + width:
            last += 1
        if last - index > best_end - best or (index == 0 and last):
            best, best_end = index, last
    begin, end = spans[best].start, spans[best_end - 1].end
    spare = max(width - (end - begin), 0)
    first = max(min(begin - spare // 2, length - width), 0)
    return first, min(first + width, length)


def _cut(first: int, last: int, spans: Sequence[Span]) -> Iterator[tuple[int, int, bool]]:
    """Pieces of the window in turn: between the spans, and the spans."""
    at = first
    for span in spans:
        start, end = max(span.start, first), min(span.end, last)
        if start >= end:
            continue
        yield at, start, False
        yield start, end, True
        at = end
    yield at, last, False


def flowing(text: str) -> str:
    """The text on one line, as a snippet shows it."""
    return _BLANKS.sub(" ", _LINE_BREAK.sub("", _PARAGRAPH.sub("\u3000", text)))
