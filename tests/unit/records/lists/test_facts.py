"""Facts of a record: what lists narrow and count by."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.flow.task import Outcome
from records.identity import KindName, Login
from records.lists.due_facts import held_due
from records.lists.facts import (
    STANDING,
    claim_fact,
    counted_fields,
    facts_of,
    handled_fact,
    holder_fact,
    left_claims,
    listed_fields,
    side_fact,
    started_fact,
    urgency_of,
)
from records.queries.query import Fact, is_true
from records.rights.access import EVERYONE, deputy_token, person_token, post_token
from records.times.deadlines import over
from tests.matters import LI, MATTER, NOW, TODAY, UNIT, WANG, held, matter

ME = person_token(LI)


@pytest.mark.feature("CX-06")
def test_listed_fields_are_facts_and_long_texts_are_not() -> None:
    facts = facts_of(
        MATTER,
        matter(
            "R1", sort="批示", open=True, units=("01", "02"), due="2026-12-01", pages=3, body="长文"
        ),
    )
    assert {
        "field.title=R1",
        "field.sort=批示",
        "field.open=true",
        "field.units=01",
        "field.units=02",
        "field.due=2026-12-01",
        "field.pages=3",
    } <= facts
    assert not any(fact.startswith("field.body") for fact in facts)
    assert not any(fact.startswith("field.urgency") for fact in facts), "an empty field is none"


def test_a_text_too_long_for_a_filter_is_no_fact() -> None:
    facts = facts_of(MATTER, matter("R1").model_copy(update={"fields": {"title": "长" * 201}}))
    assert not any(fact.startswith("field.title") for fact in facts)


def test_fields_of_few_values_are_counted() -> None:
    assert counted_fields(MATTER) == ("urgency", "sort", "open", "units")
    assert set(listed_fields(MATTER)) == set(MATTER.fields) - {"body"}


@pytest.mark.feature("GT-06")
def test_who_holds_an_open_task_is_told_and_who_waits_for_others_is_not() -> None:
    waiting, other = held(ME, person_token(WANG))
    facts = facts_of(
        MATTER, matter("R1", tasks=(waiting.model_copy(update={"blocked": True}), other))
    )
    assert holder_fact(ME) not in facts
    assert holder_fact(person_token(WANG)) in facts
    assert {"step=承办", "state=matter/handling", started_fact(WANG)} <= facts


def test_who_ended_a_task_has_handled_the_record() -> None:
    (task,) = held(ME)
    done = task.model_copy(update={"done_by": LI, "done_at": NOW})
    facts = facts_of(MATTER, matter("R1", tasks=(done,)))
    assert handled_fact(LI) in facts
    assert holder_fact(ME) not in facts


def test_a_published_record_stands_until_it_has_run_out() -> None:
    told = matter("R1", state="told", to=(EVERYONE,))
    assert STANDING in facts_of(MATTER, told)
    assert STANDING not in facts_of(MATTER, matter("R1", to=(EVERYONE,)))
    assert STANDING not in facts_of(MATTER, matter("R1", state="closed", to=(EVERYONE,)))
    assert STANDING not in facts_of(MATTER, matter("R1", state="told"))


def test_an_ordinary_matter_has_no_urgency_to_show() -> None:
    assert urgency_of(MATTER, matter("R1", urgency="特急")) == "特急"
    assert urgency_of(MATTER, matter("R1", urgency="一般")) == ""
    assert urgency_of(MATTER, matter("R1")) == ""


@pytest.mark.feature("GT-06")
def test_a_side_task_lies_before_its_reader_and_holds_nothing() -> None:
    (task,) = held(ME)
    facts = facts_of(MATTER, matter("R1", tasks=(task.model_copy(update={"side": True}),)))
    assert side_fact(ME) in facts
    assert holder_fact(ME) not in facts


def test_of_several_holders_who_took_the_task_alone_has_it() -> None:
    post = post_token(UNIT, "机要室")
    (task,) = held(post)
    taken = task.model_copy(update={"claimed_by": LI})
    facts = facts_of(MATTER, matter("R1", tasks=(taken,)))
    assert holder_fact(post) not in facts
    assert claim_fact(post, LI) in facts, "he took it himself"
    assert claim_fact(post, WANG) not in facts
    assert not found(left_claims(post, [LI, WANG]), facts), "who took it is in office"
    assert found(left_claims(post, [WANG]), facts), "who took it has left"


def found(asked: tuple[Fact, ...], facts: frozenset[str]) -> bool:
    return any(is_true(each, facts) for each in asked)


@given(st.sets(st.text("abz_.-@9", min_size=1, max_size=3)), st.text("abz_.-@9", min_size=1))
def test_the_gaps_hold_whoever_is_not_named(others: set[str], login: str) -> None:
    post = post_token(UNIT, "机要室")
    (task,) = held(post)
    taken = task.model_copy(update={"claimed_by": Login(login)})
    facts = facts_of(MATTER, matter("R1", tasks=(taken,)))
    asked = left_claims(post, map(Login, others))
    assert found(asked, facts) is (login not in others)


@pytest.mark.parametrize("outcome", [Outcome.CANCELLED, Outcome.WAIVED, Outcome.TIMED_OUT])
def test_a_task_that_ended_without_its_holder_was_handled_by_nobody(outcome: Outcome) -> None:
    (task,) = held(ME)
    ended = task.model_copy(update={"done_by": LI, "done_at": NOW, "outcome": outcome})
    assert handled_fact(LI) not in facts_of(MATTER, matter("R1", tasks=(ended,)))


def test_what_is_personal_is_no_fact_and_no_column() -> None:
    fields = {**MATTER.fields, "sort": MATTER.fields["sort"].model_copy(update={"personal": True})}
    kind = MATTER.model_copy(update={"fields": fields})
    assert not any("批示" in fact for fact in facts_of(kind, matter("R1", sort="批示")))
    assert "sort" not in listed_fields(kind)


@pytest.mark.feature("SY-10")
def test_a_deputy_is_told_as_a_holder_of_all_kinds_or_of_this_one() -> None:
    facts = facts_of(MATTER, matter("R1", tasks=held(ME, due_on=date(2026, 11, 1))))
    for token in (deputy_token(ME), deputy_token(ME, MATTER.kind)):
        assert holder_fact(token) in facts
        assert is_true(held_due(token, over(TODAY)), facts)
    assert holder_fact(deputy_token(ME, KindName("other"))) not in facts
