"""The fold, and the table that it is made of."""

import json
import unicodedata
from functools import cache
from importlib.resources import files

import opencc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexers.analysis import Fold
from indexers.analysis.fold import FoldTable, mapping
from tools.make_fold_table import folded, table


@cache
def fold() -> Fold:
    return Fold.load()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("臺灣龍門", "台湾龙门"),
        ("ＡＢＣ１２３", "abc123"),
        ("ÀÉ", "àé"),
        ("e\u0301", "é"),
        ("か\u3099ｶﾞ", "がガ"),
        ("㎡①", "m21"),
        ("⻓⾧", "长长"),
        ("防\u200b汛\ufeff", "防汛"),
        ("葛\U000e0100", "葛"),
        ("\ud800", "\ufffd"),
        ("´", "´"),
    ],
)
def test_all_ways_to_write_a_character_become_one(text: str, expected: str) -> None:
    assert fold().fold(text) == expected


@settings(deadline=None)
@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold().fold(text)
    assert fold().fold(once) == once


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("a\u0301é\u0323㎡防\u200bか\u3099 ①\U000e0100")))
def test_folded_characters_know_where_they_came_from(text: str) -> None:
    result = fold().fold_with_origins(text)
    assert result.text == fold().fold(text)
    assert len(result.text) == len(result.starts) == len(result.ends)
    for char, start, end in zip(result.text, result.starts, result.ends, strict=True):
        assert char in fold().fold(text[start:end])


def test_the_committed_table_is_what_the_script_writes() -> None:
    """Characters that are newer than the Unicode data of either side are left out."""
    content = files("indexers.analysis").joinpath("fold_table.json").read_text(encoding="ascii")
    committed = mapping(FoldTable.model_validate(json.loads(content)))
    if unicodedata.unidata_version == json.loads(content)["unicode"]:
        assert table() == json.loads(content)
        return
    simplified = opencc.OpenCC("t2s").convert
    for code in range(0x30000):
        char = chr(code)
        if unicodedata.category(char) not in {"Cn", "Co", "Cc", "Cf", "Cs"} and code in committed:
            assert committed[code] == folded(char, simplified)
