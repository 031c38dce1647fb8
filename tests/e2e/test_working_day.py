"""A day at a bureau, in a real browser: find, upload, a notice on its way, and no leak."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from records.people.people_rows import PeopleRows
from tests.api.conftest import PASSWORD
from tests.engines import cluster
from tests.serving import served
from wenshu.building.house import installation
from wenshu.building.web import create_web
from wenshu.settings import Settings

conftest = import_module("tests.e2e.conftest")

RECORD = re.compile("/records/[0-9A-Z]{26}")
"""The address of any record's page."""
UNITS: list[dict[str, object]] = [
    {"code": "bureau", "name": "渝州市市场监督管理局", "level": "市"},
    {"code": "office", "name": "办公室", "parent": "bureau"},
    {"code": "law", "name": "法规科", "parent": "bureau"},
]
PEOPLE: list[dict[str, object]] = [
    {"login": "registry", "name": "甲一", "unit": "office", "posts": ["机要室"]},
    {"login": "head", "name": "乙二", "unit": "law", "posts": ["科室负责人"]},
    {"login": "drafter", "name": "丙三", "unit": "law"},
    {"login": "reader", "name": "丁四", "unit": "office"},
    {"login": "admin", "name": "庚七", "unit": "office", "roles": ["administrator"]},
]
Enter = Callable[[str], Page]


@pytest.fixture(scope="module", params=["embedded", "servers"])
def address(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The product in one process; and on Elasticsearch, S3, Redis, Tika with two workers."""
    folder = tmp_path_factory.mktemp("data")
    settings = Settings(data=folder, password_memory_kib=64)
    with ExitStack() as stack:
        if request.param == "servers":
            engines = stack.enter_context(cluster(folder))
            settings = engines.settings
            for options in ((), ("--beat",)):
                stack.enter_context(engines.worker("--concurrency", "1", *options))
        limited = replace(settings, max_file_bytes=1_000_000)
        built = stack.enter_context(installation(limited))
        people = [{**person, "password": PASSWORD} for person in PEOPLE]
        built.house.people.load(PeopleRows(UNITS, people), lasting=True)
        built.start()
        yield stack.enter_context(served(create_web(built, hints=())))


@pytest.fixture
def enter(browser: Browser, address: str) -> Iterator[Enter]:
    """Signs a person in, each in a browser profile of his own."""
    contexts = []

    def entered(login: str) -> Page:
        made = browser.new_context(base_url=address, locale="zh-CN", timezone_id="Asia/Shanghai")
        made.set_default_timeout(conftest.PATIENCE_MS)
        contexts.append(made)
        page = made.new_page()
        page.goto("/")
        page.get_by_label("用户名").fill(login)
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        expect(page).to_have_url(f"{address}/")
        return page

    yield entered
    for made in contexts:
        made.close()


def upload(page: Page, path: Path) -> None:
    page.goto("/upload")
    page.locator("#upload-files").set_input_files(path)
    page.get_by_role("button", name="开始上传").click()
    expect(page.locator(".upload-list").get_by_text("已上传")).to_be_visible()


def take(page: Page, action: str, opinion: str = "") -> None:
    page.get_by_role("button", name=action, exact=True).click()
    dialog = page.get_by_role("dialog", name=action)
    if opinion:
        dialog.get_by_role("textbox", name="办理意见").fill(opinion)
    dialog.get_by_role("button", name=action, exact=True).click()
    expect(page.get_by_text(f"已{action}").first).to_be_visible()


@pytest.mark.feature("SS-01", "SS-03", "WJ-02")
def test_what_was_uploaded_is_found_marked_and_opened_at_its_place(
    enter: Enter, tmp_path: Path
) -> None:
    path = tmp_path / "值班记录.txt"
    path.write_text("十月十二日夜，接寒潮蓝色预警，已转告带班领导。\n", "utf-8")
    page = enter("drafter")
    upload(page, path)
    page.get_by_role("combobox", name="检索文件").fill("寒潮蓝色预警")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/search"))
    conftest.come_to_show(page, page.locator(".match mark"))
    expect(page.locator(".match mark")).to_have_text("寒潮蓝色预警")
    page.locator(".match").click()
    expect(page.locator("#preview mark")).to_have_text("寒潮蓝色预警")
    assert conftest.serious_faults(page) == []


@pytest.mark.feature("YP-02")
def test_a_new_version_is_shown_and_the_earlier_one_stays_in_history(
    enter: Enter, tmp_path: Path
) -> None:
    path = tmp_path / "台账.txt"
    path.write_text("电梯检验台账第一稿", "utf-8")
    page = enter("drafter")
    upload(page, path)
    page.locator(".upload-list a.file-name").click()
    page.get_by_role("link", name="上传“台账.txt”的新版本").click()
    path.write_text("电梯检验台账定稿", "utf-8")
    page.locator("#version-file").set_input_files(path)
    page.get_by_role("button", name="上传新版本").click()
    expect(page.locator(".revisions li")).to_have_count(2)
    expect(page.get_by_text("已上传第 2 版")).to_be_visible()
    expect(page.locator(".file-facts")).to_contain_text("第 2 版")
    page.get_by_role("link", name="第 1 次修订").click()
    expect(page.get_by_text("不是最新的")).to_be_visible()


def test_a_person_without_rights_finds_and_opens_nothing(enter: Enter, tmp_path: Path) -> None:
    path = tmp_path / "内参.txt"
    path.write_text("涉及举报人身份的紫云材料", "utf-8")
    owner, other = enter("drafter"), enter("reader")
    upload(owner, path)
    owner.locator(".upload-list a.file-name").click()
    expect(owner).to_have_url(RECORD)
    other.goto("/search?q=紫云材料")
    expect(other.get_by_text("没有找到“紫云材料”")).to_be_visible()
    answer = other.goto(owner.url)
    assert answer is not None
    hidden = other.locator("main").inner_text()
    absent = other.goto("/records/01J0000000000000000000000A")
    assert absent is not None
    assert (answer.status, hidden) == (absent.status, other.locator("main").inner_text())
    assert answer.status == 404


@pytest.mark.feature("TZ-01", "TZ-02", "TZ-03")
def test_a_notice_goes_its_way_between_four_people(enter: Enter) -> None:
    drafter = enter("drafter")
    drafter.goto("/records/new/notice")
    drafter.get_by_label("标题").fill("关于冬季值班的通知")
    drafter.get_by_label("正文").fill("各科室：\n请做好值班。")
    drafter.get_by_role("combobox", name="发布范围").fill("办公")
    drafter.get_by_role("option", name="办公室", exact=True).click()
    drafter.get_by_role("button", name="保存").click()
    take(drafter, "送审")

    head = enter("head")
    head.goto("/tasks")
    waiting = head.get_by_role("link", name="关于冬季值班的通知")
    conftest.come_to_show(head, waiting)
    waiting.click()
    take(head, "退回", "请写明起止日期")
    drafter.goto(head.url)
    expect(drafter.locator(".slip")).to_contain_text("请写明起止日期")
    take(drafter, "送审")
    head.reload()
    take(head, "同意")

    registry = enter("registry")
    registry.goto(drafter.url)
    take(registry, "发布")

    reader = enter("reader")
    notice = reader.get_by_role("link", name="关于冬季值班的通知")
    conftest.come_to_show(reader, reader.locator(".row-unread").filter(has=notice))
    notice.click()
    expect(reader).to_have_url(RECORD)
    expect(reader.get_by_role("heading", name="办理过程")).to_be_hidden()
    reader.wait_for_load_state("networkidle")  # its page notes that it was opened
    reader.goto("/")
    expect(reader.locator(".row-unread")).to_have_count(0)


@pytest.mark.feature("CX-06", "GT-06")
def test_a_list_is_narrowed_sorted_walked_and_taken_along(enter: Enter, tmp_path: Path) -> None:
    page = enter("drafter")
    for number in range(23):
        path = tmp_path / f"锅炉清单{number:02}.txt"
        path.write_text(f"第{number}件", "utf-8")
        upload(page, path)
    page.get_by_role("navigation").get_by_role("link", name="文件", exact=True).click()
    last = page.get_by_role("link", name="锅炉清单22")
    page.goto("/kinds/library_file?q=锅炉清单&sort=-title")
    conftest.come_to_show(page, page.get_by_text("共 23 条").first)
    expect(page.locator("tbody tr").first).to_contain_text("锅炉清单22")
    assert conftest.serious_faults(page) == []
    page.get_by_role("link", name="下一页").click()
    expect(page.locator("tbody tr")).to_have_count(3)
    expect(page.locator("tbody tr").last).to_contain_text("锅炉清单00")
    page.get_by_role("link", name="上一页").click()
    expect(page.locator("tbody tr")).to_have_count(20)
    page.get_by_role("link", name="标题").click()
    expect(page.locator("tbody tr").first).to_contain_text("锅炉清单00")
    with page.expect_download() as taken:
        page.get_by_role("link", name="导出 CSV").click()
    rows = taken.value.path().read_text("utf-8-sig").splitlines()
    assert (len(rows), taken.value.suggested_filename) == (24, "文件.csv")
    page.get_by_role("link", name="去掉条件：“锅炉清单”").click()
    expect(page.get_by_role("searchbox", name="在“文件”中按字词查找")).to_have_value("")
    page.goto("/kinds/library_file?q=锅炉清单&sort=-title")
    last.click()
    page.get_by_role("button", name="跟踪").click()
    page.goto("/tasks?which=followed")
    expect(page.get_by_role("link", name="锅炉清单22")).to_be_visible()
    assert conftest.serious_faults(page) == []


def test_an_edit_on_an_old_revision_names_who_was_faster_and_keeps_what_was_typed(
    enter: Enter, tmp_path: Path
) -> None:
    path = tmp_path / "方案.txt"
    path.write_text("检查方案", "utf-8")
    page = enter("drafter")
    upload(page, path)
    page.locator(".upload-list a.file-name").click()
    page.get_by_role("link", name="修改").click()
    expect(page.get_by_label("标题")).to_be_visible()
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_label("标题").fill("方案（先存）")
    other.get_by_role("button", name="保存").click()
    expect(other.get_by_role("heading", name="方案（先存）")).to_be_visible()
    page.get_by_label("标题").fill("方案（后存）")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("您在别处已于")).to_be_visible()
    expect(page.get_by_text("采用您在别处的")).to_be_visible()
    expect(page.get_by_label("标题")).to_have_value("方案（后存）")


def test_an_expired_session_leads_back_to_the_form_with_what_was_typed(enter: Enter) -> None:
    page = enter("drafter")
    page.goto("/records/new/notice")
    page.get_by_label("标题").fill("关于过期会话的通知")
    page.context.clear_cookies()
    page.get_by_role("button", name="保存").click()
    page.get_by_label("用户名").fill("drafter")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_label("标题")).to_have_value("关于过期会话的通知")


def test_five_wrong_passwords_lock_the_account(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, locale="zh-CN")
    page = context.new_page()
    page.goto("/sign-in")
    for _ in range(5):
        page.get_by_label("用户名").fill("admin")
        page.get_by_label("密码").fill("wrong")
        with page.expect_navigation():
            page.get_by_role("button", name="登录").click()
    expect(page.get_by_text("登录失败次数过多")).to_be_visible()
    context.close()
