"""The home page by role: what waits by urgency and deadline, what posts look after (GT-01)."""

from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from records.identity import Login, RecordId
from services.flow.action_request import ActionRequest
from services.flow.change import NewFile
from services.intake.ingest import Draft
from tests.e2e.bureau import at_hub, people, units
from tests.e2e.office_day import Enter, manned
from wenshu.building.installation import Installation

conftest = import_module("tests.e2e.conftest")

KEEPER = {"login": "lawkeeper", "name": "法一", "unit": "law", "posts": ["督查管理员"]}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The bureau of the manual."""
    with manned(tmp_path_factory.mktemp("data"), units(), [*people(), KEEPER]) as opened:
        yield opened


def issued(built: Installation, record: RecordId) -> None:
    """From the hub to 已发文: it arrives at the district as 电子来文."""
    house, registry = built.house, built.house.book.caller(Login("registry"))
    for revision, name in enumerate(("number_it", "lay_out", "seal", "issue"), start=4):
        house.settle(house.acting.act(registry, record, name, ActionRequest(revision=revision)))


def tile(page: Page, label: str, module: str = "") -> Locator:
    named = page.locator(".tile").filter(has=page.get_by_text(label, exact=True))
    return named.filter(has_text=module)


def number(page: Page, label: str, module: str = "") -> Locator:
    return tile(page, label, module).locator(".tile-number")


def come_to(page: Page, label: str, wanted: str, module: str = "") -> None:
    """Load the page anew until the tile bears that number."""
    conftest.come_to_show(page, number(page, label, module).get_by_text(wanted, exact=True))


@pytest.mark.feature("GT-01", "GT-07")
def test_each_sees_the_numbers_that_his_posts_need_and_each_number_leads_to_its_list(
    enter: Enter, built: Installation
) -> None:
    first = at_hub(built, "关于防汛值守的通知")
    issued(built, at_hub(built, "关于食品安全的通知"))
    registry = enter("registry")
    come_to(registry, "待办", "1")
    expect(tile(registry, "待办")).to_contain_text("加急 1")
    come_to(registry, "未归档清单", "1", "发文管理")
    tile(registry, "未归档清单", "发文管理").click()
    expect(registry.get_by_role("link", name="关于食品安全的通知")).to_be_visible()
    # what one follows stands on the page, newest first
    registry.goto(f"/records/{first}")
    registry.get_by_role("button", name="跟踪").click()
    expect(registry.get_by_role("button", name="取消跟踪")).to_be_visible()
    registry.goto("/")
    expect(number(registry, "跟踪")).to_have_text("1")
    followed = registry.get_by_role("region", name="我跟踪的")
    expect(followed.get_by_role("link", name="关于防汛值守的通知")).to_be_visible()
    assert conftest.serious_faults(registry) == []

    # the district's registry: what came to be signed for, and what of it is overdue
    county = enter("countyregistry")
    come_to(county, "电子来文", "1")
    expect(number(county, "超期收文")).to_have_text("0")
    tile(county, "电子来文").click()
    expect(county.get_by_role("link", name="关于食品安全的通知")).to_be_visible()
    # a drafter has no such posts: no tile of them, nor a heading over none
    drafter = enter("drafter")
    expect(number(drafter, "待办")).to_have_text("0")
    expect(tile(drafter, "未归档清单")).to_have_count(0)
    expect(drafter.get_by_role("heading", name="岗位工作")).to_have_count(0)


@pytest.mark.feature("GT-01", "DC-07")
def test_deadlines_are_told_ahead_and_when_they_have_passed(
    enter: Enter, built: Installation
) -> None:
    house, watch = built.house, built.house.book.caller(Login("watch"))
    for days, title in ((-2, "迟了的督查件"), (2, "快到期的督查件"), (30, "不急的督查件")):
        given_on, due_on = (watch.today + timedelta(days=each) for each in (-9, days))
        staged = house.staging.receive((b"original",), name="原文.txt")
        fields = {
            "title": title,
            "source": "公文",
            "given_on": given_on.isoformat(),
            "due_on": due_on.isoformat(),
            "main_unit": "law",
            "requirement": "请按期报送。",
        }
        files = [NewFile("原文.txt", staged, "original")]
        record = house.ingest.begin(watch, Draft(kind="supervision", fields=fields, files=files))
        house.settle(house.acting.act(watch, record.record, "assign", ActionRequest(revision=1)))
    keeper = enter("lawkeeper")
    come_to(keeper, "待办", "3")
    expect(number(keeper, "3日内到期")).to_have_text("1")
    expect(number(keeper, "超期")).to_have_text("1")
    expect(tile(keeper, "超期督查件")).to_have_count(0)
    # who looks after all of them sees it too, with the list behind it
    office = enter("watch")
    expect(number(office, "超期督查件")).to_have_text("1")
    tile(office, "超期督查件").click()
    expect(office.get_by_role("link", name="迟了的督查件")).to_be_visible()
    expect(office.get_by_role("link", name="快到期的督查件")).to_have_count(0)


@pytest.mark.feature("GT-04")
def test_public_notices_stand_on_the_home_page_of_whoever_is_signed_in(
    enter: Enter, built: Installation, browser: Browser, address: str
) -> None:
    house = built.house
    drafter, head, registry = (
        house.book.caller(Login(login)) for login in ("drafter", "head", "registry")
    )
    fields = {"title": "关于停水的公告", "body": "明日停水。", "audience": ["everyone"]}
    record = house.ingest.begin(drafter, Draft(kind="notice", fields=fields)).record
    for caller, name, revision in ((drafter, "submit", 1), (head, "agree", 2)):
        house.acting.act(caller, record, name, ActionRequest(revision=revision))
    house.settle(house.acting.act(registry, record, "publish", ActionRequest(revision=3)))
    printer = enter("printer")
    notices = printer.get_by_role("region", name="最新通知")
    conftest.come_to_show(printer, notices.get_by_role("link", name="关于停水的公告"))
    context = browser.new_context(base_url=address, locale="zh-CN")
    stranger = context.new_page()
    stranger.goto("/")
    expect(stranger.get_by_role("button", name="登录")).to_be_visible()
    expect(stranger.get_by_text("关于停水的公告")).to_have_count(0)
    context.close()
