"""Long exports as jobs: what was asked for, and the rows as far as they are written (M16, CX-06).

``exports/{person}/{id}/asked`` says what is wanted; ``…/r000001`` and so on hold the rows, a page
of the list each, created once; ``exports/open/{person}/{id}`` says that some are missing. A process
that is killed loses no page, and whoever goes on begins where the last one ended. All of it may be
lost without harm, and is removed after a day.
"""

import hashlib
import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, ValidationError

from records.errors import NotFound
from records.identity import KindName, Login, ObjectKey, is_identifier
from records.ports.object_store import ObjectStat, ObjectStore
from records.queries.asked_rows import AskedRow, Unread
from services.finding.kind_lists import ListAsked
from services.finding.list_filters import Filter
from services.searching.search_page import Asked

_LOG = logging.getLogger(__name__)

KEPT = timedelta(hours=24)
"""So long an export can be fetched: it shows what its asker might read when it was written."""

_OPEN = "open/"


class _Stored(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ExportSource(StrEnum):
    """What an export is written from."""

    LIST = "list"
    SEARCH = "search"
    BATCH = "batch"
    DUPLICATES = "duplicates"


class ExportAsked(_Stored):
    """What is wanted, by whom: of a kind's list, of a search, or of a batch of searches.

    `kind` is empty where it is not of a list; `base` is what addresses of records begin with.
    """

    login: Login
    kind: KindName
    title: str
    at: datetime
    source: ExportSource = ExportSource.LIST
    search: Asked | None = None
    queries: tuple[str, ...] = ()
    unread: dict[int, Unread] = {}
    """Queries, counted from 0, that are no words, and why."""
    base: str = ""
    by_command: bool = False
    """Whether a command ordered it, which writes the file and drops it."""
    filters: tuple[Filter, ...] = ()
    sort: str = ""
    words: str = ""
    columns: tuple[str, ...] = ()

    @property
    def rows(self) -> tuple[AskedRow, ...]:
        """What a batch asks for."""
        return tuple(AskedRow(q, self.unread.get(n)) for n, q in enumerate(self.queries))

    def page(self, size: int, after: str | None) -> ListAsked:
        """A page of the list that it asks for."""
        return ListAsked(
            self.filters, self.sort, self.words, size=size, after=after, columns=self.columns
        )


class ExportRows(_Stored):
    """A page of rows in words; `after` is where the next begins, None behind the last.

    `done` counts all rows so far, `total` those of the list as it stood then.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    after: str | None
    done: int
    total: int


class ExportPhase(StrEnum):
    """How far an export is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class ExportState(_Stored):
    """An export as its asker sees it; `failed` is the reason why it came to nothing."""

    id: str
    asked: ExportAsked
    pages: int
    last: ExportRows | None
    failed: str = ""

    @property
    def phase(self) -> ExportPhase:
        """How far it is."""
        if self.failed:
            return ExportPhase.FAILED
        if self.last is None:
            return ExportPhase.WAITING
        return ExportPhase.DONE if self.last.after is None else ExportPhase.RUNNING

    @property
    def until(self) -> datetime:
        """When it is removed."""
        return self.asked.at + KEPT

    @property
    def is_open(self) -> bool:
        """Whether rows are still to be written."""
        return self.phase in {ExportPhase.WAITING, ExportPhase.RUNNING}


class ExportShelf:
    """Where exports lie."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    def begin(self, export: str, asked: ExportAsked) -> None:
        """Keep what is wanted; that it is open stands first, so that none waits for ever."""
        folder, body = _folder(asked.login), asked.model_dump_json().encode()
        self._store.create(_open_key(folder, export), asked.at.isoformat().encode())
        self._store.create(_key(folder, export, "asked"), body)

    def of(self, login: Login) -> list[ExportState]:
        """All of one person, the newest first."""
        return list(self._states(_folder(login)))[::-1]

    def open(self) -> Iterator[ExportState]:
        """Exports of everybody of which rows are missing."""
        for stat in self._list(_OPEN):
            _, _, folder, export = stat.key.split("/")
            try:
                state = self.state(folder, export)
            except NotFound:
                continue  # just being begun, or removed
            if state.is_open:
                yield state
            else:
                self._store.delete(stat.key)

    def every(self) -> Iterator[ExportState]:
        """All exports of everybody, for who removes them."""
        return self._states("")

    def find(self, login: Login, export: str) -> ExportState:
        """One of the person's own. Raises NotFound (``no_such_export``)."""
        if not is_identifier(export):
            raise NotFound("no_such_export", export=export)
        return self.state(_folder(login), export)

    def state(self, folder: str, export: str) -> ExportState:
        """How far one is. Raises NotFound (``no_such_export``), also when it cannot be read."""
        try:
            return self._state(folder, export)
        except ValidationError as error:
            _LOG.warning("export %s cannot be read and is passed over: %s", export, error)
            raise NotFound("no_such_export", export=export) from error
        except NotFound as error:
            raise NotFound("no_such_export", export=export) from error

    def _states(self, folder: str) -> Iterator[ExportState]:
        for owner, export in self._names(folder):
            try:
                yield self.state(owner, export)
            except NotFound:
                continue  # removed meanwhile, or damaged

    def _state(self, folder: str, export: str) -> ExportState:
        asked = self._store.read(_key(folder, export, "asked"))
        names = [stat.key.rpartition("/")[2] for stat in self._list(f"{folder}/{export}/")]
        pages = [name for name in names if name.startswith("r")]
        last = self._store.read(_key(folder, export, pages[-1])) if pages else None
        failed = self._store.read(_key(folder, export, "failed")) if "failed" in names else b""
        return ExportState(
            id=export,
            asked=ExportAsked.model_validate_json(asked),
            pages=len(pages),
            last=ExportRows.model_validate_json(last) if last is not None else None,
            failed=failed.decode(),
        )

    def put(self, state: ExportState, rows: ExportRows) -> None:
        """The page that follows those it has. Raises Conflict when another wrote it meanwhile."""
        name = f"r{state.pages + 1:06}"
        folder, body = _folder(state.asked.login), rows.model_dump_json().encode()
        self._store.create(_key(folder, state.id, name), body)
        if rows.after is None:
            self._store.delete(_open_key(folder, state.id))

    def fail(self, state: ExportState, reason: str) -> None:
        """It comes to nothing."""
        self._store.replace(_key(_folder(state.asked.login), state.id, "failed"), reason.encode())

    def rows(self, state: ExportState) -> Iterator[tuple[str, ...]]:
        """All rows, page after page."""
        for number in range(1, state.pages + 1):
            body = self._store.read(_key(_folder(state.asked.login), state.id, f"r{number:06}"))
            yield from ExportRows.model_validate_json(body).rows

    def drop(self, state: ExportState) -> None:
        """Remove it; what is wanted goes last, so that what is left can be removed again."""
        stats = list(self._list(f"{_folder(state.asked.login)}/{state.id}/"))
        for key in sorted((stat.key for stat in stats), key=lambda key: key.endswith("/asked")):
            self._store.delete(key)
        self._store.delete(_open_key(_folder(state.asked.login), state.id))

    def drop_orphans(self, began_before: datetime) -> int:
        """Remove what is left of exports that were removed, or never wholly begun; how many."""
        keys = [stat.key for stat in self._list("")]
        wanted = set(self._names(""))  # afterwards: what was begun meanwhile is no orphan
        orphans = [
            key
            for key in keys
            if _owner(key) not in wanted and not self._is_beginning(key, began_before)
        ]
        for key in orphans:
            self._store.delete(key)
        return len(orphans)

    def _is_beginning(self, key: ObjectKey, began_before: datetime) -> bool:
        """Whether this says that an export is open of which all else is just being written."""
        if not key.startswith(f"exports/{_OPEN}"):
            return False
        try:
            return datetime.fromisoformat(self._store.read(key).decode()) >= began_before
        except (NotFound, ValueError):
            return False

    def _names(self, folder: str) -> list[tuple[str, str]]:
        found = (stat.key.split("/") for stat in self._list(f"{folder}/" if folder else ""))
        return [(parts[1], parts[2]) for parts in found if parts[-1] == "asked"]

    def _list(self, under: str) -> Iterator[ObjectStat]:
        return self._store.list(f"exports/{under}", after="")


def _folder(login: Login) -> str:
    """A person's name may hold letters that no key holds."""
    return hashlib.sha256(login.encode("utf-8", "replace")).hexdigest()[:24]


def _open_key(folder: str, export: str) -> ObjectKey:
    return ObjectKey(f"exports/{_OPEN}{folder}/{export}")


def _owner(key: str) -> tuple[str, str]:
    parts = key.removeprefix(f"exports/{_OPEN}").removeprefix("exports/").split("/")
    return parts[0], parts[1]


def _key(folder: str, export: str, name: str) -> ObjectKey:
    return ObjectKey(f"exports/{folder}/{export}/{name}")
