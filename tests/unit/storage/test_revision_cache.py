"""How many revisions are kept is bounded by what they take up, not by their number."""

from records.identity import RecordId, Sha256
from storage.revision_cache import WEIGHT, RevisionCache
from tests.matters import matter

DIGEST = Sha256("0" * 64)


def filled(cache: RevisionCache, sizes: list[int]) -> list[int]:
    """Numbers of the revisions that are still known when so large ones were put in turn."""
    for number, size in enumerate(sizes, start=1):
        cache.put(matter("A", number=number), DIGEST, stored_bytes=size)
    return [n for n in range(1, len(sizes) + 1) if cache.get(RecordId("A"), n) is not None]


def test_a_large_revision_drives_many_small_ones_out() -> None:
    assert filled(RevisionCache(capacity_bytes=10 * WEIGHT), [1] * 10) == list(range(1, 11))
    assert filled(RevisionCache(capacity_bytes=10 * WEIGHT), [1] * 9 + [8]) == [8, 9, 10]


def test_one_that_is_larger_than_the_cache_is_not_kept() -> None:
    assert filled(RevisionCache(capacity_bytes=10 * WEIGHT), [11]) == []
    assert filled(RevisionCache(capacity_bytes=0), [1]) == []


def test_one_that_was_used_lately_stays() -> None:
    cache = RevisionCache(capacity_bytes=2 * WEIGHT)
    filled(cache, [1, 1])
    cache.get(RecordId("A"), 1)
    cache.put(matter("A", number=3), DIGEST, stored_bytes=1)
    assert [cache.get(RecordId("A"), n) is not None for n in (1, 2, 3)] == [True, False, True]


def test_one_that_is_put_again_counts_once() -> None:
    cache = RevisionCache(capacity_bytes=3 * WEIGHT)
    for _ in range(5):
        cache.put(matter("A"), DIGEST, stored_bytes=2)
    cache.put(matter("A", number=2), DIGEST, stored_bytes=1)
    assert cache.get(RecordId("A"), 1) is not None
