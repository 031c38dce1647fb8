"""Passages are quoted whole: sentences, else clauses, and never within a word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.queries.quoting import MOST, quotation
from records.queries.search import Span


def quoted(text: str, *words: str, lines_end: bool = False) -> str:
    spans = [Span(text.index(word), text.index(word) + len(word)) for word in words]
    begin, end = quotation(text, spans, lines_end=lines_end)
    return text[begin:end]


@pytest.mark.feature("SS-03")
@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("第一句。储备防汛物资，专人保管。第三句。", ["防汛"], "储备防汛物资，专人保管。"),
        ("他说：“储备防汛物资。”第三句。", ["防汛"], "他说：“储备防汛物资。”"),
        ("标题\n\n储备防汛\n物资。\n\n其他", ["物资"], "储备防汛\n物资。"),
        ("一。防汛。二。物资。三。", ["防汛", "物资"], "防汛。二。物资。"),
        ("防汛", ["防汛"], "防汛"),
        ("  防汛  ", ["防汛"], "防汛"),
        ("甲\t防汛\t乙\f丙", ["防汛"], "甲\t防汛\t乙"),
        ("表一\n甲\t1\t\n乙\t防汛\t\n丙\t", ["防汛"], "乙\t防汛"),
    ],
)
def test_whole_sentences_are_quoted(text: str, words: list[str], expected: str) -> None:
    assert quoted(text, *words).rstrip("\f") == expected


@pytest.mark.feature("SS-03")
def test_a_heading_is_no_part_of_a_sentence_where_lines_are_paragraphs() -> None:
    text = "关于防汛的通知\n渝府发〔2026〕3号\n储备防汛物资。"
    assert quoted(text, "物资", lines_end=True) == "储备防汛物资。"
    assert quoted(text, "防汛", lines_end=True) == "关于防汛的通知"


@pytest.mark.feature("SS-03")
def test_on_a_printed_page_a_short_line_ends_a_paragraph_and_a_full_one_does_not() -> None:
    body = "各单位要认真储备防汛物资，明确专人保管\n并逐一登记造册，每月清点"
    text = f"关于防汛的通知\n{body}\n二、其他事项另行通知各单位办理落实\n"
    assert (
        quoted(text, "物资") == "各单位要认真储备防汛物资，明确专人保管\n并逐一登记造册，每月清点"
    )
    assert quoted(text, "通知") == "关于防汛的通知"


@pytest.mark.feature("SS-03")
def test_of_a_long_sentence_whole_clauses_are_quoted() -> None:
    clause = "各单位要认真落实责任制"
    text = "。" + "，".join([clause] * 30) + "，储备防汛物资，" + "，".join([clause] * 30) + "。"
    found = quoted(text, "防汛")
    assert len(found) <= MOST
    assert found.startswith((clause, "储备"))
    assert found.endswith("，")
    assert "，储备防汛物资，" in f"，{found}"
    assert len(found) > MOST - 2 * len(clause)


@pytest.mark.feature("SS-03")
def test_where_nothing_ends_no_run_of_letters_is_cut() -> None:
    text = (
        "甲" * 50 + "Elasticsearch" * 4 + "乙" * 90 + "防汛" + "丙" * 80 + "25.3%" * 3 + "丁" * 90
    )
    found = quoted(text, "防汛")
    assert len(found) <= MOST
    assert "防汛" in found
    assert found[0] == "乙"
    assert found.endswith("25.3%" * 3 + "丁" * (len(found) - found.index("丁")))


SIGNS = st.text("防汛物资甲乙a1。，；\n\t \f", min_size=1, max_size=900)


@pytest.mark.feature("SS-03")
@given(SIGNS, st.data(), st.booleans())
def test_places_are_inside_whatever_stands_around_them(
    text: str,
    data: st.DataObject,
    lines_end: bool,  # noqa: FBT001 - drawn by hypothesis
) -> None:
    first = data.draw(st.integers(0, len(text) - 1))
    last = data.draw(st.integers(first + 1, min(len(text), first + 90)))
    begin, end = quotation(text, [Span(first, last)], lines_end=lines_end)
    assert begin <= first < last <= end
    assert end - begin <= MOST
