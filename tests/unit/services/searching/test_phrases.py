"""Phrases in which titles go on from what is typed."""

import pytest

from services.searching.phrases import common_phrases

TITLES = (
    "关于做好信用修复工作的通知",
    "信用修复指南",
    "信用修复指引",
    "信用监管办法",
    "信用监测方案",
    "市场监督管理局信用修复专项行动方案",
    "关于印发GD2017标准的通知",
    "GD2018标准",
)


@pytest.mark.feature("SS-03")
@pytest.mark.parametrize(
    ("typed", "phrases"),
    [
        ("信用", ("信用修复",)),
        ("信", ("信用修复",)),
        ("信用修复", ()),
        ("修", ("修复",)),
        ("关于", ()),
        ("信用监", ()),
        ("xinyong", ()),
        ("GD", ()),
        ("", ()),
        ("恐龙", ()),
    ],
)
def test_what_two_titles_share_is_a_phrase_that_ends_where_a_word_does(
    typed: str, phrases: tuple[str, ...]
) -> None:
    assert common_phrases(typed, TITLES, most=3) == phrases


def test_of_phrases_that_the_same_titles_share_the_longest_is_given() -> None:
    titles = ("食品安全抽检工作的通知", "食品安全抽检工作的方案", "食品安全会议")
    assert common_phrases("食品", titles, most=3) == ("食品安全", "食品安全抽检工作")


def test_one_title_given_twice_is_one() -> None:
    assert common_phrases("食品", ["食品安全工作", "食品安全工作"], most=3) == ()


def test_a_long_title_costs_little() -> None:
    assert common_phrases("食", ["食" * 5_000, "食" * 4_999], most=1) != ("",)
