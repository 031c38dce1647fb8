"""What the second look adds to a score."""

import pytest

from services.searching.second_look import ALIKE, RECENT, TOGETHER, weighed


def test_nothing_near_and_nothing_new_leaves_the_score() -> None:
    assert weighed(2.0, share=0, alike=0, age_days=10**6) == pytest.approx(2.0)


def test_each_part_adds_what_it_says() -> None:
    old = 10**6
    assert weighed(2.0, share=1, alike=0, age_days=old) == pytest.approx(2.0 * (1 + TOGETHER))
    assert weighed(2.0, share=0, alike=0.5, age_days=old) == pytest.approx(2.0 * (1 + ALIKE / 4))
    assert weighed(2.0, share=0, alike=0, age_days=0) == pytest.approx(2.0 * (1 + RECENT))
    assert weighed(2.0, share=0, alike=0, age_days=730) == pytest.approx(2.0 * (1 + RECENT / 2))


def test_a_record_of_tomorrow_is_no_newer_than_one_of_today() -> None:
    today, tomorrow = (weighed(1.0, share=0, alike=0, age_days=days) for days in (0, -9_999))
    assert today == tomorrow
