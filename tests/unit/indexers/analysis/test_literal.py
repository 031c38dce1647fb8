"""What was typed stands in a text sign by sign."""

from functools import cache
from time import process_time

import pytest

from indexers.analysis import Fold
from indexers.analysis.literal import Literal


@cache
def literal() -> Literal:
    return Literal(Fold.load())


@pytest.mark.feature("SS-03")
@pytest.mark.parametrize(
    ("typed", "text", "expected"),
    [
        ("C++", "c, Ｃ＋＋ c ++ MFC++", ["Ｃ＋＋", "c ++", "C++"]),
        ("“好”", '说"好"', ['"好"']),
        ("，", "甲,乙，丙、", [",", "，"]),
        ("国发[2026]5号", "國發〔2026〕\n5號", ["國發〔2026〕\n5號"]),
        ("a b，", "ab， a  b，", ["a  b，"]),
        ("ab，", "a b， ab，", ["ab，"]),
        ("，，", "，，，，", ["，，", "，，"]),
        (" \n", "a b", []),
        ("，", "", []),
    ],
)
def test_it_is_found_where_it_stands(typed: str, text: str, expected: list[str]) -> None:
    found = literal().places(text, typed)
    assert [text[span.start : span.end] for span in found] == expected


def test_a_long_text_of_one_sign_is_looked_through_in_a_moment() -> None:
    begun_s = process_time()
    assert not list(literal().places("， " * 1_000_000, "，" * 199 + "。"))
    assert process_time() - begun_s < 3
