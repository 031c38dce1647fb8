"""Decoding of text of unknown charset."""

import pytest

from notation.charset import declared_in, decode, looks_like_text

SIMPLIFIED = "关于进一步加强防汛工作的通知，各街道办事处：请认真贯彻落实会议精神。"
TRADITIONAL = "關於進一步加強防汛工作的通知，各區公所：請認真貫徹落實會議精神。"


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        (SIMPLIFIED, "utf-8"),
        (SIMPLIFIED, "utf-8-sig"),
        (SIMPLIFIED, "gb18030"),
        (SIMPLIFIED + "𠮷㐂", "gb18030"),
        (SIMPLIFIED, "hz"),
        (SIMPLIFIED, "utf-16"),
        (SIMPLIFIED, "utf-16-le"),
        (SIMPLIFIED, "utf-16-be"),
        (SIMPLIFIED, "utf-32"),
        (TRADITIONAL, "big5hkscs"),
        (TRADITIONAL, "gb18030"),
        ("通知", "gb18030"),
        ("plain words", "ascii"),
    ],
)
def test_text_is_decoded_without_being_told_its_charset(text: str, charset: str) -> None:
    assert decode(text.encode(charset)) == text


@pytest.mark.parametrize(
    ("text", "charset", "declared"),
    [
        (SIMPLIFIED + "镕", "gb18030", "gb2312"),
        (SIMPLIFIED, "gb18030", "big5"),
        (TRADITIONAL, "big5hkscs", "gb2312"),
        (SIMPLIFIED, "utf-8", "gbk"),
        (SIMPLIFIED, "gb18030", "utf-8"),
        (SIMPLIFIED, "gb18030", "no-such-charset"),
        (SIMPLIFIED, "gb18030", "undefined"),
        ("これは日本語の文章です。", "shift_jis", "shift_jis"),
        ("日本語", "iso2022_jp", "iso-2022-jp"),
    ],
)
def test_a_declared_charset_helps_and_a_wrong_one_does_no_harm(
    text: str, charset: str, declared: str
) -> None:
    assert decode(text.encode(charset), declared=declared) == text


def test_bytes_in_no_charset_become_replacements_and_never_an_error() -> None:
    assert "\ufffd" in decode(bytes(range(128, 256)))


def test_a_text_cut_inside_a_character_is_still_utf_8() -> None:
    assert decode(SIMPLIFIED.encode()[:-1]) == SIMPLIFIED[:-1]


def test_the_declaration_of_a_page_is_found_in_both_spellings() -> None:
    assert declared_in(b'<meta charset="gbk">') == "gbk"
    assert declared_in(b'<meta content="text/html; charset=Big5">') == "Big5"
    assert declared_in(b"<p>none</p>") is None


def test_binary_content_does_not_look_like_text() -> None:
    assert not looks_like_text(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0")
    assert looks_like_text(SIMPLIFIED.encode("gb18030"))
    assert looks_like_text(SIMPLIFIED.encode("utf-16-le"))
