"""发文 of a simple organ in the browser: the manuals S06 (three) and S08 (one), step by step."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.api.papers import a_docx
from tests.e2e.office_day import ENGINES, Enter, office, send, take

conftest = import_module("tests.e2e.conftest")

UNITS: list[dict[str, object]] = [
    {"code": "school", "name": "渝州市行政学校", "level": "市", "profile": "简易"},
    {"code": "dean", "name": "教务处", "parent": "school"},
]
PEOPLE: list[dict[str, object]] = [
    {"login": "zhang", "name": "张主任", "unit": "school", "posts": ["主要领导"]},
    {"login": "wang", "name": "王副主任", "unit": "school", "posts": ["印章管理员"]},
    {"login": "liu", "name": "刘收发", "unit": "dean", "posts": ["收发员", "发文员"]},
]


@pytest.fixture(scope="module", params=ENGINES)
def address(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    with office(tmp_path_factory.mktemp("data"), UNITS, PEOPLE, on=request.param) as at:
        yield at


def filled(page: Page, title: str, folder: Path) -> None:
    """“完善右上角的公文要素”, “填写右侧的发文单项…注意带红色星号的是必填项”."""
    page.goto("/records/new/outgoing")
    page.get_by_label("标题").fill(title)
    page.get_by_label("处理意见").fill("请审阅")
    page.get_by_label("发文字号").select_option("渝市监发")
    page.get_by_label("不公开理由").fill("内部工作安排")
    page.get_by_label("主送").fill("各处室")
    field = page.locator(".field").filter(has_text="指定受文单位")
    field.get_by_role("button", name="选择").click()
    page.get_by_role("dialog").get_by_text("教务处").click()
    page.get_by_role("dialog").get_by_role("button", name="确定").click()
    page.get_by_role("tab", name="正文").click()
    text = folder / "正文.docx"
    text.write_bytes(a_docx("各处室：", "请遵照执行。"))
    page.locator("#field-part-body").set_input_files(text)


def opened(page: Page, title: str) -> None:
    page.goto("/tasks")
    conftest.come_to_show(page, page.get_by_role("link", name=title))
    page.get_by_role("link", name=title).first.click()
    expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()


def sent(page: Page, way: str, who: str) -> None:
    """Choose 办理方式, then 办理人员, then 确定."""
    page.get_by_role("button", name=way, exact=True).click()
    send(page, way, tick=[who])


@pytest.mark.feature("FW-22")
def test_a_paper_is_written_reviewed_instructed_signed_sealed_and_issued(
    enter: Enter, tmp_path: Path
) -> None:
    title = "关于调整作息时间的通知"
    liu, zhang, wang = enter("liu"), enter("zhang"), enter("wang")
    # “1撰稿(谁是撰稿人,谁就是承办人)”, “完成之后点击左边的保存”
    filled(liu, title, tmp_path)
    liu.get_by_role("button", name="保存").click()
    liu.get_by_role("link", name="取消").click()
    # “公文将流转到下一个环节的办理人员手中”
    sent(liu, "审稿", "王副主任")
    # “2审稿 …可以对公文进行修改…如果不选择后续的办理方式,直接点击确定,
    # 公文将回到承办人的待办公文里面”
    opened(wang, title)
    expect(wang.locator(".record-line")).to_contain_text("待审稿")
    expect(wang.get_by_role("link", name="修改")).to_be_visible()
    take(wang, "确定", "文字无误")
    opened(liu, title)
    sent(liu, "批示", "张主任")
    # “3批示 …当他给予办理意见之后,只能点击确定,公文将回到承办人的待办公文里面”
    opened(zhang, title)
    expect(zhang.locator(".button-group")).to_have_count(0)
    take(zhang, "确定", "同意")
    opened(liu, title)
    sent(liu, "签发", "张主任")
    # “1.4.文件签发 1.办理人登陆(领导给定意见)”
    opened(zhang, title)
    sent(zhang, "盖章", "王副主任")
    # “1.5.盖章发送 …点击签名印章…”; “办理方式选择‘发文’,人员选择单位的发文员”
    opened(wang, title)
    take(wang, "电子印章")
    sent(wang, "送发文", "刘收发")
    # “1.6.发文/归档 …发文完成后,办理方式选择‘归档’”
    opened(liu, title)
    take(liu, "发文")
    expect(liu.locator(".doc-number")).to_contain_text("渝市监发〔")
    take(liu, "归档")
    expect(liu.locator(".record-line")).to_contain_text("已归档")
    liu.goto(f"/search?q={title}")
    conftest.come_to_show(liu, liu.get_by_role("link", name=title))


@pytest.mark.feature("FW-21")
def test_a_scanned_document_is_entered_and_must_be_filed(enter: Enter, tmp_path: Path) -> None:
    title = "关于二〇二〇年工作的报告"
    liu = enter("liu")
    # “将一片已扫描进电脑的公文通过点击‘原文上传’上传入系统,然后填写右侧的发文单项”
    filled(liu, title, tmp_path)
    liu.get_by_role("tab", name="首页").click()
    liu.get_by_label("拟制方式").select_option("扫描件")
    # “全部填完后点击‘发文办结’”
    liu.get_by_role("button", name="保存").click()
    liu.get_by_role("link", name="取消").click()
    liu.get_by_role("button", name="发文办结", exact=True).click()
    dialog = liu.get_by_role("dialog", name="发文办结")
    dialog.get_by_label("文号").fill("渝市监发〔2020〕7号")
    dialog.get_by_label("成文日期").fill("2020-03-01")
    dialog.get_by_role("button", name="发文办结", exact=True).click()
    # “点了‘发文办结’后,注意对此公文进行归档”
    expect(liu.locator(".record-line")).to_contain_text("待归档")
    expect(liu.locator(".doc-number")).to_have_text("渝市监发〔2020〕7号")
    take(liu, "归档")
    expect(liu.locator(".record-line")).to_contain_text("已归档")
