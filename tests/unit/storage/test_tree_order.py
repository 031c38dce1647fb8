"""Listings in key order from servers that list by whole key, and from those that list folders."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.identity import ObjectKey
from records.ports.object_store import ObjectStat
from storage.tree_order import in_key_order

SEGMENT = st.text("ab-.~0", min_size=1, max_size=3).filter(lambda s: not s.startswith("."))
KEYS = st.lists(SEGMENT, min_size=1, max_size=3).map("/".join)


class Server:
    """Lists keys in one of the two orders after what all take, and counts how often it is asked."""

    def __init__(self, keys: set[str], *, as_tree: bool) -> None:
        self._keys = sorted(keys, key=_segments if as_tree else str)
        self._as_tree = as_tree
        self.asked = 0

    def list(self, prefix: str, start: str) -> Iterator[ObjectStat]:
        self.asked += 1
        assert not {".", ".."} & set(_segments(start)), "as MinIO refuses it"
        for key in self._keys:
            is_after = _segments(key) > _segments(start) if self._as_tree else key > start
            if key.startswith(prefix) and (is_after or not start):
                yield ObjectStat(ObjectKey(key), 0)


def _segments(key: str) -> list[str]:
    return key.split("/")


@given(
    keys=st.sets(KEYS, max_size=15),
    prefix=st.text("ab-/", max_size=2).filter(lambda p: not p.startswith("/") and "//" not in p),
    after=st.sampled_from(["", "a", "a/"]) | KEYS | st.text("a-/.~", max_size=4),
    as_tree=st.booleans(),
)
def test_a_listing_is_in_order_of_key_whatever_the_server_does(
    keys: set[str], prefix: str, after: str, *, as_tree: bool
) -> None:
    keys = {k for k in keys if not any(other.startswith(f"{k}/") for other in keys)}
    server = Server(keys, as_tree=as_tree)
    listed = [stat.key for stat in in_key_order(server.list, prefix, after)]
    assert listed == sorted(k for k in keys if k.startswith(prefix) and k > after)


@pytest.mark.parametrize("after", ["./a", "../a", "a/./b", "a/../b", "a/.0/b", "."])
@pytest.mark.parametrize("as_tree", [True, False])
def test_a_listing_after_what_no_key_is_begins_at_a_name_that_all_servers_take(
    after: str, *, as_tree: bool
) -> None:
    keys = {"0", "a-", "a/-", "a/b", "a/c", "b"}
    server = Server(keys, as_tree=as_tree)
    listed = [stat.key for stat in in_key_order(server.list, "", after)]
    assert listed == sorted(key for key in keys if key > after)


def test_a_folder_larger_than_a_page_costs_one_question() -> None:
    keys = {f"records/R{n}/r1" for n in range(1500)}
    for late in ("records-2/x", "records.x"):
        server = Server(keys | {late}, as_tree=True)
        listed = [stat.key for stat in in_key_order(server.list, "", "")]
        assert listed == sorted(keys | {late})
        assert server.asked <= 8
    server = Server(keys, as_tree=True)
    assert len(list(in_key_order(server.list, "", ""))) == 1500
    assert server.asked == 2
