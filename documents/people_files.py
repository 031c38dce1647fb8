"""People files: YAML, or a spreadsheet with the sheets 单位 and 人员."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import yaml
from openpyxl import load_workbook

from records.errors import Invalid
from records.faults import yaml_line
from records.people_rows import PeopleRows

_COLUMNS: Mapping[str, str] = {
    "代码": "code",
    "单位代码": "code",
    "名称": "name",
    "级别": "level",
    "上级": "parent",
    "登录名": "login",
    "姓名": "name",
    "单位": "unit",
    "岗位": "posts",
    "角色": "roles",
    "涉密等级": "clearance",
    "密码": "password",
}
"""Chinese column heads of the spreadsheet; English ones are the keys of the YAML file."""

_LISTS = ("posts", "roles")
_SHEETS = {"units": ("单位", "units"), "people": ("人员", "people")}


def read_people_file(path: Path) -> PeopleRows:
    """The rows of a people file, unchecked.

    Raises Invalid: ``unreadable_people_file`` (with ``name`` and ``fault``) for a file that is
    missing, broken, or of another form.
    """
    try:
        if path.suffix.lower() in (".xlsx", ".xlsm"):
            return _from_sheets(path)
        return _from_yaml(path)
    except FileNotFoundError as error:
        raise _unreadable(path, "no_file") from error
    except OSError as error:
        raise _unreadable(path, "unreadable") from error


def _from_yaml(path: Path) -> PeopleRows:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except UnicodeDecodeError as error:
        raise _unreadable(path, "not_text") from error
    except (yaml.YAMLError, ValueError) as error:
        raise _unreadable(path, "not_yaml_at", line=yaml_line(error)) from error
    if not isinstance(content, dict) or set(content) - {"units", "people"}:
        raise _unreadable(path, "people_keys")
    units, people = content.get("units") or [], content.get("people") or []
    if not all(
        isinstance(rows, list) and all(isinstance(row, dict) for row in rows)
        for rows in (units, people)
    ):
        raise _unreadable(path, "people_rows")
    return PeopleRows(tuple(units), tuple(people))


def _unreadable(path: Path, fault: str, line: int | None = None) -> Invalid:
    return Invalid("unreadable_people_file", name=path.name, fault=fault, line=line)


def _from_sheets(path: Path) -> PeopleRows:
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, KeyError, ValueError) as error:
        raise _unreadable(path, "not_xlsx") from error
    try:
        found = {
            key: tuple(
                row for name in names if name in book.sheetnames for row in _rows(book[name])
            )
            for key, names in _SHEETS.items()
        }
    finally:
        book.close()
    return PeopleRows(found["units"], found["people"])


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
    if key in _LISTS:
        return [part.strip() for part in text.replace("，", ",").replace("、", ",").split(",")]
    return text
