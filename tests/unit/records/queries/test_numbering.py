"""Document numbers meet in one key."""

import pytest

from records.queries.numbering import (
    bare_sequence,
    issuer_and_year,
    number_key,
    spaced_number_key,
    without_issuer,
    without_year,
)


@pytest.mark.feature("SS-02")
@pytest.mark.parametrize(
    "text",
    [
        "渝工商发〔2017〕12号",
        "渝工商发［２０１７］１２號",
        "渝工商发(2017)第012号",
        "渝工商发（2017）12号",
        "渝工商发【2017】12号",
        " 渝工商发 〔2017〕 12 号 ",
        "渝工商发2017年12号",
        "渝工商发〔2017〕12",
        "渝工商发201712号",
        "渝工商发〔二〇一七〕十二号",
        "渝工商发【二零一七年】第十二号",
        "渝工商发〔2017〕一二号",
    ],
)
def test_all_spellings_of_a_number_have_one_key(text: str) -> None:
    assert number_key(text) == "渝工商发〔2017〕12号"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "防汛",
        "〔2017〕12号",
        "2017年12号",
        "防汛2017年",
        "防汛2017年12月",
        "渝发〔1817〕1号",
        "渝发〔2017〕0号",
    ],
)
def test_other_text_has_no_key(text: str) -> None:
    assert number_key(text) is None


def test_issuer_year_and_sequence_all_count() -> None:
    keys = {
        number_key(t)
        for t in ("渝发〔2017〕1号", "渝发〔2018〕1号", "渝发〔2017〕11号", "川发〔2017〕1号")
    }
    assert len(keys) == 4


@pytest.mark.parametrize(
    ("figures", "sequence"),
    [
        ("十", 10),
        ("二十", 20),
        ("九十二", 92),
        ("一百", 100),
        ("一百零五", 105),
        ("三百二十一", 321),
    ],
)
def test_chinese_figures_are_read(figures: str, sequence: int) -> None:
    assert number_key(f"渝发〔2017〕{figures}号") == f"渝发〔2017〕{sequence}号"


@pytest.mark.feature("SS-02")
@pytest.mark.parametrize(
    "text",
    [
        "渝发 2017 12",
        "渝发2017 12",
        "渝发　２０１７ 012号",
        "渝发 2017年 12号",
        "渝发 2017第12号",
        "渝发 2017 十二号",
    ],
)
def test_a_number_may_be_typed_with_blanks(text: str) -> None:
    assert spaced_number_key(text) == "渝发〔2017〕12号"


@pytest.mark.parametrize("text", ["渝发 1817 12", "渝发 2017", "2017 12", "渝发 2017 1234567", ""])
def test_other_words_with_blanks_are_none(text: str) -> None:
    assert spaced_number_key(text) is None


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("渝监办92号", ("渝监办", "92号")),
        ("渝监办第０９２號", ("渝监办", "92号")),
        ("渝监办九十二号", ("渝监办", "92号")),
        ("渝监办第九十二号", ("渝监办", "92号")),
        ("第12号", None),
        ("渝监办92", None),
        ("渝监办0号", None),
        ("12号", None),
    ],
)
def test_a_number_may_lack_its_year(text: str, parts: tuple[str, str] | None) -> None:
    assert without_year(text) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        *(
            (t, ("2025", "12号"))
            for t in ("2025年12号", "2025年第012号", "〔2025〕12", "[2025]12号")
        ),
        *(
            (t, ("2025", "12号"))
            for t in ("（2025年）第12号", "〔２０２５〕十二号", "2025年十二号")
        ),
        *((t, None) for t in ("2025", "2025年", "12号", "2025年12", "2025年12月", "2025年0号", "")),
    ],
)
def test_a_number_may_lack_its_issuer(text: str, parts: tuple[str, str] | None) -> None:
    assert without_issuer(text) == parts


@pytest.mark.parametrize(
    ("text", "sequence"),
    [
        *((text, "9号") for text in ("第9号", "009号", "九号", "第九號")),
        *((text, None) for text in ("9号", "９号", "9", "〇号", "号", "第号", "一号文件", "0号")),
    ],
)
def test_a_sequence_may_be_all_that_is_typed(text: str, sequence: str | None) -> None:
    assert bare_sequence(text) == sequence


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("渝市监法2025", ("渝市监法", "2025")),
        ("渝市监法２０２５年", ("渝市监法", "2025")),
        *((text, None) for text in ("2025", "渝2025", "渝市监法1825", "渝市监法20251", "渝市监法")),
    ],
)
def test_issuer_and_year_may_be_all_that_is_typed(text: str, parts: tuple[str, str] | None) -> None:
    assert issuer_and_year(text) == parts
