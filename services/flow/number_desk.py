"""The ledger of numbers as those who keep it may see it (编号台账)."""

from dataclasses import dataclass

from records.errors import Corrupt, Invalid, NotFound, Refused
from records.people.roles import Power
from records.ports.record_log import RecordLog
from records.rights.reading import may_read
from records.schema.kind import Kinds
from services.flow.number_ledger import LedgerRow, NumberLedger
from services.people.caller import Caller

"""Roles that see the ledger; the title of a record only who may read it."""


@dataclass(frozen=True, slots=True)
class ShownNumber:
    """A row, with the title of its record where the caller may read that."""

    row: LedgerRow
    title: str | None


class NumberDesk:
    """Shows the ledger."""

    def __init__(self, ledger: NumberLedger, log: RecordLog, kinds: Kinds) -> None:
        self._ledger = ledger
        self._log = log
        self._kinds = kinds

    def series(self, caller: Caller) -> list[tuple[str, int]]:
        """Series and years, newest year first. Raises Refused (``keepers_only``)."""
        _keepers_only(caller)
        return sorted(self._ledger.series(), key=lambda each: (-each[1], each[0]))

    def page(
        self, caller: Caller, series: str, year: int, *, after: int, size: int
    ) -> list[ShownNumber]:
        """Numbers behind `after`, in order. Raises Refused (``keepers_only``)."""
        _keepers_only(caller)
        rows = self._ledger.page(series, year, after=after, size=size)
        return [ShownNumber(row, self._title(caller, row)) for row in rows]

    def _title(self, caller: Caller, row: LedgerRow) -> str | None:
        try:
            revision = self._log.latest(row.record)
            kind = self._kinds.get(revision.kind)
        except (NotFound, Corrupt, Invalid):
            return None
        if not may_read(kind, revision, caller.access):
            return None
        return str(revision.fields.get(kind.meaning.title) or "")


def _keepers_only(caller: Caller) -> None:
    if not caller.may(Power.NUMBERS):
        raise Refused("keepers_only")
