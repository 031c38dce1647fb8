"""Workbooks in binary parts (MS-XLSB), as small as they may be."""

import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_XML = '<?xml version="1.0" encoding="UTF-8"?>'
_TYPES = {
    "workbook.bin": "sheet.binary.macroEnabled.main",
    "worksheets/sheet1.bin": "worksheet",
    "styles.bin": "styles",
    "sharedStrings.bin": "sharedStrings",
}
_LOOKS = 617
_LOOK = struct.pack("<HHHHHBBHH", 0xFFFF, *([0] * 8))
"""How a cell looks: as all do."""

_RELATED = (("worksheet", "worksheets/sheet1"), ("styles", "styles"), ("sharedStrings",) * 2)


def xlsb(path: Path, name: str, rows: Sequence[Sequence[str | float]]) -> Path:
    """One sheet of that name."""
    begin_book, begin_sheets, sheet, end_sheets, end_book = 131, 143, 156, 144, 132
    bundle = _record(sheet, struct.pack("<II", 0, 1) + _wide("r0") + _wide(name))
    parts = {
        "workbook.bin": _nested(begin_book, _nested(begin_sheets, bundle, end_sheets), end_book),
        "worksheets/sheet1.bin": _sheet(rows),
        "styles.bin": _nested(278, _nested(_LOOKS, _record(47, _LOOK), 618), 279),
        "sharedStrings.bin": _record(159, struct.pack("<II", 0, 0)) + _record(160),
    }
    types = "".join(
        f'<Override PartName="/xl/{part}" ContentType="application/vnd.ms-excel.{kind}"/>'
        for part, kind in _TYPES.items()
    )
    default = "application/vnd.openxmlformats-package.relationships+xml"
    with zipfile.ZipFile(path, "w") as out:
        out.writestr(
            "[Content_Types].xml",
            f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
            f'<Default Extension="rels" ContentType="{default}"/>{types}</Types>',
        )
        out.writestr("_rels/.rels", _relations([("officeDocument", "xl/workbook")]))
        out.writestr("xl/_rels/workbook.bin.rels", _relations(_RELATED))
        for part, body in parts.items():
            out.writestr(f"xl/{part}", body)
    return path


def _relations(targets: Sequence[tuple[str, ...]]) -> str:
    inner = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/{kind}" Target="{target}.bin"/>'
        for n, (kind, target) in enumerate(targets)
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def _sheet(rows: Sequence[Sequence[str | float]]) -> bytes:
    begin, begin_data, end_data, end = 129, 145, 146, 130
    data = b"".join(_row(number, row) for number, row in enumerate(rows))
    return _nested(begin, _nested(begin_data, data, end_data), end)


def _row(number: int, cells: Sequence[str | float]) -> bytes:
    head, text, real = 0, 6, 5
    out = _record(head, struct.pack("<IIH", number, 0, 300) + bytes(7))
    for column, value in enumerate(cells):
        place = struct.pack("<II", column, 0)
        if isinstance(value, str):
            out += _record(text, place + _wide(value))
        else:
            out += _record(real, place + struct.pack("<d", value))
    return out


def _nested(begin: int, inner: bytes, end: int) -> bytes:
    counts = struct.pack("<I", 1) if begin == _LOOKS else b""
    return _record(begin, counts) + inner + _record(end)


def _record(number: int, data: bytes = b"") -> bytes:
    head = bytes([number]) if number < 128 else bytes([(number & 0x7F) | 0x80, number >> 7])
    length = len(data)
    size = b""
    while length > 0x7F:
        size += bytes([(length & 0x7F) | 0x80])
        length >>= 7
    return head + size + bytes([length]) + data


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")
