"""打印表单: what stands on the printed form of a record."""

import re

import pytest

from records.identity import Login
from services.intake.ingest import Draft
from tests.api.conftest import Browse
from wenshu.building.installation import Installation


@pytest.mark.parametrize("wanted", [True, False])
def test_a_flag_that_is_off_has_no_tick_on_the_form(
    built: Installation, browse: Browse, *, wanted: bool
) -> None:
    house = built.house
    fields = {"title": "通知", "body": "正文", "wants_answer": wanted}
    caller = house.book.caller(Login("drafter"))
    record = house.settle(house.ingest.begin(caller, Draft(kind="notice", fields=fields))).record
    form = browse("drafter").get(f"/records/{record}/slip", params={"whole": 1}).text
    (box,) = re.findall(r"需要反馈</[^>]*>\s*<[^>]*>(.*?)</", form, re.DOTALL)
    assert ("✓" in box) is wanted
