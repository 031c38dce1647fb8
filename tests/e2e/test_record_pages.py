"""A record's pages in the browser: files and level in the form, versions, print, size, waiting."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt, RGBColor
from playwright.sync_api import Page, Route, expect

from records.identity import Login
from records.revision import Revision
from services.flow.action_request import ActionRequest
from services.intake.ingest import Draft
from tests.api.conftest import PEOPLE, UNITS
from tests.e2e.office_day import Enter, manned
from wenshu.building.installation import Installation

conftest = import_module("tests.e2e.conftest")

SMALL = """() => {
  const found = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const held = walker.currentNode.parentElement;
    const seen = walker.currentNode.textContent.trim() && held.getClientRects().length;
    const drawn = held.closest("svg, script, style, template");
    const size = parseFloat(getComputedStyle(held).fontSize);
    if (seen && !drawn && size < 13) found.add(held.outerHTML);
  }
  return [...found];
}"""
"""Elements whose letters are too small for an office."""
CUT = """() => [...document.querySelectorAll(".tabs > *, .segments > *")].filter((tab) => {
  const at = tab.getBoundingClientRect();
  const cut = at.right > innerWidth || at.left < 0 || tab.scrollWidth > tab.clientWidth + 1;
  return at.width && cut;
}).map((tab) => tab.textContent.trim())"""
"""Tabs that do not stand whole in the window."""
ELSEWHERE = "http://elsewhere.invalid"
BODY = "各科室：\n    请做好值班。\n\n法规科\n2026年11月30日"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The product in one process."""
    with manned(tmp_path_factory.mktemp("data"), UNITS, PEOPLE) as opened:
        yield opened


def notice(built: Installation, title: str, login: str = "drafter") -> Revision:
    caller = built.house.book.caller(Login(login))
    fields = {"title": title, "body": BODY, "audience": ["unit:law"]}
    begun = built.house.ingest.begin(caller, Draft(kind="notice", fields=fields))
    return built.house.settle(begun)


def uploaded(page: Page, *files: Path) -> None:
    """One record that holds the first file; its page."""
    page.goto("/upload")
    page.locator("#upload-files").set_input_files(files[0])
    page.get_by_role("button", name="开始上传").click()
    page.locator(".upload-list a.file-name").click()
    expect(page).to_have_url(re.compile("/records/[0-9A-Z]{26}"))


@pytest.mark.feature("WJ-02")
def test_the_form_lists_the_files_takes_one_out_and_changes_the_level(
    enter: Enter, tmp_path: Path
) -> None:
    page = enter("drafter")
    first, second = tmp_path / "方案.txt", tmp_path / "附表.txt"
    for path in (first, second):
        path.write_text(path.stem, "utf-8")
    uploaded(page, first)
    page.get_by_role("link", name="修改").click()
    page.locator("input[type=file]").set_input_files(second)
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator(".file")).to_have_count(2)
    page.get_by_role("link", name="修改").click()
    expect(page.locator(".held-files li")).to_have_count(2)
    page.get_by_label("密级").select_option("内部")
    page.get_by_label("保存时移除附表.txt").check()
    assert conftest.serious_faults(page) == []
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator(".file")).to_have_count(1)
    expect(page.locator(".record-line")).to_contain_text("内部")
    page.get_by_role("link", name="修改").click()
    page.get_by_label("标题").fill("")
    page.get_by_label("保存时移除方案.txt").check()
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("还有必填内容没有填写")).to_be_visible()
    expect(page.get_by_label("保存时移除方案.txt")).to_be_checked()  # as it was sent


@pytest.mark.feature("YP-02")
def test_a_version_of_another_type_is_asked_about_and_old_ones_keep_their_number(
    enter: Enter, tmp_path: Path
) -> None:
    page, path = enter("drafter"), tmp_path / "清单.txt"
    path.write_text("第一版", "utf-8")
    uploaded(page, path)
    other = tmp_path / "选错了.csv"
    other.write_text("a,b\n1,2\n", "utf-8")
    page.get_by_role("link", name="上传“清单.txt”的新版本").click()
    page.locator("#version-file").set_input_files(other)
    expect(page.get_by_text("与原文件（txt）类型不同")).to_be_visible()
    page.get_by_role("button", name="上传新版本").click()  # not without saying so
    expect(page).to_have_url(re.compile("new-version"))
    page.get_by_label("仍作为新版本上传").check()
    assert conftest.serious_faults(page) == []
    page.get_by_role("button", name="上传新版本").click()
    expect(page.get_by_text("已上传第 2 版")).to_be_visible()
    expect(page.locator(".file-name")).to_have_text("清单.csv")
    expect(page.locator(".file-facts")).to_contain_text("第 2 版")
    page.get_by_role("link", name="第 1 次修订").click()
    expect(page.locator(".file-name")).to_have_text("清单.txt")
    expect(page.locator(".file-facts")).not_to_contain_text("第 2 版")


@pytest.mark.feature("CX-04")
def test_what_is_printed_is_the_document_and_nothing_of_the_page(
    enter: Enter, built: Installation
) -> None:
    page = enter("drafter")
    made = notice(built, "关于打印的通知")
    page.goto(f"/records/{made.record}")
    page.get_by_label("更多操作").click()
    with page.expect_popup() as opened:
        page.get_by_role("link", name="打印", exact=True).click()
    paper = opened.value
    expect(paper.locator(".paper")).to_be_visible()
    paper.emulate_media(media="print")
    text = paper.locator("body").inner_text()
    lines = [line for line in text.splitlines() if line.strip()]
    assert [line.strip() for line in lines] == [
        "渝州市市场监督管理局",
        "关于打印的通知",
        "各科室：",
        "请做好值班。",
        "法规科",
        "2026年11月30日",
    ]
    looks = paper.locator(".paper > p:not(.paper-organ)").evaluate_all(
        "them => them.map(each => [getComputedStyle(each).textAlign, each.className])"
    )
    assert [look for _, look in looks] == ["paper-to", "", "paper-gap", "paper-sign", "paper-sign"]
    assert looks[3][0] == "right"


@pytest.mark.feature("CX-04")
def test_the_page_of_a_record_prints_its_document_too(
    enter: Enter, built: Installation, tmp_path: Path
) -> None:
    page = enter("drafter")
    made = notice(built, "关于键盘打印的通知")
    page.goto(f"/records/{made.record}")
    with page.expect_popup() as opened:
        page.keyboard.press("Control+p")
    expect(opened.value).to_have_url(re.compile(f"/records/{made.record}/print$"))
    # what the menu of the browser prints, which no page is asked about
    page.emulate_media(media="print")
    expect(page.locator(".paper hr")).to_have_css("border-top-style", "solid")
    text = page.locator("body").inner_text().split()
    assert (text[0], text[-1]) == ("渝州市市场监督管理局", "2026年11月30日")
    path = tmp_path / "说明.txt"
    path.write_text("全文如下。", "utf-8")
    page.emulate_media(media="screen")
    uploaded(page, path)
    page.emulate_media(media="print")
    assert page.locator("body").inner_text().split() == ["全文如下。"]


def test_the_way_back_stays_after_an_action(enter: Enter, built: Installation) -> None:
    made = notice(built, "关于来路的通知")
    drafter = built.house.book.caller(Login("drafter"))
    act, first = built.house.acting.act, ActionRequest(revision=1)
    built.house.settle(act(drafter, made.record, "submit", first))
    page = enter("head")
    page.goto("/tasks?kind=notice")
    row = page.get_by_role("link", name="关于来路的通知")
    conftest.come_to_show(page, row)
    row.click()
    way = page.locator(".crumbs a").first
    expect(way).to_have_attribute("href", "/tasks?kind=notice")
    page.get_by_role("button", name="跟踪").click()
    expect(page.get_by_role("button", name="取消跟踪")).to_be_visible()
    expect(way).to_have_text("待办事项")
    expect(way).to_have_attribute("href", "/tasks?kind=notice")


def test_a_county_writes_under_its_own_name(enter: Enter, built: Installation) -> None:
    page = enter("reader")
    made = notice(built, "县局的通知", login="reader")
    page.goto(f"/records/{made.record}")
    expect(page.locator(".paper-organ")).to_have_text("北湖县市场监督管理局")


def test_the_main_action_comes_first_and_names_who_gets_it(
    enter: Enter, built: Installation
) -> None:
    made = notice(built, "关于按钮的通知")
    drafter, head = (built.house.book.caller(Login(each)) for each in ("drafter", "head"))
    page = enter("drafter")
    page.goto(f"/records/{made.record}")
    page.get_by_role("button", name="送审", exact=True).click()
    dialog = page.get_by_role("dialog", name="送审", exact=True)
    expect(dialog.locator(".goes-to")).to_have_text("将转至：乙二（科室负责人）")
    expect(page.locator(".grant-list li").first).to_contain_text("可修改")
    built.house.acting.act(drafter, made.record, "submit", ActionRequest(revision=1))
    page.reload()
    own = page.locator(".grant-list li").filter(has_text="丙三")
    expect(own).to_contain_text("可查看")  # it lies with his head now
    sent = built.house.acting.act(head, made.record, "agree", ActionRequest(revision=2))
    built.house.settle(sent)
    registry = enter("registry")
    registry.goto(f"/records/{made.record}")
    buttons = registry.locator(".record-ways > button")
    expect(buttons.first).to_have_text("发布")
    expect(buttons.nth(1)).to_have_text("退回")
    page.goto("/notices?which=mine")
    row = page.locator(".row-line").filter(has_text="关于按钮的通知")
    expect(row).to_contain_text("待发布")
    expect(row).not_to_contain_text("已读")


def test_larger_letters_are_remembered_and_break_no_page(enter: Enter) -> None:
    page = enter("drafter")
    page.locator(".topbar > .menu > summary").last.click()
    size = "parseFloat(getComputedStyle(document.documentElement).fontSize)"
    before = page.evaluate(size)
    page.get_by_role("button", name="特大", exact=True).click()
    assert page.evaluate(size) == pytest.approx(1.25 * before)
    page.set_viewport_size({"width": 390, "height": 844})
    for address in ("/", "/drive", "/upload", "/search?q=通知", "/records/new/notice"):
        page.goto(address)
        assert page.evaluate(size) == pytest.approx(1.25 * before)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert conftest.serious_faults(page) == []


@pytest.mark.feature("YP-03")
def test_who_may_read_is_said_once_each_with_his_picture_and_room_below(
    enter: Enter, tmp_path: Path
) -> None:
    page, path = enter("drafter"), tmp_path / "名单.txt"
    path.write_text("名单", "utf-8")
    uploaded(page, path)
    page.get_by_role("link", name="权限", exact=True).click()
    expect(page.get_by_role("heading", name="谁可以查看")).to_have_count(1)
    for name in ("法规科", "乙二", "全体人员"):
        page.get_by_role("combobox", name="添加授权对象").fill(name)
        page.get_by_role("option", name=name).first.click()
    pictures = page.locator(".grants-table tbody use").evaluate_all(
        "them => them.map(each => each.getAttribute('href').split('#')[1])"
    )
    assert pictures == ["sitemap", "user", "world"]
    table = page.locator(".grants-table").bounding_box()
    box = page.locator("#grant-add").bounding_box()
    assert table is not None
    assert box is not None
    assert box["y"] - table["y"] - table["height"] >= 8
    page.get_by_role("button", name="保存", exact=True).click()
    row = page.locator(".grant-list li").filter(has_text="乙二").locator("small")
    expect(row).to_have_text("可查看")
    assert row.evaluate("it => it.getClientRects().length") == 1  # not broken over two lines


def test_a_box_is_as_high_as_what_is_written_in_it(enter: Enter) -> None:
    page = enter("drafter")
    page.goto("/records/new/library_file")
    note = page.get_by_label("说明")
    few = note.bounding_box()
    assert few is not None
    assert few["height"] < 80
    note.fill("\n".join("甲乙丙丁"))
    assert note.evaluate("box => box.scrollHeight <= box.clientHeight")
    page.goto("/records/new/notice")
    body = page.get_by_label("正文").first
    for lines in (12, 400):
        body.fill("\n".join("请按时报送。" for _ in range(lines)))
        whole = body.evaluate("box => box.scrollHeight <= box.clientHeight")
        assert whole == (lines == 12)  # a page's worth; then it scrolls
    box = body.bounding_box()
    assert box is not None
    assert box["height"] < 768


def test_no_letters_are_smaller_than_thirteen_pixels(enter: Enter, built: Installation) -> None:
    page = enter("drafter")
    made = notice(built, "关于字号的通知")
    for address in ("/", "/tasks", "/drive", "/search?q=通知", f"/records/{made.record}"):
        page.goto(address)
        small = page.evaluate(SMALL)
        assert small == [], address


def test_a_phone_shows_every_tab_and_says_each_thing_once(
    enter: Enter, built: Installation, tmp_path: Path
) -> None:
    page = enter("drafter")
    notice(built, "关于手机的通知")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/search?q=手机")
    conftest.come_to_show(page, page.locator(".hit"))
    page.locator(".facets-fold > summary").click()
    expect(
        page.locator(".facets").get_by_text("筛选", exact=True).locator("visible=true")
    ).to_have_count(1)
    for address in ("/records/new/outgoing", "/tasks", "/drive"):
        page.goto(address)
        cut = page.evaluate(CUT)
        assert cut == [], address
    path = tmp_path / "手机拍摄的检查情况.txt"
    path.write_text("一切正常", "utf-8")
    uploaded(page, path)  # by its name in the list, which is there to be pressed


def test_what_takes_longer_than_a_moment_says_so(enter: Enter, built: Installation) -> None:
    notice(built, "关于慢线路的通知")
    page = enter("drafter")
    page.goto("/search?q=慢线路")
    facet = page.locator(".facet a").first
    conftest.come_to_show(page, facet)
    expect(page.locator("#loading")).to_be_hidden()
    held: list[Route] = []
    page.route("**/search?*", lambda route: held.append(route))  # noqa: PLW0108 - gets an attribute
    facet.click()
    expect(page.locator("#loading")).to_be_visible()
    assert conftest.serious_faults(page) == []
    held[0].continue_()
    expect(page.locator("#loading")).to_be_hidden()


@pytest.mark.feature("WJ-02")
def test_what_a_file_needs_besides_its_name_is_filled_in_right_after_the_upload(
    enter: Enter, tmp_path: Path
) -> None:
    page, path = enter("drafter"), tmp_path / "函.txt"
    path.write_text("关于商请协助的函", "utf-8")
    page.goto("/upload")
    page.locator("#upload-files").set_input_files(path)
    page.get_by_role("button", name="开始上传").click()
    page.get_by_role("link", name="填写文号等信息").click()
    page.get_by_label("文号").fill("渝市监函〔2026〕7号")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator(".doc-number")).to_have_text("渝市监函〔2026〕7号")


def red_head(path: Path) -> Path:
    """A paper whose head is red and large, with a picture that lies elsewhere."""
    document = Document()
    head = document.add_paragraph()
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = head.add_run("渝州市市场监督管理局文件")
    run.font.size, run.font.color.rgb = Pt(36), RGBColor(0xDC, 0, 0)
    document.add_paragraph("关于值守的通知")
    document.sections[0].footer.paragraphs[0].text = "— 1 —"
    outside = document.part.relate_to(f"{ELSEWHERE}/p.png", RT.IMAGE, is_external=True)
    drawing = f'<w:pict><v:rect><v:imagedata r:id="{outside}"/></v:rect></w:pict>'
    names = f'{nsdecls("w", "r")} xmlns:v="urn:schemas-microsoft-com:vml"'
    document.add_paragraph()._p.append(parse_xml(f"<w:r {names}>{drawing}</w:r>"))
    document.save(str(path))
    return path


@pytest.mark.feature("YP-06")
def test_a_docx_is_drawn_as_it_looks_in_a_frame_that_asks_nobody_for_anything(
    enter: Enter, tmp_path: Path
) -> None:
    page = enter("drafter")
    uploaded(page, red_head(tmp_path / "红头.docx"))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    look = page.get_by_role("button", name="原样式")
    look.click()
    head = page.frame_locator(".original iframe").get_by_text("渝州市市场监督管理局文件")
    expect(head).to_be_visible()
    expect(head).to_have_css("color", "rgb(220, 0, 0)")
    expect(page.frame_locator(".original iframe").get_by_text("— 1 —")).to_be_visible()
    expect(page.locator(".paper-office")).to_be_hidden()
    assert not [each for each in asked if each.startswith(ELSEWHERE)]
    look.click()
    expect(page.locator(".paper-office")).to_be_visible()


@pytest.mark.feature("YP-06")
def test_what_cannot_be_drawn_as_it_looks_says_so(enter: Enter, tmp_path: Path) -> None:
    page = enter("drafter")
    uploaded(page, red_head(tmp_path / "坏的.docx"))
    page.route("**/download?*", lambda route: route.fulfill(status=200, body=b"no docx"))
    page.get_by_role("button", name="原样式").click()
    expect(page.get_by_text("不能按原样式显示")).to_be_visible()
