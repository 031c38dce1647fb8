"""Every revision that becomes findable is tried against the searches that stand (SS-06).

A subscriber is told of a record when it comes to match: as it was tried before, it did not, or he
could not read it. He is told once of a revision however often that is tried, of none from before he
subscribed, of none that he may not read at this moment, and of none that he made.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from records.consequences.effects import About
from records.errors import Corrupt, Invalid, NotFound, Refused
from records.identity import Login
from records.people.organisation import Organisation
from records.ports.clock import Clock
from records.ports.record_log import RecordLog
from records.ports.standing_queries import StandingQueries
from records.queries.language import read_query
from records.queries.query import Query
from records.queries.search import IndexDocument, Narrowing
from records.revision import Revision
from records.rights.reading import may_read
from records.schema.kind import Kinds
from records.times.office_time import office_day
from services.after_commit.documents import Past, index_change
from services.after_commit.drain import Tried
from services.after_commit.texts import Texts
from services.notifications.stream import Matter
from services.notifications.telling import Teller
from services.people.caller import Caller
from services.people.organisation_book import OrganisationBook
from services.searching.asked_address import asked_by
from services.searching.facets import FacetWords, plain_narrowing
from services.searching.search_page import Asked
from services.searching.unit_names import with_unit_names
from services.searching.word_book import WordBook
from services.standing.digests import Digests
from services.standing.subscriptions import Standing, Subscription, SubscriptionBook, When

_LOG = logging.getLogger(__name__)

AT_ONCE = 20
"""So many records of one pass are told of one by one; of more, together (import of a folder)."""


_ANY_KIND = ""


@dataclass(frozen=True, slots=True)
class _Standing:
    login: Login
    subscription: Subscription
    asked: Asked
    plain: Narrowing
    """What most records do not meet, told before anything is read of anybody's rights."""


class StandingTrial:
    """Tries revisions, and tells."""

    def __init__(
        self,
        *,
        book: SubscriptionBook,
        queries: StandingQueries,
        log: RecordLog,
        kinds: Kinds,
        texts: Texts,
        people: OrganisationBook,
        teller: Teller,
        digests: Digests,
        words: WordBook,
        clock: Clock,
    ) -> None:
        self._book = book
        self._queries = queries
        self._log = log
        self._kinds = kinds
        self._facets = FacetWords(kinds)
        self._texts = texts
        self._people = people
        self._teller = teller
        self._digests = digests
        self._words = words
        self._clock = clock
        self._standing: Standing | None = None
        self._spelled: tuple[int, Organisation, date] | None = None
        self._filed: dict[str, dict[str, list[_Standing]]] = {}
        """By words, and by the kind that is asked for (``""`` for any): few are looked at."""

    def run(self, tried: Sequence[Tried]) -> None:
        """Try them all. May run again, and in several processes. Raises Unavailable."""
        if not tried or not self._is_ready():
            return
        callers = _Callers(self._people.caller)
        found: dict[tuple[Login, str], list[tuple[Tried, Subscription]]] = defaultdict(list)
        for each in tried:
            for standing in self._found(each, callers):
                one = standing.subscription
                found[standing.login, one.target].append((each, one))
        for (login, _), several in found.items():
            together = len(several) > AT_ONCE
            for each, one in several:
                self._tell(login, one, each.revision, together=together)

    def _tell(self, login: Login, one: Subscription, revision: Revision, *, together: bool) -> None:
        occasion = f"standing-{one.target}-{revision.number}"
        event = revision.event
        matter = Matter(
            About.FOUND, revision.record, event.actor, event.at, occasion, search=one.target
        )
        if together or one.when is When.DAILY:
            self._digests.note(login, matter, revision.number)
        elif not self._digests.has(login, matter, revision.number):
            self._teller.tell([login], matter)

    def _found(self, tried: Tried, callers: "_Callers") -> Iterator[_Standing]:
        """Whoever is to be told of it."""
        past = _Past(tried, self._document)
        for words in self._queries.matching(tried.document):
            filed = self._filed.get(words, {})
            of_kind = filed.get(tried.document.kind, ())
            for standing in (*of_kind, *filed.get(_ANY_KIND, ())):
                if not self._queries.meets(tried.document, standing.plain):
                    continue
                caller = callers.of(standing.login)
                told = (
                    caller is not None
                    and standing.login != tried.revision.event.actor
                    and tried.revision.event.at >= standing.subscription.since
                    and may_read(self._kinds.of(tried.revision), tried.revision, caller.access)
                    and self._meets(caller, standing.asked, tried.document)
                    and not self._knew(caller, words, standing.asked, past)
                )
                if told:
                    yield standing

    def _knew(self, caller: Caller, words: str, asked: Asked, past: "_Past") -> bool:
        """Whether the record matched and was open to him when it was tried before."""
        document, revision = past.document, past.revision
        return (
            document is not None
            and revision is not None
            and may_read(self._kinds.of(revision), revision, caller.access)
            and bool(self._queries.matching(document, among=(words,)))
            and self._meets(caller, asked, document)
        )

    def _meets(self, caller: Caller, asked: Asked, document: IndexDocument) -> bool:
        """Whether it meets the conditions; a search whose level is none any more finds nothing."""
        try:
            narrowing = self._facets.narrowing(caller, asked, withheld=frozenset())
        except Invalid:
            return False
        return self._queries.meets(document, narrowing)

    def _document(self, tried: Tried) -> tuple[Revision, IndexDocument] | None:
        """The record as it was tried before; None where it was not, was deleted or is damaged."""
        if not tried.before:
            return None
        organisation: Organisation = self._people.current()
        try:
            revision = self._log.revision(tried.revision.record, tried.before)
            if revision.deleted or self._kinds.find(revision.kind) is None:
                return None
            kind, texts = self._kinds.of(revision), self._texts.of(revision)
        except (Corrupt, Invalid, NotFound) as error:
            _LOG.error("told anew, for want of the revision before: %s", error)
            return None
        change = index_change(kind, revision, texts, organisation, Past())
        return (revision, change) if isinstance(change, IndexDocument) else None

    def _is_ready(self) -> bool:
        """Hold what stands now; whether anything does."""
        standing = self._book.all()
        if standing is not self._standing:
            filed: dict[str, dict[str, list[_Standing]]] = {}
            for login, own in standing.items():
                for each in own:
                    asked = asked_by(each.asks)
                    one = _Standing(login, each, asked, plain_narrowing(asked))
                    of_words = filed.setdefault(asked.words, defaultdict(list))
                    for kind in dict.fromkeys(asked.kinds) or (_ANY_KIND,):
                        of_words[kind].append(one)
            for words in self._filed.keys() - filed.keys():
                self._queries.let_go(words)
            for words in filed.keys() - self._filed.keys():
                self._queries.hold(words, self._tree(words))
            self._filed = filed
            self._standing = standing
        spelled = self._words.number(), self._people.current(), office_day(self._clock.now())
        if spelled != self._spelled:
            for words in self._filed:
                self._queries.hold(words, self._tree(words))
            self._spelled = spelled
        return bool(self._filed)

    def _tree(self, words: str) -> Query:
        """As a search reads them now."""
        today = office_day(self._clock.now())
        tree = read_query(words, self._words.synonyms(), today=today).tree
        return with_unit_names(tree, self._people.current())


class _Callers:
    """Each subscriber as he is now, looked at once for a pass; None who is gone."""

    def __init__(self, caller: Callable[[Login], Caller]) -> None:
        self._caller = caller
        self._known: dict[Login, Caller | None] = {}

    def of(self, login: Login) -> Caller | None:
        if login not in self._known:
            try:
                self._known[login] = self._caller(login)
            except Refused:
                self._known[login] = None
        return self._known[login]


class _Past:
    """A record as it was tried before, read when somebody asks."""

    def __init__(
        self, tried: Tried, read: Callable[[Tried], tuple[Revision, IndexDocument] | None]
    ) -> None:
        self._tried = tried
        self._read = read

    @cached_property
    def _found(self) -> tuple[Revision | None, IndexDocument | None]:
        return self._read(self._tried) or (None, None)

    @property
    def revision(self) -> Revision | None:
        return self._found[0]

    @property
    def document(self) -> IndexDocument | None:
        return self._found[1]
