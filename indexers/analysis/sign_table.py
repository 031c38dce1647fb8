"""Texts rewritten character by character, at the speed of `str.translate`."""

from collections.abc import Callable

REMEMBERED = 40_000
"""Characters whose answer is kept; a text may name 1.1 million, real ones name a few thousand."""


class SignTable(dict[int, str]):
    """What each character is written as, worked out when it is first met."""

    def __init__(self, write: Callable[[str], str]) -> None:
        super().__init__()
        self._write = write

    def __missing__(self, code: int) -> str:
        """The answer for a character not kept yet."""
        written = self._write(chr(code))
        if len(self) < REMEMBERED:
            self[code] = written
        return written
