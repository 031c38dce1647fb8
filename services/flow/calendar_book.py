"""The calendar of the office as it stands: what is shipped, and what administrators have loaded."""

import time
from collections.abc import Callable

from records.errors import Conflict
from records.ports.chains import Chains
from records.times.calendar import WorkCalendar, read_calendar

_CHAIN = "calendar"
_TRIES = 20
_ASK_S = 10.0
"""How long a calendar is taken for the newest: it changes once a year."""


class CalendarBook:
    """Reads and changes the calendar. Each change is a link of a chain, so the past is kept."""

    def __init__(
        self,
        chains: Chains,
        shipped: WorkCalendar,
        *,
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._chains = chains
        self._shipped = shipped
        self._now_s = now_s
        self._ask_at = float("-inf")
        self._number = 0
        self._current = shipped

    def current(self) -> WorkCalendar:
        """The calendar as of some seconds; years that were loaded count in place of the shipped."""
        if self._now_s() >= self._ask_at:
            self._numbered()
            self._ask_at = self._now_s() + _ASK_S
        return self._current

    def load(self, text: str) -> WorkCalendar:
        """Take over the years of a YAML text; the calendar that results.

        Raises Invalid (``bad_calendar``), Conflict (``calendar_busy``).
        """
        given = read_calendar(text)
        for _ in range(_TRIES):
            number, _before = self._numbered()
            loaded = self._loaded(number).with_years(given)
            try:
                value = loaded.model_dump_json().encode()
                self._chains.append(_CHAIN, number + 1, value)
            except Conflict:
                continue
            return self._numbered()[1]
        raise Conflict("calendar_busy")

    def _numbered(self) -> tuple[int, WorkCalendar]:
        link = self._chains.latest(_CHAIN, known=self._number)
        if link is not None and link.number != self._number:
            loaded = WorkCalendar.model_validate_json(link.value)
            self._number, self._current = link.number, self._shipped.with_years(loaded)
        return self._number, self._current

    def _loaded(self, number: int) -> WorkCalendar:
        link = self._chains.latest(_CHAIN, known=number)
        return WorkCalendar() if link is None else WorkCalendar.model_validate_json(link.value)
