"""Names are spelled in any reading, whole or by initials."""

import pytest

from indexers.name_spelling import NameSpelling

SPELLING = NameSpelling()


def spells(typed: str, name: str) -> bool:
    matcher = SPELLING.matcher(typed)
    return matcher is not None and matcher(name)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("zhangsan", "张三"),
        ("zs", "张三"),
        ("zhangs", "张三"),
        ("zsan", "张三"),
        ("san", "张三"),
        ("zeng", "曾宪法"),
        ("zengxf", "曾宪法"),
        ("shanxb", "单小兵"),
        ("lv", "吕布"),
        ("Lü", "吕布"),
        ("jiage", "价格科"),
    ],
)
def test_these_letters_spell_the_name(typed: str, name: str) -> None:
    assert spells(typed, name)


@pytest.mark.parametrize(
    ("typed", "name"),
    [("zhangl", "张三"), ("sz", "张三"), ("zhangsanf", "张三"), ("", "张三"), ("张", "张三"),
     ("z3", "张三"), ("z" * 40, "张三"), ("a", ""), ("o", "ok")],
)  # fmt: skip
def test_these_do_not(typed: str, name: str) -> None:
    assert not spells(typed, name)
