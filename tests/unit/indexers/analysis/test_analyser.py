"""The promise of the search, against a reading of it that shares no code."""

import unicodedata
from functools import cache
from time import process_time

import opencc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexers.analysis import Analyser, Fold
from indexers.analysis.analyser import RUN_LIMIT, index_tokens, spaced
from indexers.analysis.relaxing import needed
from records.queries.search import Floor


@cache
def analyser() -> Analyser:
    return Analyser(Fold.load())


@pytest.mark.parametrize(
    ("text", "trace"),
    [
        ("渝工商发〔2017〕 12 号。", "渝工商发|<2017>|<12>号|"),
        ("防\n 汛", "防汛"),
        ("hello  World", "<hello><world>"),
        ("foo - bar", "<foo>|<bar>"),
        ("甲 、 ， 乙", "甲|乙"),
        ("阿·甲・乙", "阿|甲|乙"),
        ("𠀀\ue000〇々", "𠀀\ue000〇々"),
        ("a_b", "<a>|<b>"),
        ("བོད་", "<བོད>|"),
        ("한글 abc가", "<한글><abc가>"),
        ("\x00甲\x0c乙", "甲乙"),
    ],
)
def test_a_text_has_its_trace(text: str, trace: str) -> None:
    assert analyser().trace(analyser().stretches(text)) == trace


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("甲乙\n丙、丁2017戊己", "甲乙 乙丙 | 2017 戊己"),
        ("甲乙、丙、丁戊", "甲乙 | 丁戊"),
        ("丙、甲乙、丙", "甲乙"),
        ("丙", ""),
    ],
)
def test_pairs_of_two_stretches_never_follow_one_another(text: str, pairs: str) -> None:
    assert analyser().pairs(analyser().word(text)) == pairs.split()


def test_clues_are_pairs_and_lone_characters_each_once() -> None:
    assert analyser().clues(["防汛", "防汛办", "水", "，", "a1"]) == ["防汛", "汛办", "水", "a1"]


def test_a_long_run_becomes_tokens_that_meet_only_each_other() -> None:
    long = index_tokens("a" * (2 * RUN_LIMIT + 1))
    assert long == ["a" * RUN_LIMIT + "~", "~" + "a" * RUN_LIMIT + "~", "~a"]
    assert index_tokens("a" * RUN_LIMIT) == ["a" * RUN_LIMIT]
    for length in (1, RUN_LIMIT, RUN_LIMIT + 1, 3 * RUN_LIMIT):
        tokens = ["甲", "a" * length, "乙"]
        assert spaced(tokens).split(" ") == [part for one in tokens for part in index_tokens(one)]


@pytest.mark.parametrize("piece", ["甲\n", " ", "，", "a", "\u0301\u0323", "甲 a，", "\x00"])
def test_long_monotonous_text_is_read_in_time(piece: str) -> None:
    """Work that grows with the square of the length would take minutes here."""
    started = process_time()
    analyser().stretches(piece * 100_000)
    assert process_time() - started < 5


@settings(deadline=None, max_examples=200)
@given(
    st.text(
        alphabet=st.sampled_from("甲乙龍か\ue000𠀀a１é \n、|<…㎡\u0301\u3099\u200b"), max_size=12
    )
)
def test_what_an_index_takes_is_the_tokens_and_pairs_of_the_word(text: str) -> None:
    long = text + "a" * (RUN_LIMIT + 1) + text
    for one in (text, long):
        word = analyser().word(one)
        written = analyser().written(one)
        assert written.tokens == spaced(analyser().tokens(word))
        assert written.pairs == spaced(analyser().pairs(word))


SIGNS = "甲乙龍龙𠀀\ue000カ〇ab1２Ａé \n\t　、，-|<>〔①㎡"


def plain_tokens(text: str) -> list[str]:
    """Characters, runs and breaks, one sign after the other."""
    simplified = opencc.OpenCC("t2s").convert
    tokens: list[str] = []
    glued = False
    for sign in map(simplified, unicodedata.normalize("NFKC", text).lower()):
        if sign.isspace():
            glued = False
        elif sign in "甲乙龙𠀀\ue000カ〇":
            tokens.append(sign)
            glued = False
        elif sign.isalnum():
            if glued:
                tokens[-1] += sign
            else:
                tokens.append(sign)
            glued = True
        elif not tokens or tokens[-1] != "BREAK":
            tokens.append("BREAK")
            glued = False
    return tokens


def plain_stands(word: str, text: str) -> bool:
    """Whether the tokens of the word follow one another in the text."""
    sought, tokens = plain_tokens(word), plain_tokens(text)
    while sought[:1] == ["BREAK"]:
        sought = sought[1:]
    while sought[-1:] == ["BREAK"]:
        sought = sought[:-1]
    places = range(len(tokens) - len(sought) + 1)
    return any(tokens[at : at + len(sought)] == sought for at in places)


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet=SIGNS, max_size=12), st.data())
def test_a_needle_is_in_a_trace_when_the_word_stands_in_the_text(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    piece = text[start : data.draw(st.integers(start, len(text)))]
    word = data.draw(st.just(piece) | st.text(alphabet=SIGNS, max_size=4))
    needle = analyser().needle(word, prefix=False)
    trace = analyser().trace(analyser().stretches(text))
    assert (needle in trace) == plain_stands(word, text)


@pytest.mark.feature("SS-01")
@pytest.mark.parametrize(
    ("typed", "clues"),
    [
        ("什么是不动产登记证明", ["是不", "不动", "动产", "产登", "登记", "记证", "证明"]),
        ("几内亚", ["几内", "内亚"]),
        ("何时办理不动产登记", ["办理", "理不", "不动", "动产", "产登", "登记"]),
        ("是什么", ["是什", "什么"]),
        ("什么时候什么时候", ["什么", "么时", "时候", "候什"]),
        ("甚麼是甚麼", ["甚么", "么是", "是甚"]),
        ("為什麼要登記甲乙", ["要登", "登记", "记甲", "甲乙"]),
    ],
)
def test_question_words_are_no_clues_unless_nothing_else_is_asked(
    typed: str, clues: list[str]
) -> None:
    assert analyser().clues([typed]) == clues


def test_of_many_clues_some_are_needed_and_of_very_many_one_again() -> None:
    counts = (0, 1, 2, 3, 10, 11, 20, 21, 200, 201)
    assert [needed(clues, Floor.SOME) for clues in counts] == [1, 1, 1, 1, 1, 2, 2, 3, 20, 1]
    assert [needed(clues, Floor.HALF) for clues in counts] == [1, 1, 1, 2, 5, 6, 10, 11, 100, 1]
