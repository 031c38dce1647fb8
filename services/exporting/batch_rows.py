"""Rows of a batch search: each thing that was looked for, with what was found of it."""

import logging

from records.errors import Invalid
from services.exporting.exports import ExportAsked, ExportRows
from services.people.caller import Caller
from services.searching.batch import search_all
from services.searching.batch_table import HEADER, lines_of
from services.searching.record_finder import RecordFinder

_LOG = logging.getLogger(__name__)

AT_A_TIME = 20
"""Searches between two looks at the clock, and at the rights of who asked."""


class BatchRows:
    """As `RowSource` says."""

    def __init__(self, finder: RecordFinder) -> None:
        self._finder = finder

    def page(self, caller: Caller, asked: ExportAsked, before: ExportRows | None) -> ExportRows:
        """As the protocol says. `done` counts what was looked for, not the rows that say so."""
        if not asked.queries:
            raise Invalid("nothing_asked")
        if before is None:
            _LOG.info("%s searches for a list of %d", asked.login, len(asked.queries))
        begins = before.done if before else 0
        queries = asked.rows[begins : begins + AT_A_TIME]
        found = search_all(self._finder, caller, queries, first=begins + 1)
        rows = tuple(line for row in found for line in lines_of(row, caller, base=asked.base))
        ends = begins + len(queries)
        more = ends < len(asked.queries)
        return ExportRows(
            header=HEADER,
            rows=rows,
            after=str(ends) if more else None,
            done=ends,
            total=len(asked.queries),
        )
