"""Whom an action goes to, chosen in the browser: tree, pinyin, lately chosen, groups, order."""

from collections.abc import Iterator
from importlib import import_module

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from records.identity import Login, RecordId
from services.flow.action_request import ActionRequest
from tests.api.conftest import PASSWORD
from tests.e2e.bureau import at_hub, people, units
from tests.e2e.office_day import ENGINES, Enter, manned
from wenshu.building.installation import Installation

conftest = import_module("tests.e2e.conftest")

LEADERS = (
    {"login": "zeng", "name": "曾宪法", "unit": "bureau", "posts": ["局领导"]},
    {"login": "shan", "name": "单小兵", "unit": "bureau", "posts": ["局领导"]},
)


@pytest.fixture(scope="module", params=ENGINES)
def built(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    """The bureau of the manual, with four leaders."""
    folder = tmp_path_factory.mktemp("data")
    with manned(folder, units(), [*people(), *LEADERS], on=request.param) as opened:
        yield opened


def opened(page: Page, record: RecordId, action: str) -> Locator:
    """The dialog of an action."""
    page.goto(f"/records/{record}")
    page.get_by_role("button", name=action, exact=True).click()
    return page.get_by_role("dialog", name=action, exact=True)


def chosen(dialog: Locator) -> Locator:
    return dialog.locator(".roster-pick label > span")


@pytest.mark.feature("FW-13", "FW-07")
def test_leaders_are_dragged_into_the_right_box_and_into_their_order(
    enter: Enter, built: Installation
) -> None:
    record = at_hub(built, "关于防汛值守的通知")
    registry = enter("registry")
    dialog = opened(registry, record, "送审局领导")
    # “选择需要送审的领导,鼠标选中后拖动至右边的送审框后【确认】或【关闭】”
    box = dialog.locator("[data-roster-to]")
    for name in ("局一", "局二", "曾宪法"):
        dialog.locator(".roster-row").filter(has_text=name).drag_to(box)
    expect(chosen(dialog)).to_have_text(["局一", "局二", "曾宪法"])
    expect(dialog.locator(".roster-row").filter(has_text="局二").locator("input")).to_be_checked()
    dialog.locator(".roster-pick").filter(has_text="曾宪法").drag_to(
        dialog.locator(".roster-pick").first, target_position={"x": 20, "y": 4}
    )
    expect(chosen(dialog)).to_have_text(["曾宪法", "局一", "局二"])
    # by keyboard and touch: ticks, arrows, and the cross that takes one out
    dialog.get_by_label("单小兵").check()
    dialog.get_by_role("button", name="上移 单小兵").press("Enter")
    expect(chosen(dialog)).to_have_text(["曾宪法", "局一", "单小兵", "局二"])
    expect(dialog.get_by_role("button", name="上移 单小兵")).to_be_focused()
    dialog.get_by_role("button", name="下移 曾宪法").click()
    expect(chosen(dialog)).to_have_text(["局一", "曾宪法", "单小兵", "局二"])
    expect(dialog.get_by_role("button", name="上移 局一")).to_be_disabled()
    dialog.locator(".roster-row").filter(has_text="局二").locator("input").uncheck()
    expect(chosen(dialog)).to_have_text(["局一", "曾宪法", "单小兵"])
    assert conftest.serious_faults(registry) == []
    dialog.get_by_role("button", name="送审局领导", exact=True).click()
    expect(registry.get_by_role("status").get_by_text("已送审局领导").first).to_be_visible()
    newest = built.house.browsing.open(built.house.book.caller(Login("registry")), record)
    holders = [task.holder for task in newest.revision.holding_tasks]
    assert holders == ["person:chief", "person:zeng", "person:shan"]


@pytest.mark.feature("FW-07", "FW-13")
def test_who_was_refused_keeps_the_order_and_so_does_who_closes_the_page(
    enter: Enter, built: Installation
) -> None:
    record = at_hub(built, "关于秋粮收购的通知")
    registry = enter("registry")
    dialog = opened(registry, record, "送审局领导")
    for name in ("局二", "局一"):
        dialog.locator(".roster-row").filter(has_text=name).locator("input").check()
    registry.reload()
    registry.get_by_role("button", name="送审局领导", exact=True).click()
    expect(chosen(dialog)).to_have_text(["局二", "局一"])
    # somebody was faster: the dialog comes back as it was
    house = built.house
    head = house.book.caller(Login("head"))
    house.acting.act(head, record, "urge", ActionRequest(revision=4))
    dialog.get_by_role("button", name="送审局领导", exact=True).click()
    expect(dialog.get_by_role("alert")).to_be_visible()
    expect(chosen(dialog)).to_have_text(["局二", "局一"])


@pytest.mark.feature("FW-07", "SY-03")
def test_people_are_found_in_the_tree_by_pinyin_lately_chosen_and_in_groups(
    enter: Enter, built: Installation
) -> None:
    registry = enter("registry")
    registry.goto("/groups")
    registry.get_by_label("分组名称").fill("防汛组")
    registry.get_by_role("button", name="按单位").click()
    for name in ("价一", "食一"):
        registry.locator(".roster-row").filter(has_text=name).locator("input").check()
    assert conftest.serious_faults(registry) == []
    registry.get_by_role("button", name="保存分组").click()
    expect(registry.get_by_role("listitem").filter(has_text="防汛组")).to_contain_text("价一、食一")

    record = at_hub(built, "关于抗旱的通知")
    dialog = opened(registry, record, "传阅")
    # the tree of units, opened where one is oneself
    tree = dialog.locator(".roster-list")
    expect(tree.locator("summary").filter(has_text="价格科")).to_be_visible()
    search = dialog.get_by_role("searchbox")
    for typed, name in (("zengxf", "曾宪法"), ("shanxiaobing", "单小兵"), ("局一", "局一")):
        search.fill(typed)
        expect(tree.locator(".roster-row")).to_have_count(1)
        tree.get_by_label(name).check()
    dialog.get_by_role("button", name="分组", exact=True).click()
    tree.locator("summary").filter(has_text="防汛组").get_by_role("button").click()
    expect(chosen(dialog)).to_have_text(["曾宪法", "单小兵", "局一", "价一", "食一"])
    dialog.get_by_role("button", name="传阅", exact=True).click()
    expect(registry.get_by_role("status").get_by_text("已传阅").first).to_be_visible()

    # the next time they stand under 最近选过, first in the order in which they were chosen
    dialog = opened(registry, at_hub(built, "关于森林防火的通知"), "传阅")
    dialog.get_by_role("button", name="最近选过").click()
    rows = dialog.locator(".roster-row")
    expect(rows).to_have_count(5)
    expect(rows.first).to_contain_text("曾宪法")
    # where only leaders may be chosen, nobody else is offered
    dialog.get_by_role("button", name="返回").click()
    registry.get_by_role("button", name="送审局领导", exact=True).click()
    dialog = registry.get_by_role("dialog", name="送审局领导", exact=True)
    dialog.get_by_role("button", name="最近选过").click()
    expect(dialog.locator(".roster-row")).to_have_count(3)


@pytest.mark.feature("FW-23")
def test_units_are_chosen_in_the_same_way(enter: Enter, built: Installation) -> None:
    registry = enter("registry")
    dialog = opened(registry, at_hub(built, "关于会签的通知"), "送会签")
    dialog.get_by_role("searchbox").fill("jiage")
    dialog.locator(".roster-row").filter(has_text="价格科").locator("input").check()
    dialog.get_by_role("searchbox").fill("")
    dialog.get_by_role("button", name="按单位").click()
    dialog.locator(".roster-row").filter(has_text="食品").first.locator("input").check()
    expect(chosen(dialog)).to_have_count(2)
    dialog.get_by_role("button", name="送会签", exact=True).click()
    expect(registry.get_by_role("status").get_by_text("已送会签").first).to_be_visible()


def test_without_scripts_the_ticks_are_sent(
    browser: Browser, address: str, built: Installation
) -> None:
    record = at_hub(built, "关于无脚本的通知")
    context = browser.new_context(base_url=address, locale="zh-CN", java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_label("用户名").fill("registry")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.goto(f"/records/{record}?do=to_leaders")
    page.get_by_label("局一").check()
    page.get_by_label("曾宪法").check()
    page.get_by_role("dialog").get_by_role("button", name="送审局领导", exact=True).click()
    expect(page.get_by_text("已送审局领导").first).to_be_visible()
    context.close()
