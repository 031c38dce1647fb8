"""The services over an index on Elasticsearch: filled, lost, rebuilt by itself, reconciled."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from indexers.analysis import Analyser, Fold
from indexers.elasticsearch_index import ElasticsearchOptions, ElasticsearchSearchIndex
from records.identity import RecordId
from records.queries.query import Words
from records.queries.search import Removal, SearchRequest
from services.after_commit.drain import Drain
from services.keeping.index_upkeep import IndexUpkeep
from services.keeping.reconcile import Reconciler
from services.people.caller import Caller
from tests.elasticsearch_indexes import indexes, options
from tests.faults.writer import LOGIN, prepare, settings_for, take_in
from wenshu.building.house import installation
from wenshu.building.installation import Installation


@dataclass(frozen=True, slots=True)
class Distributed:
    """An embedded installation whose index was exchanged for one on Elasticsearch."""

    built: Installation
    index: ElasticsearchSearchIndex
    options: ElasticsearchOptions

    def drain(self) -> None:
        while not self.built.drain.empty():
            self.built.drain.round()

    def hits(self, word: str) -> int:
        caller: Caller = self.built.house.book.caller(LOGIN)
        return self.index.search(SearchRequest(Words(word)), caller.access).total

    def lose(self) -> None:
        with Elasticsearch(list(self.options.hosts)) as client:
            for name in client.indices.get(index=f"{self.options.prefix}-*"):
                client.indices.delete(index=name)


@pytest.fixture
def distributed(elasticsearch: str, tmp_path: Path) -> Iterator[Distributed]:
    prepare(tmp_path)
    chosen = options(elasticsearch, lease_s=4.0)
    with (
        installation(settings_for(tmp_path)) as built,
        indexes(chosen, Analyser(Fold.load())) as opening,
    ):
        index = opening()
        services: list[Drain | IndexUpkeep | Reconciler] = [
            built.drain,
            built.upkeep,
            built.reconciliation,
        ]
        for service in services:
            service._index = index
        built.rebuilding._begin = index.rebuild
        yield Distributed(built, index, chosen)


def test_a_first_start_and_a_lost_index_mend_themselves(distributed: Distributed) -> None:
    assert distributed.built.upkeep.fault() == "index_missing"
    assert distributed.built.upkeep.mend()
    for count in range(3):
        take_in(distributed.built, f"word{count}")
    distributed.drain()
    assert distributed.hits("内容") == 3
    assert not distributed.built.upkeep.mend()
    distributed.lose()
    assert distributed.built.upkeep.mend()
    assert distributed.hits("内容") == 3
    assert not distributed.built.upkeep.mend()


def test_reconcile_counts_and_repairs(distributed: Distributed) -> None:
    distributed.built.upkeep.mend()
    first, second = (take_in(distributed.built, word) for word in ("one", "two"))
    distributed.drain()
    assert distributed.built.reconciliation.compare().is_clean
    distributed.index.apply([Removal(RecordId(first), 1)])
    table = distributed.built.reconciliation.repair()
    assert (table.missing.records, table.equal.records) == ([first], [second])
    distributed.drain()
    assert distributed.built.reconciliation.compare().is_clean
    assert distributed.hits("one") == 1
