"""Requests and answers that get lost: what was created is said to be, and nothing else."""

from pathlib import Path

import pytest

from records.errors import Conflict, NotFound, Unavailable, Unknown
from records.identity import ObjectKey, RecordId
from records.ports.record_log import Commit
from storage.minio_store import MinioObjectStore
from storage.record_log import StoredRecordLog
from storage.revision_cache import RevisionCache
from tests.contract.test_record_log import revision
from tests.s3.proxy import Behaviour, Forward, Proxy, Reply, Sent

KEY = ObjectKey("a/key")


def first(method: str, behaviour: Behaviour) -> Behaviour:
    """That behaviour for the first request of the method, honesty for all others."""
    met: list[Sent] = []

    def behave(sent: Sent, forward: Forward) -> Reply | None:
        if sent.method == method and not met:
            met.append(sent)
            return behaviour(sent, forward)
        return forward(sent)

    return behave


def every(method: str, behaviour: Behaviour) -> Behaviour:
    return lambda sent, forward: (
        behaviour(sent, forward) if sent.method == method else forward(sent)
    )


def lose_the_answer(sent: Sent, forward: Forward) -> Reply | None:
    forward(sent)
    return None


def lose_the_request(sent: Sent, forward: Forward) -> Reply | None:
    return None


def fail_afterwards(sent: Sent, forward: Forward) -> Reply | None:
    forward(sent)
    return Reply(500)


def busy(sent: Sent, forward: Forward) -> Reply | None:
    return Reply(503)


def full(sent: Sent, forward: Forward) -> Reply | None:
    return Reply(507)


@pytest.mark.parametrize("fault", [lose_the_answer, lose_the_request, fail_afterwards, busy])
def test_a_fault_in_passing_ends_in_one_creation(
    behind: MinioObjectStore, direct: MinioObjectStore, proxy: Proxy, fault: Behaviour
) -> None:
    proxy.behaviour = first("PUT", fault)
    behind.create(KEY, b"mine")
    assert direct.read(KEY) == b"mine"


def test_a_file_whose_answer_is_lost_is_created_once(
    behind: MinioObjectStore, direct: MinioObjectStore, proxy: Proxy, tmp_path: Path
) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"x" * 3_000_000)
    proxy.behaviour = first("PUT", lose_the_request)
    behind.create(KEY, source)
    assert direct.read(KEY) == source.read_bytes()
    assert [sent.method for sent in proxy.seen].count("PUT") == 2


@pytest.mark.parametrize("fault", [lose_the_answer, fail_afterwards])
def test_the_same_bytes_of_somebody_else_are_not_ours(
    behind: MinioObjectStore, direct: MinioObjectStore, proxy: Proxy, fault: Behaviour
) -> None:
    direct.create(KEY, b"same")
    proxy.behaviour = first("PUT", fault)
    with pytest.raises(Conflict, match="exists"):
        behind.create(KEY, b"same")


def test_the_second_try_of_a_creation_that_came_through_is_no_conflict(
    behind: MinioObjectStore, direct: MinioObjectStore, proxy: Proxy
) -> None:
    """The answers to the first PUT and to the look at what stands there are both lost."""
    puts = first("PUT", lose_the_answer)
    looks = first("HEAD", lose_the_request)
    proxy.behaviour = lambda sent, forward: (
        looks(sent, forward) if sent.method == "HEAD" else puts(sent, forward)
    )
    behind.create(KEY, b"mine")
    assert direct.read(KEY) == b"mine"
    assert [sent.method for sent in proxy.seen].count("PUT") == 2


def test_what_cannot_be_told_is_unknown(behind: MinioObjectStore, proxy: Proxy) -> None:
    proxy.behaviour = every("PUT", lose_the_request)
    with pytest.raises(Unknown, match="outcome_unknown"):
        behind.create(KEY, b"mine")


def test_a_refusal_that_says_that_nothing_was_done_is_no_doubt(
    behind: MinioObjectStore, proxy: Proxy
) -> None:
    proxy.behaviour = every("PUT", busy)
    with pytest.raises(Unavailable, match="store_busy"):
        behind.create(KEY, b"mine")
    proxy.behaviour = every("PUT", full)
    with pytest.raises(Unavailable, match="store_full"):
        behind.create(KEY, b"mine")


@pytest.mark.parametrize(
    ("status", "expected"),
    [(412, "exists"), (507, "store_full"), (403, "store_denied")],
)
def test_a_refusal_in_many_bytes_a_character_is_told_by_its_status(
    behind: MinioObjectStore, proxy: Proxy, status: int, expected: str
) -> None:
    body = ("x" + "不" * 100).encode()
    proxy.behaviour = every("PUT", lambda *_: Reply(status, body=body))
    with pytest.raises((Conflict, Unavailable), match=expected):
        behind.create(KEY, b"mine")


def test_a_replacement_is_sent_once_whatever_becomes_of_it(
    behind: MinioObjectStore, proxy: Proxy
) -> None:
    proxy.behaviour = every("PUT", lose_the_request)
    with pytest.raises(Unavailable, match="store_unreachable"):
        behind.replace(KEY, b"session")
    assert [sent.method for sent in proxy.seen].count("PUT") == 1


def test_a_read_is_tried_again(
    behind: MinioObjectStore, direct: MinioObjectStore, proxy: Proxy
) -> None:
    direct.create(KEY, b"there")
    proxy.behaviour = first("GET", busy)
    assert behind.read(KEY) == b"there"


def test_a_body_that_breaks_off_is_taken_up_where_it_broke(
    behind: MinioObjectStore, direct: MinioObjectStore, proxy: Proxy
) -> None:
    body = bytes(range(256)) * 12_000
    direct.create(KEY, body)

    def break_off(sent: Sent, forward: Forward) -> Reply | None:
        whole = forward(sent)
        return Reply(whole.status, {**whole.headers, "X-Cut": "1"}, whole.body)

    proxy.cut_bodies_at = 1_500_000
    proxy.behaviour = first("GET", break_off)
    pieces = list(behind.stream(KEY, start=100, length=len(body)))
    assert b"".join(pieces) == body[100:]
    ranges = [sent.headers.get("Range") for sent in proxy.seen if sent.method == "GET"]
    assert len(ranges) == 2
    assert ranges[0] == f"bytes=100-{len(body) + 99}"
    assert ranges[1] != ranges[0]


def test_an_object_that_changed_while_it_was_read_is_not_joined_to_the_old_one(
    behind: MinioObjectStore, direct: MinioObjectStore, proxy: Proxy
) -> None:
    direct.replace(KEY, b"1" * 3_000_000)

    def break_off(sent: Sent, forward: Forward) -> Reply | None:
        whole = forward(sent)
        direct.replace(KEY, b"2" * 3_000_000)
        return Reply(whole.status, {**whole.headers, "X-Cut": "1"}, whole.body)

    proxy.cut_bodies_at = 1_500_000
    proxy.behaviour = first("GET", break_off)
    received: list[bytes] = []
    with pytest.raises((Conflict, Unavailable)):
        received.extend(behind.stream(KEY, start=0, length=3_000_000))
    assert b"2" not in b"".join(received)


def test_a_commit_whose_answer_is_lost_is_acknowledged_once(
    behind: MinioObjectStore, direct: MinioObjectStore, proxy: Proxy
) -> None:
    log = StoredRecordLog(behind, RevisionCache(capacity_bytes=1 << 20))

    def lose_revisions(sent: Sent, forward: Forward) -> Reply | None:
        reply = forward(sent)
        return None if sent.path.endswith(".json") else reply

    proxy.behaviour = every("PUT", lose_revisions)
    made = log.commit(Commit(revision(1)))
    plain = StoredRecordLog(direct, RevisionCache(capacity_bytes=1 << 20))
    assert plain.latest(RecordId("R1")) == made


def test_a_commit_that_never_arrived_is_unknown_and_not_a_missing_record(
    behind: MinioObjectStore, direct: MinioObjectStore, proxy: Proxy
) -> None:
    log = StoredRecordLog(behind, RevisionCache(capacity_bytes=1 << 20))

    def lose_revisions(sent: Sent, forward: Forward) -> Reply | None:
        return None if sent.path.endswith(".json") else forward(sent)

    proxy.behaviour = every("PUT", lose_revisions)
    with pytest.raises(Unknown):
        log.commit(Commit(revision(1)))
    with pytest.raises(NotFound):
        StoredRecordLog(direct, RevisionCache(capacity_bytes=1 << 20)).latest(RecordId("R1"))


def test_a_server_that_does_not_answer_is_unavailable(
    behind: MinioObjectStore, proxy: Proxy
) -> None:
    proxy.behaviour = lose_the_request
    with pytest.raises(Unavailable, match="store_unreachable"):
        behind.read(KEY)
    with pytest.raises(Unavailable, match="store_unreachable"):
        list(behind.list("", after=""))
