"""Rows of 疑似重复 as they may be shown now: each is decided again whenever it is read."""

from collections.abc import Iterable, Iterator
from itertools import islice

from records.errors import Refused
from records.identity import RecordId
from records.people.roles import Power
from services.exporting.duplicate_rows import HEADER
from services.people.caller import Caller
from services.searching.admission import Admission

_AT_ONCE = 50
_LINKS = 2
"""Columns at the end of a row: the addresses of its records, the second of which may be empty."""

Row = tuple[str, ...]


class AdmittedPairs:
    """Leaves out what its reader may read no more, and what is gone."""

    def __init__(self, admission: Admission) -> None:
        self._admission = admission

    def of(self, caller: Caller, rows: Iterator[Row]) -> Iterator[Row]:
        """Those of both of whose records the caller may read now, and what is said of none.

        Raises Refused (``administrators_only``), before a row is read.
        """
        if not caller.may(Power.WATCH):
            raise Refused("administrators_only")
        return self._admitted(caller, rows)

    def _admitted(self, caller: Caller, rows: Iterator[Row]) -> Iterator[Row]:
        while some := list(islice(rows, _AT_ONCE)):
            named = sorted({record for row in some for record in _records(row)})
            found = self._admission.admitted(caller, [(record, 0) for record in named])
            opened = {record for record, each in zip(named, found, strict=True) if each is not None}
            yield from (row for row in some if opened.issuperset(_records(row)))


def _records(row: Row) -> Iterable[RecordId]:
    links = row[-_LINKS:] if len(row) == len(HEADER) else ()
    return [RecordId(link.rpartition("/")[2]) for link in links if link]
