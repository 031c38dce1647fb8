"""A record takes its shelf and its readers from another that it names (补充件)."""

from dataclasses import replace

import pytest

from records.errors import Refused
from records.flow.acting import act
from records.flow.decision import ActionInput
from records.identity import Token
from records.rights.access import Level, ReadRule
from tests.flow_office import A_PIECE, Paper

RULE = ReadRule(
    tokens=frozenset(map(Token, ("person:head", "unit:food", "deputy:person:head"))),
    dated_tokens=frozenset(),
    level=Level.PUBLIC,
)


@pytest.mark.feature("GD-01", "GD-04")
def test_a_supplement_gets_year_period_number_unit_level_and_readers_of_its_piece() -> None:
    paper = Paper.of("supplement", owner="registry")
    level = list(Level)[-1]
    piece = A_PIECE.model_copy(update={"level": level, "unit": "food"})
    office = replace(paper.office, related={"piece": piece}, rules={"piece": RULE})
    after = act(office, paper.now, paper.reader("registry"), "file", ActionInput()).after
    fields = after.fields
    assert (fields["main_no"], fields["filed_year"], fields["retention"]) == ("7", "2026", "永久")
    assert fields["filed_under"] == "法规"
    assert fields["readers"] == ("person:head", "unit:food")  # a deputy's right ends with his time
    assert (after.unit, after.level) == ("food", level)


def test_a_record_of_a_higher_level_than_its_piece_keeps_it() -> None:
    paper = Paper.of("supplement", owner="registry")
    level = list(Level)[-1]
    paper.now = paper.now.model_copy(update={"level": level})
    assert paper.act("registry", "file").now.level == level


def test_without_the_piece_nothing_is_copied_and_nothing_filed() -> None:
    paper = Paper.of("supplement", owner="registry")
    office = replace(paper.office, related={}, rules={})
    with pytest.raises(Refused, match="not_filed"):
        act(office, paper.now, paper.reader("registry"), "file", ActionInput())
