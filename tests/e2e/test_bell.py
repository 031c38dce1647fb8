"""The bell of a page that stands open counts by itself, within half a minute, without a reload."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from records.identity import Login
from records.people.people_rows import PeopleRows
from records.revision import Grant
from records.rights.access import person_token
from services.intake.ingest import Draft
from services.people.sessions import SESSION_COOKIE
from tests.e2e.test_working_day import PEOPLE, UNITS
from tests.serving import served
from tests.waiting import until
from wenshu.building.house import installation
from wenshu.building.installation import Installation
from wenshu.building.web import create_web
from wenshu.settings import Settings

conftest = import_module("tests.e2e.conftest")


@pytest.fixture
def built(tmp_path: Path) -> Iterator[Installation]:
    with installation(Settings(data=tmp_path, password_memory_kib=64)) as opened:
        opened.house.people.load(PeopleRows(UNITS, PEOPLE), lasting=True)
        opened.start()
        yield opened


@pytest.mark.feature("GT-03")
def test_what_is_shared_shows_on_the_page_that_stands_open(
    built: Installation, context: BrowserContext, page: Page
) -> None:
    token = built.house.sessions.open(Login("head"), client="test", restricted=False)
    with served(create_web(built, hints=())) as address:
        context.add_cookies([{"name": SESSION_COOKIE, "value": token, "url": address}])
        page.clock.install()
        page.goto(f"{address}/search")
        bell = page.locator("#bell")
        expect(bell).to_have_attribute("aria-label", "未读消息 0 条")
        words = page.locator("input[name=q]").first
        words.fill("还没有提交的字")
        drafter = built.house.book.caller(Login("drafter"))
        grants = (Grant(to=person_token(Login("head"))),)
        made = built.house.ingest.begin(drafter, Draft("folder", {"title": "合同"}, grants=grants))
        built.house.settle(made)
        head = built.house.book.caller(Login("head"))
        until(lambda: built.house.notices.unread(head) == 1, "nobody told him")
        page.clock.fast_forward(31_000)
        expect(bell).to_have_attribute("aria-label", "未读消息 1 条")
        expect(words).to_have_value("还没有提交的字")
        bell.click()
        expect(page.get_by_text("“合同”已共享给您。")).to_be_visible()
        assert conftest.serious_faults(page) == []
