"""Where lines of Chinese end (避头尾)."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from documents.making.line_breaks import broken, stretched

CLOSING = "，。、；：！？）〕》”"
OPENING = "（〔《“"
PAPER = st.text("监管办法一二" + CLOSING + OPENING + "2026ab—… 　", max_size=60)


def lines(text: str, *limits: float) -> list[str]:
    return [line for _, line in broken(text, [1.0] * len(text), limits)]


def test_a_mark_that_closes_goes_along_with_what_it_follows() -> None:
    assert lines("各科室要认真落实，按期报送。", 8) == ["各科室要认真落", "实，按期报送。"]
    assert lines("见附件（一）。", 5) == ["见附件", "（一）。"]


def test_a_mark_that_opens_is_taken_to_the_next_line() -> None:
    assert lines("现将《工作要点》印发", 3) == ["现将", "《工作", "要点》", "印发"]


def test_a_number_a_dash_and_a_word_stay_whole() -> None:
    assert lines("渝市监发〔2026〕1号", 7) == ["渝市监发", "〔2026〕1", "号"]
    assert lines("他说——好", 3) == ["他说", "——好"]
    assert lines("按照ISO9001执行", 5) == ["按照", "ISO90", "01执行"]  # longer than a line


def test_the_first_line_may_be_shorter_and_white_space_stands_where_a_line_ends() -> None:
    assert lines("一二三四五六", 2, 3) == ["一二", "三四五", "六"]
    assert lines("　　一二 三四", 4) == ["　　一二 ", "三四"]
    assert lines("一二  ab", 3) == ["一二  ", "ab"]


def test_the_room_that_a_line_leaves_is_told() -> None:
    rooms = [room for room, _ in broken("一二，三", [16, 16, 16, 16], [40])]
    assert rooms == [24, 8, 24]
    spaced = [room for room, _ in broken("一二 三", [16, 16, 8, 16], [40])]
    assert spaced == [8, 24], "white space where a line ends takes none"


def test_a_line_is_stretched_between_letters_and_not_within_a_word_or_a_dash() -> None:
    found = list(stretched("按ISO 9001：〔2026〕——好……"))
    assert found == ["按", "ISO", " ", "9001", "：", "〔", "2026", "〕", "——", "好", "……"]
    assert list(stretched("")) == []


@given(text=PAPER, limit=st.integers(6, 20))
def test_nothing_is_lost_and_no_line_is_too_long(text: str, limit: int) -> None:
    found = lines(text, limit)
    assert "".join(found) == text
    assert all(0 < len(line.rstrip()) <= limit or not text.strip() for line in found)


@given(text=PAPER, limit=st.integers(6, 20))
def test_a_line_begins_or_ends_with_the_wrong_mark_only_where_nothing_else_will_do(
    text: str, limit: int
) -> None:
    found = lines(text, limit)
    for before, after in pairwise(found):
        if after[0] in CLOSING or before[-1] in OPENING:
            assert len(before) == limit
