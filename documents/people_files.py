"""People files: YAML, or a spreadsheet with the sheets 单位 and 人员."""

import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook

from records.errors import Invalid
from records.people.people_rows import PeopleRows
from records.yaml_text import YamlFault, read_yaml

_COLUMNS: Mapping[str, str] = {
    "代码": "code",
    "单位代码": "code",
    "名称": "name",
    "级别": "level",
    "上级": "parent",
    "流程方案": "profile",
    "并入": "merged_into",
    "登录名": "login",
    "姓名": "name",
    "单位": "unit",
    "岗位": "posts",
    "角色": "roles",
    "涉密等级": "clearance",
    "密码": "password",
    "兼职": "also",
    "办公电话": "phone",
    "手机": "mobile",
    "邮箱": "mail",
    "房间": "room",
    "手机可见范围": "mobile_readers",
    "停用": "disabled",
    "撤销": "closed",
}
"""Chinese column heads of the spreadsheet; English ones are the keys of the YAML file."""

_LISTS = ("posts", "roles")
_SWITCHES = ("disabled", "closed")
_SAID: Mapping[str, bool] = {"是": True, "否": False}
_SHEETS = {"units": ("单位", "units"), "people": ("人员", "people")}

BROKEN = (
    *(BadZipFile, zlib.error, EOFError, RuntimeError),  # the archive; one with a password
    SyntaxError,  # a part that is no XML, of lxml and of ElementTree
    *(LookupError, ValueError, TypeError, AttributeError, ArithmeticError),  # or another XML
)
"""What the library raises for a file that only looks like a workbook."""


def read_people_file(path: Path, name: str = "") -> PeopleRows:
    """The rows of a people file, unchecked; `name` is its own where it lies under another.

    Raises Invalid: ``unreadable_people_file`` (with ``name`` and ``fault``) for a file that is
    missing, broken, or of another form; ``broken_people_file`` (with ``file``, ``line`` and
    ``fault``) for YAML that is none, or names something twice.
    """
    called = Path(name or path.name)
    try:
        if called.suffix.lower() in {".xlsx", ".xlsm"}:
            return _from_sheets(path, called)
        return _from_yaml(path, called)
    except FileNotFoundError as error:
        raise _unreadable(called, "no_file") from error
    except OSError as error:
        raise _unreadable(called, "unreadable") from error


def _from_yaml(path: Path, called: Path) -> PeopleRows:
    try:
        content = read_yaml(path.read_text(encoding="utf-8"))[1] or {}
    except UnicodeDecodeError as error:
        raise _unreadable(called, "not_text") from error
    except YamlFault as error:
        facts = error.fault.facts
        raise Invalid("broken_people_file", file=called.name, line=error.line, **facts) from error
    if not isinstance(content, dict) or set(content) - {"units", "people"}:
        raise _unreadable(called, "people_keys")
    units, people = content.get("units") or [], content.get("people") or []
    if not all(
        isinstance(rows, list) and all(isinstance(row, dict) for row in rows)
        for rows in (units, people)
    ):
        raise _unreadable(called, "people_rows")
    return PeopleRows(tuple(units), tuple(people))


def _unreadable(path: Path, fault: str) -> Invalid:
    return Invalid("unreadable_people_file", name=path.name, fault=fault)


def _from_sheets(path: Path, called: Path) -> PeopleRows:
    try:
        with (
            path.open("rb") as file,
            closing(load_workbook(file, read_only=True, data_only=True)) as book,
        ):
            found = {
                key: [_rows(book[name]) for name in names if name in book.sheetnames]
                for key, names in _SHEETS.items()
            }
            units, people = (tuple(chain(*found[key])) for key in ("units", "people"))
    except BROKEN as error:
        raise _unreadable(called, "not_xlsx") from error
    if not any(found.values()):
        raise _unreadable(called, "no_sheets")
    return PeopleRows(units, people)


def _rows(sheet: Any) -> Iterator[dict[str, Any]]:
    rows = sheet.iter_rows(values_only=True)
    heads = [str(head or "").strip() for head in next(rows, ())]
    keys = [_COLUMNS.get(head, head) for head in heads]
    for values in rows:
        row = {
            key: _cell(key, value)
            for key, value in zip(keys, values, strict=False)
            if key and value not in (None, "")
        }
        if row:
            yield row


def _cell(key: str, value: object) -> object:
    text = str(value).strip()
    if key == "also":
        return [_side_post(part) for part in text.replace("；", ";").split(";") if part.strip()]
    if key in _SWITCHES:
        return _SAID.get(text, text)
    if key in _LISTS:
        return [part.strip() for part in text.replace("，", ",").replace("、", ",").split(",")]
    return text


def _side_post(text: str) -> dict[str, object]:
    """A post in another unit: its code, a stroke, the posts there."""
    unit, _, posts = text.strip().partition("/")
    return {"unit": unit.strip(), "posts": _cell("posts", posts) if posts.strip() else []}
