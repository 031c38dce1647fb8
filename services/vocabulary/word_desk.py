"""检索用词 as administrators keep them: looked at, tried, then saved (SS-05)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from records.errors import Conflict, Invalid, Refused
from records.identity import Login, UnitCode
from records.people.roles import Power
from records.queries.language import read_query
from records.queries.query import And, DocumentNumber, Not, Or, Prefix, Query, Words
from records.queries.synonyms import LONGEST, NO_SYNONYMS, checked_groups, synonyms_of
from services.people.caller import Caller
from services.searching.record_finder import RecordFinder
from services.searching.search_memory import SearchMemory
from services.searching.word_book import SearchWords, WordBook, WordVersion
from services.vocabulary.common_queries import CommonQueries

TRIED = 100
"""Queries of several people that are tried, besides one's own and the words themselves."""

MOST_HOT = 20
"""Words that one unit is offered."""

BETWEEN_HOT = "、，,;；"
"""Stand between words of a unit where they are written in a line, so in none of them."""


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody wants them to be, as it was typed."""

    groups: Sequence[Sequence[str]]
    hot: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class TriedQuery:
    """A query, and how many records it finds for who tries, before and after."""

    words: str
    before: int
    after: int


class WordDesk:
    """Keeps them. Every method raises Refused (``administrators_only``)."""

    def __init__(
        self, book: WordBook, finder: RecordFinder, memory: SearchMemory, common: CommonQueries
    ) -> None:
        self._common = common
        self._book = book
        self._finder = finder
        self._memory = memory

    @property
    def book(self) -> WordBook:
        """Where they stand, for whoever goes by them."""
        return self._book

    def shown(self, caller: Caller, number: int | None = None) -> WordVersion:
        """The newest version, or one by its number. Raises NotFound."""
        _refuse_others(caller)
        return self._book.newest() if number is None else self._book.version(number)

    def versions(self, caller: Caller) -> Sequence[WordVersion]:
        """The last ones, the newest first."""
        _refuse_others(caller)
        return self._book.versions()

    def keep(self, caller: Caller, given: Given, *, seen: int) -> WordVersion:
        """Save them in the place of version `seen`; in effect at once.

        Raises Invalid (as `checked_groups`; ``bad_hot_word``, ``unknown_hot_unit``), Conflict
        (``words_changed``).
        """
        _refuse_others(caller)
        words = self._checked(caller, given)
        newest = self._book.newest()
        if newest.number == seen and (newest.words.groups, newest.words.hot) == (
            words.groups,
            words.hot,
        ):
            return newest
        try:
            return self._book.keep(words, seen=seen)
        except Conflict as error:
            by = caller.organisation.name_of(Login(str(error.facts.get("by", ""))))
            raise Conflict(error.reason, by=by) from error

    def tried(self, caller: Caller, given: Given) -> list[TriedQuery]:
        """What would change of the last queries, and of the words themselves.

        Of the caller's own, and of those that several people asked, nobody of whom is told; of
        the latter only what holds no word that stands nowhere in what the caller may read, which
        is what all is counted in. Queries of which nothing changes are left out. Raises as
        `keep`.
        """
        _refuse_others(caller)
        wanted = synonyms_of(self._checked(caller, given).groups, self._book.fold)
        stand = self._book.newest()
        before = synonyms_of(stand.words.groups, self._book.fold)
        own = dict.fromkeys(self._queries(caller, given, stand))
        found = []
        for words in (*own, *(each for each in self._common.all()[:TRIED] if each not in own)):
            was = self._finder.count(caller, words, before)
            now = self._finder.count(caller, words, wanted)
            if was != now and (words in own or self._stands(caller, words)):
                found.append(TriedQuery(words, was, now))
        return found

    def _stands(self, caller: Caller, words: str) -> bool:
        """Whether each word of a query stands somewhere in what the caller may read."""
        leaves = set(_words_of(read_query(words).tree))
        return all(
            '"' not in leaf and self._finder.count(caller, f'"{leaf}"', NO_SYNONYMS)
            for leaf in leaves
        )

    def _queries(self, caller: Caller, given: Given, stand: WordVersion) -> Iterator[str]:
        yield from (each.words for each in self._memory.of(caller).searches if each.words)
        known = {frozenset(group) for group in stand.words.groups}
        asked = [group for group in given.groups if frozenset(group) not in known]
        wanted = {frozenset(group) for group in given.groups}
        gone = [group for group in stand.words.groups if frozenset(group) not in wanted]
        for group in (*asked, *gone):
            yield from (word.strip() for word in group if word.strip())

    def _checked(self, caller: Caller, given: Given) -> SearchWords:
        return SearchWords(
            groups=checked_groups(given.groups, self._book.fold),
            hot=dict(_hot(caller, given.hot)),
            by=caller.person.login,
            at=caller.now,
        )


def _words_of(tree: Query) -> Iterator[str]:
    match tree:
        case Words(text) | Prefix(text):
            yield text
        case DocumentNumber(key):
            yield key
        case And(children) | Or(children):
            for child in children:
                yield from _words_of(child)
        case Not(child):
            yield from _words_of(child)


def _hot(
    caller: Caller, given: Mapping[str, Iterable[str]]
) -> Iterator[tuple[UnitCode, tuple[str, ...]]]:
    for unit, words in given.items():
        if not caller.organisation.has_unit(UnitCode(unit)):
            raise Invalid("unknown_hot_unit", given=unit, field="hot")
        clean = tuple(dict.fromkeys(word for word in (" ".join(w.split()) for w in words) if word))
        wrong = [w for w in clean if len(w) > LONGEST or not set(w).isdisjoint(BETWEEN_HOT)]
        if wrong or len(clean) > MOST_HOT:
            raise Invalid("bad_hot_word", unit=unit, longest=LONGEST, most=MOST_HOT, field="hot")
        if clean:
            yield UnitCode(unit), clean


def _refuse_others(caller: Caller) -> None:
    if not caller.may(Power.WORDS):
        raise Refused("administrators_only")
