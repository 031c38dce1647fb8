"""The dialogs of actions ask for all that the engine wants, and are read back as it takes it."""

import pytest
from starlette.datastructures import FormData

from records.errors import Invalid
from records.flow.acting import offers
from records.flow.choosing import choices_of, own_choices
from records.flow.decision import Situation
from records.schema.dictionaries import Dictionaries
from search_ui.shown.action_reading import Attempt, read_action
from search_ui.shown.actions import ActionShowing
from search_ui.shown.form_fields import FormDrawing
from search_ui.shown.related import Related
from search_ui.texts import read_texts
from search_ui.views.record import ActionView
from services.flow.act import Offered
from tests.flow_office import OFFICE, Paper

TEXTS = read_texts()
NO_RECORDS = Related(None, None, "")  # type: ignore[arg-type]
"""None of these kinds has a field of records to choose among."""


def shown(paper: Paper, login: str, name: str, attempt: Attempt | None = None) -> ActionView:
    reader = paper.reader(login)
    offer = next(o for o in offers(paper.office, paper.now, reader) if o.name == name)
    s = Situation(paper.office, paper.now, reader, name)
    drawing = FormDrawing(OFFICE, lambda: Dictionaries(()), NO_RECORDS, TEXTS)
    showing = ActionShowing(paper.kind, paper.now, drawing, attempt)
    return showing.view(Offered(offer, choices_of(s), own_choices(s)))


def at_hub() -> Paper:
    return Paper.of("dispatch").act("author", "send").act("head", "forward")


def at_leaders(*logins: str) -> Paper:
    return at_hub().act("registry", "clean").act("registry", "to_leaders", list(logins))


@pytest.mark.feature("FW-09")
def test_an_action_stands_in_the_group_that_its_kind_declares() -> None:
    groups = {
        name: shown(at_hub(), "registry", name).group for name in ("to_second", "clean", "return")
    }
    assert groups == {"to_second": "审核程序", "clean": "正文操作", "return": ""}


def test_people_are_picked_among_all_where_the_kind_names_none() -> None:
    (asked,) = shown(at_hub(), "registry", "to_second").asks
    assert (asked.name, asked.type, asked.required) == ("next-", "person", True)
    (asked,) = shown(at_hub().act("registry", "clean"), "registry", "to_leaders").asks
    assert (asked.name, asked.label, asked.type) == ("next-审签", "审签", "people")


def test_tasks_of_others_are_chosen_by_name() -> None:
    asked = shown(at_leaders("leader1", "leader2"), "registry", "drop").asks[0]
    assert asked.type == "choices"
    assert [choice.label for choice in asked.choices] == ["审签（leader1氏）", "审签（leader2氏）"]


def test_a_return_asks_how_the_mended_record_comes_back() -> None:
    (asked,) = shown(at_hub(), "registry", "return").asks
    assert (asked.name, asked.type) == ("straight", "radio")
    assert [(c.value, c.chosen) for c in asked.choices] == [("no", True), ("yes", False)]


def test_what_is_entered_from_paper_asks_whose_it_is_and_of_which_day() -> None:
    asks = shown(at_leaders("leader1", "leader2"), "registry", "enter").asks
    assert [each.name for each in asks] == ["next-tasks", "signer", "signed_on"]


def test_an_actions_own_field_is_asked_for_and_filled_with_what_stands() -> None:
    asked = shown(at_hub(), "registry", "number_it").asks[0]
    assert (asked.name, asked.type, asked.required) == ("field-number", "text", True)
    assert asked.control == "number_it-field-number"


def test_of_several_own_tasks_one_is_chosen_before_it_is_sent() -> None:
    paper = Paper.of("supervision", fields={"main_unit": "food", "assisting": ("law", "price")})
    paper.act("author", "assign").act("watch", "reassign", {"tasks": ["price"], "": ["law"]})
    asked = shown(paper, "keeper", "report").asks[0]
    assert (asked.name, asked.type) == ("task", "radio")
    assert [each.label for each in asked.choices] == ["协办（法规科）", "协办（法规科）"]


def test_a_refused_dialog_is_open_again_with_everything_that_was_filled_in() -> None:
    form = FormData([("next-审签", "person:leader2"), ("opinion", "请审签"), ("revision", "4")])
    paper = at_hub().act("registry", "clean")
    attempt = Attempt("to_leaders", form, Invalid("choose_people", field="next"))
    view = shown(paper, "registry", "to_leaders", attempt)
    assert view.opened
    assert view.problem.startswith("还没有选择办理人")
    assert view.words == "请审签"
    assert [(p.token, p.label) for p in view.asks[0].picked] == [("person:leader2", "leader2氏")]
    assert not shown(paper, "registry", "clean", attempt).opened


def test_an_error_of_a_field_stands_at_the_field() -> None:
    form = FormData([("field-number", "x" * 9), ("revision", "4")])
    attempt = Attempt(
        "number_it", form, Invalid("too_long", field="number", label="文号", max=5, given=9)
    )
    view = shown(at_hub(), "registry", "number_it", attempt)
    assert view.asks[0].value == "x" * 9
    assert "过长" in view.asks[0].error
    assert view.problem == ""


def test_what_was_filled_in_is_read_as_services_take_it() -> None:
    form = FormData(
        [
            ("revision", "7"),
            ("opinion", "同意"),
            ("next-审签", "person:leader1"),
            ("next-审签", "leader2"),
            ("next-_add", "head氏"),
            ("next-tasks", ""),
            ("field-number", "渝〔2026〕1号"),
            ("task", "3"),
            ("straight", "yes"),
            ("signer", "person:leader1"),
            ("signed_on", "2026-11-18"),
        ]
    )
    given = read_action(form, at_hub().kind, "number_it", OFFICE)
    assert given.revision == 7
    assert given.chosen == {"审签": ["leader1", "leader2"], "": ["head"]}
    assert given.fields == {"number": "渝〔2026〕1号"}
    assert (given.task, given.straight, given.signer) == (3, True, "leader1")
    assert str(given.signed_on) == "2026-11-18"


def test_a_day_that_is_none_is_told() -> None:
    form = FormData([("revision", "7"), ("signed_on", "十一月")])
    with pytest.raises(Invalid) as told:
        read_action(form, at_hub().kind, "enter", OFFICE)
    assert told.value.facts["field"] == "signed_on"
