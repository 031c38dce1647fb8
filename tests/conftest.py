"""Servers that tests of several folders use, one for the whole run; how properties are drawn."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.engines import Cluster, cluster
from tests.servers.elasticsearch import ElasticsearchNode
from tests.servers.server import address_of

# How long an example takes says how busy the machine is; bench/ measures speed.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


@pytest.fixture
def engines(tmp_path: Path) -> Iterator[Cluster]:
    """An installation of the test's own on all servers."""
    with cluster(tmp_path) as found:
        yield found


@pytest.fixture(scope="session")
def elasticsearch() -> Iterator[str]:
    """The address of an Elasticsearch; tests take prefixes of their own on it."""
    with address_of(ElasticsearchNode()) as address:
        yield address
