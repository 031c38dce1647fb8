"""Stores of every kind for the suites of the ports."""

from collections.abc import Iterator

import pytest

from tests.object_stores import KINDS, AnyStore, Places, opened


@pytest.fixture(scope="session")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Places]:
    found = Places(tmp_path_factory.mktemp("places"))
    yield found
    found.close()


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, places: Places) -> Iterator[AnyStore]:
    with opened(places, request.param) as found:
        yield found
