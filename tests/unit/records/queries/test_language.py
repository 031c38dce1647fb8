"""Typed text and the query tree that it is read as."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from records.queries.language import MAX_CHARACTERS, read_query
from records.queries.query import (
    And,
    DateRange,
    DocumentNumber,
    Everything,
    Not,
    Or,
    Prefix,
    Query,
    TextField,
    Words,
)

FLOOD, DROUGHT = Words("防汛"), Words("抗旱")
KEY = DocumentNumber("渝工商发〔2017〕12号")
WITHOUT_YEAR = And((Words("渝工商发", TextField.NUMBER), Words("12号", TextField.NUMBER)))
TWELVE = Words("12号", TextField.NUMBER)
IN_2017 = And((Words("2017", TextField.NUMBER), TWELVE))
SPACED = ("渝工商发", "2017", "第十二号")
MARCH = DateRange(date(2017, 3, 1), date(2017, 3, 31))
DAY_WRITTEN = Words("2017年3月1日")
DAY = DateRange(date(2017, 3, 1), date(2017, 3, 1))


@pytest.mark.feature("SS-01", "SS-02", "SS-05")
@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ("防汛", FLOOD),
        ("防汛 抗旱", And((FLOOD, DROUGHT))),
        ("防汛　抗旱", And((FLOOD, DROUGHT))),
        ("防汛 AND 抗旱", And((FLOOD, DROUGHT))),
        ('"防汛 抗旱"', Words("防汛 抗旱")),
        ("“防汛 抗旱”", Words("防汛 抗旱")),
        ("「防汛 抗旱」", Words("防汛 抗旱")),
        ("防汛 OR 抗旱", Or((FLOOD, DROUGHT))),
        ("防汛 或 抗旱", Or((FLOOD, DROUGHT))),
        ("或", Words("或")),
        ("防汛 or 抗旱", And((FLOOD, Words("or"), DROUGHT))),
        ("防汛 -抗旱", And((FLOOD, Not(DROUGHT)))),
        ("防汛 NOT 抗旱", And((FLOOD, Not(DROUGHT)))),
        ("-抗旱", Not(DROUGHT)),
        ("(防汛 OR 抗旱) 通知", And((Or((FLOOD, DROUGHT)), Words("通知")))),
        ("（防汛 OR 抗旱）通知", And((Or((FLOOD, DROUGHT)), Words("通知")))),
        ("标题:防汛", Words("防汛", TextField.TITLE)),
        ("标题：防汛", Words("防汛", TextField.TITLE)),
        ("TITLE: 防汛", Words("防汛", TextField.TITLE)),
        ("单位:办公室", Words("办公室", TextField.UNIT)),
        ("起草人:张三", Words("张三", TextField.AUTHOR)),
        (
            "标题:(防汛 OR 文号:甲)",
            Or((Words("防汛", TextField.TITLE), Words("甲", TextField.NUMBER))),
        ),
        ("通知：防汛", Words("通知：防汛")),
        ("gd20*", Prefix("gd20")),
        ("标题:gd＊", Prefix("gd", TextField.TITLE)),
        ("日期:2017-03", DateRange(date(2017, 3, 1), date(2017, 3, 31))),
        ("日期:2017-01..2017-06", DateRange(date(2017, 1, 1), date(2017, 6, 30))),
        ("date:二〇一七年", DateRange(date(2017, 1, 1), date(2017, 12, 31))),
        ("2017年", Words("2017年")),
        ("关于“放管服”改革", Words("关于“放管服”改革")),
        ("渝工商发(2017)12号", Or((Words("渝工商发(2017)12号"), KEY))),
        ("渝工商发 〔2017〕 12 号", Or((Words("渝工商发 〔2017〕 12 号"), KEY))),
        ("文号:渝工商发2017年12号", Or((Words("渝工商发2017年12号", TextField.NUMBER), KEY))),
        ("标题:渝工商发(2017)12号", Words("渝工商发(2017)12号", TextField.TITLE)),
        (
            "防汛 2017年 12号",
            Or(
                (
                    And((FLOOD, Words("2017年"), Words("12号"))),
                    DocumentNumber("防汛〔2017〕12号"),
                )
            ),
        ),
        (
            "渝工商发 2017 12",
            Or((And((Words("渝工商发"), Words("2017"), Words("12"))), KEY)),
        ),
        ("渝工商发2017 12", Or((And((Words("渝工商发2017"), Words("12"))), KEY))),
        ("渝工商发〔二〇一七〕十二号", Or((Words("渝工商发〔二〇一七〕十二号"), KEY))),
        ("渝工商发12号", Or((Words("渝工商发12号"), WITHOUT_YEAR))),
        ("文号:渝工商发12号", Or((Words("渝工商发12号", TextField.NUMBER), WITHOUT_YEAR))),
        ("标题:渝工商发12号", Words("渝工商发12号", TextField.TITLE)),
        ("“渝工商发12号”", Words("渝工商发12号")),
        ("防汛 渝工商发 2017 12", And((FLOOD, *map(Words, ("渝工商发", "2017", "12"))))),
        ("2017-03-01", Or((Words("2017-03-01"), DAY_WRITTEN, DAY))),
        ("2017.3.1", Or((Words("2017.3.1"), DAY_WRITTEN, DAY))),
        ("2017年3月1日", Or((DAY_WRITTEN, DAY))),
        ("二〇一七年三月一日", Or((Words("二〇一七年三月一日"), DAY_WRITTEN, DAY))),
        ("防汛 2017/3/1", And((FLOOD, Or((Words("2017/3/1"), DAY_WRITTEN, DAY))))),
        ("“2017-03-01”", Words("2017-03-01")),
        ("标题:2017-03-01", Words("2017-03-01", TextField.TITLE)),
        ("2017-02-30", Words("2017-02-30")),
        ("20170301", Or((Words("20170301"), DAY_WRITTEN, DAY))),
        ("17年3月1日", Or((Words("17年3月1日"), DAY_WRITTEN, DAY))),
        ("2017年3月", Or((Words("2017年3月"), MARCH))),
        ("防汛 2017-03", And((FLOOD, Or((Words("2017-03"), Words("2017年3月"), MARCH))))),
        ("2017年以来", Or((Words("2017年以来"), DateRange(date(2017, 1, 1), None)))),
        ("“2017年3月”", Words("2017年3月")),
        ("标题:2017年3月", Words("2017年3月", TextField.TITLE)),
        ("去年", Words("去年")),
        ("日期:去年", DateRange(None, None)),
        ("2017年12号", Or((Words("2017年12号"), IN_2017))),
        ("〔2017〕12", Or((Words("〔2017〕12"), IN_2017))),
        ("２０１７年第１２号", Or((Words("２０１７年第１２号"), IN_2017))),
        ("第十二号", Or((Words("第十二号"), TWELVE))),
        ("渝工商发 第12号", And((Words("渝工商发"), Or((Words("第12号"), TWELVE))))),
        ("12号", Words("12号")),
        ("渝工商发十二号", Or((Words("渝工商发十二号"), WITHOUT_YEAR))),
        ("渝工商发 2017 第十二号", Or((And(tuple(map(Words, SPACED))), KEY))),
        ("防汛 ， ()", FLOOD),
    ],
)
def test_a_query_is_read_as_its_tree(typed: str, tree: Query) -> None:
    read = read_query(typed)
    assert read.tree == tree
    assert read.notices == ()


@pytest.mark.feature("SS-02")
def test_on_a_known_day_words_are_days_besides_what_they_say() -> None:
    last_year = DateRange(date(2025, 1, 1), date(2025, 12, 31))
    today = date(2026, 1, 5)
    assert read_query("去年", today=today).tree == Or((Words("去年"), last_year))
    assert read_query("日期:去年", today=today).tree == last_year
    assert read_query("“去年”", today=today).tree == Words("去年")


@pytest.mark.parametrize(
    ("typed", "tree", "why"),
    [
        ("(防汛", FLOOD, "unpaired"),
        ("防汛)", FLOOD, "unpaired"),
        ('"防汛 抗旱', And((FLOOD, DROUGHT)), "unpaired"),
        ("防汛 OR", FLOOD, "operator"),
        ("OR 防汛", FLOOD, "operator"),
        ("NOT", Words("NOT"), "operator"),
        ("日期:某天", Words("日期:某天"), "bad_date"),
        ("日期:2017-02-30", Words("日期:2017-02-30"), "bad_date"),
        ("(" * 30 + "防汛" + ")" * 30, FLOOD, "malformed"),
        ("NOT " * 30 + "防汛", FLOOD, "malformed"),
    ],
)
def test_what_is_no_query_is_read_as_plain_words(typed: str, tree: Query, why: str) -> None:
    read = read_query(typed)
    assert read.tree == tree
    assert read.notices == (why,)


@pytest.mark.parametrize("typed", ["，。！", "()", "-", "*", "“”"])
def test_what_holds_no_word_asks_for_everything_and_is_told(typed: str) -> None:
    assert read_query(typed).tree == Everything()
    assert read_query(typed).notices == ("empty",)


@pytest.mark.parametrize("typed", ["", "  　"])
def test_nothing_typed_asks_for_everything(typed: str) -> None:
    assert read_query(typed).tree == Everything()
    assert read_query(typed).notices == ()


def test_a_long_text_is_cut() -> None:
    read = read_query("防" * 10_000)
    assert read.tree == Words("防" * MAX_CHARACTERS)
    assert read.notices == ("too_long",)


@settings(deadline=None)
@given(st.text(alphabet='甲乙 a1"“”()（）-*:：ORAND标题日期或。', max_size=60))
def test_reading_never_fails(typed: str) -> None:
    assert read_query(typed).tree is not None


@pytest.mark.feature("SS-02")
@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("密级:秘密", True),
        ("防汛 成文日期：2026", True),
        ("密级 秘密", False),
        ("“密级:秘密”", False),
        ("标题:密级:秘密", False),
        ("会议时间：三点", False),
        ("密级:", False),
    ],
)
def test_a_field_that_the_box_does_not_know_is_looked_for_as_text_and_said(
    typed: str, *, told: bool
) -> None:
    read = read_query(typed)
    assert ("other_condition" in read.notices) is told
    assert not isinstance(read.tree, Everything)
