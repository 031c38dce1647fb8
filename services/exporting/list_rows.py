"""Rows of the list of a kind (CX-06)."""

import logging

from records.parameters.catalogue import EXPORT_ROWS
from services.exporting.exports import ExportAsked, ExportRows
from services.finding.kind_lists import KindLists, cut_told
from services.finding.list_columns import shown, value_of
from services.people.caller import Caller

_LOG = logging.getLogger(__name__)

PAGE = 200
"""Rows between two looks at the clock, and at the rights of who asked: a fifth of a second, in
which a process that serves alone keeps its index waiting."""


class ListRows:
    """As `RowSource` says."""

    def __init__(self, lists: KindLists) -> None:
        self._lists = lists

    def page(self, caller: Caller, asked: ExportAsked, before: ExportRows | None) -> ExportRows:
        """As the protocol says."""
        done, after = (before.done, before.after) if before else (0, None)
        most = caller.parameters[EXPORT_ROWS]
        if before is None:
            _LOG.info(
                "%s exports %s, filters %s, words %r",
                asked.login, asked.kind, asked.filters, asked.words,
            )  # fmt: skip
        wanted = asked.page(min(PAGE, max(most - done, 1)), after)
        found = self._lists.page(caller, asked.kind, wanted, counted=False)
        rows = [
            tuple(
                shown(value_of(column, row), column, caller, found.titles)
                for column in found.columns
            )
            for row in found.page.rows
        ]
        done, following = done + len(rows), found.page.following
        if done >= most and following is not None:
            rows, following = [*rows, (cut_told(found.page.total, most),)], None
        return ExportRows(
            header=tuple(column.label for column in found.columns),
            rows=tuple(rows),
            after=following,
            done=done,
            total=max(found.page.total, done),
        )
