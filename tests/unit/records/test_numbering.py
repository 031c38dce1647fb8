"""Document numbers meet in one key."""

import pytest

from records.numbering import number_key


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
