"""Steps from place to place: every place is reached, in order, and none twice."""

from hypothesis import given
from hypothesis import strategies as st

from search_ui.shown.preview.place_bar import Places

COUNTS = st.dictionaries(st.integers(1, 30), st.integers(1, 5), min_size=1, max_size=8).map(
    lambda counts: dict(sorted(counts.items()))
)


@given(COUNTS)
def test_steps_go_through_all_places_and_begin_again(counts: dict[int, int]) -> None:
    places, at = Places(counts), 1
    for number in [*range(2, places.all + 1), 1]:
        stop = places.stop(at)
        assert stop is not None
        bar = places.bar(at, stop, stop + 1, str)
        assert bar is not None
        assert (bar.at, bar.next_href) == (at, str(number))
        assert bar.here == counts[stop]
        assert places.index(at, stop) == at - bar.before - 1 < bar.here
        at = int(bar.next_href)


@given(COUNTS, st.integers(0, 31))
def test_from_a_stop_without_places_the_steps_lead_to_those_around(
    counts: dict[int, int], begin: int
) -> None:
    places = Places({key: count for key, count in counts.items() if key != begin})
    bar = places.bar(0, begin, begin + 1, str)
    if bar is None:
        assert places.all == 0
        return
    assert bar.at == bar.here == 0
    others = [key for key in counts if key != begin]
    after = [key for key in others if key > begin]
    assert places.stop(int(bar.next_href)) == (after or others)[0]


def test_no_number_and_one_beyond_the_last_stand_nowhere() -> None:
    places = Places({2: 3})
    assert [places.stop(n) for n in (-1, 0, 1, 3, 4)] == [None, None, 2, 2, None]
    assert Places[int]({}).bar(0, 1, 2, str) is None
