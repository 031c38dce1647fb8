"""Statistics of kind files: every fault is named with file and line; facts that they count by."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from languages.errors import tell
from records.errors import Invalid
from records.flow.task import Outcome, Step
from records.identity import Login, UnitCode
from records.lists.facts import facts_of, timeliness_of
from records.lists.statistics import terms_of
from records.rights.access import person_token
from records.schema.loader import load_kind
from tests.counted import COUNTED
from tests.matters import LI, MATTER, held, matter

HEAD = """\
kind: slip
title: 单子
version: 1
fields:
  title: {label: 标题, type: text, required: true}
  sort: {label: 类别, type: choice, options: [甲, 乙]}
  free: {label: 事由, type: text}
  due: {label: 期限, type: date}
  points: {label: 分值, type: integer}
  hidden: {label: 收入, type: integer, personal: true}
meaning: {title: title, dated_on: due, due: due}
states:
  a: {label: 甲, read: participants}
  b: {label: 乙, read: participants, done: true}
start: {state: a, by: [role:staff]}
actions:
  go: {label: 走, from: [a], to: b, by: [holder]}
statistics:
"""


def measured(inside: str) -> str:
    return f"{{label: 一, by: [sort], measures: {{n: {{label: 件, {inside}}}}}}}"


def fault(tmp_path: Path, line: str, head: str = HEAD) -> tuple[int, str]:
    path = tmp_path / "slip.yaml"
    path.write_text(f"{head}  one: {line}\n", encoding="utf-8")
    with pytest.raises(Invalid, match="bad_kind") as caught:
        load_kind(path)
    assert caught.value.facts["file"] == "slip.yaml"
    return int(str(caught.value.facts["line"])), tell(caught.value).what


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{label: 一, by: [free], measures: {n: {label: 件}}}", "不能按“free”统计"),
        ("{label: 一, by: [none], measures: {n: {label: 件}}}", "不能按“none”统计"),
        ("{label: 一, by: [due], measures: {n: {label: 件}}}", "不能按“due”统计"),
        ("{label: 一, by: ['week:due'], measures: {n: {label: 件}}}", "不能按“week:due”统计"),
        ("{label: 一, by: ['month:sort'], measures: {n: {label: 件}}}", "不能按“month:sort”统计"),
        ("{label: 一, by: [sort, sort], measures: {n: {label: 件}}}", "不能写两次"),
        ("{label: 一, by: [], measures: {n: {label: 件}}}", "1"),
        ("{label: 一, by: [sort, state, unit], measures: {n: {label: 件}}}", "2"),
        ("{label: 一, by: [sort], measures: {}}", "1"),
        ("{label: 一, by: [sort], for: [nobody], measures: {n: {label: 件}}}", "nobody"),
        ("{label: 一, by: [sort], measures: {n: {label: 件, where: {free: [x]}}}}", "“free”"),
        ("{label: 一, by: [sort], measures: {n: {label: 件, where: {state: [c]}}}}", "“c”"),
        ("{label: 一, by: [sort], measures: {n: {label: 件, where: {timely: [soon]}}}}", "“soon”"),
        ("{label: 一, by: [sort], measures: {n: {label: 件, where: {state: []}}}}", "“state”"),
        (
            measured("where: {state: [a]}, share: {state: [b]}"),
            "“state”",
        ),
        (
            measured("where: {been: [a]}, share: {been: [a]}"),
            "been",
        ),
        ("{label: 一, by: [sort], measures: {n: {label: 件, of: 1}}}", "of"),
        (measured("sum: free"), "“free”"),
        (measured("sum: none"), "“none”"),
        (measured("sum: hidden"), "“hidden”"),
        (measured("sum: points, share: {state: [b]}"), "share 和 sum"),
    ],
)
def test_a_statistic_that_cannot_be_counted_is_refused_with_its_line(
    tmp_path: Path, line: str, told: str
) -> None:
    where, what = fault(tmp_path, line)
    assert where >= 17
    assert told in what


def test_a_statistic_needs_the_day_that_its_range_is_of(tmp_path: Path) -> None:
    head = HEAD.replace("dated_on: due, ", "")
    _, what = fault(tmp_path, "{label: 一, by: [sort], measures: {n: {label: 件}}}", head)
    assert "meaning.dated_on" in what


DUE = "2026-11-23"
BEGINS = "2026-11-30T16:00:00+00:00"


@pytest.mark.parametrize(
    ("done_at", "kept"),
    [
        (datetime(2026, 11, 23, 15, 59, tzinfo=UTC), "on_time"),
        (datetime(2026, 11, 23, 16, 0, tzinfo=UTC), "late"),
    ],
)
def test_what_is_done_was_on_time_until_the_day_ended_in_beijing(
    done_at: datetime, kept: str
) -> None:
    (task,) = held(person_token(LI), due_on=date(2026, 11, 23))
    ended = {"done_by": LI, "done_at": done_at, "outcome": Outcome.DONE}
    revision = matter("1", tasks=[task.model_copy(update=ended)], due=DUE, state="closed")
    filed = revision.model_copy(update={"entered_at": datetime(2026, 12, 20, tzinfo=UTC)})
    assert timeliness_of(COUNTED, filed) == kept
    assert f"timely={kept}" in facts_of(COUNTED, filed)


def test_nothing_is_told_of_deadlines_while_open_nor_without_a_due_day() -> None:
    assert timeliness_of(COUNTED, matter("1", due=DUE)) is None
    assert timeliness_of(COUNTED, matter("1", state="closed")) is None


def test_a_month_is_that_of_beijing_and_states_that_were_passed_are_kept() -> None:
    revision = matter("1", begins=BEGINS, state="closed")
    passed = revision.model_copy(update={"trail": (Step(state="told", by=Login("li")),)})
    facts = facts_of(COUNTED, passed)
    assert {"month.begins=2026-12", "been=matter/told", "been=matter/closed"} <= facts
    assert "been=matter/handling" not in facts
    assert f"unit={UnitCode('office')}" in facts


@given(st.integers(-(2**53) + 1, 2**53 - 1))
def test_terms_of_a_number_are_few_and_add_up_to_it(value: int) -> None:
    terms = terms_of(value)
    assert sum(terms) == value
    assert len(set(terms)) == len(terms) <= 53
    assert all(abs(term).bit_count() == 1 for term in terms)


def test_facts_hold_the_terms_of_fields_that_are_summed_and_of_no_others() -> None:
    assert {fact for fact in facts_of(COUNTED, matter("1", pages=-5)) if "sum." in fact} == {
        "sum.pages=-1",
        "sum.pages=-4",
    }
    assert not any("sum." in fact for fact in facts_of(MATTER, matter("1", pages=5)))


def test_a_kind_without_statistics_keeps_no_months() -> None:
    facts = facts_of(MATTER, matter("1", begins=BEGINS))
    assert not any(fact.startswith("month.") for fact in facts)
