"""Headers of mails as people read them."""

from base64 import b64encode

import pytest

from notation.mail_headers import header_text


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
