"""A bucket that cannot keep what is promised is refused before anything is entrusted to it."""

import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from urllib.parse import urlsplit

import pytest
from minio.commonconfig import GOVERNANCE
from minio.credentials.credentials import Credentials
from minio.objectlockconfig import DAYS, ObjectLockConfig
from minio.signer import sign_v4_s3

from records.errors import Refused, Unavailable
from storage.minio_store import MinioObjectStore
from storage.s3_bucket import make_bucket
from storage.s3_place import S3Place
from storage.s3_probe import probe
from tests.object_stores import Places, made_bucket
from tests.s3.proxy import Forward, Proxy, Reply, Sent
from tests.servers.seaweedfs import ACCESS_KEY, SECRET_KEY

CONDITION = "if-none-match"


@pytest.fixture
def locked(places: Places, kind: str) -> Iterator[MinioObjectStore]:
    """A store in a bucket made with object lock."""
    store = MinioObjectStore(made_bucket(places.address(kind), object_lock=True))
    yield store
    store.close()


def without_condition(sent: Sent) -> Sent:
    kept = {name: value for name, value in sent.headers.items() if name.lower() != CONDITION}
    return replace(sent, headers=kept)


def strip(sent: Sent, forward: Forward) -> Reply:
    """Drop the condition: the signature does not fit any more."""
    return forward(without_condition(sent))


def strip_and_sign(sent: Sent, forward: Forward) -> Reply:
    """Drop the condition as a gateway does that holds the keys and signs anew."""
    bare, now = without_condition(sent), datetime.now(UTC)
    headers: dict[str, str | list[str] | tuple[str]] = {
        "Host": sent.headers["Host"],
        "x-amz-date": now.strftime("%Y%m%dT%H%M%SZ"),
        "x-amz-content-sha256": sha256(sent.body).hexdigest(),
    }
    signed = sign_v4_s3(
        method=sent.method,
        url=urlsplit(f"http://{sent.headers['Host']}{sent.path}"),
        region="us-east-1",
        headers=headers,
        credentials=Credentials(ACCESS_KEY, SECRET_KEY),
        content_sha256=sha256(sent.body).hexdigest(),
        date=now,
    )
    if sent.method == "PUT":
        bare = replace(bare, headers={name: str(value) for name, value in signed.items()})
    return forward(bare)


def test_a_good_bucket_is_taken_and_nothing_is_left_in_it(direct: MinioObjectStore) -> None:
    probe(direct)
    assert list(direct.list("", after="")) == []
    assert not direct.lock.is_on


def test_a_bucket_that_can_hold_objects_is_known_as_such(locked: MinioObjectStore) -> None:
    probe(locked)
    assert locked.lock.is_on


def test_a_bucket_is_made_once_and_not_said_to_hold_what_it_cannot(place: S3Place) -> None:
    new = replace(place, bucket=f"wenshu-{uuid.uuid4().hex[:20]}")
    assert make_bucket(new, object_lock=False)
    assert not make_bucket(new, object_lock=False)
    with pytest.raises(Refused, match="store_no_object_lock"):
        make_bucket(new, object_lock=True)
    locked = replace(place, bucket=f"wenshu-{uuid.uuid4().hex[:20]}")
    assert make_bucket(locked, object_lock=True)
    assert not make_bucket(locked, object_lock=True)


def test_a_bucket_that_holds_every_object_is_refused_with_nothing_left_in_it(
    locked: MinioObjectStore,
) -> None:
    rule = ObjectLockConfig(GOVERNANCE, 1, DAYS)
    locked.minio.set_object_lock_config(locked.place.bucket, rule)
    with pytest.raises(Refused, match="store_holds_all"):
        probe(locked)
    assert list(locked.list("", after="")) == []


@pytest.mark.parametrize("liar", [strip, strip_and_sign])
def test_a_gateway_that_drops_the_condition_is_refused(
    behind: MinioObjectStore, proxy: Proxy, liar: object
) -> None:
    proxy.behaviour = strip_and_sign if liar is strip_and_sign else strip
    with pytest.raises(Refused, match="store_not_exclusive"):
        probe(behind)


def test_a_store_that_reads_back_something_else_is_refused(
    behind: MinioObjectStore, proxy: Proxy
) -> None:
    def stale(sent: Sent, forward: Forward) -> Reply:
        reply = forward(sent)
        is_object = sent.method == "GET" and "probe/" in urlsplit(sent.path).path
        return replace(reply, body=b"stale") if is_object else reply

    proxy.behaviour = stale
    with pytest.raises(Refused, match="store_not_consistent"):
        probe(behind)


def test_a_listing_that_lags_behind_is_refused(behind: MinioObjectStore, proxy: Proxy) -> None:
    listing: list[Reply] = []

    def lag(sent: Sent, forward: Forward) -> Reply:
        if "list-type=2" not in sent.path:
            return forward(sent)
        listing.append(listing[0] if listing else forward(sent))
        return listing[0]

    proxy.behaviour = lag
    with pytest.raises(Refused, match="store_not_consistent"):
        probe(behind)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"bucket": "wenshu-none-such"}, "no_bucket"),
        ({"secret_key": "wrong-secret"}, "store_denied"),
        ({"endpoint": "127.0.0.1:9"}, "store_unreachable"),
        ({"secure": True}, "store_untrusted"),
    ],
)
def test_what_keeps_the_store_from_opening_is_named(
    place: S3Place, change: dict[str, object], reason: str
) -> None:
    store = MinioObjectStore(replace(place, **change))  # type: ignore[arg-type]
    with pytest.raises(Unavailable, match=reason):
        probe(store)
    store.close()
