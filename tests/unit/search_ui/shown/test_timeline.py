"""The timeline reads like the paper form: who, for whom, with which verdict, and what befell."""

from datetime import date, timedelta

import pytest

from records.people.delegation import Delegation
from records.people.organisation import Organisation
from records.revision import Event, Revision
from search_ui.shown.timeline import Timeline
from search_ui.texts import read_texts
from search_ui.views.record import SideStep, Step
from services.finding.browse import OpenRecord
from tests.flow_office import OFFICE, Paper

TEXTS = read_texts()


class Told:
    """A paper on its way with all that its history keeps."""

    def __init__(self, name: str) -> None:
        self.paper = Paper.of(name)
        self.history: list[Revision] = [self.paper.now]

    def act(self, login: str, name: str, chosen: object = (), **given: object) -> "Told":
        """Take an action, ten minutes after the last."""
        paper = self.paper.later(minutes=10)
        paper.act(login, name, chosen, **given)
        event = Event(action=name, actor=login, at=paper.clock, write_id="w")
        paper.now = paper.now.model_copy(update={"event": event})
        self.history.insert(0, paper.now)
        return self

    def timeline(self, *, took_part: bool = True) -> Timeline:
        """As a page shows it now."""
        paper = self.paper
        opened = OpenRecord(
            paper.kind,
            paper.now,
            may_edit=False,
            may_add=frozenset(),
            took_part=took_part,
            latest=paper.now,
        )
        return Timeline(
            opened, self.history, paper.organisation, TEXTS, paper.clock, paper.office.today
        )

    def last(self, label: str) -> Step:
        """The last thing so called."""
        return next(s for s in reversed(self.timeline().steps()) if s.label == label)

    def sides(self) -> tuple[SideStep, ...]:
        """What stands beside the flow."""
        return self.timeline().side_steps()


def at_leaders(*logins: str) -> Told:
    told = Told("dispatch").act("author", "send").act("head", "forward").act("registry", "clean")
    return told.act("registry", "to_leaders", list(logins))


def handled() -> Told:
    return Told("supervision").act("author", "assign")


@pytest.mark.feature("FW-19")
def test_a_verdict_stands_apart_from_its_words_and_a_circle_has_none() -> None:
    told = at_leaders("leader1", "leader2").act("leader1", "circle").act("leader2", "object")
    circled, objected = told.last("圈阅"), told.last("不同意")
    assert (circled.verdict, circled.opinion) == ("圈阅", "")
    assert (objected.verdict, objected.opinion, objected.tone) == ("不同意", "意见", "warning")


def test_a_deputy_is_named_with_whom_he_stood_for() -> None:
    told = at_leaders("leader1")
    given = Delegation.model_validate(
        {
            "number": 1,
            "of": "leader1",
            "to": "leader2",
            "set_by": "leader1",
            "from_on": date(2026, 11, 1),
            "until_on": date(2026, 12, 1),
            "reason": "出差",
        }
    )
    told.paper.organisation = Organisation(
        units=OFFICE.units, people=OFFICE.people, delegations=(given,)
    )
    step = told.act("leader2", "sign", opinion="同意").last("同意")
    assert (step.by, step.instead_of) == ("leader2氏", "leader1氏")


def test_what_was_entered_from_paper_names_who_signed_who_entered_and_the_day() -> None:
    told = at_leaders("leader1", "leader2")
    signed = told.paper.today - timedelta(days=2)
    told.act("registry", "enter", ["person:leader2"], opinion="同意", signed_on=signed)
    step = told.last("补录局领导意见")
    assert step.by == "leader2氏"
    assert step.detail == ("registry氏补录，纸质件签署于 2026年11月18日",)


@pytest.mark.feature("DC-05", "DC-10")
def test_what_waits_says_for_whom_how_long_it_lay_and_until_when() -> None:
    told = handled()
    told.paper.later(days=30)
    main = told.last("主办")
    assert main.blocked == "协办（食品科）、协办（价格科）"
    assert main.lasted == ""
    assisting = told.last("协办")
    assert (assisting.lasted, assisting.due_on, assisting.overdue) == (
        "30天",
        date(2026, 12, 10),
        True,
    )


def test_tasks_let_go_and_given_to_others_are_told_where_it_was_done() -> None:
    told = handled()
    told.act("watch", "waive", ["price"]).act("watch", "reassign", {"tasks": ["food"], "": ["law"]})
    assert told.last("免除协办").detail == ("免除：协办（价格科）",)
    assert told.last("改派").detail == ("改派：协办（食品科） → 协办（法规科）",)


def test_the_second_time_round_says_so_and_the_first_does_not() -> None:
    told = handled().act("watch", "waive", ["price"])
    told.act("keeper2", "report").act("keeper", "report").act("watch", "redo", ["food"])
    assert told.last("协办").round == 2
    again = told.act("keeper2", "report", opinion="补清单").last("提交办理情况")
    assert (again.round, again.opinion, again.unit) == (2, "补清单", "食品科")
    first = next(s for s in told.timeline().steps() if s.label == "提交办理情况")
    assert (first.round, first.lasted) == (1, "20分钟")


def test_who_was_sent_it_beside_the_flow_stands_apart_until_he_has_read_and_after() -> None:
    told = at_leaders("leader1").act("author", "circulate", ["filer", "keeper"])
    assert [(s.who, s.badge.label) for s in told.sides()] == [
        ("filer氏", "未答复"),
        ("keeper氏", "未答复"),
    ]
    told.act("filer", "read")
    assert [s.badge.label for s in told.sides()] == ["已阅", "未答复"]
    assert "传阅" not in [step.label for step in told.timeline().steps() if step.at is None]


def test_who_took_no_part_is_told_nothing() -> None:
    shown = handled().timeline(took_part=False)
    assert (shown.steps(), shown.side_steps()) == ((), ())
