"""Inside a worker: one request about one file, one JSON answer, then bytes."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from documents.failing import NoSuchPage, Unshowable
from sandbox.child import Piece
from sandbox.worker_folder import GIVEN

_PIECE_BYTES = 1 << 20

Asked = Mapping[str, Any]
Answered = tuple[dict[str, Any], bytes]


def answered(
    can_do: Mapping[str, Callable[[Path, Asked], Answered]],
) -> Callable[[bytes, Piece], None]:
    """The `answer` of a worker that can do these: ``{"do", "name", …}`` for the file given."""

    def answer(request: bytes, piece: Piece) -> None:
        asked = json.loads(request)
        body = b""
        try:
            told, body = can_do[asked["do"]](Path.cwd() / GIVEN, asked)
        except Unshowable as failed:
            told = {"why": failed.why}
        except NoSuchPage:
            told = {"beyond": True}
        except RecursionError:
            told = {"why": "bomb"}
        piece(json.dumps(told, ensure_ascii=False).encode("utf-8", "replace"))
        for start in range(0, len(body), _PIECE_BYTES):
            piece(body[start : start + _PIECE_BYTES])

    return answer
