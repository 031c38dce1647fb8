"""Numbers of lists as text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notation.number_formats import number_text


@pytest.mark.parametrize(
    ("form", "number", "text"),
    [
        ("decimal", 12, "12"),
        ("decimal", 0, "0"),
        ("decimalZero", 7, "07"),
        ("decimalZero", 12, "12"),
        ("decimalFullWidth", 12, "１２"),
        ("decimalEnclosedCircle", 20, "⑳"),
        ("decimalEnclosedCircle", 21, "21"),
        ("decimalEnclosedCircleChinese", 3, "③"),
        ("decimalEnclosedParen", 2, "⑵"),
        ("decimalEnclosedFullstop", 2, "⒉"),
        ("chineseCounting", 10, "十"),
        ("chineseCounting", 12, "十二"),
        ("chineseCounting", 20, "二十"),
        ("chineseCounting", 99, "九十九"),
        ("chineseCounting", 100, "一〇〇"),
        ("chineseCountingThousand", 10, "十"),
        ("chineseCountingThousand", 12, "十二"),
        ("chineseCountingThousand", 20, "二十"),
        ("chineseCountingThousand", 100, "一百"),
        ("chineseCountingThousand", 101, "一百零一"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("chineseCountingThousand", 1001, "一千零一"),
        ("chineseCountingThousand", 1010, "一千零一十"),
        ("chineseCountingThousand", 10_000, "一万"),
        ("chineseCountingThousand", 10_101, "一万零一百零一"),
        ("chineseCountingThousand", 100_000, "十万"),
        ("chineseCountingThousand", 100_000_001, "一亿零一"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("ideographLegalTraditional", 23, "貳拾參"),
        ("taiwaneseCounting", 12, "十二"),
        ("taiwaneseCountingThousand", 10_000, "一萬"),
        ("taiwaneseDigital", 10, "一○"),
        ("ideographDigital", 2017, "二〇一七"),
        ("ideographTraditional", 1, "甲"),
        ("ideographTraditional", 10, "癸"),
        ("ideographTraditional", 11, "11"),
        ("ideographZodiac", 12, "亥"),
        ("ideographZodiacTraditional", 1, "甲子"),
        ("ideographZodiacTraditional", 60, "癸亥"),
        ("ideographEnclosedCircle", 10, "㊉"),
        ("ideographEnclosedCircle", 11, "11"),
        ("japaneseCounting", 111, "百十一"),
        ("japaneseCounting", 10_000, "一万"),
        ("japaneseLegal", 12, "壱拾弐"),
        ("aiueo", 2, "イ"),
        ("iroha", 2, "ロ"),
        ("koreanCounting", 12, "십이"),
        ("ganada", 2, "나"),
        ("lowerLetter", 27, "aa"),
        ("upperLetter", 53, "AAA"),
        ("lowerRoman", 4, "iv"),
        ("upperRoman", 1994, "MCMXCIV"),
        ("ordinal", 2, "2nd"),
        ("ordinal", 11, "11th"),
        ("numberInDash", 3, "- 3 -"),
        ("hex", 31, "1F"),
        ("russianLower", 1, "а"),
        ("001", 12, "012"),
        ("bullet", 3, ""),
        ("none", 3, ""),
        ("cardinalText", 3, "3"),
        ("lowerRoman", 0, "0"),
        ("upperLetter", -1, "-1"),
        ("upperLetter", 10**9, "1000000000"),
        ("upperRoman", 10**9, "1000000000"),
    ],
)
def test_a_number_is_written_as_its_format_says(form: str, number: int, text: str) -> None:
    assert number_text(number, form) == text


@given(st.integers(1, 99_999), st.integers(1, 99_999))
def test_no_two_numbers_are_counted_alike_in_chinese(one: int, other: int) -> None:
    for form in ("chineseCountingThousand", "chineseLegalSimplified", "ideographDigital"):
        assert (number_text(one, form) == number_text(other, form)) is (one == other)
