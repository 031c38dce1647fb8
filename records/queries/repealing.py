"""Facts by which a record is found that repeals another one: 废止 by number or by title."""

import re
from collections.abc import Iterable, Iterator, Sequence

from records.identity import RecordId
from records.queries.citation_corrections import CitationCorrection, as_corrected
from records.queries.citing import Citation, citations_in, title_key
from records.queries.numbering import number_key
from records.queries.relations import REPEALING, Relation

_REPEALS = "repeals="
_ABOUT = "关于"

SHORTEST = 8
"""Characters of a title by which something is said to be repealed; shorter ones are many's."""


def repeals_told(
    texts: Iterable[str], corrections: Sequence[CitationCorrection] = ()
) -> frozenset[str]:
    """Facts of what texts say is repealed, and of what somebody said that they do.

    They name more than is meant, never less.
    """
    by_hand = any(each.relation is Relation.REPEALS for each in corrections)
    read = (
        citation
        for text in texts
        if by_hand or REPEALING.search(text)
        for citation in citations_in(text)
    )
    told = as_corrected(read, corrections)
    return frozenset(fact for each in told for fact in _told(each))


def repealed_as(record: RecordId, number: str, title: str) -> Iterator[str]:
    """The facts of records that may repeal this one, of this number and title."""
    yield _REPEALS + record
    if key := number_key(number):
        yield _REPEALS + key
    plain = title_key(title)
    if len(plain) >= SHORTEST:
        yield _REPEALS + plain.removeprefix(_ABOUT)
        for match in re.finditer(_ABOUT, plain):
            yield _REPEALS + plain[match.end() :]


def _told(citation: Citation) -> Iterator[str]:
    if citation.relation is not Relation.REPEALS:
        return
    if citation.means:
        yield _REPEALS + citation.means
        return
    yield from (_REPEALS + key for key in citation.keys)
    if citation.title and not citation.keys:
        yield _REPEALS + title_key(citation.title).removeprefix(_ABOUT)
