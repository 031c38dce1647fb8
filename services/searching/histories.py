"""Where the words of a search came into a record and went out of it (SS-07)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from records.ports.highlighter import Highlighter
from records.queries.query import Query
from records.queries.snippet import snippet
from records.revision import Revision
from records.schema.kind import Kinds
from services.after_commit.documents import number_of, searched_pages, title_of
from services.after_commit.texts import Texts
from services.finding.browse import RecordOpener
from services.people.caller import Caller
from services.searching.matches import WIDTH, Pieces

MOST = 3
"""Sentences told of one record."""

REVISIONS = 50
"""Of one record that are looked through, the newest."""

CHARACTERS = 200_000
"""Of one revision that are looked through."""

_SENTENCES = re.compile(r"[^。！？；\n]+[。！？；]?")


@dataclass(frozen=True, slots=True)
class Stay:
    """A sentence with the words, from the revision that brought it up to the one that took it.

    `until` is None while it stands; `since` is None where it stood in the first revision that its
    reader may see.
    """

    pieces: Pieces
    since: Revision | None
    until: Revision | None


class HistoryFinder:
    """Looks through the revisions that the caller may read, and no others."""

    def __init__(
        self, browsing: RecordOpener, texts: Texts, highlighter: Highlighter, kinds: Kinds
    ) -> None:
        self._browsing = browsing
        self._texts = texts
        self._highlighter = highlighter
        self._kinds = kinds

    def of(self, caller: Caller, revision: Revision, query: Query) -> tuple[Stay, ...]:
        """Sentences with the words that were not always there, or are gone; those gone first."""
        opened = self._browsing.open(caller, revision.record)
        history = self._browsing.history(caller, opened)[:REVISIONS]
        stood = [(each, self._sentences(each, query)) for each in reversed(history)]
        stays = list(_stays(stood))
        stays.sort(key=lambda stay: stay[2] is None)  # in order of their coming otherwise
        told = [stay for stay in stays if stay[1] is not None or stay[2] is not None]
        return tuple(Stay(self._marked(text, query), a, b) for text, a, b in told[:MOST])

    def _sentences(self, revision: Revision, query: Query) -> dict[str, None]:
        kind = self._kinds.of(revision)
        pages = searched_pages(kind, revision, self._texts.of(revision))
        texts = (title_of(kind, revision), number_of(kind, revision), *(p.text for p in pages))
        found: dict[str, None] = {}
        left = CHARACTERS
        for text in texts:
            if left <= 0:
                break
            spans = self._highlighter.spans(text[:left], query, field=None, relaxed=False)
            left -= len(text)
            if spans:
                found.update(dict.fromkeys(_around(text, [span.start for span in spans])))
        return found

    def _marked(self, text: str, query: Query) -> Pieces:
        spans = self._highlighter.spans(text, query, field=None, relaxed=False)
        return snippet(text, spans, width=WIDTH)


def _around(text: str, places: Sequence[int]) -> Iterator[str]:
    """The sentences in which these places stand."""
    waiting = iter(places)
    place = next(waiting, None)
    for match in _SENTENCES.finditer(text):
        if place is None:
            return
        if place < match.end():
            yield " ".join(match[0].split())
            while place is not None and place < match.end():
                place = next(waiting, None)


def _stays(
    stood: Sequence[tuple[Revision, dict[str, None]]],
) -> Iterator[tuple[str, Revision | None, Revision | None]]:
    """Each sentence from where it came in up to where it went out, oldest first."""
    since: dict[str, Revision | None] = {}
    for place, (revision, sentences) in enumerate(stood):
        for text in [each for each in since if each not in sentences]:
            yield text, since.pop(text), revision
        for text in sentences:
            since.setdefault(text, revision if place else None)
    yield from ((text, came, None) for text, came in since.items())
