"""Saved views of lists: filters, order and columns under a name, one's own or the unit's (M16).

A view is a name in the store, ``views/person:LOGIN/KIND/ID``; one that is shared stands under the
token of its owner's unit as well. It holds what was asked, with the words of that day: a field, a
state or a kind that is gone is told, and the rest of the view works on.
"""

import hashlib
import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import BaseModel, ConfigDict, ValidationError

from records.errors import Invalid, NotFound
from records.identity import KindName, Login, Token
from records.lists.order import sorted_columns
from records.lists.statistics import BEEN, STATE
from records.ports.claims import Claims
from records.rights.access import person_token, unit_token
from records.schema.kind import Kind
from services.finding.kind_lists import ListAsked
from services.finding.list_columns import CHANGED, columns_of, offered_columns
from services.finding.list_filters import Filter, facts_asked, stands
from services.people.caller import Caller

_LOG = logging.getLogger(__name__)

LONGEST = 40
"""Characters of a name: it stands on a tab."""

MOST = 50
"""Views of one person of one kind."""


_REMEMBERED = timedelta(minutes=1)
_ASKERS = 2_000
"""So many people and lists are remembered, the last ones."""

_Asker = tuple[Login, tuple[Token, ...], KindName]


class SavedView(BaseModel):
    """A list as somebody wants it; `shared_with` is the unit that has it besides its owner."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    kind: KindName
    name: str
    owner: Login
    at: datetime
    filters: tuple[Filter, ...] = ()
    sort: str = ""
    words: str = ""
    columns: tuple[str, ...] = ()
    labels: Mapping[str, str] = {}
    """What its fields and states were called when it was kept."""
    shared_with: Token | None = None


@dataclass(frozen=True, slots=True)
class ReadyView:
    """What can still be asked of a view; `gone` are the words for what cannot."""

    view: SavedView
    asked: ListAsked
    gone: tuple[str, ...]


class SavedViews:
    """Keeps views."""

    def __init__(self, claims: Claims) -> None:
        self._claims = claims
        self._known: dict[_Asker, tuple[datetime, tuple[SavedView, ...]]] = {}

    def of_kind(self, caller: Caller, kind: KindName) -> tuple[SavedView, ...]:
        """The caller's own views of a kind, then those shared with his units; each by name.

        What another process kept is known a minute later: every page of a list asks.
        """
        units = tuple(_units(caller))
        asker = (caller.person.login, units, kind)
        at, known = self._known.get(asker, (None, ()))
        if at is not None and timedelta(0) <= caller.now - at < _REMEMBERED:
            return known
        own = self._own(caller, kind)
        shared = [
            view
            for token in units
            for view in self._listed(f"views/{token}/{kind}/")
            if view.owner != caller.person.login
        ]
        found = (*own, *_by_name(shared))
        # A new dictionary: other threads go on reading the old one.
        kept = list(self._known.items())[-_ASKERS:]
        self._known = {**dict(kept), asker: (caller.now, found)}
        return found

    def own(self, caller: Caller) -> tuple[SavedView, ...]:
        """All of the caller's own, of kinds that are gone too; by kind and name."""
        prefix = f"views/{person_token(caller.person.login)}/"
        return tuple(sorted(self._listed(prefix), key=lambda each: (each.kind, each.name)))

    def find(self, caller: Caller, kind: KindName, view: str) -> SavedView:
        """One that he has, or that is shared with his unit. Raises NotFound (``no_such_view``)."""
        found = (each for each in self.of_kind(caller, kind) if each.id == view)
        one = next(found, None)
        if one is None:
            raise NotFound("no_such_view", view=view)
        return one

    def keep(
        self, caller: Caller, name: str, kind: Kind, asked: ListAsked, *, shared: bool
    ) -> SavedView:
        """Keep what is asked of the list of a kind, under a name.

        Raises Invalid (``bad_view_name``, ``repeated_view``, ``too_many_views``, and as the list
        itself: ``unknown_filter``, ``unknown_sort``, ``unknown_column``, ``bad_filter``).
        """
        clean, own = _clean(name), self._own(caller, kind.kind)
        if any(each.name == clean for each in own):
            raise Invalid("repeated_view", given=clean, field="name")
        if len(own) >= MOST:
            raise Invalid("too_many_views", most=MOST, field="name")
        _refuse_unknown(kind, asked, caller)
        view = SavedView(
            id=_id(caller.person.login, kind.kind, clean),
            kind=kind.kind,
            name=clean,
            owner=caller.person.login,
            at=caller.now,
            filters=asked.filters,
            sort=asked.sort,
            words=asked.words,
            columns=asked.columns,
            labels=_labels(kind, asked),
            shared_with=unit_token(caller.person.unit) if shared else None,
        )
        value = view.model_dump_json().encode()
        (own_name, *others) = _names(view)
        if self._claims.take(own_name, value) is not None:  # a second click was faster
            raise Invalid("repeated_view", given=clean, field="name")
        for other in others:
            self._claims.take(other, value)
        self._known = {}
        return view

    def drop(self, caller: Caller, kind: KindName, view: str) -> None:
        """Take one of his own away, everywhere. Raises NotFound (``no_such_view``)."""
        own = next((each for each in self._own(caller, kind) if each.id == view), None)
        if own is None:
            raise NotFound("no_such_view", view=view)
        for name in reversed(_names(own)):
            self._claims.free(name)
        self._known = {}

    def ready(self, view: SavedView, kind: Kind) -> ReadyView:
        """The view as it can be asked now."""
        filters = [each for each in view.filters if stands(kind, each)]
        columns = [name for name in view.columns if name in offered_columns(kind)]
        sortable = {*sorted_columns(kind), CHANGED, ""}
        asked = ListAsked(
            filters=tuple(filters),
            sort=view.sort if view.sort.removeprefix("-") in sortable else "",
            words=view.words,
            columns=tuple(columns),
        )
        lost = [_word(view, each) for each in view.filters if each not in filters]
        lost += [_word(view, (view.sort.removeprefix("-"), ""))] if asked.sort != view.sort else []
        lost += [_word(view, (name, "")) for name in view.columns if name not in columns]
        return ReadyView(view, asked, tuple(dict.fromkeys(lost)))

    def _own(self, caller: Caller, kind: KindName) -> tuple[SavedView, ...]:
        prefix = f"views/{person_token(caller.person.login)}/{kind}/"
        return _by_name(self._listed(prefix))

    def _listed(self, prefix: str) -> Iterator[SavedView]:
        for name in self._claims.names(prefix):
            value = self._claims.read(name)
            try:
                if value is not None:
                    yield SavedView.model_validate_json(value)
            except ValidationError as error:
                _LOG.warning("view %s cannot be read and is passed over: %s", name, error)


def _by_name(views: Iterable[SavedView]) -> tuple[SavedView, ...]:
    return tuple(sorted(views, key=lambda each: (each.name, each.id)))


def _units(caller: Caller) -> list[Token]:
    return sorted(token for token in caller.reader.tokens if token.startswith("unit:"))


def _id(owner: Login, kind: KindName, name: str) -> str:
    """Told by its name, so that of two who keep it at once one does."""
    return hashlib.sha256(f"{owner}/{kind}/{name}".encode()).hexdigest()[:26]


def _names(view: SavedView) -> list[str]:
    """The owner's is the first: what lies under it alone is his, whatever became of the other."""
    holders = [person_token(view.owner), *([view.shared_with] if view.shared_with else [])]
    return [f"views/{holder}/{view.kind}/{view.id}" for holder in holders]


def _clean(name: str) -> str:
    clean = " ".join(name.split())
    if not 0 < len(clean) <= LONGEST or not clean.isprintable():
        raise Invalid("bad_view_name", given=clean[:LONGEST], most=LONGEST, field="name")
    return clean


def _refuse_unknown(kind: Kind, asked: ListAsked, caller: Caller) -> None:
    facts_asked(kind, asked.filters, caller)
    columns_of(kind, asked.columns)
    allowed = (*sorted_columns(kind), CHANGED)
    if asked.sort and asked.sort.removeprefix("-") not in allowed:
        raise Invalid("unknown_sort", given=asked.sort, allowed=allowed, field="sort")


def _labels(kind: Kind, asked: ListAsked) -> dict[str, str]:
    named = (
        {name for name, _ in asked.filters} | set(asked.columns) | {asked.sort.removeprefix("-")}
    )
    labels = {name: kind.fields[name].label for name in named if name in kind.fields}
    for name, value in asked.filters:
        state = kind.state(value) if name in (STATE, BEEN) else None
        if state is not None:
            labels[f"{name}:{value}"] = state.label
    return labels


def _word(view: SavedView, each: Filter) -> str:
    labels, (name, value) = view.labels, each
    return labels.get(f"{name}:{value}") or labels.get(name) or value or name
