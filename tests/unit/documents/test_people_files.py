"""A people file that is broken, or holds no people, is told as such."""

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from documents.people_files import read_people_file
from languages.errors import tell
from records.errors import Invalid

ROWS = {"单位": (("代码", "名称"), ("u", "局"))}


def workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[str]]]) -> Path:
    book = Workbook()
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def told(path: Path) -> str:
    with pytest.raises(Invalid) as caught:
        read_people_file(path)
    return tell(caught.value).what


def test_the_rows_of_a_workbook_are_read(tmp_path: Path) -> None:
    rows = read_people_file(workbook(tmp_path / "people.xlsx", ROWS))
    assert (rows.units, rows.people) == (({"code": "u", "name": "局"},), ())


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet2.xml", "[Content_Types].xml"]
)
@pytest.mark.parametrize("content", [b"", b"<a", b"<a/>x"])
def test_a_workbook_with_a_broken_part_is_told(tmp_path: Path, part: str, content: bytes) -> None:
    whole = workbook(tmp_path / "whole.xlsx", ROWS)
    with (
        zipfile.ZipFile(whole) as source,
        zipfile.ZipFile(tmp_path / "people.xlsx", "w") as broken,
    ):
        for name in source.namelist():
            broken.writestr(name, content if name == part else source.read(name))
    assert told(tmp_path / "people.xlsx") == "人员文件“people.xlsx”无法读取：不是有效的 XLSX。"


def test_a_workbook_without_the_sheets_is_told(tmp_path: Path) -> None:
    path = workbook(tmp_path / "people.xlsx", {"表一": ROWS["单位"]})
    assert told(path) == "人员文件“people.xlsx”无法读取：没有“单位”或“人员”表。"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("units: []\npeople: []\nunits: []", "第 3 行有误：“units”写了两次"),
        ("units: []\npeople: !!int ''", "第 2 行有误：不是有效的 YAML"),
        (f"units: []\npeople: {'[' * 2000}", "第 2 行有误：嵌套过深"),
    ],
)
def test_yaml_that_is_broken_is_told_with_its_line(tmp_path: Path, text: str, fault: str) -> None:
    path = tmp_path / "people.yaml"
    path.write_text(text, encoding="utf-8")
    assert told(path) == f"人员文件“people.yaml”{fault}。"
