"""Long exports over HTTP and in the pages (CX-06)."""

import csv
import io

import openpyxl
import pytest
from fastapi.testclient import TestClient

from records.ports.job_queue import Job, JobName
from tests.api.conftest import Browse, SignIn
from tests.api.test_lists import draft
from wenshu.building.installation import Installation


@pytest.fixture
def browser(browse: Browse) -> TestClient:
    return browse("drafter")


@pytest.mark.feature("CX-06")
def test_an_export_is_ordered_watched_and_fetched(sign_in: SignIn, built: Installation) -> None:
    drafter = sign_in("drafter")
    for number in range(3):
        draft(drafter, title=f"通知{number}", category="通报")
    draft(drafter, title="另一件", category="其他")
    draft(sign_in("head"), title="别人的草稿")
    asked = {"filter": "category:通报", "sort": "-title", "columns": ["title", "category"]}
    answer = drafter.post("/api/v1/lists/notice/exports", params=asked)
    assert answer.status_code == 202
    order = answer.json()
    assert (order["phase"], order["done"], order["total"]) == ("waiting", 0, None)
    here = f"/api/v1/exports/{order['id']}"
    assert drafter.get(f"{here}/file").json()["reason"] == "export_unfinished"

    built.runner.run(Job(JobName.EXPORT))
    assert drafter.get(here).json()["phase"] == "done"
    rows = list(
        csv.reader(io.StringIO(drafter.get(f"{here}/file?format=csv").text.lstrip("\ufeff")))
    )
    assert rows == [["标题", "类型"], ["通知2", "通报"], ["通知1", "通报"], ["通知0", "通报"]]
    sheet = openpyxl.load_workbook(io.BytesIO(drafter.get(f"{here}/file").content)).worksheets[0]
    assert (sheet.title, sheet.max_row) == ("通知公告", 4)

    for other in (sign_in("head"), sign_in("admin")):
        assert other.get(here).status_code == 404
        assert other.get(f"{here}/file").status_code == 404
        assert other.delete(here).status_code == 404
        assert other.get("/api/v1/exports").json() == []
    assert drafter.delete(here).status_code == 204
    assert drafter.get("/api/v1/exports").json() == []


@pytest.mark.feature("CX-06")
def test_the_page_shows_how_far_it_is_and_the_link(
    browser: TestClient, sign_in: SignIn, built: Installation
) -> None:
    draft(sign_in("drafter"), title="关于消防的通报", category="通报")
    assert "没有导出" in browser.get("/exports").text
    begun = browser.post("/kinds/notice/exports", data={"filter": "category:通报"})
    assert "已开始导出" in begun.text
    assert "等待导出" in begun.text
    assert 'hx-trigger="every 2s"' in begun.text
    built.runner.run(Job(JobName.EXPORT))
    done = browser.get("/exports").text
    assert "已完成" in done
    assert "every 2s" not in done
    (order,) = sign_in("drafter").get("/api/v1/exports").json()
    file = browser.get(f"/exports/{order['id']}/file?format=csv")
    assert "关于消防的通报" in file.content.decode("utf-8-sig")
    for _ in range(4):
        browser.post("/kinds/notice/exports", data={})
    assert "您已有 5 次导出" in browser.post("/kinds/notice/exports", data={}).text
    assert "已删除" in browser.post(f"/exports/{order['id']}/drop").text
