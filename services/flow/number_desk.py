"""The ledger of numbers as those who keep it may see it (编号台账)."""

from collections.abc import Callable
from dataclasses import dataclass

from records.errors import Corrupt, Invalid, NotFound, Refused
from records.people.roles import Power
from records.ports.record_log import RecordLog
from records.revision import Revision
from records.rights.reading import may_read
from records.schema.dictionaries import Dictionaries
from records.schema.kind import Kinds
from services.flow.number_ledger import LedgerRow, NumberLedger
from services.flow.number_scope import Ledger, keeps_ledgers, ledger_of
from services.people.caller import Caller

_LOOKED_AT = 2_000
"""Numbers of a shared series that are looked through for those of one organ, in one go."""


@dataclass(frozen=True, slots=True)
class ShownNumber:
    """A row, with the title of its record where the caller may read that."""

    row: LedgerRow
    title: str | None


@dataclass(frozen=True, slots=True)
class NumberPage:
    """Some rows in order; `following` is the number behind which it goes on, None at the end."""

    rows: tuple[ShownNumber, ...]
    following: int | None


class NumberDesk:
    """Shows ledgers: all by the power `NUMBERS`, those of their organ to posts that kinds name."""

    def __init__(
        self,
        ledger: NumberLedger,
        log: RecordLog,
        kinds: Kinds,
        dictionaries: Callable[[], Dictionaries],
    ) -> None:
        self._ledger = ledger
        self._log = log
        self._kinds = kinds
        self._dictionaries = dictionaries

    def is_open_to(self, caller: Caller) -> bool:
        """Whether there may be a ledger for the caller."""
        return _sees_all(caller) or keeps_ledgers(caller, self._kinds)

    def series(self, caller: Caller) -> list[tuple[str, int]]:
        """Series and years, newest year first. Raises Refused (``keepers_only``)."""
        if not self.is_open_to(caller):
            raise Refused("keepers_only")
        found = self._ledger.series()
        if not _sees_all(caller):
            open_ones = {name for name, _ in found if self._scope(caller, name) is not None}
            found = [each for each in found if each[0] in open_ones]
        return sorted(found, key=lambda each: (-each[1], each[0]))

    def page(self, caller: Caller, series: str, year: int, *, after: int, size: int) -> NumberPage:
        """Numbers behind `after`, in order: those that he may see of the series.

        Where only some of a series are his, `_LOOKED_AT` are looked through at most: it may go on
        behind a page that is not full. Raises Refused (``keepers_only``).
        """
        scope = None if _sees_all(caller) else self._scope(caller, series)
        if scope is None and not _sees_all(caller):
            raise Refused("keepers_only")
        shown: list[ShownNumber] = []
        for _ in range(0, _LOOKED_AT, size):
            rows = self._ledger.page(series, year, after=after, size=size + 1)
            for row in rows:
                after = row.number
                revision = self._newest(row)
                if scope is not None and not scope.whole and not _is_of(caller, revision, scope):
                    continue
                if len(shown) == size:
                    return NumberPage(tuple(shown), shown[-1].row.number)
                shown.append(ShownNumber(row, self._title(caller, revision)))
            if len(rows) <= size:
                return NumberPage(tuple(shown), None)
        return NumberPage(tuple(shown), after)

    def _scope(self, caller: Caller, series: str) -> Ledger | None:
        return ledger_of(series, caller, self._kinds, self._dictionaries())

    def _newest(self, row: LedgerRow) -> Revision | None:
        try:
            return self._log.latest(row.record)
        except (NotFound, Corrupt):
            return None

    def _title(self, caller: Caller, revision: Revision | None) -> str | None:
        if revision is None:
            return None
        try:
            kind = self._kinds.get(revision.kind)
        except Invalid:
            return None
        if not may_read(kind, revision, caller.access):
            return None
        return str(revision.fields.get(kind.meaning.title) or "")


def _is_of(caller: Caller, revision: Revision | None, scope: Ledger) -> bool:
    """Whether a record is of one of the organs: a number that no record has yet is of nobody's."""
    organisation = caller.organisation
    if revision is None or not organisation.has_unit(revision.unit):
        return False
    return organisation.organ_of(revision.unit).code in scope.organs


def _sees_all(caller: Caller) -> bool:
    return caller.may(Power.NUMBERS)
