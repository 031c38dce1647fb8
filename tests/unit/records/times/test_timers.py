"""Timers of records whose days lie at the ends of the calendar."""

import pytest

from records.fields import instant_of
from records.identity import CLOCK
from records.times.calendar import WEEKENDS_OFF
from records.times.timers import timers_of
from tests.flow_office import Paper


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_days_at_the_ends_of_the_calendar_set_timers_that_can_be_written(day: str) -> None:
    item = Paper.of("supervision", owner="watch", fields={"due_on": day, "given_on": "0001-01-01"})
    item.act("watch", "assign")
    timers = timers_of(item.kind, item.now, WEEKENDS_OFF)
    assert bool(timers) == (day > "2026")
    assert all(timer.at.isoformat() for timer in timers)


def test_what_lasts_for_ever_never_expires() -> None:
    notice = Paper.of("notice", fields={"expires_on": "9999-12-31"})
    for login, action in (("author", "submit"), ("head", "agree"), ("registry", "publish")):
        notice.act(login, action)
    assert timers_of(notice.kind, notice.now, WEEKENDS_OFF) == ()


@pytest.mark.feature("CL-05")
def test_a_car_that_is_not_back_when_it_was_to_be_is_late_and_comes_back_all_the_same() -> None:
    trip = Paper.of("car_trip", fields={"km_out": 7})
    for login, action in (
        ("author", "submit"),
        ("head", "agree"),
        ("cars", "dispatch"),
        ("cars", "depart"),
    ):
        trip.act(login, action)
    (timer,) = timers_of(trip.kind, trip.now, WEEKENDS_OFF)
    assert (timer.name, timer.at) == ("overrun", instant_of(str(trip.now.fields["returns"])))
    trip.later(days=2).act(CLOCK, "overrun")
    assert trip.now.state == "late"
    assert "return_in" in trip.may("cars")
    assert trip.act("cars", "return_in", fields={"km_in": 8}).now.state == "finished"
