"""Words that mean the same are put in for each other; what cannot be a group is refused."""

from collections.abc import Sequence
from time import perf_counter

import pytest

from indexers.analysis import Fold
from records.errors import Invalid
from records.queries.language import read_query
from records.queries.query import And, Not, Or, TextField, Words
from records.queries.synonyms import MOST_GROUPS, Synonyms, checked_groups, synonyms_of

pytestmark = pytest.mark.feature("SS-05")
FOLD = Fold.load().fold


def ready(*groups: Sequence[str]) -> Synonyms:
    return synonyms_of(checked_groups(groups, FOLD), FOLD)


OFFICE = ready(["督查", "督察"], ["市监局", "市场监督管理局"], ["局", "厅"], ["IT", "信息技术"])


@pytest.mark.feature("SS-05")
@pytest.mark.parametrize(
    ("word", "others"),
    [
        ("督查", ("督察",)),
        ("督察", ("督查",)),
        ("督查通知", ("督察通知",)),
        ("渝州市市场监督管理局", ("渝州市市监局",)),
        ("市場監督管理局", ("市监局",)),
        ("局", ("厅",)),
        ("局长", ()),
        ("it", ("信息技术",)),
        ("item", ()),
        ("防汛", ()),
        ("", ()),
        ("市监局督查", ("市监局督察", "市场监督管理局督查", "市场监督管理局督察")),
    ],
)
def test_a_word_is_called_otherwise(word: str, others: tuple[str, ...]) -> None:
    assert OFFICE.others(word) == others


@pytest.mark.feature("SS-05")
def test_only_words_outside_quotes_of_the_whole_record_or_its_title_are_widened() -> None:
    both = Or((Words("督查"), Words("督察")))
    assert read_query("督查", OFFICE).tree == both
    assert read_query("-督查", OFFICE).tree == Not(both)
    assert read_query("督查 通知", OFFICE).tree == And((both, Words("通知")))
    title = TextField.TITLE
    assert read_query("标题:督查", OFFICE).tree == Or((Words("督查", title), Words("督察", title)))
    for typed in ('"督查"', "督查*", "单位:督查", "单位:(督查 OR 甲)", "((督查"):
        assert read_query(typed, OFFICE).tree == read_query(typed).tree
        assert read_query(typed, OFFICE).widened == ()


@pytest.mark.feature("SS-05")
@pytest.mark.parametrize(
    "typed", ["督查 通知", "标题:督查", "防汛 OR -督查", '甲"督查', "「甲」督查"]
)
def test_each_widened_word_can_be_asked_for_exactly(typed: str) -> None:
    (widened,) = read_query(typed, OFFICE).widened
    assert widened.exact
    assert read_query(widened.exact, OFFICE).widened == ()


@pytest.mark.feature("SS-05")
@pytest.mark.parametrize(
    ("groups", "reason"),
    [
        ([["甲乙", "丙丁"], ["丙丁", "戊己"]], "repeated_synonym"),
        ([["甲乙", "丙丁"], ["丙丁", "甲乙"]], "repeated_synonym"),
        ([["甲乙", "臺灣"], ["台湾", "己"]], "repeated_synonym"),
        ([["甲乙"]], "lonely_synonym"),
        ([["甲乙", " 甲乙 "]], "lonely_synonym"),
        ([["甲乙", "，。"]], "bad_synonym"),
        ([["甲乙", "丙=丁"]], "bad_synonym"),
        ([["甲乙", "丙＝丁"]], "bad_synonym"),
        ([["甲乙", "长" * 41]], "bad_synonym"),
        ([[f"词{n}" for n in range(21)]], "long_group"),
        ([[f"甲{n}", f"乙{n}"] for n in range(MOST_GROUPS + 1)], "too_many_synonyms"),
    ],
)
def test_what_cannot_be_a_group_is_refused(groups: list[list[str]], reason: str) -> None:
    with pytest.raises(Invalid, match=reason):
        checked_groups(groups, FOLD)


@pytest.mark.feature("SS-05")
def test_empty_lines_and_blanks_are_nothing_and_lines_are_named() -> None:
    assert checked_groups([[], ["", " "], [" 甲  乙 ", "丙", "丙", ""]], FOLD) == (("甲 乙", "丙"),)
    with pytest.raises(Invalid) as caught:
        checked_groups([[], ["甲", "乙"], [""], ["丙", "乙"]], FOLD)
    assert (caught.value.facts["line"], caught.value.facts["other"]) == (4, 2)


@pytest.mark.feature("SS-05")
def test_five_thousand_groups_and_long_words_cost_little() -> None:
    many = ready(*([f"甲{n}类", f"乙{n}类"] for n in range(MOST_GROUPS)))
    began = perf_counter()
    assert len(many.others("甲1类" * 100)) <= 20
    assert many.others("无" * 500) == ()
    assert perf_counter() - began < 0.5
