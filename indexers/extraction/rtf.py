r"""RTF whose text begins while Tika still reads the header, as small programs write it.

Tika knows the header to be over by a word such as ``\pard``. Text before it is kept back, and
lost where a tab, a group or the end of the file comes first: all of ``{\rtf1\ansi text}``.
Word, WPS and LibreOffice write ``\pard`` before the first text.
"""

import re
from pathlib import Path
from shutil import copyfileobj

_HEAD_BYTES = 1 << 16
"""A longer header was written by a word processor."""

_STEP = re.compile(
    rb"(?P<group>\{\s*(?:\\\*|\\(?P<opens>[a-z]+)-?\d* ?)?)|(?P<end>\})"
    rb"|\\(?P<word>[a-z]+)-?\d* ?|\s+|(?P<text>\\.|[^\\{}\s]+)|.",
    re.DOTALL,
)
_HEADER_GROUPS = frozenset(
    b"rtf fonttbl filetbl colortbl stylesheet listtable listoverridetable revtbl info mmath".split()
)
_ENDS_HEADER = frozenset(b"par pard sect sectd plain line ltrch rtlch htmlrtf".split())
_BODY = b"\\pard "


def text_within_header(path: Path) -> int | None:
    """Where text begins though nothing has ended the header, in bytes; None where all is well."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD_BYTES)
    depth = 0
    for step in _STEP.finditer(head):
        if step["group"] is not None:
            depth += 1
            opens = step["opens"]
            if depth == 2 and not step["group"].endswith(b"*") and opens not in _HEADER_GROUPS:
                return None if opens in _ENDS_HEADER else step.start()
        elif step["end"] is not None:
            depth -= 1
        elif depth == 1 and step["word"] in _ENDS_HEADER:
            return None
        elif depth == 1 and (step["text"] is not None or step["word"] == b"u"):
            return step.start()
    return None


def end_header(path: Path, at: int, copy: Path) -> None:
    """Write to `copy` what is at `path`, with an end of the header at byte `at`."""
    with path.open("rb") as source, copy.open("xb") as target:
        target.write(source.read(at) + _BODY)
        copyfileobj(source, target)
