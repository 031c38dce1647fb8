"""Office files made part by part, for what the libraries of the samples cannot write."""

import struct
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.hostile.samples import relations

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SLIDE = "http://schemas.openxmlformats.org/presentationml/2006/main"
VISIO = "http://schemas.microsoft.com/office/visio/2012/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES = " ".join(
    (
        f'xmlns:w="{MAIN}" xmlns:a="{DRAWING}" xmlns:c="{CHART}" xmlns:p="{SLIDE}"',
        f'xmlns:r="{RELATED}" xmlns:v="urn:schemas-microsoft-com:vml"',
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
    )
)
Relations = Mapping[str, Sequence[tuple[str, str, str]]]
"""By part: identifier, last word of the type, target from the part's own folder."""


def element(tag: str, inner: str, attributes: str = "") -> str:
    """The root of a part, with all the namespaces there are."""
    return f"<{tag} {_NAMESPACES} {attributes}>{inner}</{tag}>"


def package(path: Path, main: str, parts: Mapping[str, str | bytes], related: Relations) -> Path:
    """A package about the part `main`."""
    told = {"": [("main", "officeDocument", main)], **related}
    told[""] = [("main", "officeDocument", main), *related.get("", ())]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("[Content_Types].xml", "<Types/>")
        for name, body in parts.items():
            out.writestr(name, body)
        for name, each in told.items():
            folder, _, last = name.rpartition("/")
            where = f"{folder}/_rels/{last}.rels" if folder else f"_rels/{last}.rels"
            out.writestr(where, relations(*each))
    return path


def docx(
    path: Path,
    body: str,
    *,
    parts: Mapping[str, str | bytes] | None = None,
    kinds: Mapping[str, str] | None = None,
    related: Relations | None = None,
) -> Path:
    """A document; `kinds` says how it refers to each of `parts` (names from ``word/``)."""
    given = {f"word/{name}": text for name, text in (parts or {}).items()}
    document = element("w:document", f"<w:body>{body}</w:body>")
    refers = [(f"r{n}", kind, name) for n, (name, kind) in enumerate((kinds or {}).items())]
    return package(
        path,
        "word/document.xml",
        {"word/document.xml": document, **given},
        {"word/document.xml": refers, **(related or {})},
    )


def paragraph(text: str, properties: str = "") -> str:
    """A paragraph of WordprocessingML."""
    run = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{run}</w:p>"


def numbered(text: str, number: int = 1, level: int = 0) -> str:
    """A paragraph of a list."""
    told = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(text, told)


def level(at: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    """A level of a list."""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(levels: str, *instances: str) -> str:
    """One abstract list, and what stands in each list that counts on it (numbered from 1)."""
    lists = "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="0"/>{inner}</w:num>'
        for n, inner in enumerate(instances or ("",), 1)
    )
    return element(
        "w:numbering", f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>{lists}'
    )


def ole(streams: Mapping[str, bytes]) -> bytes:
    """An OLE container ([MS-CFB]) of up to three streams of 4 to 50 KiB each."""
    assert all(len(body) >= 4096 for body in streams.values())
    table = [0xFFFFFFFD, 0xFFFFFFFE]  # itself; the directory
    entries = [_entry("Root Entry", 5, child=1 if streams else 0xFFFFFFFF)]
    bodies = b""
    for at, (name, body) in enumerate(streams.items(), 1):
        many = -(-len(body) // 512)
        first = len(table)
        table += [*range(first + 1, first + many), 0xFFFFFFFE]
        right = at + 1 if at < len(streams) else 0xFFFFFFFF
        entries.append(_entry(name, 2, right=right, first=first, size=len(body)))
        bodies += body.ljust(many * 512, b"\0")
    assert len(table) <= 128
    directory = b"".join(entries).ljust(512, b"\0")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xIIIIIIIIII", 62, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096,
                          0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)  # fmt: skip
    header = header.ljust(512, b"\xff")
    return (
        header
        + struct.pack("<128I", *table, *[0xFFFFFFFF] * (128 - len(table)))
        + (directory + bodies)
    )


def _entry(
    name: str, kind: int, *, right: int = 0xFFFFFFFF, child: int = 0xFFFFFFFF,
    first: int = 0xFFFFFFFE, size: int = 0,
) -> bytes:  # fmt: skip
    raw = name.encode("utf-16-le") + b"\0\0"
    return struct.pack(
        "<64sHBBIII16xI16xIQ", raw, len(raw), kind, 1, 0xFFFFFFFF, right, child, 0, first, size
    )


def wrapped(name: str, body: bytes, *, times: int = 3) -> bytes:
    """A file as the Packager of Windows wraps it, its name in GBK, and so often in UTF-16."""
    narrow, wide = name.encode("gb18030"), name.encode("utf-16-le")
    inner = b"\2\0" + narrow + b"\0" + b"C:\\" + narrow + b"\0" + b"\0\0\3\0"
    inner += struct.pack("<I", len(narrow) + 1) + narrow + b"\0"
    inner += struct.pack("<I", len(body)) + body
    for _ in range(times):
        inner += struct.pack("<I", len(name)) + wide
    return struct.pack("<I", len(inner)) + inner
