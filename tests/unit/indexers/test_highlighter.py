"""Places of words in raw text."""

import unicodedata
from functools import cache
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexers.analysis import Analyser, Fold
from indexers.analysis.outline import Outlines
from indexers.highlighter import OutlineHighlighter
from records.queries.language import read_query
from records.queries.query import Prefix, Words


@cache
def highlighter() -> OutlineHighlighter:
    analyser = Analyser(Fold.load())
    return OutlineHighlighter(analyser, Outlines(analyser.folding))


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


SIGNS = [
    *"甲乙龍龙𠀀\ue000\U000f0001カか〇ab1２Ａé \n\t\x01\x02　、，-|<>〔…㈠①㎡\u200b\uffff\ud800",
    *("e\u0301", "か\u3099", "a\u200b\u0323\u0301"),
]
REMOVED = "\u200b"

Token = tuple[str, int, int]
"""What stands there, and from where to where in the raw text."""


def plain_signs(text: str) -> list[Token]:
    """Folded characters, sign by sign, a letter with its marks at once."""
    clusters: list[Token] = []
    for at, sign in enumerate(text):
        joins = unicodedata.category(sign).startswith("M") or sign == REMOVED
        if joins and clusters:
            before, start, _ = clusters[-1]
            clusters[-1] = (before + sign, start, at + 1)
        else:
            clusters.append((sign, at, at + 1))
    fold = highlighter_fold().fold
    found: list[Token] = []
    for cluster, start, end in clusters:
        while end > start + 1 and text[end - 1] == REMOVED:
            end -= 1  # noqa: PLW2901 - what is not there ends no mark
        first = start
        while text[first] == REMOVED and first < end - 1:
            first += 1
        folded = fold(cluster)
        found += [(sign, first, first + 1) for sign in folded[:-1]]
        found += [(sign, first, end) for sign in folded[-1:]]
    return found


def plain_tokens(text: str) -> list[Token]:
    """Characters, runs and breaks of a text."""
    found: list[Token] = []
    glued = False
    for sign, start, end in plain_signs(text):
        if sign.isspace() or unicodedata.category(sign) == "Cc":
            glued = False
        elif sign in "甲乙龙𠀀\ue000\U000f0001カかが〇一":
            found.append((sign, start, end))
            glued = False
        elif sign.isalnum() or unicodedata.category(sign).startswith("M"):
            if glued:
                run, begun, _ = found.pop()
                found.append((run + sign, begun, end))
            else:
                found.append((sign, start, end))
            glued = True
        else:
            if not found or found[-1][0] != "BREAK":
                found.append(("BREAK", start, end))
            glued = False
    return found


def plain_spans(word: str, text: str, *, prefix: bool) -> set[tuple[int, int]]:
    """Where the tokens of the word follow one another, and the raw text from first to last."""
    sought, tokens = [token for token, _, _ in plain_tokens(word)], plain_tokens(text)
    while sought[:1] == ["BREAK"]:
        sought = sought[1:]
    while sought[-1:] == ["BREAK"]:
        sought = sought[:-1]
    found = set()
    for at in range(len(tokens) - len(sought) + 1) if sought else ():
        place = tokens[at : at + len(sought)]
        standing = [token for token, _, _ in place]
        goes_on = prefix and sought[-1][0].isalnum() and standing[-1].startswith(sought[-1])
        if standing == sought or (goes_on and standing[:-1] == sought[:-1]):
            found.add((place[0][1], place[-1][2]))
    return found


@cache
def highlighter_fold() -> Fold:
    return Fold.load()


@settings(deadline=None, max_examples=500)
@given(st.lists(st.sampled_from(SIGNS), max_size=14).map("".join), st.data())
def test_marks_stand_exactly_where_the_promise_says(text: str, data: st.DataObject) -> None:
    prefix = data.draw(st.booleans())
    start = data.draw(st.integers(0, len(text)))
    piece = text[start : data.draw(st.integers(start, min(len(text), start + 5)))]
    word = data.draw(st.just(piece) | st.lists(st.sampled_from(SIGNS), max_size=3).map("".join))
    query = Prefix(word) if prefix else Words(word)
    spans = highlighter().spans(text, query, field=None, relaxed=False)
    marked_signs = {at for span in spans for at in range(span.start, span.end)}
    places = plain_spans(word, text, prefix=prefix)
    assert marked_signs == {at for first, last in places for at in range(first, last)}
    assert all(one.end < other.start for one, other in pairwise(spans))


@pytest.mark.parametrize("piece", ["甲", "甲 ", "甲、", "甲\n，", "a ", "a、", "\u200b甲"])
def test_a_long_monotonous_text_is_marked_in_time(piece: str) -> None:
    """Work that grows with the square of the length would take minutes here."""
    started = process_time()
    highlighter().spans(piece * 50_000, Words(piece * 40 + "乙"), field=None, relaxed=False)
    assert process_time() - started < 5
