"""The contract of Chains and Claims, on every store."""

import pytest

from records.errors import Conflict, Corrupt, NotFound
from records.identity import ObjectKey
from records.ports.chains import Link
from storage.chains import StoredChains
from storage.claims import StoredClaims
from tests.object_stores import AnyStore

NAME = "accounts/甲.a-b@x"


def test_the_newest_link_is_found_from_nothing_and_from_a_known_number(store: AnyStore) -> None:
    chains = StoredChains(store)
    assert chains.latest(NAME) is None
    for number, value in enumerate((b"one", b"two", b"three"), start=1):
        chains.append(NAME, number, value)
    assert chains.latest(NAME) == Link(3, b"three")
    assert [chains.latest(NAME, known=known) for known in (1, 2, 3)] == [Link(3, b"three")] * 3


def test_a_link_of_another_process_is_seen_by_one_that_remembers(store: AnyStore) -> None:
    ours, theirs = StoredChains(store), StoredChains(store)
    ours.append(NAME, 1, b"one")
    assert ours.latest(NAME, known=1) == Link(1, b"one")
    theirs.append(NAME, 2, b"two")
    assert ours.latest(NAME, known=1) == Link(2, b"two")
    assert ours.latest(NAME, known=2) == Link(2, b"two")


def test_chains_are_not_taken_for_each_other(store: AnyStore) -> None:
    chains = StoredChains(store)
    for name in ("accounts/a", "accounts/a-b", "organisation"):
        chains.append(name, 1, name.encode())
        assert chains.latest(name, known=1) == Link(1, name.encode())
    assert chains.latest("accounts/a", known=1) == Link(1, b"accounts/a")
    assert sorted(chains.names("accounts")) == ["accounts/a", "accounts/a-b"]


def test_which_of_several_chains_have_begun(store: AnyStore) -> None:
    chains = StoredChains(store)
    for name in ("accounts/a", "accounts/c"):
        chains.append(name, 1, b"one")
    assert chains.begun(["accounts/c", "accounts/b", "accounts/a"]) == [True, False, True]
    assert chains.begun([]) == []


def test_a_taken_number_conflicts(store: AnyStore) -> None:
    chains = StoredChains(store)
    chains.append(NAME, 1, b"one")
    with pytest.raises(Conflict, match="exists"):
        chains.append(NAME, 1, b"other")
    assert chains.latest(NAME) == Link(1, b"one")


def test_a_damaged_link_is_named(store: AnyStore) -> None:
    chains = StoredChains(store)
    chains.append("organisation", 1, b"one")
    store.replace(ObjectKey("chains/organisation/r00000001"), b"torn")
    with pytest.raises(Corrupt, match="torn_link"):
        chains.latest("organisation")


def test_a_claim_is_taken_once_and_again_when_it_was_freed(store: AnyStore) -> None:
    claims = StoredClaims(store)
    assert claims.take("number/渝/2026/1", b"first") is None
    assert claims.take("number/渝/2026/1", b"second") == b"first"
    assert claims.take_all([("n/1", b"a"), ("n/1", b"b"), ("n/2", b"c")]) == [None, b"a", None]
    assert list(claims.names("number")) == ["number/渝/2026/1"]
    claims.free("number/渝/2026/1")
    assert claims.read("number/渝/2026/1") is None
    assert claims.take("number/渝/2026/1", b"third") is None


def test_every_link_can_be_read_again_and_none_that_is_not_there(store: AnyStore) -> None:
    chains = StoredChains(store)
    chains.append("words", 1, b"one")
    chains.append("words", 2, b"two")
    assert [chains.link("words", number).value for number in (1, 2)] == [b"one", b"two"]
    with pytest.raises(NotFound, match="no_such_version"):
        chains.link("words", 3)
