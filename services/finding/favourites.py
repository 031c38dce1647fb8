"""收藏: records and searches that a person keeps for himself, in folders and with a note (SC).

Each is a name in the store, ``favourites/LOGIN/TARGET/INSTANT``, whose value never changes: to move
one to another folder a later name is taken, and only then the earlier given back, so that a crash
in between loses nothing. Nothing of a record is copied: what a row shows is read when it is shown,
and only for who may read the record then (SC-04).
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from pydantic import BaseModel, ConfigDict

from records.errors import Invalid, NotFound
from records.identity import Login, RecordId, Token
from records.ports.claims import Claims
from records.queries.language import read_query
from records.queries.query import Among
from records.queries.search import ListOrder
from records.revision import Revision
from services.finding.listing import MAX_SIZE, Listing, RecordLister
from services.people.caller import Caller
from services.searching.admission import Admission

MOST = 500
"""Of one person; a page looks through all of them."""

LONGEST_FOLDER = 30
LONGEST_NOTE = 200
LONGEST_NAME = 60
LONGEST_SEARCH = 2_000
_REMEMBERED = 5_000
_SEARCH = "q-"


class Favourite(BaseModel):
    """One that is kept: a record, or a search with what it asks, a query string of ``/search``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    target: str
    """The identifier of a record; of a search, one made of what it asks."""
    at: datetime
    """When it was kept first."""
    folder: str = ""
    """Empty for none."""
    note: str = ""
    name: str = ""
    """Of a search."""
    asks: str = ""
    shared_with: Token | None = None
    """Of a search: the unit whose people are offered it as well."""

    @property
    def is_search(self) -> bool:
        """Whether it is a search and no record."""
        return self.target.startswith(_SEARCH)


@dataclass(frozen=True, slots=True)
class FavouriteRow:
    """One as it can be shown; of a record that may not be read any more nothing is told."""

    favourite: Favourite
    revision: Revision | None = None


@dataclass(frozen=True, slots=True)
class FavouritesPage:
    """Some rows, the last kept first; how many there are in all, and in each folder."""

    total: int
    rows: tuple[FavouriteRow, ...]
    folders: Mapping[str, int]
    everything: int


class Favourites:
    """Keeps and finds them; each person has his own, which nobody else sees."""

    def __init__(self, claims: Claims, lister: RecordLister, admission: Admission) -> None:
        self._claims = claims
        self._lister = lister
        self._admission = admission
        self._value = lru_cache(_REMEMBERED)(self._read)

    def of(self, login: Login) -> tuple[Favourite, ...]:
        """All of a person, the last kept first."""
        newest: dict[str, str] = {}
        for name in self._claims.names(f"favourites/{login}/"):
            newest[name.split("/")[2]] = name  # names come in order, the latest change last
        found = (self._value(name) for name in newest.values())
        kept = [each for each in found if each is not None]
        return tuple(sorted(kept, key=lambda each: (each.at, each.target), reverse=True))

    def count(self, login: Login) -> int:
        """How many a person has: one listing, whatever they say."""
        prefix = f"favourites/{login}/"
        return len({name.split("/")[2] for name in self._claims.names(prefix)})

    def find(self, login: Login, target: str) -> Favourite | None:
        """The one of a record, or of a search; None where it is not kept."""
        names = self._names(login, target)
        return self._value(names[-1]) if names else None

    def get(self, login: Login, target: str) -> Favourite:
        """The one of a record, or of a search. Raises NotFound (``no_such_favourite``)."""
        known = self.find(login, target)
        if known is None:
            raise NotFound("no_such_favourite", target=target)
        return known

    def keep(
        self, caller: Caller, record: RecordId, *, folder: str = "", note: str = ""
    ) -> Favourite:
        """Keep a record that the caller has opened, or change its folder and note.

        Raises Invalid (``bad_favourite_folder``, ``bad_favourite_note``,
        ``too_many_favourites``).
        """
        return self._keep(caller, Favourite(target=record, at=caller.now), folder, note)

    def keep_search(
        self,
        caller: Caller,
        name: str,
        asks: str,
        *,
        folder: str = "",
        note: str = "",
        shared_with: Token | None = None,
    ) -> Favourite:
        """Keep a search. Raises Invalid as `keep`; ``bad_favourite_name``, ``…_search``."""
        clean = " ".join(name.split())
        if not 0 < len(clean) <= LONGEST_NAME or not clean.isprintable():
            raise Invalid("bad_favourite_name", most=LONGEST_NAME, field="name")
        if not fits(asks):
            raise Invalid("bad_favourite_search", most=LONGEST_SEARCH, field="asks")
        search = Favourite(
            target=target_of(asks), at=caller.now, name=clean, asks=asks, shared_with=shared_with
        )
        return self._keep(caller, search, folder, note)

    def change(self, caller: Caller, target: str, *, folder: str, note: str) -> Favourite:
        """Put one into another folder, with another note. Raises NotFound, and as `keep`."""
        return self._keep(caller, self.get(caller.person.login, target), folder, note)

    def drop(self, login: Login, target: str) -> None:
        """Keep it no more; nothing happens where it was not kept."""
        for name in self._names(login, target):
            self._claims.free(name)

    def page(
        self, caller: Caller, *, folder: str | None, words: str, offset: int, size: int
    ) -> FavouritesPage:
        """Those in a folder (None: in all) that hold the words: in the record, or in one's note."""
        everything = self.of(caller.person.login)
        folders: dict[str, int] = {}
        for each in everything:
            folders[each.folder] = folders.get(each.folder, 0) + 1
        found = [each for each in everything if folder is None or each.folder == folder]
        if words.strip():
            holding = self._holding(caller, found, words)
            found = [each for each in found if each.target in holding or _says(each, words)]
        rows = self.shown(caller, found[offset : offset + size])
        return FavouritesPage(len(found), rows, dict(sorted(folders.items())), len(everything))

    def shown(self, caller: Caller, found: Sequence[Favourite]) -> tuple[FavouriteRow, ...]:
        """Each with the newest revision that the caller may read, decided now."""
        wanted = [(RecordId(each.target), 1) for each in found if not each.is_search]
        revisions = {
            revision.record: revision
            for revision in self._admission.admitted(caller, wanted)
            if revision is not None
        }
        return tuple(FavouriteRow(each, revisions.get(RecordId(each.target))) for each in found)

    def _holding(self, caller: Caller, found: Sequence[Favourite], words: str) -> set[str]:
        records = frozenset(RecordId(each.target) for each in found if not each.is_search)
        if not records:
            return set()
        listing = Listing(
            Among(records), ListOrder.CHANGED, words=read_query(words, today=caller.today).tree
        )
        rows = self._lister.page(caller, listing, size=MAX_SIZE).rows
        return {row.revision.record for row in rows}

    def _keep(self, caller: Caller, given: Favourite, folder: str, note: str) -> Favourite:
        login = caller.person.login
        names = self._names(login, given.target)
        known = self._value(names[-1]) if names else None
        if known is None and self.count(login) >= MOST:
            raise Invalid("too_many_favourites", most=MOST)
        kept = given.model_copy(
            update={
                "at": known.at if known else given.at,
                "folder": _clean(folder, "folder", LONGEST_FOLDER),
                "note": _clean(note, "note", LONGEST_NOTE),
            }
        )
        if kept == known:
            return kept
        # Later than the one before even where the clock was set back.
        instant = f"{caller.now.timestamp() * 1e6:016.0f}"
        if names:
            instant = max(instant, f"{int(names[-1].rpartition('/')[2]) + 1:016}")
        value = kept.model_dump_json().encode()
        self._claims.take(f"favourites/{login}/{kept.target}/{instant}", value)
        for name in names:
            self._claims.free(name)
        return kept

    def _names(self, login: Login, target: str) -> list[str]:
        if "/" in target:
            return []
        return list(self._claims.names(f"favourites/{login}/{target}/"))

    def _read(self, name: str) -> Favourite | None:
        value = self._claims.read(name)
        return Favourite.model_validate_json(value) if value is not None else None


def target_of(asks: str) -> str:
    """What names a search that asks this, whoever keeps it."""
    return _SEARCH + hashlib.sha256(asks.encode()).hexdigest()[:24]


def fits(asks: str) -> bool:
    """Whether a search that asks this can be kept."""
    return 0 < len(asks) <= LONGEST_SEARCH


def _says(each: Favourite, words: str) -> bool:
    """Whether what the person himself wrote holds all the words."""
    text = f"{each.name} {each.note} {each.folder}".casefold()
    return all(word in text for word in words.casefold().split())


def _clean(text: str, field: str, most: int) -> str:
    clean = " ".join(text.split())
    if len(clean) > most or not clean.isprintable():
        raise Invalid(f"bad_favourite_{field}", most=most, field=field)
    return clean
