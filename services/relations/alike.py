"""Records on the same matter, by what their titles say and by what both cite, with why (SS-08)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from records.meaning import title_of
from records.ports.closeness import Closeness
from records.queries.query import And, Words
from records.queries.search import SearchRequest
from records.revision import Revision
from records.schema.kind import Kinds
from services.finding.browse import OpenRecord
from services.people.caller import Caller
from services.relations.citations import Cited
from services.relations.co_citing import CoCitingFinder
from services.searching.hit_finder import HitFinder
from services.searching.second_look import DEPTH

LEAST = 0.6
"""How much of what a title is about another one says at least (`Likeness.share`)."""

MOST = 8
SHARED = 3
"""Pieces of a title that are told as the reason."""

SHORTEST = 3
"""Characters of a piece that is a reason by itself."""

_FORM = re.compile(
    r"关于|有关|进一步|切实|全面|做好|加强|开展|推进|推动|组织|召开|印发|转发|调整|规范|落实|实施|进展"
    r"|工作|情况|方案|办法|细则|安排|总结|活动|专项|事项|通知|通报|意见|报告|请示|批复|决定|公告|纪要|函"
    r"|(?:19|20)\d\d|[年月日]度?|[的和与及在对以]|[^\w]"
)
"""What titles of any matter hold: it tells nothing of what one is about."""


@dataclass(frozen=True, slots=True)
class Alike:
    """A record on the same matter, for one reason or for both.

    `why` are pieces that both titles hold, the longest first; `both_cite` numbers and titles.
    """

    revision: Revision
    why: tuple[str, ...] = ()
    both_cite: tuple[str, ...] = ()


class AlikeFinder:
    """Asks the search with the title of a record, and with what it cites."""

    def __init__(
        self, hits: HitFinder, closeness: Closeness, co_citing: CoCitingFinder, kinds: Kinds
    ) -> None:
        self._hits = hits
        self._closeness = closeness
        self._co_citing = co_citing
        self._kinds = kinds

    def of(self, caller: Caller, opened: OpenRecord, cites: Sequence[Cited]) -> list[Alike]:
        """Those for both reasons first, of those that the caller may read.

        `cites` is what the opened revision cites (`CitationFinder.cited`). Raises Unavailable.
        """
        citing = self._co_citing.of(caller, opened.revision, cites)
        found = {each.revision.record: Alike(each.revision, (), each.papers) for each in citing}
        for each in self._titled(caller, opened):
            known = found.get(each.revision.record, each)
            found[each.revision.record] = replace(known, why=each.why)
        both = [each for each in found.values() if each.why and each.both_cite]
        return [*both, *(each for each in found.values() if each not in both)]

    def _titled(self, caller: Caller, opened: OpenRecord) -> list[Alike]:
        pieces = about(title_of(opened.kind, opened.revision))
        if not pieces:
            return []
        asked = And(tuple(map(Words, pieces)))
        request = SearchRequest(asked, relaxed=True, limit=DEPTH)
        likeness = self._closeness.of(asked)
        found: list[tuple[float, Alike]] = []
        for revision in self._hits.answer(caller, request).page:
            other = title_of(self._kinds.of(revision), revision)
            share, why = likeness.share(other), shared(pieces, other)
            if revision.record != opened.revision.record and share >= LEAST and why:
                found.append((share, Alike(revision, why)))
        found.sort(key=lambda each: each[0], reverse=True)
        return [each for _, each in found[:MOST]]


def about(title: str) -> tuple[str, ...]:
    """The pieces of a title that tell what it is about: without words of mere form and years."""
    pieces = dict.fromkeys(piece for piece in _FORM.split(title) if len(piece) > 1)
    return tuple(piece for piece in pieces if not piece.isdigit())


def shared(pieces: Iterable[str], other: str) -> tuple[str, ...]:
    """What another title holds of these pieces, the longest first; a short one as a whole only."""
    found: set[str] = set()
    for piece in pieces:
        match = SequenceMatcher(None, piece, other, autojunk=False).find_longest_match()
        held = piece[match.a : match.a + match.size]
        if len(held) >= SHORTEST or held == piece:
            found.add(held)
    return tuple(sorted(found, key=lambda each: (-len(each), each))[:SHARED])
