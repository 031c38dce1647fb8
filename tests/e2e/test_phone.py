"""The pages on a phone: nothing stands alone in a row of its own, nothing hangs out of its line."""

from collections.abc import Iterator
from importlib import import_module
from itertools import pairwise

import pytest
from playwright.sync_api import Page, ViewportSize

from records.identity import Login
from records.revision import Revision
from services.flow.action_request import ActionRequest
from services.intake.ingest import Draft
from tests.api.conftest import PEOPLE, UNITS
from tests.e2e.office_day import Enter, manned
from wenshu.building.installation import Installation

conftest = import_module("tests.e2e.conftest")

PHONE: ViewportSize = {"width": 390, "height": 844}
AT = "it => [it.getBoundingClientRect().left, it.getBoundingClientRect().top]"
ROWS = """them => {
  const rows = new Map();
  for (const it of them) {
    const { left, top, right, height } = it.getBoundingClientRect();
    if (height) rows.set(Math.round(top), [...(rows.get(Math.round(top)) || []), [left, right]]);
  }
  return [...rows.values()];
}"""
"""Left and right edges of elements, row by row."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The product in one process."""
    with manned(tmp_path_factory.mktemp("data"), UNITS, PEOPLE) as opened:
        yield opened


def submitted(built: Installation, title: str) -> Revision:
    """A notice that its head is to look at."""
    house = built.house
    drafter = house.book.caller(Login("drafter"))
    fields = {"title": title, "body": "请按时参加。", "audience": ["unit:law"]}
    begun = house.ingest.begin(drafter, Draft(kind="notice", fields=fields)).record
    return house.settle(house.acting.act(drafter, begun, "submit", ActionRequest(revision=1)))


def on_phone(page: Page, address: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_what_else_can_be_done_stands_beside_the_first_buttons(
    enter: Enter, built: Installation
) -> None:
    page = enter("head")
    on_phone(page, f"/records/{submitted(built, '关于按钮的通知').record}")
    bar = page.get_by_role("toolbar")
    more = bar.locator(":scope > .menu > summary")
    tops = [bar.get_by_role("button", name="同意").evaluate(AT)[1], more.evaluate(AT)[1]]
    assert tops[0] == pytest.approx(tops[1], abs=2)
    rows = bar.locator("button, a.btn, .menu > summary").evaluate_all(ROWS)
    assert len(rows) > 1, "all buttons fit beside each other: nothing is shown by this"
    for row in rows:
        ends = sorted(row)
        assert all(one[1] <= other[0] for one, other in pairwise(ends)), row
    more.click()
    menu = bar.locator(".menu-body").bounding_box()
    assert menu is not None
    assert menu["x"] >= 0
    assert menu["x"] + menu["width"] <= PHONE["width"]


def test_badges_of_a_hit_that_wrap_stand_where_its_line_begins(
    enter: Enter, built: Installation
) -> None:
    submitted(built, "关于徽标的通知")
    page = enter("head")
    on_phone(page, "/search?q=徽标")
    facts = page.locator(".hit .hit-facts").first
    conftest.come_to_show(page, facts)
    edge = facts.evaluate(AT)[0]
    tags = facts.locator(".tag").evaluate_all(ROWS)
    assert len(tags) > 1, "all badges fit beside each other: nothing is shown by this"
    for row in tags[1:]:
        assert min(row)[0] == pytest.approx(edge, abs=0.5)
