"""发文 and 收文 in the browser, the manual of the bureau (S01, 2.1, 2.2) by its sentences."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.api.papers import a_docx
from tests.e2e.bureau import people, units
from tests.e2e.office_day import ENGINES, Enter, office, send, take

conftest = import_module("tests.e2e.conftest")

TITLE = "关于开展食品安全专项整治的通知"
RECORD = re.compile("/records/[0-9A-Z]{26}")


@pytest.fixture(scope="module", params=ENGINES)
def address(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("data")
    with office(folder, units(), people(), on=request.param) as at:
        yield at


def unfolded(page: Page, module: str, entry: str) -> None:
    """点击【公文处理】-【…】-【…】菜单."""
    page.goto("/")
    page.locator("details.module summary").filter(has_text=module).click()
    page.locator("details.module a").filter(has_text=entry).first.click()


def opened(page: Page, title: str = TITLE) -> None:
    """点击首页待处理公文."""
    page.goto("/tasks")
    conftest.come_to_show(page, page.get_by_role("link", name=title))
    page.get_by_role("link", name=title).first.click()
    expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()


def state(page: Page) -> str:
    return page.locator(".record-line").inner_text()


def drafted(drafter: Page, folder: Path) -> None:
    """2.1.1 公文起草."""
    # “点击【公文处理】-【发文管理】-【发文起草】菜单进入发文起草界面”
    unfolded(drafter, "发文管理", "发文起草")
    expect(drafter.get_by_role("tab", name="首页")).to_have_attribute("aria-selected", "true")
    drafter.get_by_label("标题").fill(TITLE)
    # “切换首页正文时,必须填写发文起草表单中必填项信息”
    drafter.get_by_role("tab", name="正文").click()
    expect(drafter.get_by_role("tab", name="首页")).to_have_attribute("aria-selected", "true")
    drafter.get_by_label("处理意见").fill("请审核")
    # “发文起草时下拉选择公文字”; “分为特急、加急、一般,下拉选择”; “分为内部、一般”
    drafter.get_by_label("发文字号").select_option("渝市监发")
    drafter.get_by_label("紧急程度").select_option("加急")
    drafter.get_by_label("阅读范围").select_option("内部")
    # “不公开发布时必须填写不公开理由”
    drafter.get_by_label("公开属性").select_option("不公开发布")
    drafter.get_by_label("不公开理由").fill("内部工作安排")
    # “双击弹出选择框选择需要主送、抄送的单位,或直接填写”
    drafter.get_by_label("主送").dblclick()
    dialog = drafter.get_by_role("dialog")
    dialog.get_by_text("北湖县市场监督管理局").click()
    dialog.get_by_role("button", name="确定").click()
    expect(drafter.get_by_label("主送")).to_have_value("北湖县市场监督管理局")
    # “单击指定受文单位空白区域,弹出处室、科室选择框,选择需要下发的单位【确定】或【取消】”
    field = drafter.locator(".field").filter(has_text="指定受文单位")
    field.get_by_role("button", name="选择").click()
    drafter.get_by_role("dialog").get_by_text("北湖县市场监督管理局").click()
    drafter.get_by_role("dialog").get_by_role("button", name="确定").click()
    expect(field.locator(".pick")).to_have_text(["北湖县市场监督管理局"])
    # 【发文依据】:“点击[查询关联]弹出经办公文,经办文稿数据选择框,可选择后【确认】、【取消】”
    drafter.get_by_role("button", name="查询关联").click()
    chooser = drafter.get_by_role("dialog")
    expect(chooser.get_by_role("heading", level=3)).to_have_text(["经办公文", "经办文稿"])
    expect(chooser.get_by_text("没有经办过的文件。").first).to_be_visible()
    chooser.get_by_role("button", name="取消").click()
    # “填写表单信息后点击【正文】卡片切换正文界面,填写正文信息或【本地文件导入】word文件”
    drafter.get_by_role("tab", name="正文").click()
    expect(drafter.get_by_role("tab", name="正文")).to_have_attribute("aria-selected", "true")
    text = folder / "正文.docx"
    text.write_bytes(a_docx("北湖县局：", "请认真开展专项整治。"))
    drafter.locator("#field-part-body").set_input_files(text)
    # “点击保存按钮后,界面右上角会显示【上传附件信息】,此时可上传附件信息”
    expect(drafter.get_by_role("button", name="上传附件")).to_have_count(0)
    drafter.get_by_role("button", name="保存").click()
    drafter.get_by_role("button", name="上传附件").click()
    extra = folder / "清单.txt"
    extra.write_text("检查清单", "utf-8")
    drafter.locator("#field-part-attachments").set_input_files(extra)
    # “发送时弹出环节选择框,选择部门负责人员后【确定】、【取消】”
    drafter.get_by_role("button", name="发送").click()
    send(drafter, "发送")
    assert "待部门审核" in state(drafter)


def reviewed(enter: Enter, registry: Page) -> None:
    """2.1.3.2 送办公室初审/复审."""
    # 2.1.3 “处理详情界面提供…【审核程序】、【送签程序】、【制发程序】、【正文操作】”
    opened(registry)
    groups = registry.locator(".button-group h2")
    expect(groups).to_have_text(["审核程序", "送签程序", "正文操作", "制发程序"])
    take(registry, "送初审")
    first = enter("first")
    opened(first)
    # “办公室初审后需要发送至办公室复审才能转机要室”
    expect(first.get_by_role("button", name="发送", exact=True)).to_have_count(0)
    take(first, "送复审", "文字已核")
    second = enter("second")
    opened(second)
    # “【转督办】:将需要督查的事项转入督查信箱中,进行督查”
    take(second, "转督办")
    take(second, "发送", "请送局领导")


def signed(enter: Enter, registry: Page) -> None:
    """2.1.3.1 送局领导审签, 2.1.3.3 机要室补录局领导意见."""
    # “送审局领导:将清稿的正文和修改的表单送审签发送局领导审核”
    opened(registry)
    expect(registry.get_by_role("button", name="送审局领导")).to_be_disabled()
    take(registry, "清稿")
    take(registry, "送审局领导", tick=["局一", "局二"])
    chief, deputy = enter("chief"), enter("deputy")
    for leader in (chief, deputy):
        opened(leader)
        take(leader, "审签", "同意发文")

    # 2.1.3.3 “点击列表中线上已审批或线下处理中的状态进入补录局领导意见信息框”
    registry.goto("/kinds/outgoing")
    conftest.come_to_show(registry, registry.get_by_role("link", name="线上已审批", exact=True))
    registry.get_by_role("link", name="线上已审批", exact=True).click()
    dialog = registry.get_by_role("dialog")
    dialog.get_by_role("group", name="签署人").get_by_role("searchbox").fill("juer")
    dialog.locator(".roster-row").filter(has_text="局二").get_by_role("radio").check()
    send(registry, "补录局领导意见", "请抓紧落实。")
    # “双击列表数据查看详情在列表中可以显示补录的局领导意见信息”
    expect(registry.locator(".slip").filter(has_text="请抓紧落实。")).to_contain_text("局二")


def issued(registry: Page) -> None:
    """2.1.3.3 机要室清稿盖章、制版、发文."""
    # “正文中制版时必须先编文号”; “发文时必须先编文号,制版操作后发文”
    opened(registry)
    assert "线上已审批" in state(registry)
    expect(registry.get_by_role("button", name="制版")).to_be_disabled()
    expect(registry.get_by_role("button", name="发文", exact=True)).to_be_disabled()
    for action in ("编文号", "制版", "电子印章", "发文"):
        take(registry, action)
    expect(registry.locator(".doc-number")).to_have_text("渝市监发〔2026〕1号")

    # “一键打印:一键打印表单、正文、附件信息”
    registry.add_init_script("window.print = () => { document.body.dataset.printed = 'yes'; }")
    registry.goto(f"{registry.url.partition('?')[0]}/slip?whole=1")
    expect(registry.locator("body[data-printed]")).to_have_count(1)
    expect(registry.locator(".slip-table")).to_contain_text("同意发文")
    expect(registry.get_by_role("heading", name="正文.pdf")).to_be_visible()
    expect(registry.get_by_role("heading", name="清单.txt")).to_be_visible()


def received(enter: Enter) -> None:
    """2.2.2 电子来文, 2.2.3 办公室负责人初审拟办."""
    # 2.2.2 “点击【公文处理】-【收文管理】-【电子来文】选择一条未签收的记录进行签收”
    county = enter("countyregistry")
    unfolded(county, "收文管理", "电子来文")
    conftest.come_to_show(county, county.get_by_role("link", name=TITLE))
    county.get_by_role("link", name=TITLE).click()
    take(county, "签收")
    # “点击签收后进入来文登记界面发给办公室主任审核环节”
    expect(county.locator(".facts").first).to_contain_text("渝州市市场监督管理局")
    take(county, "发送")
    # 2.2.3 “输入拟办意见”
    director = enter("countydirector")
    opened(director)
    take(director, "拟办", "请食品科办理", tick=["县主任一"])


@pytest.mark.feature("FW-01", "FW-02", "FW-03", "FW-04", "FW-05", "FW-07", "FW-08", "FW-09")
@pytest.mark.feature("FW-10", "FW-11", "FW-12", "FW-13", "FW-14", "FW-17", "FW-18", "FW-19")
@pytest.mark.feature("FW-25", "SW-02", "SW-03", "CX-04", "GT-01")
def test_a_paper_of_the_bureau_goes_to_a_district_as_the_manual_says(
    enter: Enter, tmp_path: Path
) -> None:
    drafter, head, registry = enter("drafter"), enter("head"), enter("registry")
    drafted(drafter, tmp_path)

    # 2.1.2 “部门负责人进入待处理公文界面点击【正文】卡片查看修改正文信息,
    # 或填写处理意见后【保存】、【发送】”
    opened(head)
    expect(head.get_by_role("link", name="修改")).to_be_visible()
    expect(head.get_by_text("请认真开展专项整治。")).to_be_visible()
    take(head, "发送", "同意")

    reviewed(enter, registry)
    signed(enter, registry)
    paper = registry.url.partition("?")[0]
    issued(registry)

    # “发文后改数据在成文管理中显示”
    unfolded(registry, "发文管理", "成文管理")
    conftest.come_to_show(registry, registry.get_by_role("link", name=TITLE))
    received(enter)

    # “相关人员打开待办事项后点击流程跟踪可查看公文具体流转信息”
    registry.goto(paper)
    ties = registry.locator(".tie-list").filter(has_text="电子来文")
    expect(ties).to_contain_text("待批示")
    take(registry, "归档")
    assert "已归档" in state(registry)
    assert conftest.serious_faults(registry) == []


@pytest.mark.feature("FW-01")
def test_a_draft_that_lacks_something_is_saved_and_says_what_it_lacks(
    enter: Enter,
) -> None:
    drafter = enter("drafter")
    drafter.goto("/records/new/outgoing")
    drafter.get_by_label("标题").fill("没有正文的通知")
    drafter.get_by_role("button", name="发送").click()
    # the browser names the first field that is empty, and nothing is sent
    expect(drafter).to_have_url(re.compile("/records/new/outgoing$"))
    drafter.get_by_role("button", name="保存").click()
    expect(drafter).to_have_url(re.compile("/edit$"))
    drafter.goto(drafter.url.removesuffix("/edit"))
    expect(drafter.get_by_role("button", name="发送")).to_be_disabled()
    expect(drafter.get_by_text("主送").first).to_be_visible()


@pytest.mark.feature("FW-06")
def test_what_one_has_handled_is_found_and_ticked_and_stays_ticked_while_one_searches_on(
    enter: Enter,
) -> None:
    head = enter("head")
    for title in ("关于防汛的通知", "关于抗旱的通知"):
        head.goto("/records/new/outgoing")
        head.get_by_label("标题").fill(title)
        head.get_by_role("button", name="保存").click()
        expect(head).to_have_url(re.compile("/edit$"))
    head.goto("/records/new/outgoing")
    field = head.locator(".field").filter(has_text="发文依据")
    field.get_by_role("button", name="查询关联").click()
    chooser = head.get_by_role("dialog")
    for word in ("防汛", "抗旱"):
        chooser.get_by_role("searchbox").fill(word)
        expect(chooser.get_by_role("checkbox")).to_have_count(1)
        chooser.get_by_label(word).check()
    chooser.get_by_role("button", name="确定").click()
    expect(field.locator(".pick")).to_have_text(["关于防汛的通知", "关于抗旱的通知"])
    field.get_by_role("button", name="查询关联").click()
    chooser.get_by_label("防汛").uncheck()
    chooser.get_by_role("button", name="确定").click()
    expect(field.locator(".pick")).to_have_text(["关于抗旱的通知"])
