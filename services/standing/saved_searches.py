"""Searches among 收藏 that one is told about, or that one's unit is offered as well (SS-06).

What is shared stands in its owner's own 收藏; ``shared-searches/{unit}/{login}/{search}`` only says
where to look, taken before it is shared there and given back after it is shared no more.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from records.errors import Invalid
from records.identity import Login, Token, UnitCode
from records.lists.statistics import BEEN, STATE
from records.ports.claims import Claims
from records.queries.language import read_query
from records.queries.query import Everything
from records.rights.access import LEVEL_LABELS, unit_token
from records.schema.kind import Kinds
from services.finding.favourites import Favourite, Favourites, target_of
from services.finding.list_filters import meaningless
from services.people.caller import Caller
from services.searching.asked_address import asked_by
from services.searching.search_page import Asked
from services.searching.unit_names import units_called
from services.standing.subscriptions import Subscription, SubscriptionBook, When


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants of a search that he keeps."""

    when: When | None = None
    """When he is told what it finds from now on; None leaves that as it is."""
    shared: bool | None = None
    """Whether his unit is offered it; None leaves that as it is."""
    folder: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class SharedSearch:
    """A search that a colleague shares."""

    favourite: Favourite
    by: Login


class SavedSearches:
    """Keeps them."""

    def __init__(
        self, favourites: Favourites, claims: Claims, book: SubscriptionBook, kinds: Kinds
    ) -> None:
        self._favourites = favourites
        self._claims = claims
        self._book = book
        self._kinds = kinds

    def keep(self, caller: Caller, name: str, asks: str, wanted: Wanted) -> Favourite:
        """Keep a search, or change what is wanted of it.

        Raises Invalid as `Favourites.keep_search`; ``bad_subscription`` (it asks for nothing, and
        is to be told at once: each record of the house by itself), ``too_many_subscriptions``.
        """
        login, target = caller.person.login, target_of(asks)
        told = wanted.when or self.told(caller).get(target, When.NEVER)
        if told is When.AT_ONCE and is_open(asked_by(asks)):
            raise Invalid("bad_subscription", field="when")
        before = self._favourites.find(login, target)
        was = before.shared_with if before is not None else None
        unit = was
        if wanted.shared is not None:
            unit = unit_token(caller.person.unit) if wanted.shared else None
        if unit is not None:
            self._claims.take(_shared(unit, login, target), b"")
        kept = self._favourites.keep_search(
            caller, name, asks, folder=wanted.folder, note=wanted.note, shared_with=unit
        )
        if was is not None and was != unit:
            self._claims.free(_shared(was, login, target))
        if told is When.NEVER:
            self._end(login, target)
        else:
            one = Subscription(
                target=target, name=kept.name, asks=asks, when=told, since=caller.now
            )
            self._book.subscribe(login, one)
        return kept

    def change(self, caller: Caller, target: str, wanted: Wanted) -> Favourite:
        """Change what is wanted of one. Raises NotFound (``no_such_favourite``), and as `keep`."""
        known = self._favourites.get(caller.person.login, target)
        if not known.is_search:
            return self._favourites.change(caller, target, folder=wanted.folder, note=wanted.note)
        return self.keep(caller, known.name, known.asks, wanted)

    def drop(self, caller: Caller, target: str) -> None:
        """Keep a search or a record no more, and be told of it no more."""
        login = caller.person.login
        known = self._favourites.find(login, target)
        if known is not None and known.is_search:
            self._end(login, target)
        self._favourites.drop(login, target)
        if known is not None and known.shared_with is not None:
            self._claims.free(_shared(known.shared_with, login, target))

    def told(self, caller: Caller) -> Mapping[str, When]:
        """When the caller is told, by the target of each search that he has subscribed to."""
        return {each.target: each.when for each in self._book.of(caller.person.login)}

    def shared(self, caller: Caller) -> tuple[SharedSearch, ...]:
        """What colleagues share with a unit of the caller; by name, those he keeps left out."""
        own = {each.target for each in self._favourites.of(caller.person.login)}
        found = {
            each.favourite.target: each
            for token in sorted(caller.reader.tokens)
            if token.startswith("unit:")
            for each in self._shared_with(token)
            if each.favourite.target not in own
        }
        return tuple(sorted(found.values(), key=lambda each: (each.favourite.name, each.by)))

    def gone(self, caller: Caller, asks: str) -> tuple[str, ...]:
        """Conditions of a search that mean nothing any more; as they were kept."""
        asked, organisation = asked_by(asks), caller.organisation
        labels = {state.label for kind in self._kinds for state in kind.states.values()}
        return (
            *(kind for kind in asked.kinds if self._kinds.find(kind) is None),
            *(
                unit
                for unit in asked.units
                if not organisation.has_unit(UnitCode(unit))
                and not units_called(unit, organisation)
            ),
            *(state for state in asked.states if state not in labels),
            *(level for level in asked.levels if level not in LEVEL_LABELS.values()),
            *self._gone_fields(caller, asked),
        )

    def _gone_fields(self, caller: Caller, asked: Asked) -> Iterator[str]:
        """Fields of the one kind asked for, and values of them, that are no more."""
        kind = self._kinds.find(asked.kinds[0]) if len(asked.kinds) == 1 else None
        for name, value in asked.fields:
            if kind is None:
                yield value if name in (STATE, BEEN) else name
            elif gone := meaningless(kind, (name, value), caller):
                yield gone

    def _shared_with(self, token: Token) -> Iterator[SharedSearch]:
        prefix = f"shared-searches/{token}/"
        for name in self._claims.names(prefix):
            login, target = name.removeprefix(prefix).split("/")
            known = self._favourites.find(Login(login), target)
            if known is not None and known.shared_with == token:
                yield SharedSearch(known, Login(login))

    def _end(self, login: Login, target: str) -> None:
        if any(each.target == target for each in self._book.of(login)):
            self._book.end(login, target)


def is_open(asked: Asked) -> bool:
    """Whether a search asks for nothing: every record would be news."""
    conditions = (
        *(asked.kinds, asked.units, asked.years, asked.levels, asked.file_types, asked.states),
        *(asked.issuers, asked.urgencies, asked.attached, asked.archived, asked.fields),
    )
    bare = not any(conditions) and asked.first is None and asked.last is None
    return bare and isinstance(read_query(asked.words).tree, Everything)


def _shared(token: Token, login: Login, target: str) -> str:
    return f"shared-searches/{token}/{login}/{target}"
