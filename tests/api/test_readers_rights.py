"""谁可以查看: what is said of those who read without a grant (FW-20, YP-03)."""

from dataclasses import replace

import pytest

from records.identity import Login, RecordId, UnitCode
from records.people.organisation import Person
from records.rights.access import person_token, post_token
from search_ui.shown.record import right_of
from tests.api.conftest import SignIn
from wenshu.building.installation import Installation

POST = post_token(UnitCode("law"), "科室负责人")


@pytest.mark.feature("YP-03")
def test_only_who_took_part_is_told_who_may_change_it_and_of_a_post_only_if_all_may(
    built: Installation, sign_in: SignIn
) -> None:
    fields = {"title": "通知", "audience": ["everyone"]}
    made = sign_in("head").post("/api/v1/records", json={"kind": "notice", "fields": fields})
    caller = built.house.book.caller(Login("head"))
    opened = built.house.browsing.open(caller, RecordId(made.json()["id"]))
    owner = person_token(Login("head"))
    assert right_of(owner, opened, caller) == "edit"
    assert right_of(POST, opened, caller) == "edit"
    beside = replace(opened, took_part=False)
    assert {right_of(token, beside, caller) for token in (owner, POST)} == {"read"}
    second = Person(login=Login("head2"), name="辛八", unit=UnitCode("law"), posts=("科室负责人",))
    built.house.book.merge([], [second])
    caller = built.house.book.caller(Login("head"))
    assert right_of(POST, opened, caller) == "read"
    assert right_of(owner, opened, caller) == "edit"
