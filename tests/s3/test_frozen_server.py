"""A server that takes connections and says nothing."""

from time import monotonic

import pytest

from records.errors import Unavailable, Unknown
from records.identity import ObjectKey
from storage.minio_store import MinioObjectStore
from tests.object_stores import made_bucket
from tests.servers.registry import SERVERS
from tests.servers.server import running

OLD, NEW = ObjectKey("a/old"), ObjectKey("a/new")


def test_nobody_waits_for_ever_and_work_goes_on_afterwards(kind: str) -> None:
    with running(SERVERS[kind]) as server:
        place = made_bucket(server.address)
        patient, store = MinioObjectStore(place), MinioObjectStore(place, timeout_s=2)
        patient.create(OLD, b"there")
        patient.close()
        assert store.read(OLD) == b"there"
        server.program.freeze()
        began = monotonic()
        with pytest.raises(Unavailable, match="store_unreachable"):
            store.read(OLD)
        with pytest.raises(Unknown, match="outcome_unknown"):
            store.create(NEW, b"mine")
        assert monotonic() - began < 60
        server.program.thaw()
        assert store.read(OLD) == b"there"
        store.close()
