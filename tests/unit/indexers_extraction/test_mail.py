"""Headers of mails as people read them, and mails larger than is read."""

from pathlib import Path

from indexers.extraction.limits import ReadingLimits
from records.text import ExtractionStatus
from tests.reading import lines, read


def test_a_mailbox_larger_than_is_read_is_told_with_the_mails_that_were(tmp_path: Path) -> None:
    one = b"From a@b Thu Jan  1 00:00:00 2026\nSubject: one\nFrom: a@b\n\nfirst\n\n"
    path = tmp_path / "a.mbox"
    path.write_bytes(one * 3)
    found = read(path, limits=ReadingLimits(member_bytes=2 * len(one)))
    assert (found.status, found.reason) == (ExtractionStatus.TRUNCATED, "too_large")
    assert len(found.parts) == 3


def test_a_body_longer_than_is_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(b"Subject: one\r\nFrom: a@b\r\n\r\nfirst and second")
    found = read(path, limits=ReadingLimits(text_bytes=5))
    assert (found.status, found.reason) == (ExtractionStatus.TRUNCATED, "too_long")
    assert "first" in lines(found.parts[0])


def a_mail_in_two_forms(path: Path, plain: str, page: str) -> Path:
    lines = ["Subject: s", "From: a@b", 'Content-Type: multipart/alternative; boundary="B"', ""]
    for kind, body in (("plain", plain), ("html", page)):
        lines += ["--B", f"Content-Type: text/{kind}; charset=utf-8", "", body]
    path.write_text("\r\n".join([*lines, "--B--", ""]), encoding="utf-8")
    return path


def test_of_two_forms_of_one_text_the_plain_one_is_read(tmp_path: Path) -> None:
    path = a_mail_in_two_forms(tmp_path / "a.eml", "请到会", "<p>请<b>到</b>会</p>")
    assert lines(read(path).parts[0])[2:] == ["请到会"]


def test_a_page_that_says_far_more_than_the_plain_form_is_read_too(tmp_path: Path) -> None:
    page = "<p>请各单位于星期五上午到三楼会议室开会</p>"
    path = a_mail_in_two_forms(tmp_path / "a.eml", "请看网页", page)
    assert "请各单位于星期五上午到三楼会议室开会" in lines(read(path).parts[0])
