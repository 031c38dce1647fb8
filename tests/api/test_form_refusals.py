"""Forms that are refused come back whole: what fits nobody stands at its field."""

import pytest

from tests.api.conftest import Browse, SignIn

NOTICE = {
    "title": "关于值班的通知",
    "body": "请做好值班。",
    "audience": "unit:law",
    "audience_add": "不存在的科",
    "idempotency_key": "a",
}


def test_a_name_that_fits_nobody_loses_no_other_value(browse: Browse) -> None:
    answer = browse("drafter").post("/records/new/notice", data=NOTICE)
    assert answer.status_code == 422
    page = answer.text
    assert "没有叫“不存在的科”的单位、角色或人员。请从列表中选择。" in page
    assert 'value="关于值班的通知"' in page
    assert "请做好值班。" in page
    assert 'value="unit:law" checked' in page
    assert 'value="不存在的科"' in page


@pytest.mark.parametrize("address", ["/records/new/library_file", "/upload"])
def test_grants_come_back_row_by_row(browse: Browse, address: str) -> None:
    given = {
        "title": "目录",
        "kind": "library_file",
        "grant_to": "unit:law",
        "grant_right": "edit",
        "grant_until": "2027-01-31",
        "grant_add": "不存在的人",
    }
    files = {"files": ("甲.txt", b"a"), "part-files": ("甲.txt", b"a")}
    answer = browse("drafter").post(address, data=given, files=files)
    assert answer.status_code == 422
    page = answer.text
    assert "没有叫“不存在的人”的单位、角色或人员。请从列表中选择。" in page
    assert 'value="unit:law"' in page
    assert 'value="2027-01-31"' in page
    assert "请重新选择文件：甲.txt" in page


def test_a_name_that_several_bear_asks_for_the_list(browse: Browse) -> None:
    page = browse("drafter")
    given = {**NOTICE, "audience_add": "everybody:x"}
    assert "没有叫“everybody:x”的单位" in page.post("/records/new/notice", data=given).text


def test_a_level_that_one_did_not_touch_is_not_set_back(browse: Browse, sign_in: SignIn) -> None:
    given = {"kind": "folder", "fields": {"title": "资料"}}
    record = sign_in("drafter").post("/api/v1/records", json=given).json()["id"]
    changed = {"level": "内部"}
    path = f"/api/v1/records/{record}"
    sign_in("drafter").patch(path, json=changed, headers={"If-Match": "1"})
    form = {"title": "资料二", "level": "公开", "level_was": "公开", "revision": "2"}
    answer = browse("drafter").post(f"/records/{record}/edit", data=form, follow_redirects=False)
    assert answer.status_code == 303
    assert sign_in("drafter").get(path).json()["level"] == "内部"
    form |= {"level_was": "内部", "revision": "3"}
    browse("drafter").post(f"/records/{record}/edit", data=form)
    assert sign_in("drafter").get(path).json()["level"] == "公开"
