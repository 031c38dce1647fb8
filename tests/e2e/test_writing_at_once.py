"""Two write one record at once, in the browser: who changed what is shown, and nothing is lost."""

from collections.abc import Iterator
from importlib import import_module

import pytest
from playwright.sync_api import Locator, Page, expect

from records.identity import Login, RecordId
from services.flow.action_request import ActionRequest
from services.flow.edit import Edit
from services.intake.ingest import Draft
from tests.api.conftest import PEOPLE, UNITS
from tests.e2e.office_day import Enter, manned
from wenshu.building.installation import Installation

conftest = import_module("tests.e2e.conftest")

SECOND: dict[str, object] = {
    "login": "second",
    "name": "副二",
    "unit": "law",
    "posts": ["科室负责人"],
}
FIELDS: dict[str, object] = {
    "title": "关于防汛的通知",
    "body": "请各科做好防汛准备。",
    "category": "通知",
    "audience": ["unit:law"],
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The product in one process."""
    with manned(tmp_path_factory.mktemp("data"), UNITS, [*PEOPLE, SECOND]) as opened:
        yield opened


@pytest.fixture
def record(built: Installation) -> RecordId:
    """A notice that waits for the heads of the section; revision 2."""
    house, drafter = built.house, built.house.book.caller(Login("drafter"))
    begun = house.ingest.begin(drafter, Draft(kind="notice", fields=FIELDS)).record
    house.acting.act(drafter, begun, "submit", ActionRequest(revision=1))
    return begun


def changes(built: Installation, record: RecordId, revision: int, **fields: object) -> None:
    """What the other head saves meanwhile."""
    caller = built.house.book.caller(Login("second"))
    built.house.editing.edit(caller, record, Edit(fields=fields), revision=revision)


def kept(built: Installation, record: RecordId) -> dict[str, object]:
    opened = built.house.browsing.open(built.house.book.caller(Login("head")), record)
    return dict(opened.revision.fields)


def difference(page: Page, label: str) -> Locator:
    return page.locator(".difference").filter(has=page.locator("legend", has_text=label))


@pytest.mark.feature("FW-08")
def test_who_changed_what_stands_beside_what_one_typed_and_one_chooses_field_by_field(
    enter: Enter, built: Installation, record: RecordId
) -> None:
    head = enter("head")
    head.goto(f"/records/{record}/edit")
    head.get_by_label("标题").fill("关于防汛抗旱的通知")
    head.get_by_label("正文").first.fill("请各科立即做好防汛抗旱准备。")
    changes(built, record, 2, title="关于防汛值守的通知", body="请各科值守。", category="公告")
    head.get_by_role("button", name="保存", exact=True).click()

    expect(head.get_by_role("alert")).to_contain_text("副二已于")
    title = difference(head, "标题")
    expect(title.locator("dd")).to_have_text(
        ["关于防汛的通知", "关于防汛值守的通知", "关于防汛抗旱的通知"]
    )
    expect(title.get_by_text("副二改为")).to_be_visible()
    # what only the other one changed is taken over already
    expect(difference(head, "类型")).to_contain_text("表单中已采用对方的内容")
    expect(head.get_by_label("类型")).to_have_value("公告")
    # nothing typed is gone
    expect(head.get_by_label("标题")).to_have_value("关于防汛抗旱的通知")
    expect(head.get_by_label("正文").first).to_have_value("请各科立即做好防汛抗旱准备。")
    assert conftest.serious_faults(head) == []
    assert kept(built, record)["title"] == "关于防汛值守的通知"

    title.get_by_label("采用副二的").check()
    difference(head, "正文").get_by_label("保留我填写的").check()
    head.get_by_role("button", name="保存", exact=True).click()
    expect(head.get_by_role("status").get_by_text("已保存").first).to_be_visible()
    saved = kept(built, record)
    assert saved["title"] == "关于防汛值守的通知"
    assert saved["body"] == "请各科立即做好防汛抗旱准备。"
    assert saved["category"] == "公告"


@pytest.mark.feature("FW-08")
def test_typing_again_means_ones_own_and_a_third_change_asks_once_more(
    enter: Enter, built: Installation, record: RecordId
) -> None:
    head = enter("head")
    head.goto(f"/records/{record}/edit")
    head.get_by_label("标题").fill("甲")
    changes(built, record, 2, title="乙")
    head.get_by_role("button", name="保存", exact=True).click()
    difference(head, "标题").get_by_label("采用副二的").check()
    changes(built, record, 3, title="丙")
    head.get_by_role("button", name="保存", exact=True).click()
    expect(difference(head, "标题").locator("dd")).to_have_text(["乙", "丙", "甲"])
    expect(difference(head, "标题").get_by_label("采用副二的")).to_be_checked()
    head.get_by_label("标题").fill("甲二")
    expect(difference(head, "标题").get_by_label("保留我填写的")).to_be_checked()
    head.get_by_role("button", name="保存", exact=True).click()
    expect(head.get_by_role("status").get_by_text("已保存").first).to_be_visible()
    assert kept(built, record)["title"] == "甲二"


@pytest.mark.feature("FW-08")
def test_a_draft_of_this_tab_never_overwrites_what_was_changed_since(
    enter: Enter, built: Installation, record: RecordId
) -> None:
    head = enter("head")
    head.goto(f"/records/{record}/edit")
    head.get_by_label("标题").fill("没有保存的标题")
    head.evaluate("window.onbeforeunload = null")
    changes(built, record, 2, body="别人改过的正文")
    head.on("dialog", lambda dialog: dialog.accept())
    head.goto(f"/records/{record}/edit")
    expect(head.get_by_label("标题")).to_have_value("没有保存的标题")
    head.get_by_role("button", name="保存", exact=True).click()
    expect(difference(head, "正文")).to_contain_text("别人改过的正文")
    expect(head.get_by_label("正文").first).to_have_value("别人改过的正文")
    head.get_by_role("button", name="保存", exact=True).click()
    expect(head.get_by_role("status").get_by_text("已保存").first).to_be_visible()
    saved = kept(built, record)
    assert (saved["title"], saved["body"]) == ("没有保存的标题", "别人改过的正文")


@pytest.mark.feature("FW-08")
def test_an_action_tells_what_changed_while_its_opinion_was_written(
    enter: Enter, built: Installation, record: RecordId
) -> None:
    head = enter("head")
    head.goto(f"/records/{record}")
    head.get_by_role("button", name="退回", exact=True).click()
    dialog = head.get_by_role("dialog", name="退回", exact=True)
    dialog.get_by_label("办理意见").fill("标题请写完整")
    changes(built, record, 2, title="关于做好防汛工作的通知")
    dialog.get_by_role("button", name="退回", exact=True).click()
    told = dialog.locator(".difference").filter(has_text="标题")
    expect(told.locator("dd")).to_have_text(["关于防汛的通知", "关于做好防汛工作的通知"])
    expect(told).to_contain_text("副二")
    expect(dialog.get_by_label("办理意见")).to_have_value("标题请写完整")
    assert conftest.serious_faults(head) == []
    dialog.get_by_role("button", name="退回", exact=True).click()
    expect(head.get_by_role("status").get_by_text("已退回").first).to_be_visible()


@pytest.mark.feature("GT-05")
def test_windows_stand_by_themselves_and_no_draft_of_one_gets_into_another(
    enter: Enter, built: Installation, record: RecordId
) -> None:
    head = enter("head")
    other = head.context.new_page()
    for page, title in ((head, "第一窗口的标题"), (other, "第二窗口的标题")):
        page.goto("/records/new/notice")
        page.get_by_label("标题").fill(title)
        page.on("dialog", lambda dialog: dialog.accept())
    for page, title in ((head, "第一窗口的标题"), (other, "第二窗口的标题")):
        page.reload()
        expect(page.get_by_label("标题")).to_have_value(title)
    other.goto(f"/records/{record}/edit")
    expect(other.get_by_label("标题")).to_have_value("关于防汛的通知")
    expect(head.get_by_label("标题")).to_have_value("第一窗口的标题")
