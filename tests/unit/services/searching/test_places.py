"""Places are told in one way: pages, sheets with rows, slides, attachments of mails, fields."""

from pathlib import Path

import pytest

from records.schema.kind import Kinds
from records.schema.loader import load_kinds
from services.searching.places import Place, sheet_name


@pytest.fixture(scope="module")
def kinds() -> Kinds:
    return load_kinds(Path("records/kinds"))


@pytest.mark.feature("SS-03")
@pytest.mark.parametrize(
    ("place", "told"),
    [
        (Place("通知.pdf", 4), "通知.pdf 第 4 页"),
        (Place("通知.docx"), "通知.docx"),
        (Place("汇报.pptx", 3), "汇报.pptx 第 3 张"),
        (Place("表.xlsx", 2, "经费", 12), "表.xlsx 工作表“经费” 第 12 行"),
        (Place("表.xls", 2), "表.xls 第 2 个工作表"),
        (Place("包.zip/通知.pdf", 1), "包.zip › 通知.pdf 第 1 页"),
        (Place("信.eml/包.zip/表.ET", 1, "一"), "信.eml 的附件“包.zip” › 表.ET 工作表“一”"),
        (Place("field:summary"), "说明"),
        (Place("field:gone"), "gone"),
    ],
)
def test_a_place_is_told_in_words(kinds: Kinds, place: Place, told: str) -> None:
    assert place.words(kinds.get("library_file")) == told


@pytest.mark.feature("SS-03")
def test_the_first_line_of_a_sheet_is_its_name() -> None:
    assert sheet_name("表.xlsx", 1, "经费\n甲\t1\t\n") == "经费"
    assert sheet_name("表.xlsx", None, "经费\n甲") == ""
    assert sheet_name("通知.pdf", 1, "关于经费\n的通知") == ""
    assert sheet_name("表.xlsx", 1, "甲\t1\t\n") == ""
    assert sheet_name("表.xlsx", 1, "长" * 32 + "\n") == ""
