"""督查 in the browser: three units, one silent, redone, filed (features.md B11)."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.api.conftest import PASSWORD
from tests.e2e.office_day import Enter, office, pick, take

conftest = import_module("tests.e2e.conftest")

UNITS: list[dict[str, object]] = [
    {"code": "bureau", "name": "渝州市市场监督管理局", "level": "市"},
    {"code": "office", "name": "办公室", "parent": "bureau"},
    {"code": "law", "name": "法规科", "parent": "bureau"},
    {"code": "food", "name": "食品科", "parent": "bureau"},
    {"code": "price", "name": "价格科", "parent": "bureau"},
]
PEOPLE: list[dict[str, object]] = [
    {"login": "watch", "name": "督一", "unit": "office", "posts": ["督查室"]},
    {"login": "law", "name": "法一", "unit": "law", "posts": ["督查管理员"]},
    {"login": "food", "name": "食一", "unit": "food", "posts": ["督查管理员"]},
    {"login": "price", "name": "价一", "unit": "price", "posts": ["督查管理员"]},
    {"login": "clerk", "name": "丙三", "unit": "law"},
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with office(tmp_path_factory.mktemp("data"), UNITS, PEOPLE) as at:
        yield at


def registered(watch: Page, folder: Path) -> None:
    """登记: every field with * filled in, the original added."""
    watch.goto("/")
    watch.get_by_role("link", name="新建督查件").click()
    watch.get_by_label("标题").fill("关于落实食品安全专项整治的督查")
    watch.get_by_label("来源").select_option("领导指示")
    watch.get_by_label("交办时间").fill("2026-11-30")
    watch.get_by_label("办结时间").fill("2099-12-18")
    pick(watch, "主办单位", "法规科")
    pick(watch, "协办单位", "食品科")
    pick(watch, "协办单位", "价格科")
    watch.get_by_label("督查要求").fill("请各单位按期报送办理情况。")
    original = folder / "原文.txt"
    original.write_text("原文", "utf-8")
    watch.locator("#field-part-original").set_input_files(original)
    watch.get_by_role("button", name="保存").click()
    expect(
        watch.get_by_role("heading", name="关于落实食品安全专项整治的督查").first
    ).to_be_visible()


@pytest.mark.feature("DC-01", "DC-03", "DC-04", "DC-05", "DC-07", "DC-10", "DC-14")
def test_an_item_goes_to_three_units_one_silent_is_redone_and_filed(
    enter: Enter, tmp_path: Path
) -> None:
    watch, law, food = enter("watch"), enter("law"), enter("food")
    registered(watch, tmp_path)
    facts = watch.locator(".facts").first
    expect(facts).to_contain_text("2099年12月18日")
    expect(facts).to_contain_text("食品科")
    take(watch, "确定")

    # “协办 before 主办; otherwise 主办 sees a blocking page” (DC-05)
    law.goto(watch.url)
    blocked = law.get_by_role("status").filter(has_text="您承办的“主办”暂不能提交")
    expect(blocked).to_contain_text("还有 2 项没有办结：协办（食品科）、协办（价格科）")
    expect(law.get_by_role("button", name="提交办理情况")).to_have_count(0)
    assert conftest.serious_faults(law) == []

    food.goto(watch.url)
    take(food, "阶段反馈", "正在核查")
    take(food, "提交办理情况", "已核查 12 家")

    watch.reload()
    take(watch, "免除协办", "逾期未报", tick=["协办（价格科）"])
    expect(watch.get_by_text("免除：协办（价格科）")).to_be_visible()

    law.reload()
    expect(law.get_by_text("暂不能提交")).to_have_count(0)
    take(law, "提交办理情况", "汇总如下")

    watch.reload()
    take(watch, "退回重办", "缺少清单", tick=["协办（食品科）"])
    food.reload()
    expect(food.locator(".step-open")).to_contain_text("第 2 轮")
    take(food, "提交办理情况", "补清单")

    watch.reload()
    take(watch, "通过", "同意")
    take(watch, "归档")
    expect(watch.locator(".record-line")).to_contain_text("已归档")
    slips = watch.locator(".slip p").all_inner_texts()
    assert slips == [
        "正在核查", "已核查 12 家", "逾期未报", "汇总如下", "缺少清单", "补清单", "同意",
    ]  # fmt: skip
    assert conftest.serious_faults(watch) == []


@pytest.mark.feature("DC-10")
def test_prm_02_a_unit_adds_its_material_and_takes_out_what_it_added_by_mistake(
    enter: Enter, tmp_path: Path
) -> None:
    watch, food = enter("watch"), enter("food")
    registered(watch, tmp_path)
    take(watch, "确定")
    wrong, right = tmp_path / "错.txt", tmp_path / "核查清单.txt"
    for file in (wrong, right):
        file.write_text("材料", "utf-8")
    food.goto(watch.url)
    expect(food.get_by_role("link", name="编辑")).to_have_count(0)
    food.get_by_role("button", name="添加办理材料").click()
    dialog = food.get_by_role("dialog", name="添加办理材料")
    dialog.locator("input[type=file]").set_input_files(wrong)
    dialog.get_by_role("button", name="添加", exact=True).click()
    expect(food.get_by_text("已添加：错.txt")).to_be_visible()
    assert conftest.serious_faults(food) == []
    food.get_by_role("button", name="撤下“错.txt”").click()
    expect(food.get_by_text("已撤下“错.txt”")).to_be_visible()
    food.get_by_role("button", name="提交办理情况", exact=True).click()
    dialog = food.get_by_role("dialog", name="提交办理情况")
    dialog.locator("input[type=file]").set_input_files(right)
    dialog.get_by_role("textbox", name="办理意见").fill("已核查")
    dialog.get_by_role("button", name="提交办理情况", exact=True).click()
    expect(food.get_by_role("status").get_by_text("已提交办理情况").first).to_be_visible()
    watch.reload()
    row = watch.locator(".file", has_text="核查清单.txt")
    expect(row).to_contain_text("食一 · 协办")
    expect(watch.get_by_role("button", name="撤下")).to_have_count(0)


@pytest.mark.feature("DC-03")
def test_an_item_without_its_original_cannot_be_sent_and_says_why(enter: Enter) -> None:
    watch = enter("watch")
    watch.goto("/records/new/supervision")
    watch.get_by_label("标题").fill("缺原文的督查件")
    watch.get_by_label("来源").select_option("会议")
    watch.get_by_role("button", name="保存").click()
    expect(watch.get_by_role("button", name="确定", exact=True)).to_be_disabled()
    expect(watch.get_by_role("status").filter(has_text="现在还不能“确定”")).to_contain_text("原文")


@pytest.mark.feature("DC-14")
def test_an_extension_is_asked_for_and_granted_with_its_own_fields(
    enter: Enter, tmp_path: Path
) -> None:
    watch, food = enter("watch"), enter("food")
    registered(watch, tmp_path)
    take(watch, "确定")
    food.goto(watch.url)
    food.get_by_role("button", name="申请延期", exact=True).click()
    dialog = food.get_by_role("dialog", name="申请延期")
    dialog.get_by_label("申请延至").fill("2099-12-31")
    dialog.get_by_role("textbox", name="办理意见").fill("抽检周期较长")
    dialog.get_by_role("button", name="申请延期", exact=True).click()
    expect(food.get_by_text("2099年12月31日")).to_be_visible()
    watch.reload()
    expect(watch.locator(".side-steps")).to_contain_text("延期审批")
    watch.get_by_role("button", name="同意延期", exact=True).click()
    dialog = watch.get_by_role("dialog", name="同意延期", exact=True)
    dialog.get_by_label("办结时间").fill("2020-01-01")
    dialog.get_by_role("textbox", name="办理意见").fill("同意延期至年底")
    dialog.get_by_role("button", name="同意延期", exact=True).click()
    expect(dialog.get_by_role("alert")).to_contain_text("不能早于")
    expect(dialog.get_by_role("textbox", name="办理意见")).to_have_value("同意延期至年底")
    dialog.get_by_label("办结时间").fill("2099-12-31")
    dialog.get_by_role("button", name="同意延期", exact=True).click()
    expect(watch.get_by_text("已同意延期").first).to_be_visible()
    expect(watch.locator(".side-steps")).to_contain_text("已阅")


def test_somebody_who_is_no_party_is_offered_nothing_and_sees_nothing(
    enter: Enter, tmp_path: Path
) -> None:
    watch, clerk = enter("watch"), enter("clerk")
    registered(watch, tmp_path)
    clerk.goto("/")
    expect(clerk.get_by_role("link", name="新建督查件")).to_have_count(0)
    answer = clerk.goto(watch.url)
    assert answer is not None
    assert answer.status == 404


def test_an_expired_session_keeps_what_was_picked_and_ticked_too(enter: Enter) -> None:
    watch = enter("watch")
    watch.goto("/records/new/supervision")
    watch.get_by_label("标题").fill("关于过期会话的督查")
    pick(watch, "主办单位", "法规科")
    pick(watch, "协办单位", "食品科")
    watch.context.clear_cookies()
    watch.get_by_role("button", name="保存").click()
    watch.get_by_label("用户名").fill("watch")
    watch.get_by_label("密码").fill(PASSWORD)
    watch.get_by_role("button", name="登录").click()
    expect(watch.get_by_label("标题")).to_have_value("关于过期会话的督查")
    expect(watch.locator(".pick", has_text="法规科")).to_be_visible()
    expect(watch.locator(".pick", has_text="食品科")).to_be_visible()
