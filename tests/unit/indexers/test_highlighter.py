"""Places of words in raw text."""

from functools import cache

import pytest

from indexers.analysis import Analyser, Fold
from indexers.highlighter import TraceHighlighter
from records.query_language import read_query


@cache
def highlighter() -> TraceHighlighter:
    return TraceHighlighter(Analyser(Fold.load()))


def marked(typed: str, text: str, *, field: str | None = None, relaxed: bool = False) -> list[str]:
    query = read_query(typed).tree
    spans = highlighter().spans(text, query, field=field, relaxed=relaxed)
    return [text[span.start : span.end] for span in spans]


@pytest.mark.parametrize(
    ("typed", "text", "expected"),
    [
        ("防汛", "做好防汛工作，防 汛", ["防汛", "防 汛"]),
        ("防汛", "防\n汛", ["防\n汛"]),
        ("台湾", "①臺灣㎡", ["臺灣"]),
        ("m2", "共㎡。", ["㎡"]),
        ("5年", "2015年，5年", ["5年"]),
        ("甲、乙", "甲，乙甲乙", ["甲，乙"]),
        ("gd*", "GD2017 agd", ["GD2017"]),
        ("防汛 -演练", "防汛演练", ["防汛"]),
        ("防汛 汛期", "防汛期", ["防汛期"]),
        ("é", "cafe\u0301 e\u0301", ["e\u0301"]),
        ("𠀀", "a𠀀b", ["𠀀"]),
        ("哈哈", "哈哈哈", ["哈哈哈"]),
        ("", "甲", []),
        ("甲", "", []),
    ],
)
def test_words_are_marked_where_they_stand(typed: str, text: str, expected: list[str]) -> None:
    assert marked(typed, text) == expected


def test_a_named_field_is_marked_alone() -> None:
    assert marked("标题:防汛", "防汛", field="title") == ["防汛"]
    assert marked("标题:防汛", "防汛") == []
    assert marked("防汛", "防汛", field="title") == ["防汛"]
    assert marked("防汛", "防汛", field="unit") == []


def test_relaxed_marks_pairs_only_where_no_word_stands() -> None:
    assert marked("防汛演练", "防汛与演练", relaxed=True) == ["防汛", "演练"]
    assert marked("防汛演练", "防汛演练，防汛", relaxed=True) == ["防汛演练"]
    assert marked("防汛演练", "防汛与演练") == []
