"""The month of 工作助手: a task is late there as it is in every list (GT-09, GT-01)."""

from datetime import date

import pytest

from records.rights.access import person_token
from search_ui.shown.person.month import MonthShowing
from search_ui.texts import read_texts
from services.finding.worklists import WorkRow
from tests.matters import LI, MATTER, TODAY, held, matter

DUE = date(2026, 11, 15)


@pytest.mark.feature("GT-09")
@pytest.mark.parametrize(("stopped", "late"), [(None, True), (date(2026, 11, 10), False)])
def test_a_task_whose_record_is_suspended_is_not_late(stopped: date | None, *, late: bool) -> None:
    assert DUE < TODAY
    revision = matter("R1", tasks=held(person_token(LI), due_on=DUE))
    row = WorkRow(
        kind=MATTER,
        revision=revision.model_copy(update={"suspended_on": stopped}),
        step="",
        urgency="",
        due_on=DUE,
        arrived_at=revision.event.at,
        done_at=None,
        waits=True,
    )
    month = MonthShowing(TODAY, DUE, items=(), due=(row,), t=read_texts())
    assert [line.late for line in month.lines(DUE)] == [late]
