"""督查通知 and 业务类型维护: the office of supervision beside its items (DC-11, DC-12)."""

from typing import Any

import pytest

from tests.api.conftest import SignIn
from tests.api.office import act, begun, item, offered, supervised
from tests.api.test_supervision import ITEM
from wenshu.building.installation import Installation

WORDS = "/api/v1/dictionaries/business_type"


@pytest.fixture(autouse=True)
def office(built: Installation) -> None:
    supervised(built)


@pytest.mark.feature("DC-11", "TZ-08")
def test_units_report_on_a_notice_of_the_office_of_supervision(sign_in: SignIn) -> None:
    watch = sign_in("watch")
    fields = {
        "title": "关于报送整改情况的督查通知",
        "body": "请各单位报送。",
        "audience": ["unit:food", "unit:price"],
        "business_type": "重点工作",
        "answer_by": "2099-12-31",
    }
    record = begun(watch, "supervision_notice", **fields)
    assert act(watch, record, "发布").status_code == 200
    path = f"/api/v1/records/{record}/answers"
    call = {"number": 0, "fields": {"text": "已整改"}}
    assert sign_in("reader").get(path).json() == [], "the 督查管理员 answers for the unit"
    assert sign_in("foodkeeper").post(path, json=call).status_code == 201
    rows = watch.get(f"/api/v1/records/{record}/receipts", params={"which": "owing"}).json()
    assert [row["recipient"] for row in rows] == ["unit:price"]
    urge = watch.post(f"/api/v1/records/{record}/receipts/urge", params={"owing": "answered"})
    assert urge.json() == {"owing": 1}
    told = sign_in("pricekeeper").get("/api/v1/notifications").json()["notifications"]
    assert [each["about"] for each in told] == ["urged"]


@pytest.mark.feature("DC-11")
def test_only_the_office_of_supervision_begins_one(sign_in: SignIn) -> None:
    given = {"kind": "supervision_notice", "fields": {"title": "越权"}}
    assert sign_in("drafter").post("/api/v1/records", json=given).status_code == 403


@pytest.mark.feature("DC-12")
def test_the_office_of_supervision_keeps_its_own_words_and_no_others(sign_in: SignIn) -> None:
    watch = sign_in("watch")
    assert watch.post(WORDS, json={"word": "专项整治"}).status_code == 200
    record = item(watch, {**ITEM, "business_type": "专项整治"})
    switched = watch.patch(WORDS, json={"word": "专项整治", "disabled": True})
    assert switched.status_code == 200
    assert act(watch, record, "确定").status_code == 200, "an old item keeps its word"
    assert watch.get(f"/api/v1/records/{record}").json()["fields"]["business_type"] == "专项整治"
    again = watch.post(
        "/api/v1/records",
        json={"kind": "supervision", "fields": {**ITEM, "business_type": "专项整治"}},
    )
    assert again.json()["reason"] == "not_an_option"
    refused = watch.post("/api/v1/dictionaries/posts", json={"word": "新岗位"})
    assert (refused.status_code, refused.json()["reason"]) == (403, "not_your_dictionary")
    assert sign_in("drafter").post(WORDS, json={"word": "越权"}).status_code == 403
    assert offered(watch, record)


@pytest.mark.feature("DC-12")
def test_programs_are_told_the_words_that_can_be_chosen(sign_in: SignIn) -> None:
    def options() -> Any:
        kinds = sign_in("watch").get("/api/v1/kinds").json()
        kind = next(each for each in kinds if each["kind"] == "supervision")
        return kind["fields"]["business_type"]["options"]

    assert "重点工作" in options()
    sign_in("watch").patch(WORDS, json={"word": "重点工作", "disabled": True})
    assert "重点工作" not in options()
