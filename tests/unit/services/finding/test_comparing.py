"""Paragraphs beside each other, for an effort that has an end."""

import pytest

from records.queries.snippet import Piece
from services.finding.alignment import Effort
from services.finding.comparing import STEPS, TOGETHER, _Room, paragraphs


@pytest.mark.feature("SS-07")
def test_beyond_the_effort_paragraphs_are_marked_whole_and_none_is_left_out() -> None:
    old = ["甲" * 900] * 1_000
    new = [f"乙{'甲' * 898}丙" for _ in old]
    effort = Effort(1_000_000)
    found = list(paragraphs(old, new, effort))
    assert len(found) == 1_000
    assert found[-1].before == (Piece(old[-1], marked=True),)
    assert found[-1].after == (Piece(new[-1], marked=True),)
    assert 0 <= effort.steps < 1_000_000


@pytest.mark.feature("SS-07")
def test_an_answer_holds_so_many_characters_and_a_file_half_of_the_effort() -> None:
    room = _Room()
    lines = ["甲" * 100_000] * 15
    assert len(room.fitting(lines, room.characters // 2)) == 10
    assert room.characters == TOGETHER // 2
    assert len(room.fitting(lines, room.characters // 2)) == 5
    assert room.fitting(["乙" * TOGETHER], room.characters) == []
    assert room.effort_of_a_file().steps == STEPS // 2
    assert room.effort_of_a_file().steps == STEPS // 4
