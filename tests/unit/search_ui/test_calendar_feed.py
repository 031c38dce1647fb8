"""The feed of a room is iCalendar as RFC 5545 writes it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_ui.calendar_feed import Event, feed

BEGINS = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def event(summary: str, **more: object) -> Event:
    return Event("a@wenshu", BEGINS, BEGINS + timedelta(hours=1), summary, BEGINS, **more)  # type: ignore[arg-type]


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


@pytest.mark.feature("HY-04")
def test_a_booking_is_an_event_in_utc() -> None:
    lines = unfolded(feed("第一会议室", [event("例会", location="三楼")]))
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert "DTSTART:20260302T010000Z" in lines
    assert "DTEND:20260302T020000Z" in lines
    assert "SUMMARY:例会" in lines
    assert "LOCATION:三楼" in lines
    assert "STATUS:CONFIRMED" in lines


def test_what_waits_for_approval_is_tentative() -> None:
    assert "STATUS:TENTATIVE" in unfolded(feed("室", [event("例会", confirmed=False)]))


def test_what_would_end_a_value_is_escaped() -> None:
    assert "SUMMARY:甲\\;乙\\,丙\\\\丁\\n戊" in unfolded(feed("室", [event("甲;乙,丙\\丁\n戊")]))


@given(st.text(max_size=200))
def test_no_text_begins_a_line_of_its_own_or_makes_one_too_long(summary: str) -> None:
    written = feed("室", [event(summary)])
    lines = written.split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert "\n" not in written.replace("\r\n", "")
    names = [line.partition(":")[0] for line in unfolded(written)]
    assert names.count("END") == 2


@given(st.text(alphabet=st.characters(min_codepoint=32, exclude_categories=["Cs"]), max_size=200))
def test_a_reader_gets_the_text_back(summary: str) -> None:
    (line,) = [
        line for line in unfolded(feed("室", [event(summary)])) if line.startswith("SUMMARY:")
    ]
    read, escaped = "", False
    for character in line.removeprefix("SUMMARY:"):
        if escaped:
            read, escaped = read + ("\n" if character == "n" else character), False
        elif character == "\\":
            escaped = True
        else:
            read += character
    assert read == summary
