"""A server of every kind of S3, and a store behind a proxy before it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from storage.minio_store import MinioObjectStore
from storage.s3_place import S3Place
from tests.object_stores import S3_KINDS, BucketPlace, Places
from tests.s3.proxy import Proxy, proxy_before


@pytest.fixture(scope="session")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Places]:
    found = Places(tmp_path_factory.mktemp("places"))
    yield found
    found.close()


@pytest.fixture(params=S3_KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def place(places: Places, kind: str) -> S3Place:
    fresh = places.fresh(kind)
    assert isinstance(fresh, BucketPlace)
    return fresh.s3


@pytest.fixture
def direct(place: S3Place) -> Iterator[MinioObjectStore]:
    store = MinioObjectStore(place)
    yield store
    store.close()


@pytest.fixture
def proxy(place: S3Place) -> Iterator[Proxy]:
    with proxy_before(f"http://{place.endpoint}") as found:
        yield found


@pytest.fixture
def behind(place: S3Place, proxy: Proxy) -> Iterator[MinioObjectStore]:
    """The same store, reached through the proxy, which hangs up where it loses something."""
    store = MinioObjectStore(replace(place, endpoint=proxy.endpoint), timeout_s=30)
    yield store
    store.close()
