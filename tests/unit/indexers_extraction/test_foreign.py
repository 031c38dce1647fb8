"""What becomes of a file that the native Tika reads not, or not to its end."""

from pathlib import Path

from records.text import ExtractionStatus
from tests.fake_tika import XHTML, FakeTika
from tests.reading import lines, read


def an_old_file(folder: Path) -> Path:
    path = folder / "a.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))
    return path


def test_a_failure_after_some_text_is_told_as_a_part_that_was_read(tmp_path: Path) -> None:
    begun = f"{XHTML}<p>前半</p>".encode()
    found = read(an_old_file(tmp_path), tika=FakeTika(begun, OSError("JNI error")))
    assert (found.status, found.reason) == (ExtractionStatus.TRUNCATED, "parse")
    assert lines(found.parts[0]) == ["前半"]


def test_a_failure_before_any_text_is_a_failure(tmp_path: Path) -> None:
    found = read(an_old_file(tmp_path), tika=FakeTika(OSError("JNI error")))
    assert (found.status, found.reason) == (ExtractionStatus.FAILED, "parse")


def test_a_file_with_a_password_is_told_as_such_though_its_text_is_no_xml(tmp_path: Path) -> None:
    told = {"X-TIKA:warning": ["EncryptedDocumentException: Unable to process: is encrypted"]}
    found = read(an_old_file(tmp_path), tika=FakeTika(told=told))
    assert (found.status, found.reason) == (ExtractionStatus.ENCRYPTED, "encrypted")


def test_the_title_of_a_file_is_text_of_it(tmp_path: Path) -> None:
    whole = f"{XHTML}<p>正文</p></body></html>".encode()
    told = {"dc:title": ["标题"], "dc:subject": ["主题"]}
    found = read(an_old_file(tmp_path), tika=FakeTika(whole, told=told))
    assert lines(found.parts[0]) == ["正文", "标题", "主题"]


def test_a_title_does_not_make_a_file_without_text_one_with_text(tmp_path: Path) -> None:
    whole = f"{XHTML}</body></html>".encode()
    found = read(an_old_file(tmp_path), tika=FakeTika(whole, told={"dc:title": ["标题"]}))
    assert (found.status, found.reason) == (ExtractionStatus.EMPTY, "no_text")
    assert lines(found.parts[0]) == ["标题"]
