"""Facts by which a record is found that repeals another one: 废止 by number or by title."""

import re
from collections.abc import Iterable, Iterator

from records.queries.citing import citations_in, title_key
from records.queries.numbering import number_key
from records.queries.relations import REPEALING, Relation

_REPEALS = "repeals="
_ABOUT = "关于"

SHORTEST = 8
"""Characters of a title by which something is said to be repealed; shorter ones are many's."""


def repeals_told(texts: Iterable[str]) -> frozenset[str]:
    """Facts of what texts say is repealed; they name more than is meant, never less."""
    return frozenset(fact for text in texts if REPEALING.search(text) for fact in _told(text))


def repealed_as(number: str, title: str) -> Iterator[str]:
    """The facts of records that may repeal the one of this number and title."""
    if key := number_key(number):
        yield _REPEALS + key
    plain = title_key(title)
    if len(plain) >= SHORTEST:
        yield _REPEALS + plain.removeprefix(_ABOUT)
        for match in re.finditer(_ABOUT, plain):
            yield _REPEALS + plain[match.end() :]


def _told(text: str) -> Iterator[str]:
    for citation in citations_in(text):
        if citation.relation is Relation.REPEALS:
            yield from (_REPEALS + key for key in citation.keys)
            if citation.title and not citation.keys:
                yield _REPEALS + title_key(citation.title).removeprefix(_ABOUT)
