"""What a decision takes: how it is declared, and how it is resolved."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from languages.faults import FAULTS
from records.consequences.reservations import MOST_SLOTS, Names, NextNumber, TakesDeclaration
from records.consequences.taking import reservations_of, slot_names, takes_faults
from records.errors import Invalid, Refused
from records.identity import KindName, Login, RecordId, UnitCode
from records.people.organisation import Organisation
from records.people.unit_tree import Unit
from records.revision import Event, Revision
from records.schema.kind import Kind

NOW = datetime(2026, 12, 31, 15, 59, tzinfo=UTC)
"""A minute before the New Year in Beijing."""

OFFICE = Organisation(units=(Unit.model_validate({"code": "u", "name": "市局", "level": "市"}),))

KIND = Kind.model_validate(
    {
        "kind": "slip",
        "title": "单子",
        "version": 1,
        "fields": {
            "title": {"label": "标题", "type": "text"},
            "number": {"label": "文号", "type": "text"},
            "series": {"label": "字号", "type": "choice", "options": ["渝工商发", "渝工商函"]},
            "room": {"label": "会议室", "type": "record"},
            "begins": {"label": "开始时间", "type": "instant"},
            "ends": {"label": "结束时间", "type": "instant"},
            "copies": {"label": "份数", "type": "integer"},
        },
        "meaning": {"title": "title"},
        "start": {"by": ["anyone"]},
    }
)
NUMBER = {"number": {"series": "series", "field": "number"}}
SLOTS = {"slots": {"of": "room", "from": "begins", "to": "ends"}}


def revision(**fields: str) -> Revision:
    return Revision(
        record=RecordId("R1"),
        number=1,
        kind=KindName("slip"),
        kind_version=1,
        previous=None,
        created_at=NOW,
        owner=Login("a"),
        unit=UnitCode("u"),
        fields=dict(fields),
        event=Event(action="x", actor=Login("a"), at=NOW, write_id="w"),
    )


def resolved(
    takes: Mapping[str, object], now: datetime = NOW, **fields: str
) -> tuple[NextNumber | Names, ...]:
    declaration = TakesDeclaration.model_validate(takes)
    assert list(takes_faults(declaration, KIND)) == []
    return reservations_of(declaration, KIND, revision(**fields), now=now, organisation=OFFICE)


def test_the_series_is_what_the_field_says_and_the_year_that_of_beijing() -> None:
    (old,) = resolved(NUMBER, series="渝工商函")
    (new,) = resolved(NUMBER, NOW + timedelta(minutes=1), series="渝工商函")
    assert isinstance(old, NextNumber)
    assert isinstance(new, NextNumber)
    assert (old.series, old.year, new.year) == ("渝工商函", 2026, 2027)
    assert old.prefix == "number/渝工商函/2026/"
    assert old.written(7) == "渝工商函〔2026〕7号"


def test_a_series_may_be_named_and_a_number_filled_up() -> None:
    takes = {"number": {"series": "收文", "field": "number", "form": "{year}-{n:04}"}}
    (wanted,) = resolved(takes)
    assert isinstance(wanted, NextNumber)
    assert wanted.written(12) == "2026-0012"


@pytest.mark.feature("FW-17")
def test_con_05_a_record_that_has_its_number_takes_none() -> None:
    assert resolved(NUMBER, series="渝工商函", number="渝工商函〔2026〕3号") == ()


def test_without_its_series_no_number_is_taken() -> None:
    with pytest.raises(Refused, match="incomplete") as caught:
        resolved(NUMBER)
    assert caught.value.facts["missing"] == ("字号",)


def test_times_are_cut_into_quarters_of_beijing_time() -> None:
    (wanted,) = resolved(
        SLOTS, room="A1", begins="2027-03-01T01:10:00+00:00", ends="2027-03-01T09:45"
    )
    assert isinstance(wanted, Names)
    assert wanted.names == (
        "slot/A1/2027-03-01/0900",
        "slot/A1/2027-03-01/0915",
        "slot/A1/2027-03-01/0930",
    )


@pytest.mark.parametrize(
    ("begins", "ends", "reason"),
    [
        ("2026-12-31T23:00", "2026-12-31T23:30", "slot_past"),
        ("2027-01-02T10:00", "2027-01-02T10:00", "slot_order"),
        ("2027-01-02T10:00", "2027-01-02T09:00", "slot_order"),
        ("2027-01-02", "tomorrow", "bad_slot"),
        ("2027-01-02T10:00", "2028-01-02T09:00", "slot_too_long"),
        ("", "2027-01-02T09:00", "incomplete"),
    ],
)
def test_a_time_that_cannot_be_had_is_named(begins: str, ends: str, reason: str) -> None:
    with pytest.raises((Invalid, Refused), match=reason):
        resolved(SLOTS, room="A1", begins=begins, ends=ends)


@pytest.mark.parametrize("room", ["a/b", ".x", "会" * 30])
def test_a_resource_that_is_no_segment_of_a_name_is_refused(room: str) -> None:
    with pytest.raises(Invalid, match="bad_resource"):
        resolved(SLOTS, room=room, begins="2027-01-02T09:00", ends="2027-01-02T10:00")


@given(
    first=st.integers(0, 5_000),
    length=st.integers(1, 2_000),
    gap=st.integers(0, 2_000),
    other=st.integers(1, 2_000),
    quantum=st.sampled_from([5, 15, 30, 60, 1440]),
)
def test_times_share_a_name_when_they_overlap_and_not_when_one_follows_on_a_quantum(
    first: int, length: int, gap: int, other: int, quantum: int
) -> None:
    start = NOW.replace(hour=16, minute=0) + timedelta(minutes=first)
    end = start + timedelta(minutes=length)
    later = start + timedelta(minutes=gap)
    mine = set(slot_names("R", start, end, quantum_minutes=quantum))
    theirs = set(slot_names("R", later, later + timedelta(minutes=other), quantum_minutes=quantum))
    if gap < length:
        assert mine & theirs
    if later >= end and (first + gap) % quantum == 0:
        assert not mine & theirs


def test_no_more_names_than_the_most_are_made() -> None:
    names = list(slot_names("R", NOW, NOW + timedelta(days=4000), quantum_minutes=5))
    assert len(names) == MOST_SLOTS + 1


def test_unique_values_are_one_however_they_are_spelt() -> None:
    takes: dict[str, object] = {"name": {"of": ["number", "title"]}}
    (one,) = resolved(takes, number="渝工商〔2026〕 １号", title="A")
    (same,) = resolved(takes, number="渝工商〔2026〕1号", title="a ")
    (other,) = resolved(takes, number="渝工商〔2026〕1号a", title="")
    assert one == same != other
    assert resolved(takes) == ()


@pytest.mark.parametrize(
    ("takes", "key", "word"),
    [
        ({}, "", "takes_nothing"),
        ({"number": {"series": "copies", "field": "number"}}, "number.series", "no_field_of_type"),
        ({"number": {"series": "a/b", "field": "number"}}, "number.series", "bad_series"),
        ({"number": {"series": "收文", "field": "nr"}}, "number.field", "no_field_of_type"),
        (
            {"number": {"series": "收文", "field": "number", "form": "{series}"}},
            "number.form",
            "bad_number_form",
        ),
        (
            {"number": {"series": "收文", "field": "number", "form": "{n}{x}"}},
            "number.form",
            "bad_number_form",
        ),
        (
            {"number": {"series": "收文", "field": "number", "form": "{n.real}"}},
            "number.form",
            "bad_number_form",
        ),
        (  # blanks before a number, where zeros are meant
            {"number": {"series": "收文", "field": "number", "form": "{n:3}"}},
            "number.form",
            "bad_number_form",
        ),
        (
            {"slots": {"of": "copies", "from": "begins", "to": "ends"}},
            "slots.of",
            "no_field_of_type",
        ),
        (
            {"slots": {"of": "room", "from": "begins", "to": "ends", "quantum": 7}},
            "slots.quantum",
            "bad_quantum",
        ),
        (
            {"slots": [SLOTS["slots"], {"of": "copies", "from": "begins", "to": "ends"}]},
            "slots.1.of",
            "no_field_of_type",
        ),
        ({"slots": []}, "", "takes_nothing"),
        ({"name": {"of": ["nr"]}}, "name.of", "no_field"),
    ],
)
def test_each_fault_of_a_declaration_is_named(
    takes: dict[str, object], key: str, word: str
) -> None:
    faults = list(takes_faults(TakesDeclaration.model_validate(takes), KIND))
    assert [(fault.key, fault.word) for fault in faults] == [(key, word)]
    assert word in FAULTS


def test_of_several_resources_each_is_named_for_the_same_time() -> None:
    both = {"slots": [SLOTS["slots"], {"of": "series", "from": "begins", "to": "ends"}]}
    begins, ends = "2099-01-01T09:00", "2099-01-01T09:15"
    room, series = resolved(both, room="R", series="渝工商函", begins=begins, ends=ends)
    assert isinstance(room, Names)
    assert isinstance(series, Names)
    assert (room.label, room.names) == ("会议室", ("slot/R/2099-01-01/0900",))
    assert (series.label, series.names) == ("字号", ("slot/渝工商函/2099-01-01/0900",))
