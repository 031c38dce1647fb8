"""工作助手 over HTTP: notes, appointments and plans, for oneself alone (GT-09)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from records.ports.job_queue import Job, JobName
from records.times.office_time import OFFICE_ZONE
from services.people import planner
from tests.api.conftest import Browse, SignIn
from tests.api.office import act, begun
from wenshu.building.installation import Installation

HERE = "/api/v1/planner"


def added(client: TestClient, sort: str, text: str, **more: Any) -> dict[str, Any]:
    answer = client.post(HERE, json={"sort": sort, "text": text, **more})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def told(client: TestClient, **given: Any) -> tuple[int, str, str]:
    """What comes of a wrong one: status, field and reason."""
    answer = client.post(HERE, json={"sort": "appointment", "on": "2026-12-10", **given})
    body = answer.json()
    return answer.status_code, body["facts"].get("field", ""), body["reason"]


@pytest.mark.feature("GT-09")
def test_notes_appointments_and_plans_are_kept_changed_done_and_dropped(sign_in: SignIn) -> None:
    drafter = sign_in("drafter")
    late = added(drafter, "appointment", "汇报会", on="2026-12-10", begins="14:00", ends="15:30")
    early = added(drafter, "appointment", "局长办公会", on="2026-12-10", begins="09:00")
    plan = added(drafter, "plan", "年终总结", on="2026-12-20")
    note = added(drafter, "note", "钥匙在二楼。\n备用在传达室。", on="2026-12-10")
    assert note["on"] is None  # a note has no day
    days: dict[str, Any] = {"first": "2026-12-10", "last": "2026-12-10", "undated": False}
    listed = drafter.get(HERE, params=days).json()
    assert [each["id"] for each in listed] == [early["id"], late["id"]]
    changed = drafter.put(
        f"{HERE}/{plan['id']}",
        json={"sort": "plan", "text": "年终总结（初稿）", "on": "", "done": True, "version": 1},
    ).json()
    assert (changed["text"], changed["on"], changed["done"]) == ("年终总结（初稿）", None, True)
    assert drafter.delete(f"{HERE}/{note['id']}").status_code == 204
    assert drafter.delete(f"{HERE}/{note['id']}").status_code == 204  # twice is once
    assert len(drafter.get(HERE, params={"first": "2026-12-01"}).json()) == 3


@pytest.mark.feature("GT-09")
def test_nobody_sees_what_another_keeps_whatever_his_office(
    sign_in: SignIn, browse: Browse
) -> None:
    item = added(sign_in("drafter"), "note", "只给自己看")["id"]
    for login in ("admin", "head"):
        other = sign_in(login)
        assert other.get(HERE).json() == []
        body = {"sort": "note", "text": "改", "version": 1}
        assert other.put(f"{HERE}/{item}", json=body).status_code == 404
        assert other.delete(f"{HERE}/{item}").status_code == 204
        assert "只给自己看" not in browse(login).get("/assistant").text
        assert browse(login).get(f"/assistant?edit={item}").status_code == 404
    assert [each["text"] for each in sign_in("drafter").get(HERE).json()] == ["只给自己看"]


@pytest.mark.feature("GT-09")
def test_what_is_wrong_is_told_at_its_field(
    sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafter = sign_in("drafter")
    assert told(drafter, text=" \n\t") == (422, "text", "no_item_text")
    assert told(drafter, text="会" * 201) == (422, "text", "too_long")
    assert told(drafter, text="会", on="") == (422, "on", "bad_item_day")
    assert told(drafter, text="会", on="2026-02-30") == (422, "on", "bad_item_day")
    assert told(drafter, text="会", on="9999-12-31") == (422, "on", "bad_item_day")
    assert told(drafter, text="会", begins="25:00") == (422, "begins", "bad_item_time")
    assert told(drafter, text="会", ends="10:00") == (422, "ends", "item_ends_before")
    same = told(drafter, text="会", begins="10:00", ends="10:00")
    assert same == (422, "ends", "item_ends_before")
    assert told(drafter, text="会", sort="party") == (422, "sort", "unknown_item_sort")
    assert drafter.get(HERE).json() == []
    monkeypatch.setattr(planner, "MOST", 1)
    added(drafter, "note", "一")
    assert told(drafter, text="二") == (422, "text", "too_many_items")


@pytest.mark.feature("GT-09")
def test_of_two_windows_one_is_told_and_loses_nothing(sign_in: SignIn, browse: Browse) -> None:
    drafter = sign_in("drafter")
    item = added(drafter, "note", "原文")["id"]
    address, body = f"{HERE}/{item}", {"sort": "note", "version": 1}

    def change(text: str) -> int:
        return int(sign_in("drafter").put(address, json={**body, "text": text}).status_code)

    with ThreadPoolExecutor(4) as pool:
        statuses = sorted(pool.map(change, ("甲", "乙", "丙", "丁")))
    assert statuses == [200, 409, 409, 409]
    form = {"sort": "note", "item": item, "version": "1", "text": "写了很久", "stay": ""}
    page = browse("drafter").post("/assistant", data=form)
    assert page.status_code == 409
    assert "写了很久" in page.text
    assert "已在另一个窗口中修改" in page.text
    drafter.delete(address)
    page = browse("drafter").post("/assistant", data={**form, "version": "2"})
    assert (page.status_code, "写了很久" in page.text) == (404, True)
    assert f'value="{item}"' not in page.text  # saved again it is a new one


@pytest.mark.feature("GT-09")
def test_the_month_shows_appointments_plans_and_tasks_that_are_due(
    sign_in: SignIn, browse: Browse, built: Installation
) -> None:
    pages, today = browse("head"), built.house.book.caller("head").today  # type: ignore[arg-type]
    asked = {"title": "请示", "category": "请示", "content": "文", "due_on": today.isoformat()}
    affair = begun(sign_in("drafter"), "affair", **asked)
    assert act(sign_in("drafter"), affair, "提交", next=["head"]).status_code == 200
    for form in (
        {"sort": "appointment", "text": "局长办公会", "on": today.isoformat(), "begins": "09:00"},
        {"sort": "plan", "text": "年终总结", "on": today.isoformat()},
        {"sort": "note", "text": "记一笔"},
    ):
        assert pages.post("/assistant", data=form, follow_redirects=False).status_code == 303
    month = pages.get("/assistant").text
    for words in ("局长办公会", "年终总结", "记一笔", f"/records/{affair}", "待办限期"):
        assert words in month
    plan = next(e for e in sign_in("head").get(HERE).json() if e["sort"] == "plan")
    part = pages.get("/assistant/today").text
    assert "今日安排" in part
    assert "年终总结" in part
    pages.post(f"/assistant/{plan['id']}/done", data={"done": "1"})
    assert "年终总结" not in pages.get("/assistant/today").text
    assert "planner-done" in pages.get("/assistant").text
    assert browse("drafter").get("/assistant/today").text.strip() == ""
    for strange in ("2026-13-01", "0001-01-01", "9999-12-31", "x"):
        assert pages.get("/assistant", params={"day": strange}).status_code == 200


@pytest.mark.feature("GT-09")
def test_a_reminder_leads_to_the_day_of_its_appointment(
    built: Installation, sign_in: SignIn, browse: Browse
) -> None:
    now = built.house.clock.now().astimezone(OFFICE_ZONE)
    begins = now + timedelta(minutes=5)  # within the quarter of an hour
    day = begins.date().isoformat()
    drafter = sign_in("drafter")
    item = added(drafter, "appointment", "碰头会", on=day, begins=f"{begins:%H:%M}")
    built.runner.run(Job(JobName.TIMERS))
    (notice,) = drafter.get("/api/v1/notifications").json()["notifications"]
    assert (notice["about"], notice["appointment"]) == ("begins", item["id"])
    assert (notice["record"], notice["records"]) == (None, [])
    assert notice["title"].endswith(f"{begins.hour}:{begins:%M} 碰头会")
    browser = browse("drafter")
    assert "碰头会" in browser.get("/notifications").text
    answer = browser.get(f"/notifications/{notice['id']}", follow_redirects=False)
    assert answer.headers["location"] == f"/assistant?day={day}"
    assert drafter.get("/api/v1/notifications").json()["unread"] == 0
