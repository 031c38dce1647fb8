"""What a file is, by content first."""

import zipfile
from pathlib import Path

import pytest

from indexers.extraction.file_type import Route, file_type
from tests.hostile import samples


@pytest.mark.parametrize(
    ("name", "content", "route"),
    [
        ("报告.docx", b"%PDF-1.4", Route.PDF),
        ("a", b"PK\x05\x06" + bytes(18), Route.ZIP),
        ("a.wps", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Route.FOREIGN),
        ("a", b"{\\rtf1", Route.FOREIGN),
        ("a.txt", "Subject: 这是正文\nFrom: 不是邮件\n".encode(), Route.TEXT),
        ("a", b"Subject: x\nFrom: a@b\n\nbody", Route.MAIL),
        ("a.eml", b"\n\nno headers", Route.MAIL),
        ("a", b"From a@b Mon\nSubject: x\n\nbody", Route.MAILBOX),
        ("a.txt", "<!DOCTYPE html><html>".encode("utf-16"), Route.HTML),
        ("a", b'<?xml version="1.0"?><a/>', Route.XML),
        ("BM.txt", "BM 值".encode(), Route.TEXT),
        ("a.bmp", b"BM" + bytes(60), Route.PICTURE),
        ("a.txt", b"log line\n" * 20 + b"\0", Route.TEXT),
        ("a.exe", b"MZ\x90", Route.NONE),
        ("a", b"\x09\x04\x06\x00\x00\x00\x10\x00", Route.FOREIGN),
        ("a", b"0\x82\x06\x22\x06\x09" + bytes.fromhex("2a864886f70d010702"), Route.SIGNED),
        ("a", b"0\x82\x06\x22\x06\x09" + bytes.fromhex("2a864886f70d010701"), Route.NONE),
    ],
)
def test_the_route_of_a_file(tmp_path: Path, name: str, content: bytes, route: Route) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    assert file_type(path, name).route is route


def test_office_files_are_known_by_their_parts(tmp_path: Path) -> None:
    assert file_type(samples.docx_plain(tmp_path / "a"), "a.zip").route is Route.DOCX
    assert file_type(samples.xlsx(tmp_path / "b.xlsx"), "b").route is Route.XLSX
    assert file_type(samples.pptx(tmp_path / "c"), "c").route is Route.PPTX
    assert file_type(samples.ofd(tmp_path / "d"), "d").route is Route.OFD


def test_a_zip_named_docx_is_a_zip(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("letter.txt", "x")
    assert file_type(path, "a.docx").route is Route.ZIP
