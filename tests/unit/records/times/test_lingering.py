"""What is done and not filed: its last day, and who is reminded of it (GD-08)."""

from datetime import UTC, datetime, timedelta

import pytest

from records.identity import KindName, Login
from records.people.organisation import Organisation
from records.times.calendar import WEEKENDS_OFF
from records.times.lingering import last_day, told_of
from records.times.timers import timers_of
from tests.flow_office import KINDS, OFFICE, Paper, begun, person

FINISHED = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
"""A Friday."""


def finished(*, on: datetime = FINISHED) -> Paper:
    """A 文稿 that is final on the day on which it was begun."""
    kind = KINDS[KindName("manuscript")]
    paper = Paper(kind, begun(kind, fields={"title": "题", "paper_kind": "汇报"}), clock=on)
    for login, action, chosen in (
        ("author", "send", ()),
        ("head", "to_sign", ["leader1"]),
        ("leader1", "agree", ()),
    ):
        paper.act(login, action, chosen)
    return paper


def with_archivist() -> Organisation:
    return Organisation(
        units=OFFICE.units, people=(*OFFICE.people, person("filer2", "food", "档案员"))
    )


@pytest.mark.feature("GD-08")
def test_the_last_day_is_ten_working_days_after_the_end() -> None:
    paper = finished()
    assert paper.now.state == "final"
    assert paper.now.fields["file_by"] == "2026-12-04"
    assert str(last_day(paper.kind, paper.now)) == "2026-12-04"


@pytest.mark.feature("GD-08")
def test_reminders_come_on_that_day_and_after_ten_and_twenty_more() -> None:
    paper = finished()
    timers = timers_of(paper.kind, paper.now, WEEKENDS_OFF)
    assert [(f"{timer.at:%m-%d %H}", timer.name) for timer in timers] == [
        ("12-04 09", "lingers+0"),
        ("12-18 09", "lingers+10"),
        ("01-01 09", "lingers+20"),
    ]


@pytest.mark.feature("GD-08")
def test_its_author_and_the_archivist_of_his_organ_are_told_and_a_vacant_post_is_nobody() -> None:
    paper = finished()
    assert told_of(paper.kind, paper.now, OFFICE) == ("person:author",)
    told = told_of(paper.kind, paper.now, with_archivist())
    assert told == ("person:author", "post:food/档案员")


@pytest.mark.feature("GD-08")
def test_what_is_filed_waits_for_nobody_and_reminds_of_nothing() -> None:
    paper = finished().act("author", "file", fields={"retention": "永久"})
    assert paper.now.state == "archived"
    assert timers_of(paper.kind, paper.now, WEEKENDS_OFF) == ()
    assert told_of(paper.kind, paper.now, with_archivist()) == ()
    assert last_day(paper.kind, paper.now) is None


def test_the_days_count_from_the_end_and_not_from_the_beginning() -> None:
    assert finished(on=FINISHED + timedelta(days=3)).now.fields["file_by"] == "2026-12-07"


def test_a_paper_whose_author_left_still_tells_the_archivist() -> None:
    paper = finished()
    gone = with_archivist()
    people = tuple(
        p.model_copy(update={"disabled": True}) if p.login == Login("author") else p
        for p in gone.people
    )
    organisation = Organisation(units=gone.units, people=people)
    tokens = told_of(paper.kind, paper.now, organisation)
    assert organisation.recipients(tokens) == ("filer2",)
