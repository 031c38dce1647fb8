"""Searches at their limits: many attachments, long texts, rights that change, the last page."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from records.identity import Login, RecordId
from records.ports.job_queue import Job, JobName
from search_ui.shown.search.address import PAGE_SIZE, asked_of
from search_ui.shown.search.found import pager
from services.exporting import hit_rows
from services.flow.change import NewFile
from services.intake.ingest import Draft
from services.searching.record_finder import MAX_REACH
from tests.api.conftest import Browse, SignIn
from tests.api.test_favourites import open_to
from tests.waiting import until
from wenshu.building.installation import Installation
from wenshu.settings import Settings

ATTACHMENTS = 200
CHARACTERS = 5_000_000


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """With room for a text of five million characters."""
    return replace(settings, max_file_bytes=4 * CHARACTERS)


def stored(built: Installation, title: str, files: dict[str, str]) -> RecordId:
    """A record of the drafter with these files, found."""
    house = built.house
    caller = house.book.caller(Login("drafter"))
    held = tuple(
        NewFile(name, house.staging.receive(iter([text.encode()]), name=name))
        for name, text in files.items()
    )
    revision = house.ingest.begin(
        caller, Draft(kind="library_file", fields={"title": title}, files=held)
    )
    until(lambda: _worked_off(built), "it is found with all of its text")
    return revision.record


def _worked_off(built: Installation) -> bool:
    """Has what waits be done, as far as the texts of its files are read."""
    built.drain.round()
    return not list(built.drain._backlog.entries())


@pytest.mark.feature("SS-03")
def test_of_two_hundred_attachments_the_hit_names_the_one_that_holds_the_words(
    built: Installation, browse: Browse
) -> None:
    page = browse("drafter")
    files = {f"附件{n}.txt": f"第{n}家企业名录。" for n in range(1, ATTACHMENTS)}
    files["附件200.txt"] = "蜀锦织造。"
    record = stored(built, "企业名录汇总", files)
    body = page.get("/search?q=蜀锦").text
    assert body.count("data-hit ") == 1
    assert "附件200.txt" in body.split('class="match-where"')[1].split("</span>")[0]
    pane = page.get(f"/search/pane/{record}?q=蜀锦").text
    assert '<p class="pane-file">附件200.txt</p>' in pane
    every = page.get(f"/records/{record}/passages?q=企业名录").text
    assert every.count('class="match-text"') == ATTACHMENTS - 1
    shown = page.get(f"/records/{record}?q=蜀锦&file=附件200.txt")
    assert shown.status_code == 200
    assert "<mark" in shown.text
    assert shown.text.count("附件7.txt") >= 1


@pytest.mark.feature("SS-03")
def test_a_text_of_five_million_characters_is_found_and_its_places_are_told(
    built: Installation, browse: Browse
) -> None:
    page = browse("drafter")
    line = "市场监督管理工作的一般说明。\n"
    half = line * (CHARACTERS // 2 // len(line))
    record = stored(built, "长卷", {"长卷.txt": f"{half}此处提到蜀锦织造。\n{half}"})
    body = page.get("/search?q=蜀锦").text
    assert re.findall(r'class="hit-link" href="/records/([^?"]+)', body) == [record]
    pane = page.get(f"/search/pane/{record}?q=蜀锦").text
    assert "命中 1 处" in pane
    assert 'title="“此处提到蜀锦织造。”——《长卷》' in pane
    many = page.get(f"/records/{record}/passages?q=监督").text
    told = many.count('class="match-text"')
    assert 100 < told <= 200
    assert f"只列出前 {told} 处" in many
    assert "处以上" in page.get(f"/search/pane/{record}?q=监督").text


@pytest.mark.feature("CX-06")
def test_what_is_closed_while_an_export_is_written_stands_in_no_page_written_later(
    built: Installation, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hit_rows, "MAX_PAGE_SIZE", 2)
    drafter, head = sign_in("drafter"), sign_in("head")
    records = [stored(built, f"堤防{n}", {f"{n}.txt": f"堤防巡查{n}。"}) for n in range(5)]
    for record in records:
        open_to(drafter, record, "person:head")
    asked = {"q": "堤防巡查", "sort": "changed"}
    order = [hit["id"] for hit in head.get("/api/v1/search", params=asked).json()["hits"]]
    export = head.post("/api/v1/search/exports", params=asked).json()["id"]
    began = _closes(built, drafter, order[3], monkeypatch)
    while head.get(f"/api/v1/exports/{export}").json()["phase"] in {"waiting", "running"}:
        built.runner.run(Job(JobName.EXPORT))
    lines = head.get(f"/api/v1/exports/{export}/file?format=csv").text
    assert next(began, None) is None
    assert [order.index(each) for each in re.findall(r"records/(\w+)", lines)] == [0, 1, 2, 4]


def _closes(
    built: Installation, owner: TestClient, record: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Takes the readers of a record away once the first page of an export was written."""
    shelf, left = built.house.lists.exports._shelf, [None]
    put = shelf.put

    def putting(*given: object) -> None:
        put(*given)  # type: ignore[arg-type]
        if left:
            left.pop()
            open_to(owner, record)
            built.drain.round()

    monkeypatch.setattr(shelf, "put", putting)
    return iter(left)


@pytest.mark.feature("SS-01")
def test_pages_end_with_the_last_of_two_hundred_thousand_hits() -> None:
    last = MAX_REACH // PAGE_SIZE
    for given in ("10000", "99999", "9" * 9):
        asked, _ = asked_of((("q", "一"), ("page", given)))
        assert asked.page == last
    shown = pager(1_000_000, last, (("q", "一"),), reach=MAX_REACH)
    assert (shown.next_href, shown.last, shown.total) == (None, MAX_REACH, 1_000_000)
    assert [tab.label for tab in shown.pages][-1] == str(last)
