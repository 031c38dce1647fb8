"""Where long exports are ordered, watched and fetched, each by who ordered it (M16, CX-06)."""

from collections.abc import Iterator, Sequence

from records.errors import Invalid, NotFound, Refused
from records.identity import KindName
from records.people.roles import Power
from records.ports.clock import Clock
from records.ports.identities import Identities
from records.queries.asked_rows import AskedRow
from records.rights.access import Level
from services.exporting.admitted_pairs import AdmittedPairs
from services.exporting.export_worker import ExportWorker
from services.exporting.exports import (
    ExportAsked,
    ExportPhase,
    ExportShelf,
    ExportSource,
    ExportState,
)
from services.finding.kind_lists import KindLists, ListAsked
from services.people.caller import Caller
from services.searching.search_page import Asked

AT_ONCE = 2_000
"""Rows up to which an export is answered at once."""

MOST = 5
"""Exports of one person at a time."""

MOST_QUERIES = 2_000
"""Rows of one batch of searches, as of a list that the command reads (documents.query_files)."""

_LONGEST_QUERY = 500
_TITLE = 40


class ExportDesk:
    """Takes orders and hands out what was written."""

    def __init__(
        self,
        shelf: ExportShelf,
        lists: KindLists,
        identities: Identities,
        clock: Clock,
        *,
        pairs: AdmittedPairs,
        worker: ExportWorker,
    ) -> None:
        self._worker = worker
        self._shelf = shelf
        self._pairs = pairs
        self._lists = lists
        self._identities = identities
        self._clock = clock

    def begin(self, caller: Caller, kind: str, asked: ListAsked) -> ExportState:
        """An export to be written. Raises as KindLists.page, and Refused (``too_many_exports``)."""
        found = self._lists.page(caller, kind, asked, counted=False).kind
        wanted = self._wanted(caller, found.title, ExportSource.LIST)
        return self._begun(
            caller,
            wanted.model_copy(
                update={
                    "kind": found.kind,
                    "filters": asked.filters,
                    "sort": asked.sort,
                    "words": asked.words,
                    "columns": asked.columns,
                }
            ),
        )

    def begin_search(self, caller: Caller, asked: Asked, *, base: str) -> ExportState:
        """All hits of a search. Raises Refused as `begin`, Invalid (``unknown_level``)."""
        for level in asked.levels:
            Level.of(level)
        told = f"{asked.words[:_TITLE]} 检索结果" if asked.words else "检索结果"
        wanted = self._wanted(caller, told, ExportSource.SEARCH)
        return self._begun(caller, wanted.model_copy(update={"search": asked, "base": base}))

    def begin_batch(
        self, caller: Caller, asked: Sequence[AskedRow], *, base: str, by_command: bool = False
    ) -> ExportState:
        """A list of searches, one a row.

        Ordered by a command, the same list is gone on with where it was, until it is dropped.
        Raises Invalid (``no_queries``, ``too_many_queries``), Refused (``too_many_exports``).
        """
        rows = [" ".join(row.words.split())[:_LONGEST_QUERY] for row in asked]
        while rows and not rows[-1]:
            rows.pop()
        if not any(rows):
            raise Invalid("no_queries", field="queries")
        if len(rows) > MOST_QUERIES:
            raise Invalid("too_many_queries", name="清单", most=MOST_QUERIES, field="queries")
        unread = {number: row.unread for number, row in enumerate(asked) if row.unread}
        told = {"queries": tuple(rows), "unread": unread, "base": base, "by_command": by_command}
        wanted = self._wanted(caller, f"批量检索（{len(rows)} 项）", ExportSource.BATCH)
        wanted = wanted.model_copy(update=told)
        begun = (each for each in self.of(caller) if by_command and not each.failed)
        same = (
            each for each in begun if each.asked == wanted.model_copy(update={"at": each.asked.at})
        )
        return next(same, None) or self._begun(caller, wanted)

    def write(self, caller: Caller, export: str) -> Iterator[ExportState]:
        """One of the caller's own to its end, here and now, told after each page.

        Raises NotFound as `find`, Unavailable.
        """
        yield from self._worker.write(self.find(caller, export))

    def begin_duplicates(self, caller: Caller, within: Asked, *, base: str) -> ExportState:
        """疑似重复 among what the caller may read of what a search is narrowed to.

        Raises Refused (``administrators_only``, ``too_many_exports``), Invalid (``day_before``).
        """
        if not caller.may(Power.WATCH):
            raise Refused("administrators_only")
        if within.first and within.last and within.last < within.first:
            raise Invalid("day_before", later="结束日期", than="开始日期", field="to")
        wanted = self._wanted(caller, "疑似重复", ExportSource.DUPLICATES)
        return self._begun(caller, wanted.model_copy(update={"search": within, "base": base}))

    def _wanted(self, caller: Caller, title: str, source: ExportSource) -> ExportAsked:
        login, now = caller.person.login, self._clock.now()
        return ExportAsked(login=login, kind=KindName(""), title=title, at=now, source=source)

    def _begun(self, caller: Caller, wanted: ExportAsked) -> ExportState:
        if len(self.of(caller)) >= MOST:
            raise Refused("too_many_exports", most=MOST)
        export = str(self._identities.record_id())
        self._shelf.begin(export, wanted)
        return self._shelf.find(caller.person.login, export)

    def of(self, caller: Caller) -> list[ExportState]:
        """The caller's own, the newest first, without those whose time is over."""
        now = self._clock.now()
        return [each for each in self._shelf.of(caller.person.login) if each.until > now]

    def find(self, caller: Caller, export: str) -> ExportState:
        """One of the caller's own. Raises NotFound (``no_such_export``), also when it is over."""
        state = self._shelf.find(caller.person.login, export)
        if state.until <= self._clock.now():
            raise NotFound("no_such_export", export=export)
        return state

    def rows(self, caller: Caller, export: str) -> tuple[ExportState, Iterator[tuple[str, ...]]]:
        """What was written, of 疑似重复 what the caller may still read.

        Raises NotFound as `find`, Invalid (``export_unfinished``), Refused as `AdmittedPairs.of`.
        """
        state = self.find(caller, export)
        if state.phase is not ExportPhase.DONE:
            raise Invalid("export_unfinished")
        rows = self._shelf.rows(state)
        if state.asked.source is ExportSource.DUPLICATES:
            rows = self._pairs.of(caller, rows)
        return state, rows

    def drop(self, caller: Caller, export: str) -> None:
        """Remove one of the caller's own; what is being written ends. Raises NotFound as `find`."""
        self._shelf.drop(self.find(caller, export))
