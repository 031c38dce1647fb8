"""Hits as files, at once and as jobs; batches of searches: within rights, to their end (CX-06)."""

import io

import pytest
from fastapi.testclient import TestClient
from openpyxl import Workbook, load_workbook

from records.ports.job_queue import Job, JobName
from services.exporting import hit_rows
from services.searching import record_finder
from tests.api.conftest import Browse, SignIn
from tests.api.test_search_facets import uploaded
from wenshu.building.installation import Installation


@pytest.fixture
def client(sign_in: SignIn) -> TestClient:
    made = sign_in("drafter")
    for number in range(5):
        uploaded(made, f"防汛{number}.txt", f"=防汛物资第{number}批。")
    uploaded(sign_in("reader"), "别人的.txt", "防汛物资，不给你看。")
    return made


def rows_of(content: bytes) -> list[list[str]]:
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    return [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]


def written(built: Installation, client: TestClient, export: str) -> list[list[str]]:
    """The rows of a job, worked off."""
    state = client.get(f"/api/v1/exports/{export}").json()
    if state["phase"] != "done":
        built.runner.run(Job(JobName.EXPORT))
    return rows_of(client.get(f"/api/v1/exports/{export}/file").content)


@pytest.mark.feature("CX-06")
def test_hits_are_exported_with_passages_places_and_links(
    client: TestClient, browse: Browse
) -> None:
    page = browse("drafter")
    body = page.get("/search?q=防汛物资").text
    assert "/search/export?q=" in body
    answer = page.get("/search/export?q=防汛物资&sort=changed")
    head, *rows = rows_of(answer.content)
    assert head[:3] == ["序号", "标题", "文号"]
    assert len(rows) == 5
    assert {row[1] for row in rows} == {f"防汛{number}" for number in range(5)}
    first = dict(zip(head, rows[0], strict=True))
    assert first["命中内容"].startswith("=防汛物资第")
    assert first["命中位置"].endswith(".txt")
    assert first["链接"].startswith("http://testserver/records/")
    csv = page.get("/search/export?q=防汛物资&format=csv").text
    assert "不给你看" not in csv
    assert len(browse("public").get("/search/export?q=防汛物资&format=csv").text.splitlines()) == 1


@pytest.mark.feature("CX-06")
def test_many_hits_are_a_job_that_goes_on_page_by_page(
    built: Installation, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hit_rows, "MAX_PAGE_SIZE", 2)
    answer = client.post("/api/v1/search/exports", params={"q": "防汛物资"})
    assert answer.status_code == 202, answer.text
    assert answer.json()["kind"] == ""
    head, *rows = written(built, client, answer.json()["id"])
    assert head[0] == "序号"
    assert [row[0] for row in rows] == ["1", "2", "3", "4", "5"]
    assert len({row[1] for row in rows}) == 5


@pytest.mark.feature("SS-01")
def test_a_batch_is_searched_for_as_a_job(
    built: Installation, client: TestClient, browse: Browse
) -> None:
    page = browse("drafter")
    assert "批量检索" in page.get("/search/batch").text
    rows = "\r\n".join(["防汛物资第3批", "", "没有的东西甲乙丙"] + ["防汛"] * 30)
    sent = page.post("/search/batch", data={"queries": rows}, follow_redirects=False)
    assert sent.headers["location"] == "/exports"
    export = client.get("/api/v1/exports").json()[0]["id"]
    head, *found = written(built, client, export)
    assert head[:3] == ["序号", "检索词", "结果"]
    assert (found[0][0], found[0][2], found[0][5]) == ("1", "找到", "防汛3")
    assert found[1][2] == "空行，未检索"
    assert {row[0] for row in found} == {str(number) for number in range(1, 34)}
    assert not any("别人的" in cell for row in found for cell in row)


@pytest.mark.feature("SS-01")
def test_a_batch_from_a_file_takes_the_first_column(client: TestClient, browse: Browse) -> None:
    page = browse("drafter")
    for body in ("防汛,x\n".encode("gb18030"), "\ufeff防汛\n".encode()):
        files = {"file": ("清单.csv", body)}
        sent = page.post("/search/batch", data={"queries": ""}, files=files, follow_redirects=False)
        assert sent.status_code == 303, sent.text


@pytest.mark.feature("SS-01")
def test_a_batch_from_a_workbook_is_searched_for(
    built: Installation, client: TestClient, browse: Browse
) -> None:
    book, filled = Workbook(), io.BytesIO()
    for cell in ("防汛物资第3批", None, "没有的东西甲乙丙"):
        book.worksheets[0].append([cell, "别的一列"])
    book.save(filled)
    files = {"file": ("清单.xlsx", filled.getvalue())}
    sent = browse("drafter").post("/search/batch", data={"queries": ""}, files=files)
    assert sent.status_code == 200, sent.text
    _, *found = written(built, client, client.get("/api/v1/exports").json()[0]["id"])
    assert [row[2] for row in found] == ["找到", "空行，未检索", "没有找到"]


@pytest.mark.feature("SS-01")
@pytest.mark.parametrize(
    ("queries", "file", "told"),
    [
        ("", None, "没有要检索的内容"),
        (" \n\n", None, "没有要检索的内容"),
        ("甲\n" * 2_001, None, "2,000"),
        ("留下的", b"\xff\xfe\x00\x01", "清单.csv"),
    ],
)
def test_a_batch_that_is_wrong_comes_back_as_it_was(
    client: TestClient, browse: Browse, queries: str, file: bytes | None, told: str
) -> None:
    files = {"file": ("清单.csv", file)} if file is not None else None
    answer = browse("drafter").post("/search/batch", data={"queries": queries}, files=files)
    assert answer.status_code == 422
    assert told in answer.text or told.replace(",", "") in answer.text
    assert queries.strip()[:3] in answer.text
    assert client.get("/api/v1/exports").json() == []


@pytest.mark.feature("CX-06")
def test_what_lies_beyond_reach_is_said_in_the_file(
    built: Installation, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (hit_rows, record_finder):
        monkeypatch.setattr(module, "MAX_REACH", 4)
        monkeypatch.setattr(module, "MAX_PAGE_SIZE", 2)
    export = client.post("/api/v1/search/exports", params={"q": "防汛物资"}).json()["id"]
    *_, last = written(built, client, export)
    assert last[0].startswith("只导出了前 4 条，共 5 条")


@pytest.mark.feature("CX-06")
def test_an_export_of_a_wrong_condition_says_so_before_anything_is_sent(
    client: TestClient, browse: Browse
) -> None:
    page = browse("drafter")
    assert "没有“绝顶”这个密级" in page.get("/search/export?q=防汛&level=绝顶").text
    answer = client.post("/api/v1/search/exports", params={"q": "防汛", "level": "绝顶"})
    assert answer.status_code == 422
    page.post("/search/exports?q=防汛&level=绝顶")
    assert client.get("/api/v1/exports").json() == []
