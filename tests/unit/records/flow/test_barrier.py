"""督查 on the engine: a task for each unit, the main one behind the others (features.md B11)."""

from datetime import UTC, datetime

import pytest

from records.errors import Conflict, Refused
from records.flow.task import Outcome
from records.identity import Login
from records.people.organisation import Organisation
from tests.flow_office import OFFICE, Paper, without

MAIN, FOOD, PRICE = "keeper", "keeper2", "keeper3"


def item(**fields: object) -> Paper:
    return Paper.of("supervision", owner="watch", fields=fields).act("watch", "assign")


@pytest.mark.feature("DC-04", "DC-05")
def test_the_main_unit_waits_for_every_assisting_unit_and_is_told_for_whom() -> None:
    paper = item()
    with pytest.raises(Refused) as caught:
        paper.act(MAIN, "report")
    assert caught.value.reason == "blocked"
    assert caught.value.facts["waits_for"] == "协办（食品科）、协办（价格科）"
    paper.act(FOOD, "report")
    assert paper.holders() == ["post:price/督查管理员"]
    paper.act(PRICE, "report")
    assert paper.holders() == ["post:law/督查管理员"]
    assert paper.act(MAIN, "report").now.state == "review"


@pytest.mark.feature("DC-05")
def test_par_02_without_assisting_units_the_main_unit_acts_at_once() -> None:
    paper = item(assisting=None)
    assert paper.holders() == ["post:law/督查管理员"]
    assert paper.act(MAIN, "report").now.state == "review"


@pytest.mark.feature("DC-10")
def test_progress_ends_no_task_neither_the_first_nor_the_last() -> None:
    """E4: a stay action used to close the task of whoever was not the last."""
    paper = item(assisting=("food",)).act(FOOD, "progress")
    assert paper.holders() == ["post:food/督查管理员"]
    paper.act(FOOD, "report").act(MAIN, "progress")
    assert paper.holders() == ["post:law/督查管理员"]
    assert paper.now.state == "handling"


@pytest.mark.feature("DC-05")
def test_a_silent_assisting_unit_is_let_go_with_a_reason_and_the_main_one_unblocks() -> None:
    paper = item().act(FOOD, "report")
    paper.act("watch", "waive", ["price"], opinion="逾期未报")
    assert paper.holders() == ["post:law/督查管理员"]
    assert paper.now.tasks[-2].outcome in {Outcome.WAIVED, None}
    waived = next(t for t in paper.now.tasks if t.unit == "price")
    assert (waived.outcome, waived.done_by) == (Outcome.WAIVED, "watch")
    assert PRICE not in {o.by for o in paper.now.opinions}


@pytest.mark.feature("DC-14")
def test_ret_21_only_the_units_that_are_chosen_do_it_again() -> None:
    paper = item().act(FOOD, "report").act(PRICE, "report").act(MAIN, "report")
    paper.act("watch", "redo", ["food"], opinion="数据不实")
    assert paper.now.state == "handling"
    assert paper.holders() == ["post:food/督查管理员"]
    assert paper.task_of(FOOD).round == 2
    assert [o.by for o in paper.now.opinions][:3] == [FOOD, PRICE, MAIN]
    assert paper.act(FOOD, "report").now.state == "review"


@pytest.mark.feature("DC-14")
def test_redo_by_main_and_assisting_units_keeps_their_order() -> None:
    paper = item().act(FOOD, "report").act(PRICE, "report").act(MAIN, "report")
    paper.act("watch", "redo", ["law", "food"])
    assert paper.holders() == ["post:food/督查管理员"]
    paper.act(FOOD, "report")
    assert paper.holders() == ["post:law/督查管理员"]


@pytest.mark.feature("DC-06")
def test_ret_20_one_unit_asks_to_be_let_off_and_the_others_go_on() -> None:
    paper = item().act(PRICE, "refuse", opinion="不属我科职责")
    side = paper.task_of("watch")
    assert (side.label, side.side) == ("退办确认", True)
    assert "post:price/督查管理员" in paper.holders()
    paper.act("watch", "release", ["price"], opinion="同意")
    assert not paper.now.side_tasks
    assert paper.holders() == ["post:food/督查管理员"]
    paper.act(FOOD, "report").act(MAIN, "report")
    assert paper.now.state == "review"


@pytest.mark.feature("DC-14")
def test_a_longer_time_is_asked_for_and_given_to_every_open_task() -> None:
    paper = item()
    paper.act(FOOD, "ask_more", fields={"wanted_until": "2026-12-20"})
    assert paper.now.fields["wanted_until"] == "2026-12-20"
    paper.act("watch", "extend", fields={"due_on": "2026-12-20"})
    assert {str(task.due_on) for task in paper.now.holding_tasks} == {"2026-12-20"}
    assert not paper.now.side_tasks
    with pytest.raises(Refused, match="day_before"):
        paper.act("watch", "extend", fields={"due_on": "2026-01-01"})


@pytest.mark.feature("DC-05")
def test_trf_16_a_task_is_given_to_another_unit_and_keeps_deadline_label_and_place() -> None:
    paper = item(assisting=("food",))
    before = paper.task_of(FOOD)
    paper.act("watch", "reassign", {"tasks": ["food"], "": ["price"]})
    after = paper.task_of(PRICE)
    assert (after.label, after.due_on, after.unit) == (before.label, before.due_on, "price")
    assert paper.outcomes()["post:food/督查管理员"] == Outcome.HANDED_ON
    with pytest.raises(Refused, match="blocked"):
        paper.act(MAIN, "report")
    paper.act(PRICE, "report")
    assert paper.act(MAIN, "report").now.state == "review"


@pytest.mark.feature("DC-03")
@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"due_on": "2026-11-01"}, "day_before"),
        ({"assisting": ("law",)}, "named_twice"),
        ({"requirement": None}, "incomplete"),
        ({"main_unit": None}, "incomplete"),
    ],
)
def test_what_is_wrong_with_an_item_is_said_before_it_goes_out(
    fields: dict[str, object], reason: str
) -> None:
    with pytest.raises(Refused, match=reason):
        item(**fields)


@pytest.mark.feature("SY-07")
def test_asg_01_a_unit_without_its_keeper_gets_no_item() -> None:
    paper = Paper.of("supervision", owner="watch")
    paper.organisation = without(OFFICE, PRICE)
    with pytest.raises(Refused) as caught:
        paper.act("watch", "assign")
    assert (caught.value.reason, caught.value.facts["unit_name"]) == ("vacant_post", "价格科")
    assert paper.now.state == "entry"


@pytest.mark.feature("DC-02", "DC-06", "DC-07")
def test_the_way_chosen_at_registration_decides_where_it_goes() -> None:
    away = Paper.of("supervision", owner="watch", fields={"way": "督查退办", "main_unit": None})
    assert "assign" not in away.may("watch")
    assert away.act("watch", "turn_away").now.state == "sent_back"
    assert away.act("watch", "file").now.state == "archived"
    shelved = Paper.of("supervision", owner="watch", fields={"way": "归档"})
    assert shelved.act("watch", "shelve").now.state == "archived"


def test_sig_12_a_keeper_of_two_units_answers_for_one_at_a_time() -> None:
    paper = item(assisting=("food", "price"))
    paper.organisation = Organisation(
        units=tuple(
            u.model_copy(update={"merged_into": "food"}) if u.code == "price" else u
            for u in OFFICE.units
        ),
        people=tuple(p for p in OFFICE.people if p.login != PRICE),
    )
    with pytest.raises(Conflict) as caught:
        paper.act(FOOD, "report")
    assert caught.value.reason == "which_task"
    assert len(caught.value.facts["tasks"]) == 2  # type: ignore[arg-type]
    number = next(t.number for t in paper.now.holding_tasks if t.unit == "food")
    paper.act(FOOD, "report", task=number)
    assert [t.unit for t in paper.now.holding_tasks if not t.blocked] == ["price"]
    assert paper.now.opinions[-1].unit == "food"


def test_e3_the_author_withdraws_in_the_middle_and_every_task_ends() -> None:
    paper = item().act("watch", "recall")
    assert paper.now.state == "entry"
    assert {t.outcome for t in paper.now.tasks if t.state == "handling"} == {Outcome.CANCELLED}
    assert "post:food/督查管理员" not in paper.now.participants


def test_wdr_03_nothing_is_taken_back_once_somebody_has_acted() -> None:
    paper = item().act(FOOD, "report")
    assert "recall" not in paper.may("watch")
    with pytest.raises(Refused) as caught:
        paper.act("watch", "recall")
    assert caught.value.facts["by"] == "keeper2氏"


def test_nothing_is_taken_back_once_it_was_opened() -> None:
    paper = item()
    paper.opened_by = frozenset({Login(FOOD)})
    with pytest.raises(Refused, match="already_opened"):
        paper.act("watch", "recall")


def test_e5_days_are_counted_from_the_day_in_beijing() -> None:
    paper = Paper.of("notice")
    paper.clock = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)  # Monday, seven o'clock in Beijing
    paper.act("author", "submit")
    assert str(paper.task_of("head").due_on) == "2026-11-25"
