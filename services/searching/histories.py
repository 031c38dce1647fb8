"""Where the words of a search came into a record and went out of it (SS-07)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from records.file_names import stem_of
from records.identity import Sha256
from records.meaning import number_of, title_of
from records.ports.highlighter import Highlighter
from records.queries.language import read_query
from records.queries.query import Everything, Query
from records.queries.snippet import snippet
from records.revision import FileVersion, Revision
from records.schema.kind import Kinds
from services.after_commit.documents import file_pages, searched_pages
from services.after_commit.texts import Texts
from services.finding.browse import RecordOpener
from services.people.caller import Caller
from services.searching.matches import WIDTH, Pieces, Scan
from services.searching.word_book import WordBook

MOST = 3
"""Sentences told of one record."""

REVISIONS = 50
"""Of one record that are looked through, the newest."""

OF_A_PAGE = 500
"""Revisions that are read for one page of hits: 0.5 to 5 ms each where none is remembered."""

CHARACTERS = 200_000
"""Of one file that are looked through."""

_SENTENCES = re.compile(r"[^。！？；\n]+[。！？；]?")


@dataclass(frozen=True, slots=True)
class Stay:
    """A sentence with the words, from the revision that brought it up to the one that took it.

    `until` is None while it stands; `since` is None where it stood in the first revision that its
    reader may see. `before` is the revision that he may read before `until`, else before `since`.
    """

    pieces: Pieces
    since: Revision | None
    until: Revision | None
    before: Revision


class HistoryRoom:
    """What the hits of one page may still cost together."""

    def __init__(self, query: Query, *, revisions: int = OF_A_PAGE) -> None:
        self._scan = Scan(query)
        self._revisions = revisions
        self.is_cut = False
        """Whether something was not looked at for want of it."""

    def may_look(self, text: str) -> bool:
        """Whether a text may be looked through; it is counted then."""
        self.is_cut = self.is_cut or not self._scan.may_look(text)
        return not self.is_cut

    def may_read(self) -> bool:
        """Whether the revisions of one more hit may be read."""
        self.is_cut = self.is_cut or self._revisions <= 0
        return not self.is_cut

    def count(self, revisions: int) -> None:
        """So many were read."""
        self._revisions -= revisions


class HistoryFinder:
    """Looks through the revisions that the caller may read, and no others."""

    def __init__(
        self,
        browsing: RecordOpener,
        texts: Texts,
        highlighter: Highlighter,
        kinds: Kinds,
        words: WordBook,
    ) -> None:
        self._browsing = browsing
        self._texts = texts
        self._highlighter = highlighter
        self._kinds = kinds
        self._words = words

    def told(self, caller: Caller, revision: Revision, words: str) -> tuple[Stay, ...]:
        """The same of one record, for what was typed; none of no words."""
        tree = read_query(words, self._words.synonyms()).tree
        if isinstance(tree, Everything):
            return ()
        return self.of(caller, revision, tree, HistoryRoom(tree))

    def of(
        self, caller: Caller, revision: Revision, query: Query, room: HistoryRoom
    ) -> tuple[Stay, ...]:
        """Sentences with the words that were not always there, or are gone; those gone first.

        None where the room of the page does not last for all of its texts: what was not looked at
        would count as gone.
        """
        if not room.may_read():
            return ()
        opened = self._browsing.open(caller, revision.record)
        history = self._browsing.last(caller, opened, most=REVISIONS)
        room.count(len(history))
        if len(history) == 1:
            return ()
        known: dict[Sha256 | str, dict[str, None]] = {}
        stood = [(each, self._sentences(each, query, known, room)) for each in reversed(history)]
        if room.is_cut:
            return ()
        stays = list(_stays(stood))
        stays.sort(key=lambda stay: stay.until is None)  # in order of their coming otherwise
        return tuple(
            Stay(self._marked(stay.text, query), stay.since, stay.until, stay.before)
            for stay in stays[:MOST]
        )

    def _sentences(
        self,
        revision: Revision,
        query: Query,
        known: dict[Sha256 | str, dict[str, None]],
        room: HistoryRoom,
    ) -> dict[str, None]:
        """Of one revision; `known` are those of files and texts that others had as well."""
        kind = self._kinds.of(revision)
        bare = revision.model_copy(update={"files": ()})
        fields = [page.text for page in searched_pages(kind, bare, {})]
        names = [stem_of(file.name) for file in revision.files]
        found: dict[str, None] = {}
        for text in (title_of(kind, revision), number_of(kind, revision), *fields, *names):
            if text not in known:
                known[text] = self._found([text], query, room)
            found.update(known[text])
        for file in revision.files:
            if file.sha256 not in known:
                known[file.sha256] = self._found(self._pages(revision, file), query, room)
            found.update(known[file.sha256])
        return found

    def _pages(self, revision: Revision, file: FileVersion) -> Iterator[str]:
        text = self._texts.kept(revision.record, file.sha256)
        if text is not None:
            yield from (page.text for page in file_pages(file, text))

    def _found(self, texts: Iterable[str], query: Query, room: HistoryRoom) -> dict[str, None]:
        found: dict[str, None] = {}
        left = CHARACTERS
        for text in texts:
            part = text[:left]
            if left <= 0 or not room.may_look(part):
                break
            spans = self._highlighter.spans(part, query, field=None, relaxed=False)
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


@dataclass(frozen=True, slots=True)
class _Told:
    text: str
    since: Revision | None
    until: Revision | None
    before: Revision


def _stays(stood: Sequence[tuple[Revision, dict[str, None]]]) -> Iterator[_Told]:
    """Each sentence that came in or went out, with where it did, oldest first."""
    since: dict[str, int] = {}
    for place, (revision, sentences) in enumerate(stood):
        for text in [each for each in since if each not in sentences]:
            came = since.pop(text)
            yield _Told(text, stood[came][0] if came else None, revision, stood[place - 1][0])
        for text in sentences:
            since.setdefault(text, place)
    for text, came in since.items():
        if came:
            yield _Told(text, stood[came][0], None, stood[came - 1][0])
