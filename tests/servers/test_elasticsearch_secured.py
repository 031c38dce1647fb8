"""Elasticsearch behind TLS with an authority of the house's own, and a key to sign in with."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from indexers.analysis import Analyser, Fold
from indexers.elasticsearch_index import ElasticsearchOptions, ElasticsearchSearchIndex
from records.errors import Unavailable
from records.queries.query import Words
from records.queries.search import SearchRequest
from tests.elasticsearch_indexes import indexes, options
from tests.search_documents import STAFF, document
from tests.servers.secured import secured
from tests.servers.tls import make_certificate

ANALYSER = Analyser(Fold.load())
KEY = "a2V5LW9mLXRlc3Rz"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("tls") / "gateway.pem")


@pytest.fixture
def chosen(elasticsearch: str, certificate: Path) -> Iterator[ElasticsearchOptions]:
    plain = options(elasticsearch)
    with (
        indexes(plain, ANALYSER),  # removes what was made, by the other way
        secured(elasticsearch, certificate, authorization=f"ApiKey {KEY}") as address,
    ):
        yield replace(plain, hosts=(address,), api_key=KEY, ca_certificate=certificate)


def found(index: ElasticsearchSearchIndex) -> list[str]:
    return [hit.record for hit in index.search(SearchRequest(Words("防汛")), STAFF).hits]


def test_the_index_is_built_written_and_searched_over_tls_with_a_key(
    chosen: ElasticsearchOptions,
) -> None:
    with closing(ElasticsearchSearchIndex(chosen, ANALYSER)) as index:
        index.rebuild().swap()
        index.apply([document("r1", "防汛工作")])
        assert found(index) == ["r1"]


def without_key(chosen: ElasticsearchOptions) -> ElasticsearchOptions:
    return replace(chosen, api_key=None)


def with_another(chosen: ElasticsearchOptions) -> ElasticsearchOptions:
    return replace(chosen, api_key="b3RoZXI")


def without_authority(chosen: ElasticsearchOptions) -> ElasticsearchOptions:
    return replace(chosen, ca_certificate=None)


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (with_another, "index_denied"),
        (without_key, "index_denied"),
        (without_authority, "index_untrusted"),
    ],
)
def test_what_is_set_wrong_is_told_and_no_key_with_it(
    chosen: ElasticsearchOptions,
    wrong: Callable[[ElasticsearchOptions], ElasticsearchOptions],
    reason: str,
) -> None:
    with (
        closing(ElasticsearchSearchIndex(wrong(chosen), ANALYSER)) as index,
        pytest.raises(Unavailable, match=reason) as told,
    ):
        found(index)
    assert KEY not in f"{told.value} {told.value.facts}"
