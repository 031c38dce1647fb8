"""Reading of a long JSON answer piece by piece, keeping nothing but what is asked for.

Understands what ``/rmeta`` gives: a list of objects whose values are texts or lists of texts; other
values are passed over. Written for this, since the standard library reads only whole texts.
"""

import codecs
import json
import re
from collections.abc import Callable, Iterator

_HEX = "[0-9a-fA-F]"
_HIGH = rf"\\u[dD][89abAB]{_HEX}{{2}}"
_LOW = rf"\\u[dD][c-fC-F]{_HEX}{{2}}"
_RUN = re.compile(
    rf'(?:[^"\\]+|\\["\\/bfnrt]|\\u(?![dD][89abAB]){_HEX}{{4}}|{_HIGH}{_LOW}'
    rf"|{_HIGH}(?=[^\\]|\\[^u]|\\u[^dD]|\\u[dD][^c-fC-F]))+"
)
"""Whole characters as they are written in a string; never the first half of a pair alone."""
_SPACE = re.compile(r"[ \t\r\n]*")
_PLAIN = re.compile(r"[-+.0-9A-Za-z]+")
_ESCAPE_CHARACTERS = 12
_MOST_LEVELS = 20


class Broken(Exception):
    """The answer is not what was agreed."""


class TooLong(Exception):
    """The answer has more bytes than are read."""


class JsonStream:
    """A cursor in a JSON text that comes in pieces of bytes."""

    def __init__(self, read: Callable[[], bytes], *, most_bytes: int) -> None:
        """`read` gives the next piece, empty at the end."""
        self._read = read
        self._left = most_bytes
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._text = ""
        self._at = 0

    def objects(self) -> Iterator[None]:
        """Steps into each object of the list; its `keys` must be gone through before the next."""
        self._expect("[")
        if self._next() == "]":
            self._at += 1
        else:
            while True:
                yield
                if self._separator("]"):
                    break
        if self._next(end_is_fine=True):
            raise Broken("something after the end")

    def keys(self) -> Iterator[str]:
        """The keys of an object; after each, its value must be taken or passed over."""
        self._expect("{")
        if self._next() == "}":
            self._at += 1
            return
        while True:
            key = self._short_string(200)
            self._expect(":")
            yield key
            if self._separator("}"):
                return

    def text(self, most_characters: int) -> str:
        """A value as one text: the first texts of it, joined by spaces and cut at so many."""
        if self._next() == '"':
            return self._short_string(most_characters)
        if self._next() != "[":
            self.skip()
            return ""
        self._at += 1
        found: list[str] = []
        if self._next() == "]":
            self._at += 1
            return ""
        while True:
            if self._next() == '"' and sum(map(len, found)) < most_characters:
                found.append(self._short_string(most_characters))
            else:
                self.skip()
            if self._separator("]"):
                return " ".join(found)[:most_characters]

    def pieces(self) -> Iterator[str]:
        """A text value piece by piece; another value gives none."""
        if self._next() != '"':
            self.skip()
            return
        self._at += 1
        while (run := self._run()) is not None:
            yield json.loads(f'"{run}"', strict=False)

    def skip(self, levels: int = 0) -> None:
        """Pass over a value of any kind."""
        first = self._next()
        if levels > _MOST_LEVELS:
            raise Broken("too many levels")
        if first == '"':
            self._at += 1
            while self._run() is not None:
                pass
        elif first in ("[", "{"):
            self._skip_inside("]" if first == "[" else "}", levels)
        else:
            self._skip_plain()

    def _skip_inside(self, closing: str, levels: int) -> None:
        self._at += 1
        if self._next() == closing:
            self._at += 1
            return
        while True:
            if closing == "}":
                self.skip(levels + 1)
                self._expect(":")
            self.skip(levels + 1)
            if self._separator(closing):
                return

    def _skip_plain(self) -> None:
        """A number, true, false or null, which may stand across two pieces."""
        met = False
        while found := _PLAIN.match(self._text, self._at):
            met, self._at = True, found.end()
            if self._at < len(self._text) or not self._fill():
                break
        if not met:
            raise Broken("no value")

    def _short_string(self, most_characters: int) -> str:
        self._expect('"')
        found, length = [], 0
        while (run := self._run()) is not None:
            if length < most_characters:
                found.append(json.loads(f'"{run}"', strict=False))
                length += len(found[-1])
        return "".join(found)[:most_characters]

    def _run(self) -> str | None:
        """The next stretch of a string as it is written, None after its closing quote."""
        while True:
            found = _RUN.match(self._text, self._at)
            if found:
                self._at = found.end()
                return found[0]
            if self._text[self._at : self._at + 1] == '"':
                self._at += 1
                return None
            if len(self._text) - self._at >= _ESCAPE_CHARACTERS or not self._fill():
                raise Broken("a string without an end")

    def _separator(self, closing: str) -> bool:
        """Passes a comma, or the closing sign: then True."""
        sign = self._next()
        self._at += 1
        if sign not in (",", closing):
            raise Broken("no separator")
        return sign == closing

    def _expect(self, sign: str) -> None:
        if self._next() != sign:
            raise Broken(f"no {sign}")
        self._at += 1

    def _next(self, *, end_is_fine: bool = False) -> str:
        """The next sign after white space, which stays."""
        while True:
            space = _SPACE.match(self._text, self._at)
            self._at = space.end() if space else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._fill():
                if end_is_fine:
                    return ""
                raise Broken("the end is missing")

    def _fill(self) -> bool:
        """Get more text; whether there was any."""
        piece = self._read()
        self._left -= len(piece)
        if self._left < 0:
            raise TooLong
        self._text = self._text[self._at :] + self._decoder.decode(piece, not piece)
        self._at = 0
        return bool(piece)
