"""Records that fields of others name: their titles as links, and those that can be chosen."""

from collections.abc import Iterable
from dataclasses import dataclass

from records.errors import NotFound
from records.identity import FolderCode, KindName, RecordId
from records.lists.statistics import STATE
from records.meaning import number_of, title_of
from records.revision import Revision
from records.schema.kind import Kind
from search_ui.views.shell import Choice
from services.finding.kind_lists import ListAsked
from services.finding.list_columns import folder_path
from services.house import House
from services.people.caller import Caller

MOST = 200
"""So many records of a kind are offered in one list."""


@dataclass(frozen=True, slots=True)
class Related:
    """Looks up other records as one caller may see them."""

    house: House
    caller: Caller
    hidden: str
    """What stands in the place of a title that the caller may not see."""

    def title(self, record: str) -> str | None:
        """Its title; None where it is not there, or not for the caller."""
        try:
            opened = self.house.browsing.open(self.caller, RecordId(record))
        except NotFound:
            return None
        return title_of(opened.kind, opened.revision)

    def folder(self, code: str) -> str:
        """A folder of a library with those above it; empty where the caller may not see it."""
        return folder_path(code, self.caller)

    def folder_choices(self, library: KindName | None, *, held: str) -> tuple[Choice, ...]:
        """The folders that the caller keeps; the one in which a record lies may stay."""
        lines = self.house.lists.folders.kept(self.caller, library) if library else ()
        kept = {line.folder.code: self.folder(line.folder.code) for line in lines}
        now = self.caller.organisation.library.successor(FolderCode(held))
        if now and now not in kept:
            kept[now] = self.folder(now) or now
        return tuple(Choice(code, path, chosen=code == now) for code, path in kept.items())

    def choices(
        self, kind: str, *, state: str | None = None, held: Iterable[str] = ()
    ) -> tuple[Choice, ...]:
        """Readable records of a kind in that state, else in the one that they begin in, by title.

        Behind the title stands the number of one that has any. Those that are `held` already stay
        among them, whatever became of them.
        """
        declared = self.house.kinds.get(kind)
        state = state or declared.start.state
        filters = ((STATE, state),) if state and declared.has_flow else ()
        asked = ListAsked(filters=filters, size=MOST)
        page = self.house.lists.of_kinds.page(self.caller, kind, asked, counted=False).page
        found = [row.revision for row in page.rows]
        titles = {each.record: _named(declared, each) for each in found}
        chosen = tuple(held)
        for record in chosen:
            titles.setdefault(RecordId(record), self.title(record) or record)
        return tuple(
            Choice(record, title, chosen=record in chosen)
            for record, title in sorted(titles.items(), key=lambda pair: pair[1])
        )


def _named(kind: Kind, revision: Revision) -> str:
    number = number_of(kind, revision)
    return f"{title_of(kind, revision)}（{number}）" if number else title_of(kind, revision)
