"""What the index on Elasticsearch does besides searching: keep, refuse, follow, start over."""

import traceback
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from threading import Event, Thread
from time import monotonic

import pytest
from elasticsearch import Elasticsearch

from indexers.analysis import Analyser, Fold
from indexers.elasticsearch_index import ElasticsearchOptions, ElasticsearchSearchIndex
from indexers.elasticsearch_index.names import Names
from records.errors import Unavailable
from records.identity import RecordId
from records.queries.query import Words
from records.queries.search import IndexDocument, Removal, SearchRequest
from tests.elasticsearch_indexes import Opened, indexes, options
from tests.search_documents import STAFF, document
from tests.servers.elasticsearch import ElasticsearchNode
from tests.servers.server import running

LEASE_S = 15.0
"""A busy machine lets a heartbeat wait, for seconds."""

SHORT_LEASE_S = 2.0
"""Where it is waited for to the end."""


@cache
def analyser() -> Analyser:
    return Analyser(Fold.load())


@pytest.fixture
def lease_s() -> float:
    return LEASE_S


@pytest.fixture
def chosen(elasticsearch: str, lease_s: float) -> ElasticsearchOptions:
    return options(elasticsearch, lease_s=lease_s)


@pytest.fixture
def opened(chosen: ElasticsearchOptions) -> Iterator[Opened]:
    """Opens the index as a process of its own does; it stands, and is empty."""
    with indexes(chosen, analyser()) as opening:
        opening().rebuild().swap()
        yield opening


@pytest.fixture
def client(elasticsearch: str) -> Iterator[Elasticsearch]:
    with Elasticsearch(elasticsearch) as opened:
        yield opened


def found(index: ElasticsearchSearchIndex, word: str) -> set[str]:
    return {hit.record for hit in index.search(SearchRequest(Words(word)), STAFF).hits}


def names(client: Elasticsearch, chosen: ElasticsearchOptions) -> list[str]:
    return sorted(client.indices.get(index=f"{chosen.prefix}-*"))


def test_without_an_index_everything_says_that_it_is_missing_until_it_is_rebuilt(
    chosen: ElasticsearchOptions, client: Elasticsearch
) -> None:
    with indexes(chosen, analyser()) as opening:
        index = opening()
        for attempt in (
            lambda: index.apply([document("r1", "防汛")]),
            lambda: found(index, "防汛"),
            lambda: index.suggest("防", STAFF, limit=3),
            lambda: next(index.entries(after=None)),
        ):
            with pytest.raises(Unavailable, match="index_missing"):
                attempt()
        assert names(client, chosen) == []
        rebuild = index.rebuild()
        rebuild.apply([document("r1", "防汛")])
        with pytest.raises(Unavailable, match="index_missing"):
            index.apply([document("r2", "防汛")])
        rebuild.swap()
        assert found(index, "防汛") == {"r1", "r2"}


def test_an_index_that_is_deleted_under_a_running_process_is_missing(
    opened: Opened, chosen: ElasticsearchOptions, client: Elasticsearch
) -> None:
    index = opened()
    index.apply([document("r1", "防汛")])
    for name in names(client, chosen):
        client.indices.delete(index=name)
    with pytest.raises(Unavailable, match="index_missing"):
        index.apply([document("r1", "防汛")])
    assert names(client, chosen) == []


def test_every_process_writes_and_sees_the_writes_of_all(opened: Opened) -> None:
    processes = [opened() for _ in range(4)]
    for number, writer in enumerate(processes):
        writer.apply([document(f"r{number}", "防汛")])
        for reader in processes:
            assert len(found(reader, "防汛")) == number + 1


def test_of_many_writers_of_one_record_the_highest_revision_stays(opened: Opened) -> None:
    def write(index: ElasticsearchSearchIndex, revisions: range) -> None:
        for revision in revisions:
            index.apply([document("r1", f"标题{revision}", revision=revision)])

    threads = [Thread(target=write, args=(opened(), range(first, 40, 4))) for first in range(1, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    index = opened()
    assert list(index.entries(after=None)) == [("r1", 39)]
    assert found(index, "标题39") == {"r1"}
    assert found(index, "标题38") == set()


def test_no_text_is_kept_but_titles_and_numbers(
    opened: Opened, chosen: ElasticsearchOptions, client: Elasticsearch
) -> None:
    opened().apply([replace(document("r1", "标题", "正文"), number="渝〔2017〕1号")])
    answer = client.search(index=f"{chosen.prefix}-*", stored_fields=["*"], source=True)
    (hit,) = answer["hits"]["hits"]
    assert hit["_source"] == {"shown_title": "标题", "shown_number": "渝〔2017〕1号"}
    assert "fields" not in hit


def test_a_rebuild_takes_the_place_of_the_index_for_every_process(
    opened: Opened, chosen: ElasticsearchOptions, client: Elasticsearch
) -> None:
    writer, reader = opened(), opened()
    writer.apply([document("r1", "旧"), document("r2", "防汛")])
    assert found(reader, "旧") == {"r1"}
    rebuild = writer.rebuild()
    rebuild.apply([document("r2", "防汛"), document("r3", "防汛")])
    assert found(writer, "防汛") == found(reader, "防汛") == {"r2"}
    rebuild.swap()
    assert found(writer, "防汛") == found(reader, "防汛") == {"r2", "r3"}
    assert found(reader, "旧") == set()
    with pytest.raises(Unavailable, match="rebuild_abandoned"):
        rebuild.apply([])
    rebuild.abandon()  # too late: it is in use
    writer.rebuild().abandon()
    assert found(reader, "防汛") == {"r2", "r3"}
    assert len(names(client, chosen)) == 1


@pytest.mark.parametrize("elsewhere", [False, True])
def test_what_any_process_writes_during_a_rebuild_is_not_lost(
    opened: Opened, *, elsewhere: bool
) -> None:
    rebuilding = opened()
    writer = opened() if elsewhere else rebuilding
    writer.apply([document("r1", "甲", revision=1)])
    rebuild = rebuilding.rebuild()
    writer.apply([document("r1", "乙", revision=2), Removal(RecordId("r2"), 2)])
    rebuild.apply([document("r1", "甲", revision=1), document("r2", "甲", revision=1)])
    rebuild.swap()
    assert (found(writer, "甲"), found(writer, "乙")) == (set(), {"r1"})
    writer.apply([document("r1", "丙", revision=3)])
    assert found(rebuilding, "丙") == {"r1"}


def test_searches_listings_and_writes_go_on_while_an_index_is_swapped(opened: Opened) -> None:
    writer = opened()
    everything = [document(f"r{number}", "防汛") for number in range(20)]
    writer.apply(everything)
    stop, answers, faults = Event(), set[int](), list[str]()

    def repeat(action: object) -> None:
        index = opened()
        while not stop.is_set():
            try:
                answers.add(action(index))  # type: ignore[operator]
            except Exception:  # noqa: BLE001 - told by the assertion below
                faults.append(traceback.format_exc())

    def write(index: ElasticsearchSearchIndex) -> int:
        index.apply(everything[:3])
        return len(list(index.entries(after=None)))

    actions = (
        lambda index: index.search(SearchRequest(Words("防汛")), STAFF).total,
        lambda index: len(list(index.entries(after=None))),
        write,
    )
    threads = [Thread(target=repeat, args=(action,)) for action in actions]
    for thread in threads:
        thread.start()
    for _ in range(6):
        rebuild = writer.rebuild()
        rebuild.apply(everything)
        rebuild.swap()
    stop.set()
    for thread in threads:
        thread.join(timeout=30)
    assert faults == []
    assert answers == {20}


def test_a_second_rebuild_is_refused_while_another_process_is_at_it(
    opened: Opened, chosen: ElasticsearchOptions, client: Elasticsearch
) -> None:
    first, second = opened(), opened()
    rebuild = first.rebuild()
    with pytest.raises(Unavailable, match="rebuild_running"):
        second.rebuild()
    rebuild.apply([document("r1", "防汛")])
    rebuild.swap()
    second.rebuild().swap()
    assert found(first, "防汛") == set()
    assert len(names(client, chosen)) == 1


def test_of_rebuilds_begun_at_one_moment_exactly_one_goes_on(opened: Opened) -> None:
    begun, refused = list[object](), list[str]()

    def begin(index: ElasticsearchSearchIndex) -> None:
        try:
            begun.append(index.rebuild())
        except Unavailable as error:
            refused.append(error.reason)

    threads = [Thread(target=begin, args=(opened(),)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert (len(begun), set(refused), len(refused)) == (1, {"rebuild_running"}, 5)


def test_a_rebuild_of_the_same_process_is_thrown_away_for_the_next(opened: Opened) -> None:
    index = opened()
    first, second = index.rebuild(), index.rebuild()
    with pytest.raises(Unavailable, match="rebuild_abandoned"):
        first.apply([document("r1", "防汛")])
    with pytest.raises(Unavailable, match="rebuild_abandoned"):
        first.swap()
    second.apply([document("r2", "防汛")])
    second.swap()
    assert found(index, "防汛") == {"r2"}


@pytest.mark.parametrize("lease_s", [SHORT_LEASE_S])
def test_a_dead_rebuild_gives_way_and_can_do_no_harm_when_it_wakes(
    opened: Opened, chosen: ElasticsearchOptions, client: Elasticsearch
) -> None:
    stalled, second = opened(), opened()
    dead = stalled.rebuild()
    dead.end()  # no sign of life any more, as when its process was killed or stopped
    dead.apply([document("r1", "旧")])
    rebuild = second.rebuild()
    with pytest.raises(Unavailable, match="rebuild_abandoned"):
        dead.apply([document("r1", "旧")])
    with pytest.raises(Unavailable, match="rebuild_abandoned"):
        dead.swap()
    dead.abandon()
    rebuild.apply([document("r2", "防汛")])
    rebuild.swap()
    assert (found(second, "防汛"), found(second, "旧")) == ({"r2"}, set())
    assert len(names(client, chosen)) == 1


def test_a_new_index_that_lost_what_was_put_in_is_not_taken_into_use(
    opened: Opened, client: Elasticsearch
) -> None:
    index = opened()
    index.apply([document("r1", "防汛")])
    rebuild = index.rebuild()
    rebuild.apply([document("r1", "防汛"), document("r2", "防汛")])
    client.delete(index=rebuild.index, id="r2", refresh=True)
    with pytest.raises(Unavailable, match="rebuild_incomplete"):
        rebuild.swap()
    rebuild.abandon()
    assert found(index, "防汛") == {"r1"}


def other_version(
    client: Elasticsearch, chosen: ElasticsearchOptions, shift: int, *, building: bool
) -> str:
    """An index of another version of the program, in use or being built."""
    own = Names.of(chosen.prefix, analyser())
    other = Names(chosen.prefix, own.format + shift, "0" * 12)
    name = f"{other.current}-000001-{'0' * 8}"
    client.indices.create(index=name, aliases={other.building if building else other.current: {}})
    return name


def test_the_index_of_an_older_version_is_outdated_and_goes_with_the_rebuild(
    chosen: ElasticsearchOptions, client: Elasticsearch
) -> None:
    other_version(client, chosen, -1, building=False)
    with indexes(chosen, analyser()) as opening:
        index = opening()
        with pytest.raises(Unavailable, match="index_outdated"):
            found(index, "防汛")
        index.rebuild().swap()
        assert found(index, "防汛") == set()
        assert len(names(client, chosen)) == 1


@pytest.mark.parametrize("building", [False, True])
def test_a_process_of_an_older_version_writes_no_more_and_rebuilds_nothing_by_itself(
    opened: Opened, chosen: ElasticsearchOptions, client: Elasticsearch, *, building: bool
) -> None:
    index = opened()
    index.apply([document("r1", "防汛")])
    other_version(client, chosen, 1, building=building)
    with pytest.raises(Unavailable, match="index_newer"):
        index.apply([document("r2", "防汛")])
    assert found(index, "防汛") == {"r1"}
    own = Names.of(chosen.prefix, analyser()).current
    client.indices.delete(index=[name for name in names(client, chosen) if name.startswith(own)])
    with pytest.raises(Unavailable, match="index_newer"):
        found(index, "防汛")


def test_a_record_that_the_server_refuses_is_named_and_keeps_no_other_out(opened: Opened) -> None:
    index = opened()
    name = "r" * 600  # an identifier takes 512 bytes at most
    with pytest.raises(Unavailable, match="documents_refused") as refusal:
        index.apply([document("r1", "防汛"), document(name, "防汛"), document("r2", "防汛")])
    assert refusal.value.facts["records"] == (name,)
    assert found(index, "防汛") == {"r1", "r2"}


def test_a_record_that_is_too_large_is_named_and_keeps_no_other_out(
    chosen: ElasticsearchOptions,
) -> None:
    with indexes(replace(chosen, document_bytes=5_000), analyser()) as opening:
        index = opening()
        index.rebuild().swap()
        with pytest.raises(Unavailable, match="documents_refused") as refusal:
            index.apply([document("r1", "甲" * 2_000), document("r2", "防汛")])
        assert refusal.value.facts["records"] == ("r1",)
        assert found(index, "防汛") == {"r2"}


def test_very_long_terms_and_texts_are_taken(opened: Opened) -> None:
    index = opened()
    source = replace(
        document("r1", "x" * 40_000, "y" * 100_000 + " 防汛"),
        state="s" * 40_000,
        number="n" * 40_000,
    )
    index.apply([source])
    assert found(index, "防汛") == found(index, "x" * 40_000) == {"r1"}
    assert found(index, "x" * 39_999) == set()


def test_writes_are_split_by_size_and_all_arrive(chosen: ElasticsearchOptions) -> None:
    with indexes(replace(chosen, bulk_bytes=3_000), analyser()) as opening:
        index = opening()
        index.rebuild().swap()
        index.apply([document(f"r{number:03}", "防汛", "抗旱" * number) for number in range(100)])
        assert len(list(index.entries(after=None))) == 100


def test_pages_beyond_the_reach_of_one_request_are_walked_to(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = opened()
    index.apply([document(f"r{number:02}", "防汛") for number in range(30)])
    for module in ("paging", "search_index"):
        monkeypatch.setattr(f"indexers.elasticsearch_index.{module}.REACH", 7)
    for offset in (0, 6, 7, 20, 29):
        request = SearchRequest(Words("防汛"), offset=offset, limit=3)
        result = index.search(request, STAFF)
        wanted = [f"r{number:02}" for number in range(29, -1, -1)][offset : offset + 3]
        assert ([hit.record for hit in result.hits], result.total) == (wanted, 30)


def test_a_listing_outlives_its_snapshot(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexers.elasticsearch_index.listing.LISTED_AT_ONCE", 2)
    index = opened()
    everything: list[IndexDocument] = [document(f"r{number}", "甲") for number in range(5)]
    index.apply(everything)
    listing = index.entries(after=None)
    before = [next(listing) for _ in range(2)]
    rebuild = index.rebuild()
    rebuild.apply(everything)
    rebuild.swap()
    assert [record for record, _ in [*before, *listing]] == [f"r{number}" for number in range(5)]


def test_a_server_that_is_silent_or_gone_is_known_soon() -> None:
    with running(ElasticsearchNode()) as server:
        told = options(server.address)
        patient = ElasticsearchSearchIndex(told, analyser())
        patient.rebuild().swap()
        patient.apply([document("r1", "防汛")])
        brief = replace(told, search_timeout_s=2.0, write_timeout_s=3.0)
        index = ElasticsearchSearchIndex(brief, analyser())
        server.program.freeze()
        for action, limit_s in (
            (lambda: found(index, "防汛"), 9),
            (lambda: index.apply([document("r2", "防汛")]), 30),
        ):
            began = monotonic()
            with pytest.raises(Unavailable, match="index_unreachable"):
                action()
            assert monotonic() - began < limit_s
        server.program.thaw()
        patient.apply([document("r2", "防汛")])
        assert found(patient, "防汛") == {"r1", "r2"}
        index.apply([document("r3", "防汛")])
        assert found(index, "防汛") == {"r1", "r2", "r3"}
        server.program.kill()
        began = monotonic()
        with pytest.raises(Unavailable, match="index_unreachable"):
            found(index, "防汛")
        assert monotonic() - began < 9
        patient.close()
        index.close()
