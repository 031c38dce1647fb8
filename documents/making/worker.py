"""The worker process of making: one request about one file, one JSON answer, then its bytes."""

from collections.abc import Callable, Mapping
from pathlib import Path

from documents.answering import Answered, Asked, answered
from documents.failing import Unshowable
from documents.making.clean_copy import clean_copy
from documents.making.plain_pdf import plain_pdf, plain_pdf_of_text
from documents.preview.kind import Kind, kind_of
from sandbox.child import serve

_LARGEST_BYTES = 100 << 20


def _clean(path: Path, asked: Asked) -> Answered:
    """A type that knows no tracked changes is clean as it is."""
    suffix = _suffix(asked["name"])
    body = clean_copy(path) if _kind(path, asked["name"]) is Kind.WORD else None
    return {"made": {"suffix": suffix}}, body or b""


def _pdf(path: Path, asked: Asked) -> Answered:
    kind = _kind(path, asked["name"])
    if kind is Kind.PDF:
        return {"made": {"suffix": ".pdf"}}, b""
    if kind is Kind.TEXT and _suffix(asked["name"]) == ".txt":
        return {"made": {"suffix": ".pdf"}}, plain_pdf_of_text(path)
    if kind is not Kind.WORD:
        raise Unshowable("type")
    return {"made": {"suffix": ".pdf"}}, plain_pdf(path)


def _suffix(name: str) -> str:
    return Path(name).suffix.lower() or ".bin"


def _kind(path: Path, name: str) -> Kind:
    if path.stat().st_size > _LARGEST_BYTES:
        raise Unshowable("too_large")
    return kind_of(path, name)


_DO: Mapping[str, Callable[[Path, Asked], Answered]] = {"clean": _clean, "pdf": _pdf}

if __name__ == "__main__":
    serve(answered(_DO))
