"""Lists over HTTP: kinds, work, lists of kinds, exports, and their pages."""

import csv
import io
import json
from typing import Any

import openpyxl
import pytest
from fastapi.testclient import TestClient

from services.people.sessions import SESSION_COOKIE
from tests.api.conftest import SignIn

NOTICE = {"title": "关于年终检查的通知", "body": "请各单位自查。", "audience": ["unit:county"]}


def draft(client: TestClient, **fields: Any) -> str:
    answer = client.post("/api/v1/records", json={"kind": "notice", "fields": {**NOTICE, **fields}})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def act(client: TestClient, record: str, name: str, revision: int, **more: Any) -> None:
    path = f"/api/v1/records/{record}/actions/{name}"
    answer = client.post(path, json={"revision": revision, **more})
    assert answer.status_code == 200, answer.text


def published(sign_in: SignIn, **fields: Any) -> str:
    drafter = sign_in("drafter")
    record = draft(drafter, **fields)
    act(drafter, record, "submit", 1)
    act(sign_in("head"), record, "agree", 2)
    act(sign_in("registry"), record, "publish", 3)
    return record


def work(client: TestClient, which: str, **more: Any) -> dict[str, Any]:
    answer = client.get("/api/v1/tasks", params={"list": which, **more})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def listed(client: TestClient, **asked: Any) -> dict[str, Any]:
    answer = client.get("/api/v1/lists/notice", params=asked)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def page(client: TestClient, path: str) -> str:
    token = client.headers["Authorization"].removeprefix("Bearer ")
    answer = client.get(path, headers={"Cookie": f"{SESSION_COOKIE}={token}"})
    assert answer.status_code == 200, answer.text
    return answer.text


@pytest.mark.feature("GT-07")
def test_kinds_tell_what_records_consist_of_and_who_may_begin_one(sign_in: SignIn) -> None:
    kinds = {each["kind"]: each for each in sign_in("reader").get("/api/v1/kinds").json()}
    notice = kinds["notice"]
    assert (notice["title"], notice["may_begin"]) == ("通知公告", True)
    assert notice["fields"]["title"] == {
        "label": "标题", "type": "text", "required": True, "options": [],
    }  # fmt: skip
    assert "会议通知" in notice["fields"]["category"]["options"]
    assert notice["parts"] == {"attachments": {"label": "附件", "required": False}}
    assert notice["states"]["published"] == {"label": "已发布", "done": True}
    assert notice["actions"]["submit"] == {"label": "送审", "group": None}
    assert kinds["rights_change"]["may_begin"] is False


@pytest.mark.feature("GT-06")
def test_the_lists_of_work_follow_a_record_on_its_way(sign_in: SignIn) -> None:
    drafter, head, reader = sign_in("drafter"), sign_in("head"), sign_in("reader")
    record = draft(drafter)
    act(drafter, record, "submit", 1)
    (task,) = work(head, "todo")["tasks"]
    assert (task["id"], task["kind"], task["step"]) == (record, "notice", "待科室审核")
    assert (task["title"], task["urgency"]) == (NOTICE["title"], "一般")
    assert task["due_on"] is not None
    assert [work(drafter, which)["total"] for which in ("todo", "done", "started")] == [0, 1, 1]

    act(head, record, "agree", 2)
    act(sign_in("registry"), record, "publish", 3)
    assert [row["id"] for row in work(head, "done")["tasks"]] == [record]
    assert work(head, "todo")["total"] == 0
    assert [row["id"] for row in work(reader, "unread")["tasks"]] == [record]
    assert work(sign_in("keeper"), "unread")["total"] == 0, "it was not published to him"
    assert f'hx-post="/records/{record}/opened"' in page(reader, f"/records/{record}")
    assert work(reader, "unread")["total"] == 1, "a page that is asked for changes nothing"
    token = reader.headers["Authorization"].removeprefix("Bearer ")
    noted = {"Origin": "http://testserver", "Cookie": f"{SESSION_COOKIE}={token}"}
    answer = reader.post(f"/records/{record}/opened", headers=noted, follow_redirects=False)
    assert answer.headers["Location"] == f"/records/{record}"
    assert work(reader, "unread")["total"] == 0

    assert work(reader, "followed")["total"] == 0
    assert reader.put(f"/api/v1/records/{record}/follow").json() == {"followed": True}
    assert [row["id"] for row in work(reader, "followed")["tasks"]] == [record]
    assert reader.delete(f"/api/v1/records/{record}/follow").json() == {"followed": False}
    assert work(reader, "followed")["total"] == 0
    hidden = draft(drafter)
    assert reader.put(f"/api/v1/records/{hidden}/follow").status_code == 404


@pytest.mark.feature("GT-06")
def test_more_than_a_page_of_tasks_is_walked_to_the_end(sign_in: SignIn) -> None:
    drafter = sign_in("drafter")
    wanted = [draft(drafter, title=f"通知{number}") for number in range(23)]
    seen, after = [], None
    for _ in range(3):
        found = work(drafter, "todo", size=10, **({"after": after} if after else {}))
        assert found["total"] == 23
        seen += [row["id"] for row in found["tasks"]]
        after = found["next"]
    assert after is None
    assert sorted(seen) == sorted(wanted)
    first = page(drafter, "/tasks")
    assert first.count('class="row-line"') == 20
    assert "第 1–20 条，共 23 条" in first
    assert work(drafter, "todo", kind="rights_change")["total"] == 0


@pytest.mark.feature("CX-06")
def test_a_list_of_a_kind_is_filtered_sorted_and_walked(sign_in: SignIn) -> None:
    drafter = sign_in("drafter")
    for number in (2, 12, 1):
        draft(drafter, title=f"第{number}号", category="通报")
    draft(drafter, title="其他一件", category="其他")
    found = listed(drafter, filter="category:通报", sort="title", size=2)
    assert found["total"] == 3
    shown = ["title", "category", "published_on", "state", "changed"]
    assert list(found["columns"]) == shown
    assert found["columns"]["category"]["label"] == "类型"
    assert [row["title"] for row in found["rows"]] == ["第1号", "第2号"]
    assert set(found["rows"][0]) == {"id", *found["columns"]}
    rest = listed(drafter, filter="category:通报", sort="title", size=2, after=found["next"])
    assert ([row["title"] for row in rest["rows"]], rest["next"]) == (["第12号"], None)
    assert listed(drafter, filter="state:published")["total"] == 0
    assert listed(drafter, filter="state:draft", q="其他一件")["total"] == 1
    assert listed(sign_in("reader"))["total"] == 0, "drafts of others are nobody's business"


@pytest.mark.parametrize(
    ("asked", "status", "reason"),
    [
        ("notice?filter=body:x", 422, "unknown_filter"),
        ("notice?filter=title", 422, "bad_filter"),
        ("notice?sort=body", 422, "unknown_sort"),
        ("notice?after=*", 422, "bad_place"),
        ("nothing", 404, "no_such_list"),
    ],
)
def test_a_list_says_what_it_cannot_do(
    sign_in: SignIn, asked: str, status: int, reason: str
) -> None:
    answer = sign_in("reader").get(f"/api/v1/lists/{asked}")
    assert (answer.status_code, answer.json()["reason"]) == (status, reason)


@pytest.mark.feature("CX-06")
@pytest.mark.parametrize("address", ["/api/v1/lists/notice/export", "/kinds/notice/export"])
def test_an_export_holds_what_its_reader_may_see_as_text(sign_in: SignIn, address: str) -> None:
    drafter = sign_in("drafter")
    for number in range(30):
        draft(drafter, title=f"通知{number:02}", category="通报")
    draft(drafter, title='=HYPERLINK("http://x")')
    draft(sign_in("head"), title="别人的草稿")
    token = drafter.headers["Authorization"].removeprefix("Bearer ")
    headers = {"Cookie": f"{SESSION_COOKIE}={token}"}
    asked = {"sort": "title", "format": "csv"}
    answer = drafter.get(address, params=asked, headers=headers)
    assert "%E9%80%9A%E7%9F%A5%E5%85%AC%E5%91%8A.csv" in answer.headers["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == ["标题", "类型", "发布日期", "状态", "最后更新"]
    assert len(rows) == 32
    assert rows[1][0] == '\'=HYPERLINK("http://x")'
    assert rows[2][:4] == ["通知00", "通报", "", "起草"]

    asked = {"filter": "category:通报", "format": "xlsx"}
    answer = drafter.get(address, params=asked, headers=headers)
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert (sheet.title, sheet.max_row) == ("通知公告", 31)
    assert sheet["A1"].value == "标题"


@pytest.mark.feature("CX-06", "GT-06")
def test_every_kind_has_a_page_with_its_columns_and_filters(sign_in: SignIn) -> None:
    drafter, admin = sign_in("drafter"), sign_in("admin")
    draft(drafter, title="关于消防的通知", category="通报")
    for kind in drafter.get("/api/v1/kinds").json():
        assert kind["title"] in page(admin, f"/kinds/{kind['kind']}")
    shown = page(drafter, "/kinds/notice")
    for words in (
        "关于消防的通知",
        "类型",
        "发布日期",
        "起草",
        "filter=category%3A%E9%80%9A%E6%8A%A5",
    ):
        assert words in shown
    assert "没有符合条件的文件" in page(drafter, "/kinds/notice?filter=category:其他")
    assert "还没有“通知公告”" in page(sign_in("reader"), "/kinds/notice")
    assert "关于消防的通知" in page(drafter, "/kinds/notice?q=消防&sort=-title&filter=nothing:x")


@pytest.mark.feature("GT-06")
@pytest.mark.parametrize(
    "which", ["todo", "unread", "done", "started", "followed", "soon", "overdue"]
)
def test_each_list_of_work_has_its_page(sign_in: SignIn, which: str) -> None:
    shown = page(sign_in("reader"), f"/tasks?which={which}")
    assert shown.count("aria-current") >= 2
    assert "empty-title" in shown


@pytest.mark.feature("YP-01")
def test_the_drive_reaches_every_file_of_a_folder(sign_in: SignIn) -> None:
    drafter = sign_in("drafter")
    fields = {"title": "资料"}
    folder = drafter.post("/api/v1/records", json={"kind": "folder", "fields": fields}).json()["id"]
    for number in range(53):
        inside = {"title": f"件{number}", "folder": folder}
        answer = drafter.post(
            "/api/v1/files",
            files={"file": (f"{number}.txt", f"第{number}件".encode())},
            data={"kind": "drive_file", "fields": json.dumps(inside)},
        )
        assert answer.status_code == 201, answer.text
    shown = page(drafter, f"/drive?folder={folder}")
    assert "0 个文件夹，53 个文件" in shown
    assert "第 1–50 条，共 53 条" in shown
    top = page(drafter, "/drive")
    assert "1 个文件夹，0 个文件" in top
    assert "资料" in top
