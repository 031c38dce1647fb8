"""Two sequences are told apart whole, and what repeats costs no more than was allowed."""

from difflib import SequenceMatcher
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.finding.alignment import Effort, aligned

SEQUENCES = st.text("ab甲", max_size=30)


@pytest.mark.feature("SS-07")
@given(old=SEQUENCES, new=SEQUENCES, steps=st.integers(0, 200))
def test_both_come_whole_and_in_order_whatever_the_effort(old: str, new: str, steps: int) -> None:
    found = list(aligned(old, new, Effort(steps)))
    assert "".join(old[each.old] for each in found) == old
    assert "".join(new[each.new] for each in found) == new
    assert all(not each.is_same or old[each.old] == new[each.new] for each in found)
    assert all(a.is_same != b.is_same for a, b in pairwise(found))


@pytest.mark.feature("SS-07")
def test_with_effort_enough_a_change_in_the_middle_is_told_as_difflib_does() -> None:
    old, new = "一乙二丙三丙四末", "一甲二丙五四增末"
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    told = [
        (each.is_same, each.old.start, each.new.stop) for each in aligned(old, new, Effort(999))
    ]
    assert told == [(tag == "equal", first, end) for tag, first, _, _, end in codes]


@pytest.mark.feature("SS-07")
def test_lines_that_repeat_cost_no_more_than_was_allowed() -> None:
    old = ["0"] * 3_000
    new = [line if number % 2 else f"第{number}行" for number, line in enumerate(old)]
    effort = Effort(50_000)
    found = list(aligned(old, new, effort))
    assert [each.is_same for each in found] == [False, True]  # the last line is the same tail
    assert effort.steps == 50_000
    assert [each.is_same for each in aligned(old, [*old, "1"], Effort(0))] == [True, False]
