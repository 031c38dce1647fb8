"""Which texts of a record each searched field holds."""

from collections.abc import Iterable

from indexers.analysis.analyser import BOUNDARY
from records.queries.query import TextField
from records.queries.search import IndexDocument


def sections(document: IndexDocument, field: TextField) -> list[str]:
    """The texts of a field; a word never stands across two of them.

    Units and authors are found by name and by code or sign-in name.
    """
    match field:
        case TextField.ANY:
            found = _newest(document)
        case TextField.TITLE:
            found = [document.title]
        case TextField.NUMBER:
            found = [document.number]
        case TextField.UNIT:
            found = [document.unit_name, document.unit]
        case TextField.AUTHOR:
            found = [document.author_name, document.author]
        case TextField.EVER:
            found = [*_newest(document), *document.past] if document.has_past else []
        case TextField.CLOSED:
            found = list(document.closed)
    return found


def _newest(document: IndexDocument) -> list[str]:
    return [document.title, document.number, *(page.text for page in document.pages)]


def bounded(texts: Iterable[str]) -> str:
    """Tokens of several texts with a boundary before, between and after them."""
    return "".join(f"{BOUNDARY} {tokens} " for tokens in texts) + BOUNDARY
