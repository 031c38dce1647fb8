"""A sheet cut at its rows without being parsed: the last of a million is as near as the first."""

import re
import zipfile
from collections.abc import Iterator
from typing import IO

from documents.failing import Unshowable

LAST_ROW = 1_048_576
"""Of a sheet (Excel specifications and limits)."""

_ROW = re.compile(rb"""<(?:[\w.-]+:)?row(?=[\s/>])(?:[^<>]*?\sr\s*=\s*["'](\d{1,7})["'])?""")
_CHUNK_BYTES = 1 << 20
_MOST_PIECE_BYTES = 64 << 20


def row_pieces(stream: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """The bytes before the first row, with 0; then each row by its number, to the next one.

    The last piece holds what follows the rows as well. Rows without a number follow the one
    before. Raises Unshowable.
    """
    number, held, ended = 0, b"", False
    while not ended:
        chunk = _read(stream)
        ended = not chunk
        held += chunk
        at = 0
        for tag in _ROW.finditer(held, 1 if number else 0):
            if not ended and held.find(b">", tag.start()) < 0:
                break
            yield number, held[at : tag.start()]
            at = tag.start()
            number = int(tag[1]) if tag[1] else number + 1
        held = held[at:]
        if len(held) > _MOST_PIECE_BYTES:
            raise Unshowable("too_large")
    yield number, held


def _read(stream: IO[bytes]) -> bytes:
    try:
        return stream.read(_CHUNK_BYTES)
    except (OSError, ValueError, RuntimeError, zipfile.BadZipFile, EOFError) as error:
        raise Unshowable("parse") from error
