"""What of an earlier text is to be kept beside a newer one, so that a word is found in one of them.

An earlier revision repeats nearly all of the newest one. Kept are the sentences that the newest one
has not behind the same `around` characters, and these characters: a word of no more characters
stands in what is kept, or in the newest text. Of a longer one, across a change, that is not
promised.
"""

import re
from collections.abc import Iterable, Iterator

AROUND = 60

_SENTENCES = re.compile(r"[^。；\n]+[。；\n]*|[。；\n]+")


class NewestTexts:
    """The texts of the newest revision, sentence by sentence."""

    def __init__(self, texts: Iterable[str], *, around: int = AROUND) -> None:
        self._around = around
        self._whole = set(texts)
        self._told = {told for text in self._whole for _, _, told in self._sentences(text)}

    def left_behind(self, text: str) -> Iterator[str]:
        """The parts of an earlier text that are to be kept."""
        if text in self._whole:
            return
        begins, ends = 0, 0
        for start, end, told in self._sentences(text):
            if told in self._told:
                continue
            first = max(0, start - self._around)
            if ends and first > ends:
                yield text[begins:ends]
            if not ends or first > ends:
                begins = first
            ends = end
        if ends:
            yield text[begins:ends]

    def _sentences(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Where each sentence stands, and it with the characters before it."""
        for match in _SENTENCES.finditer(text):
            start, end = match.span()
            yield start, end, text[max(0, start - self._around) : end]
