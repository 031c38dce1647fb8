"""Headers of mails as people read them, and mails larger than is read."""

from base64 import b64encode
from pathlib import Path

import pytest

from indexers.extraction.limits import ReadingLimits
from indexers.extraction.mail import header_text
from records.text import ExtractionStatus
from tests.reading import lines, read


def word(raw: bytes, charset: str = "gb2312") -> str:
    return f"=?{charset}?B?{b64encode(raw).decode()}?="


def test_encoded_words_cut_inside_a_character_are_joined_first() -> None:
    raw = "防汛通知".encode("gb18030")
    assert header_text(f"{word(raw[:3])}\r\n {word(raw[3:])}") == "防汛通知"


def test_words_of_two_charsets_are_decoded_each_by_its_own() -> None:
    value = word("甲".encode("gb18030")) + " " + word("乙".encode(), "utf-8")
    assert header_text(value) == "甲乙"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("plain", "plain"),
        ("Re: =?utf-8?Q?=E9=98=B2_=E6=B1=9B?= end", "Re: 防 汛 end"),
        ("=?utf-8?B?!!!?=", ""),
        ("=?no-such?B?YQ==?=", "a"),
        ("=?broken", "=?broken"),
        ("raw " + "防汛".encode("gb18030").decode("ascii", "surrogateescape"), "raw 防汛"),
    ],
)
def test_odd_headers_are_read_as_far_as_they_go(value: str, text: str) -> None:
    assert header_text(value) == text


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
