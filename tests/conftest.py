"""Servers that tests of several folders use, one for the whole run."""

from collections.abc import Iterator

import pytest

from tests.servers.elasticsearch import ElasticsearchNode
from tests.servers.server import address_of


@pytest.fixture(scope="session")
def elasticsearch() -> Iterator[str]:
    """The address of an Elasticsearch; tests take prefixes of their own on it."""
    with address_of(ElasticsearchNode()) as address:
        yield address
