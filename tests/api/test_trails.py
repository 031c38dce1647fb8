"""The way to a record, above its page: the place one came through, or where its like is kept."""

import re
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient

from records.identity import Login
from records.revision import Revision
from services.intake.ingest import Draft
from services.people.sessions import SESSION_COOKIE
from tests.api.conftest import Browse
from tests.api.test_drive import folder, newest, shown, uploaded
from wenshu.building.installation import Installation

OURS = "http://testserver"


def steps(
    client: TestClient, record: str, *, came: str = "", **asked: str
) -> list[tuple[str, str]]:
    """Label and address of each step but the last, which is the record."""
    headers = {"Referer": came} if came else {}
    page = client.get(f"/records/{record}?{urlencode(asked)}", headers=headers).text
    crumbs = page[page.index('<nav class="crumbs"') :].partition("</nav>")[0]
    return [(label, href) for href, label in re.findall(r'<a href="([^"]*)">([^<]*)</a>', crumbs)]


def begun(built: Installation, kind: str, **fields: str) -> Revision:
    caller = built.house.book.caller(Login("drafter"))
    return built.house.settle(built.house.ingest.begin(caller, Draft(kind=kind, fields=fields)))


def test_a_record_names_the_list_of_its_kind(built: Installation, browse: Browse) -> None:
    page = browse("drafter")
    notice = begun(built, "notice", title="通知", body="正文").record
    assert steps(page, notice) == [("通知公告", "/notices")]
    affair = begun(built, "manuscript", title="讲话", paper_kind="总结").record
    assert steps(page, affair) == [("文稿管理", "/kinds/manuscript")]


@pytest.mark.parametrize(
    ("came", "step"),
    [
        ("/tasks?which=started", ("待办事项", "/tasks?which=started")),
        ("/favourites", ("我的收藏", "/favourites")),
        ("/kinds/notice?filter=state:draft", ("通知公告", "/kinds/notice?filter=state:draft")),
        ("/", ("首页", "/")),
    ],
)
def test_the_place_one_came_through_is_named_and_led_back_to(
    built: Installation, browse: Browse, came: str, step: tuple[str, str]
) -> None:
    record = begun(built, "notice", title="通知", body="正文").record
    assert steps(browse("drafter"), record, came=f"{OURS}{came}") == [step]


@pytest.mark.parametrize(
    "came", ["http://elsewhere.test/tasks", f"{OURS}/kinds/none", f"{OURS}/help", "no address"]
)
def test_what_lists_no_records_of_ours_is_not_named(
    built: Installation, browse: Browse, came: str
) -> None:
    record = begun(built, "notice", title="通知", body="正文").record
    assert steps(browse("drafter"), record, came=came) == [("通知公告", "/notices")]


def test_words_that_were_searched_for_come_first(built: Installation, browse: Browse) -> None:
    record = begun(built, "notice", title="防汛通知", body="正文").record
    found = steps(browse("drafter"), record, came=f"{OURS}/tasks", q="防汛")
    assert found == [("检索：防汛", "/search?q=%E9%98%B2%E6%B1%9B")]


def test_a_page_of_hits_is_led_back_to_as_it_was(built: Installation, browse: Browse) -> None:
    record = begun(built, "notice", title="防汛通知", body="正文").record
    came = f"{OURS}/search?q=%E9%98%B2%E6%B1%9B&page=2"
    kept = [("检索：防汛", "/search?q=%E9%98%B2%E6%B1%9B&amp;page=2")]
    assert steps(browse("drafter"), record, came=came, q="防汛") == kept
    assert steps(browse("drafter"), record, came=came) == kept
    other = steps(browse("drafter"), record, came=came, q="通知")
    assert other == [("检索：通知", "/search?q=%E9%80%9A%E7%9F%A5")]


@pytest.mark.parametrize("done", ["", "?file=x&page=2", "/edit", "/slip?whole=1"])
def test_what_is_done_on_the_page_of_a_record_leaves_its_way_as_it_was(
    built: Installation, browse: Browse, done: str
) -> None:
    page = browse("drafter")
    one, other, third = (
        begun(built, "notice", title=title, body="正文").record for title in "甲乙丙"
    )
    assert steps(page, one, came=f"{OURS}/tasks?page=2") == [("待办事项", "/tasks?page=2")]
    assert steps(page, other, came=f"{OURS}/favourites") == [("我的收藏", "/favourites")]
    assert steps(page, third) == [("通知公告", "/notices")]
    for _ in range(2):
        for record, way in (
            (one, ("待办事项", "/tasks?page=2")),
            (other, ("我的收藏", "/favourites")),
            (third, ("通知公告", "/notices")),
        ):
            assert steps(page, record, came=f"{OURS}/records/{record}{done}") == [way]


def test_whoever_comes_another_way_is_not_led_back_the_old_one(
    built: Installation, browse: Browse
) -> None:
    page = browse("drafter")
    record = begun(built, "notice", title="通知", body="正文").record
    assert steps(page, record, came=f"{OURS}/tasks") == [("待办事项", "/tasks")]
    for came in (f"{OURS}/help", f"{OURS}/records/{record}"):
        assert steps(page, record, came=came) == [("通知公告", "/notices")]


def test_of_many_records_the_last_ones_know_their_way(built: Installation, browse: Browse) -> None:
    page = browse("drafter")
    opened = [begun(built, "notice", title=f"通知{n}", body="正文").record for n in range(6)]
    far = "/kinds/notice?" + "filter=title:" + "x" * 900
    for record in opened:
        assert steps(page, record, came=f"{OURS}{far}") == [("通知公告", far)]
    assert len(page.cookies["wenshu_places"]) <= 3000
    ways = [steps(page, record, came=f"{OURS}/records/{record}") for record in reversed(opened)]
    assert ways[:2] == [[("通知公告", far)]] * 2
    assert ways[-1] == [("通知公告", "/notices")]


@pytest.mark.feature("YP-01")
def test_a_place_too_long_to_keep_drives_no_other_out(built: Installation, browse: Browse) -> None:
    page = browse("drafter")
    one, other = (begun(built, "notice", title=t, body="正文").record for t in "甲乙")
    assert steps(page, one, came=f"{OURS}/tasks") == [("待办事项", "/tasks")]
    far = "/kinds/notice?filter=title:" + "%E9%98%B2" * 205
    assert steps(page, other, came=f"{OURS}{far}") == [("通知公告", far)]
    assert steps(page, one, came=f"{OURS}/records/{one}") == [("待办事项", "/tasks")]


def test_the_next_person_at_the_same_desk_is_not_told_what_was_searched_for(
    built: Installation, browse: Browse
) -> None:
    page = browse("drafter")
    record = begun(built, "notice", title="防汛通知", body="正文").record
    came = f"{OURS}/search?q=%E9%98%B2%E6%B1%9B"
    assert steps(page, record, came=came)[0][0] == "检索：防汛"
    secret = built.house.sessions.open(Login("drafter"), client="test", restricted=False)
    page.cookies.set(SESSION_COOKIE, secret)
    assert steps(page, record, came=f"{OURS}/records/{record}") == [("通知公告", "/notices")]
    assert steps(page, record, came=came)[0][0] == "检索：防汛"
    page.post("/sign-out")
    assert "wenshu_places" not in page.cookies


def test_a_file_of_the_drive_lies_in_its_folders_and_anothers_under_what_is_shared(
    browse: Browse, built: Installation
) -> None:
    page = browse("drafter")
    outer = folder(page, "来文")
    inner = folder(page, "市局", outer)
    uploaded(page, "函.txt", "函", inner)
    uploaded(page, "便条.txt", "便条", grant_to="person:head", grant_right="read", grant_until="")
    (letter,), slip = shown(page, inner).values(), shown(page)["便条.txt"]
    assert newest(built, letter).fields["folder"] == inner
    assert [label for label, _ in steps(page, letter)] == ["我的云盘", "来文", "市局"]
    assert [label for label, _ in steps(page, slip)] == ["我的云盘"]
    assert steps(browse("head"), slip)[-1] == ("与我共享", "/drive/shared")
