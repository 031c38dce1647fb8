"""Forms and dialogs of which somebody was faster, over HTTP: the rule of three ways (FW-08)."""

import re
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.conftest import Browse, SignIn
from tests.api.office import begun, item, supervised
from wenshu.building.installation import Installation

NOTICE = {
    "title": "关于防汛的通知",
    "body": "请做好准备。",
    "category": "通知",
    "audience": ["unit:law"],
}


def change(client: TestClient, record: str, revision: int, **fields: Any) -> None:
    answer = client.patch(
        f"/api/v1/records/{record}",
        json={"fields": fields},
        headers={"If-Match": f'"{revision}"'},
    )
    assert answer.status_code == 200, answer.text


def fields_of(client: TestClient, record: str) -> dict[str, Any]:
    return dict(client.get(f"/api/v1/records/{record}").json()["fields"])


def typed(**other: Any) -> dict[str, Any]:
    """What the form of the notice sends, as it was filled when it was opened."""
    return {"revision": "1", **NOTICE, **other}


def differences(page: str) -> dict[str, list[str]]:
    """Label of each field that differs → what stands beside it: old, theirs, mine."""
    found = {}
    for each in page.split('<fieldset class="difference"')[1:]:
        legend = re.search(r"<legend>(\S+)", each)
        assert legend is not None
        found[legend[1]] = re.findall(r"<dd><span[^>]*>([^<]*)</span>", each.split("</dl>")[0])
    return found


@pytest.fixture
def record(sign_in: SignIn) -> str:
    return begun(sign_in("drafter"), "notice", **NOTICE)


@pytest.mark.feature("FW-08")
def test_of_three_ways_what_one_changed_stands_and_what_both_changed_is_asked(
    sign_in: SignIn, browse: Browse, record: str
) -> None:
    api, page = sign_in("drafter"), browse("drafter")
    change(
        api, record, 1, title="关于值守的通知", audience=["unit:law", "unit:office"], pinned=True
    )
    form = typed(title="关于抗旱的通知", body="请立即做好准备。")
    answer = page.post(f"/records/{record}/edit", data=form)
    assert answer.status_code == 409
    assert differences(answer.text) == {
        "标题": ["关于防汛的通知", "关于值守的通知", "关于抗旱的通知"],
        "发布范围": ["法规科（含下级）", "法规科（含下级）"],
        "置顶": ["（空）", "✓"],
    }
    assert 'name="keep.title"' in answer.text
    assert 'name="keep.audience"' not in answer.text, "only the other one changed it"
    assert "您在别处已于" in answer.text, "it was himself, in another window"
    assert 'value="unit:office" checked' in answer.text, "taken over into the form"
    assert 'name="revision" value="2"' in answer.text
    assert ">请立即做好准备。</textarea>" in answer.text

    again = {**form, "revision": "2", "against": "1", "keep.title": "theirs"}
    again |= {"audience": ["unit:law", "unit:office"], "pinned": "true"}
    assert page.post(f"/records/{record}/edit", data=again).status_code == 200
    saved = fields_of(api, record)
    assert saved["title"] == "关于值守的通知"
    assert saved["body"] == "请立即做好准备。"
    assert saved["audience"] == ["unit:law", "unit:office"]
    assert saved["pinned"] is True


@pytest.mark.feature("FW-08")
def test_what_both_changed_alike_is_not_asked(sign_in: SignIn, browse: Browse, record: str) -> None:
    change(sign_in("drafter"), record, 1, title="同一个标题")
    form = typed(title="同一个标题")
    answer = browse("drafter").post(f"/records/{record}/edit", data=form)
    assert 'name="keep.title"' not in answer.text
    assert "没有冲突" in answer.text


@pytest.mark.feature("FW-08")
def test_another_fault_after_that_keeps_the_choice_and_what_it_is_about(
    sign_in: SignIn, browse: Browse, record: str
) -> None:
    change(sign_in("drafter"), record, 1, title="关于值守的通知")
    form = typed(title="关于抗旱的通知", revision="2", against="1", **{"keep.title": "theirs"})
    answer = browse("drafter").post(f"/records/{record}/edit", data={**form, "category": "没有"})
    assert answer.status_code == 422
    assert differences(answer.text)["标题"][2] == "关于抗旱的通知"
    assert re.search(r'name="keep.title"\s+value="theirs" checked', answer.text)


@pytest.mark.feature("FW-08")
def test_files_that_a_browser_does_not_keep_are_named_and_those_of_others_told(
    sign_in: SignIn, browse: Browse, record: str
) -> None:
    drafter = sign_in("drafter")
    answer = drafter.post(
        f"/api/v1/records/{record}/files",
        files={"file": ("名单.txt", b"one")},
        headers={"If-Match": '"1"'},
    )
    assert answer.status_code in {200, 201}
    files = {"part-attachments": ("方案.txt", b"two")}
    page = browse("drafter").post(f"/records/{record}/edit", data=typed(), files=files)
    assert page.status_code == 409
    assert "请重新选择文件：方案.txt" in page.text
    assert "更新了附件：名单.txt" in page.text


@pytest.mark.feature("FW-08", "DC-10")
def test_an_actions_own_field_is_compared_too_and_one_may_take_theirs(
    built: Installation, sign_in: SignIn, browse: Browse
) -> None:
    supervised(built)
    watch = sign_in("watch")
    record = item(
        watch,
        {
            "title": "督查食品安全", "source": "公文", "given_on": "2026-11-02",
            "due_on": "2026-12-18", "main_unit": "law", "requirement": "请报送。",
        },
    )  # fmt: skip
    actions = f"/api/v1/records/{record}/actions"
    assert watch.post(f"{actions}/assign", json={"revision": 2}).status_code == 200
    later = {"revision": 3, "fields": {"due_on": "2027-01-08"}}
    assert watch.post(f"{actions}/extend", json=later).status_code == 200
    form = {"revision": "3", "field-due_on": "2027-03-01", "opinion": "同意延期"}
    answer = browse("watch").post(f"/records/{record}/actions/extend", data=form)
    assert answer.status_code == 409
    assert differences(answer.text)["办结时间"] == [
        "2026年12月18日", "2027年1月8日", "2027年3月1日",
    ]  # fmt: skip
    assert "采用您在别处的" in answer.text
    assert 'value="2027-03-01"' in answer.text
    assert "同意延期" in answer.text
    again = {**form, "revision": "4", "against": "3", "keep.field-due_on": "theirs"}
    assert browse("watch").post(f"/records/{record}/actions/extend", data=again).status_code == 200
    assert fields_of(watch, record)["due_on"] == "2027-01-08"
