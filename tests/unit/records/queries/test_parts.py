"""The conditions of a typed query, each with what is left without it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.queries.language import read_query
from records.queries.parts import parts_of
from records.queries.query import And, Everything, Or, Query


@pytest.mark.feature("SS-01")
@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("防汛", [("防汛", "")]),
        ("防汛 -演练", [("防汛", "-演练"), ("-演练", "防汛")]),
        ("标题:防汛 AND 日期:2017年", [("标题:防汛", "日期:2017年"), ("日期:2017年", "标题:防汛")]),
        ("NOT 演练 防汛", [("NOT 演练", "防汛"), ("防汛", "NOT 演练")]),
        (
            "(防汛 OR 抗旱) 预案",
            [("防汛", "(抗旱) 预案"), ("抗旱", "(防汛) 预案"), ("预案", "(防汛 OR 抗旱)")],
        ),
        ("标题:(甲 或 乙)", [("甲", "标题:(乙)"), ("乙", "标题:(甲)")]),
        ("防汛 OR 抗旱", [("防汛", "抗旱"), ("抗旱", "防汛")]),
        (
            "甲 乙 OR (丙 OR 丁) OR 戊",
            [
                ("甲 乙", "(丙 OR 丁) OR 戊"),
                ("(丙 OR 丁)", "甲 乙 OR 戊"),
                ("戊", "甲 乙 OR (丙 OR 丁)"),
            ],
        ),
        ("-(甲 OR 乙)", [("-(甲 OR 乙)", "")]),
        ("渝府发 2017 12", [("渝府发 2017 12", "")]),
        ("“放管服 改革” 通知", [("“放管服 改革”", "通知"), ("通知", "“放管服 改革”")]),
        ("(防汛", [("(防汛", "")]),
        ("，。", []),
        ("", []),
    ],
)
def test_each_condition_stands_by_itself(typed: str, parts: list[tuple[str, str]]) -> None:
    assert [(part.text, part.rest) for part in parts_of(typed)] == parts


WORDS = st.sampled_from(
    [
        "防汛",
        "-演练",
        "标题:通知",
        '"甲 乙"',
        "(丙 OR 丁)",
        "NOT 戊",
        "日期:2017年",
        "AND",
        "或",
        "a*",
    ]
)


@pytest.mark.feature("SS-01")
@given(st.lists(WORDS, min_size=1, max_size=6))
def test_the_conditions_together_are_the_query(words: list[str]) -> None:
    typed = " ".join(words)
    tree, parts = read_query(typed).tree, parts_of(typed)
    if len(parts) > 1:
        alone: list[list[Query]] = []
        for part in parts:
            alone[-1].append(part.tree) if part.is_other else alone.append([part.tree])
        trees = [Or(tuple(each)) if len(each) > 1 else each[0] for each in alone]
        assert tree == (And(tuple(trees)) if len(trees) > 1 else trees[0])
    elif parts:
        assert parts[0].tree == tree
    else:
        assert isinstance(tree, Everything)
