"""A search day of four people with different rights: a leader, a clerk, an auditor, a stranger."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from records.identity import Login, Token
from records.revision import Grant
from services.flow.action_request import ActionRequest
from services.flow.change import NewFile
from services.intake.ingest import Draft
from tests.e2e.office_day import manned
from tests.e2e.test_desk_day import PEOPLE, UNITS, Enter
from wenshu.building.installation import Installation

conftest = import_module("tests.e2e.conftest")

MORE: list[dict[str, object]] = [
    {"login": "auditor", "name": "审一", "unit": "office", "roles": ["staff"]},
    {"login": "outsider", "name": "外一", "unit": "other", "phone": "023-55550000"},
    {"login": "librarian", "name": "库一", "unit": "office", "roles": ["staff", "librarian"]},
]
OTHER: dict[str, object] = {"code": "other", "name": "外单位", "level": "县"}
COMPANIES = [f"渝州第{number}商贸有限公司" for number in range(1, 301)]
NUMBER = "渝市监发〔2025〕7号"


def _stored(built: Installation, title: str, text: str, **fields: object) -> None:
    """A file of the law section, which the bureau may read."""
    house, name = built.house, f"{title}.txt"
    staged = house.staging.receive(iter([text.encode()]), name=name)
    draft = Draft(
        kind="library_file",
        fields={"title": title, **fields},
        grants=(Grant(to=Token("unit:bureau")),),
        files=(NewFile(name, staged),),
    )
    house.settle(house.ingest.begin(house.book.caller(Login("drafter")), draft))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with manned(tmp_path_factory.mktemp("data"), [*UNITS, OTHER], [*PEOPLE, *MORE]) as opened:
        house, drafter = opened.house, opened.house.book.caller(Login("drafter"))
        fields = {
            "title": "关于冷链监管的通知",
            "body": "冷链仓库须备案。",
            "audience": ["everyone"],
        }
        record = house.ingest.begin(drafter, Draft(kind="notice", fields=fields)).record
        house.acting.act(drafter, record, "submit", ActionRequest(revision=1))
        head = house.book.caller(Login("head"))
        request = ActionRequest(revision=2, opinion="同意，冷链备案时限改为十日。")
        house.settle(house.acting.act(head, record, "agree", request))
        _stored(opened, "旧办法", "抽检程序。", number=NUMBER, dated_on="2025-03-01")
        _stored(
            opened, "新办法", f"本办法自印发之日起施行，{NUMBER}同时废止。", dated_on="2026-05-01"
        )
        _stored(opened, "印章管理规定", "印章由办公室保管。", number="渝市监发〔2024〕3号")
        _stored(
            opened, "用印通知", "用印按照渝市监发〔2024〕3号执行。", number="渝市监发〔2026〕9号"
        )
        for number in (7, 42, 299):
            _stored(opened, f"处罚决定{number}", f"当事人：{COMPANIES[number - 1]}。罚款五千元。")
        yield opened


def find(page: Page, words: str) -> None:
    """Type into the box above every page."""
    page.goto("/search")
    box = page.get_by_role("combobox")
    box.fill(words)
    box.press("Enter")
    expect(page).to_have_url(re.compile("/search\\?.*q="))


@pytest.mark.feature("SS-03", "CX-07")
def test_a_leader_finds_what_he_once_wrote_on_a_paper(enter: Enter) -> None:
    page = enter("head")
    page.goto("/kinds/notice")
    page.get_by_role("link", name="本人办理").click()
    expect(page.get_by_text("共 1 条")).to_be_visible()
    page.get_by_role("link", name="关于冷链监管的通知").click()
    expect(page.get_by_text("冷链备案时限改为十日").first).to_be_visible()
    other = enter("deputy")
    other.goto("/kinds/notice?filter=mine:handled")
    expect(other.get_by_text("共 0 条")).to_be_visible()


@pytest.mark.feature("SS-02", "SS-08")
def test_a_clerk_checks_a_number_and_learns_that_it_is_repealed(enter: Enter) -> None:
    page = enter("writer")
    find(page, "渝市监发[2025]7号")
    hit = page.locator(".hit", has=page.get_by_role("link", name="旧办法", exact=True))
    expect(hit.get_by_text("已废止：见《新办法》")).to_be_visible()
    hit.get_by_text("已废止：见《新办法》").click()
    expect(page.get_by_role("heading", name="新办法", exact=True)).to_be_visible()


@pytest.mark.feature("SS-01", "SS-04")
def test_the_box_says_what_is_asked_after_a_chip_went(enter: Enter) -> None:
    page = enter("writer")
    page.set_viewport_size({"width": 1024, "height": 700})
    find(page, "办法 -新办法")
    page.locator(".chips .chip", has_text="新办法").click()
    expect(page).to_have_url(re.compile("q=%E5%8A%9E%E6%B3%95(&|$)"))
    expect(page.locator("[data-search]").first).to_have_value("办法")
    page.get_by_role("button", name="对照").click()
    page.locator(".hit-link").first.wait_for()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".pane .pane-record")).to_be_visible()


@pytest.mark.feature("SS-01", "CX-06")
def test_an_auditor_takes_three_hundred_companies_along(enter: Enter, tmp_path: Path) -> None:
    page = enter("auditor")
    page.goto("/search/batch")
    page.locator("#queries").fill("\n".join(COMPANIES))
    page.locator("form.batch-form button[type=submit]").click()
    expect(page).to_have_url(re.compile("/exports"))
    link = page.locator("a[href*='format=xlsx']").first
    conftest.come_to_show(page, link)
    with page.expect_download() as download:
        link.click()
    path = tmp_path / "found.xlsx"
    download.value.save_as(path)
    rows = [*load_workbook(path).worksheets[0].iter_rows(values_only=True)][1:]
    told = {str(row) for row in rows if "处罚决定" in str(row) and "相近" not in str(row)}
    assert len(told) == 3
    assert {number for number in (7, 42, 299) if any(f"处罚决定{number}" in t for t in told)} == {
        7, 42, 299,
    }  # fmt: skip
    assert len(rows) >= 300


@pytest.mark.feature("SS-01", "SS-05", "TX-01")
def test_who_may_see_nothing_finds_people_and_no_paper(enter: Enter) -> None:
    page = enter("outsider")
    for words in ("冷链", NUMBER, COMPANIES[6], "旧办法"):
        find(page, words)
        expect(page.locator(".hit")).to_have_count(0)
    page.goto("/kinds/library_file")
    expect(page.get_by_text("共 0 条")).to_be_visible()
    page.goto("/directory?q=审一")
    page.get_by_role("link", name="审一").click()
    page.get_by_role("link", name="查看其起草的文件").click()
    expect(page.locator(".hit")).to_have_count(0)


@pytest.mark.feature("WJ-01", "WJ-03")
def test_a_folder_is_opened_and_its_paper_is_there_at_once(
    enter: Enter, built: Installation
) -> None:
    page, reader = enter("librarian"), enter("writer")
    page.goto("/kinds/library_document/folders")
    page.get_by_role("link", name="新建目录").click()
    page.get_by_label("目录名称").fill("值班制度")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("目录“值班制度”已建立")).to_be_visible()
    house, caller = built.house, built.house.book.caller(Login("librarian"))
    kind = house.kinds.get("library_document").kind
    (line,) = house.lists.folders.tree(caller, kind)
    fields = {"title": "值班办法", "folder": line.folder.code}
    staged = house.staging.receive(iter(["值班须在岗。".encode()]), name="值班办法.txt")
    files = (NewFile("值班办法.txt", staged),)
    draft = Draft(kind="library_document", fields=fields, files=files)
    made = house.ingest.begin(caller, draft)
    house.settle(house.acting.act(caller, made.record, "publish", ActionRequest(revision=1)))
    reader.goto("/kinds/library_document")
    expect(reader.get_by_text("共 0 条")).to_be_visible()
    page.get_by_role("link", name="修改").click()
    page.locator("input[name=readers_add]").fill("全体人员")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("目录已保存，权限即时生效")).to_be_visible()
    reader.reload()
    reader.get_by_role("link", name=re.compile("^值班制度")).click()
    expect(reader.get_by_role("link", name="值班办法")).to_be_visible()


@pytest.mark.feature("SS-08", "WJ-02")
def test_a_clerk_follows_a_citation_puts_it_right_and_sees_the_picture(enter: Enter) -> None:
    page = enter("drafter")
    page.set_viewport_size({"width": 390, "height": 844})
    find(page, "用印通知")
    page.get_by_role("link", name="用印通知", exact=True).first.click()
    page.locator("a.cited", has_text="渝市监发〔2024〕3号").click()
    expect(page.get_by_role("heading", name="印章管理规定", exact=True)).to_be_visible()
    page.go_back()
    page.get_by_role("link", name="更正引用").first.click()
    row = page.locator(".correction", has_text="渝市监发〔2024〕3号")
    expect(row.get_by_text("正文读作：依据")).to_be_visible()
    row.get_by_text("更正", exact=True).click()
    row.get_by_label("引用方式").select_option("废止")
    assert conftest.serious_faults(page) == []
    row.get_by_role("button", name="保存更正").click()
    expect(page.get_by_text("更正为：废止")).to_be_visible()
    page.get_by_role("link", name="返回文件").click()
    summary = page.get_by_text("引用关系图", exact=True)
    expect(summary).to_be_visible()
    expect(page.locator(".htmx-added, .htmx-request")).to_have_count(0)  # it listens from then on
    summary.focus()
    page.keyboard.press("Enter")
    cited = page.locator("svg.graph").get_by_role("link", name=re.compile("^《印章管理规定》"))
    expect(cited).to_be_visible()
    assert conftest.serious_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    cited.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="印章管理规定", exact=True)).to_be_visible()
    expect(page.get_by_text("已废止：见《用印通知》").first).to_be_visible()
