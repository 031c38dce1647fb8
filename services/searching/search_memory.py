"""What a person searched for, and how he likes hits to be shown: his own, erased when he wants.

One value beside each login, ``search-memory/{login}``; it may be lost and decides nothing. No use
case hands out that of another.
"""

import hashlib
import json
import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from pydantic import BaseModel, ConfigDict, ValidationError

from records.errors import WenshuError
from records.identity import Login
from records.ports.claims import Claims
from records.queries.language import read_query
from records.queries.synonyms import Fold
from services.people.caller import Caller

_LOG = logging.getLogger(__name__)

MOST = 30
"""Searches that are remembered: what one looks over at a glance."""

_UNREAD = frozenset({"too_long", "empty", "operator", "malformed", "bad_date"})
"""Notices of a query (records.queries.language) that nobody wants to be offered again."""

_REMEMBERED = timedelta(minutes=1)
_ASKERS = 2_000

Conditions = tuple[tuple[str, str], ...]


class _Stored(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PastSearch(_Stored):
    """What was searched for; its conditions are those of the address of the page."""

    words: str
    conditions: Conditions = ()
    at: datetime

    @property
    def id(self) -> str:
        """Tells it from the others of its person."""
        told = json.dumps([self.words, *map(list, self.conditions)])
        return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:16]


class Remembered(_Stored):
    """Of one person: how hits are shown, the columns of the table, and what was searched for."""

    view: str = ""
    columns: tuple[str, ...] = ()
    pictures: bool = True
    """Whether small pictures stand beside hits."""
    searches: tuple[PastSearch, ...] = ()


class SearchMemory:
    """Remembers, for a minute without asking the store: every page of hits asks."""

    def __init__(self, claims: Claims, fold: Fold, note: Callable[[str, datetime], None]) -> None:
        """`note` is told, without by whom, of what somebody searches for anew.

        Words that `fold` makes the same are the same: to `note` too, or one person counts as more.
        """
        self._claims = claims
        self._fold = fold
        self._note_anew = note
        self._known: dict[Login, tuple[datetime, Remembered]] = {}

    def of(self, caller: Caller) -> Remembered:
        """The caller's own."""
        login = caller.person.login
        at, known = self._known.get(login, (None, Remembered()))
        if at is None or not timedelta(0) <= caller.now - at < _REMEMBERED:
            known = self._read(login)
            self._note(caller, known)
        return known

    def searched(self, caller: Caller, words: str, conditions: Conditions) -> None:
        """He searched for this now. Raises nothing: what he searched for he has found.

        What could not be read as it was typed, or asks for nothing, is not remembered.
        """
        clean = " ".join(words.split())
        if (not clean and not conditions) or _UNREAD.intersection(read_query(words).notices):
            return
        now, folded = (
            PastSearch(words=clean, conditions=conditions, at=caller.now),
            self._fold(clean),
        )
        is_new = False

        def with_it(known: Remembered) -> Remembered:
            nonlocal is_new
            is_new = all(self._fold(each.words) != folded for each in known.searches)
            others = [each for each in known.searches if each.id != now.id]
            return known.model_copy(update={"searches": (now, *others)[:MOST]})

        if self._change(caller, with_it) and is_new:
            self._note_anew(clean, caller.now)

    def forget(self, caller: Caller, search: str | None) -> None:
        """One of his searches is forgotten; all of them with None."""

        def without(known: Remembered) -> Remembered:
            kept = [each for each in known.searches if search is not None and each.id != search]
            return known.model_copy(update={"searches": tuple(kept)})

        self._change(caller, without)

    def prefer(self, caller: Caller, *, view: str, columns: Sequence[str] | None = None) -> None:
        """How he wants hits to be shown; no columns leave those he had."""

        def preferred(known: Remembered) -> Remembered:
            chosen = known.columns if columns is None else tuple(columns)
            return known.model_copy(update={"view": view, "columns": chosen})

        self._change(caller, preferred)

    def show_pictures(self, caller: Caller, *, shown: bool) -> None:
        """Whether he wants small pictures beside hits."""
        self._change(caller, lambda known: known.model_copy(update={"pictures": shown}))

    def _change(self, caller: Caller, change: Callable[[Remembered], Remembered]) -> bool:
        """Whether it is kept."""
        login = caller.person.login
        try:
            before = self._read(login)
            after = change(before)
            if after != before:
                self._claims.free(_name(login))
                self._claims.take(_name(login), after.model_dump_json().encode("utf-8", "replace"))
            self._note(caller, after)
        except WenshuError as error:
            _LOG.warning("what %s searched for is not remembered: %s", login, error)
            return False
        return True

    def _note(self, caller: Caller, known: Remembered) -> None:
        kept = list(self._known.items())[-_ASKERS:]  # a new one: other threads read the old one
        self._known = {**dict(kept), caller.person.login: (caller.now, known)}

    def _read(self, login: Login) -> Remembered:
        value = self._claims.read(_name(login))
        try:
            return Remembered() if value is None else Remembered.model_validate_json(value)
        except ValidationError as error:
            _LOG.warning("the searches of %s cannot be read and are forgotten: %s", login, error)
            return Remembered()


def _name(login: Login) -> str:
    return f"search-memory/{login}"
