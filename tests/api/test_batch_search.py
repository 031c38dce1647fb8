"""Many things looked for at once, as a workbook (SS-01)."""

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from rich.console import Console

from records.errors import Invalid
from records.identity import Login
from services.searching import batch
from services.searching.batch_table import HEADER
from tests.api.conftest import SignIn
from tests.api.test_ranking import noted
from wenshu.building.installation import Installation
from wenshu.commands.batch_search import search_batch


def answered(built: Installation, folder: Path, rows: list[str], login: str) -> list[list[str]]:
    """The rows of the workbook that answers a list, without its header."""
    asked, out = folder / "asked.txt", folder / "out.xlsx"
    asked.write_text("\n".join(rows), "utf-8")
    search_batch(
        built, built.house.book.caller(Login(login)), asked, out, Console(file=io.StringIO())
    )
    head, *found = load_workbook(out).worksheets[0].iter_rows(values_only=True)
    assert head == HEADER
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []
    return [[str(cell or "") for cell in row] for row in found]


@pytest.mark.feature("SS-01")
def test_every_row_is_answered_with_its_place(
    built: Installation, sign_in: SignIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "MANY", 2)
    record = noted(sign_in, "关于甲公司的说明", "甲公司信用修复已办结。")
    for number in range(3):
        noted(sign_in, f"车辆{number}", "车辆管理。")
    rows = ["甲公司", "", "乙集团", "信用休复", "车辆", "=甲公司", "，。", "(甲公司"]
    found = answered(built, tmp_path, rows, "drafter")
    by_row: dict[str, list[list[str]]] = {}
    for line in found:
        by_row.setdefault(line[0], []).append(line)
    assert list(by_row) == [f"{n}" for n in range(1, len(rows) + 1)]
    outcomes = [lines[0][2] for lines in by_row.values()]
    assert outcomes == [
        *("找到", "空行，未检索", "没有找到", "没有完全一致的，以下相近", "过多，只列前 5 条"),
        *("找到", "空行，未检索", "找到"),
    ]
    line = by_row["1"][0]
    assert line[5] == "关于甲公司的说明"
    assert "甲公司" in line[HEADER.index("摘录")]
    assert line[HEADER.index("地址")] == f"/records/{record}"
    assert by_row["4"][0][4] == "信用修复"
    assert len(by_row["5"]) == 3
    assert by_row["6"][0][1] == "=甲公司"


@pytest.mark.feature("SS-01")
def test_a_reader_is_told_nothing_of_what_he_may_not_read(
    built: Installation, sign_in: SignIn, tmp_path: Path
) -> None:
    noted(sign_in, "关于甲公司的说明", "甲公司信用修复已办结。")
    found = answered(built, tmp_path, ["甲公司", "信用休复"], "reader")
    assert [line[2:5] for line in found] == [["没有找到", "0", ""]] * 2


def test_a_broken_list_leaves_no_workbook(built: Installation, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    out.write_bytes(b"before")
    caller = built.house.book.caller(Login("drafter"))
    with pytest.raises(Invalid):
        search_batch(built, caller, tmp_path / "missing", out, Console(file=io.StringIO()))
    assert out.read_bytes() == b"before"
