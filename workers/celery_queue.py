"""The queue between processes: Celery on Redis."""

import json
import logging
import math
import time
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from ssl import SSLCertVerificationError, SSLError

from celery import Celery
from kombu.exceptions import OperationalError
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as Broken
from redis.exceptions import RedisError
from redis.retry import Retry

from records.errors import Unavailable
from records.ports.job_queue import Job, Lane, LaneState
from services.trace import REQUEST
from workers.celery_app import (
    CONNECT_S,
    REQUESTED_BY,
    SILENCE_S,
    make_app,
    task_name,
    tls_options,
)
from workers.lanes import ALONE, ROUTES
from workers.redis_keys import answer_key, asked_key, key_prefix, waiters_key
from workers.redis_leases import RedisLeases

_LOG = logging.getLogger(__name__)

_ASKED_S = 600
"""After so long a long job may be asked for again, whatever became of the first."""

_SENDING_S = 5
"""And after so long while its message was not sent: more than sending takes. Where that fails it
cannot be told whether Redis took the mark alone."""

_ANSWER_S = 60
"""Answers that nobody came for are forgotten after so long."""

_LISTEN_S = 1.0
"""Of one look for an answer: below the time after which a silent socket counts as broken."""

_REST_S = 2.0
"""After a failure nobody tries to send for so long: jobs are in the outbox anyway, and people who
write shall not wait, one after another, for a Redis that is frozen."""

ASKED_AT = "asked_at"
"""Header of a message: seconds of the epoch at which it was sent."""


class CeleryJobQueue:
    """Implements `records.ports.job_queue.JobQueue`; workers elsewhere do the jobs.

    Redis is never the only copy of a job. An answer is one entry of a list that the asker waits
    for; nothing else is kept of what was done.
    """

    def __init__(self, url: str, *, name: str, ca: Path | None = None) -> None:
        """`ca` as in `make_app`."""
        self._app = make_app(url, name=name, ca=ca)
        self._prefix = key_prefix(name)
        self._redis = redis_client(url, ca=ca)
        self._leases = RedisLeases(self._redis, prefix=self._prefix)
        self._rests_until = 0.0

    @property
    def app(self) -> Celery:
        """The application that sends; workers give it tasks."""
        return self._app

    @property
    def prefix(self) -> str:
        """What its keys begin with."""
        return self._prefix

    @property
    def redis(self) -> Redis:
        """The connections beside it."""
        return self._redis

    def put(self, job: Job) -> None:
        """As the port says; a long job about a record is not asked for twice at once."""
        if job.record is None or job.name not in ALONE:
            self._send(job)
        elif self._mark(job):
            self._send(job)
            self._keep_mark(job)

    def ask(self, job: Job, *, timeout_s: float) -> bool:
        """As the port says; whoever does the job, or another that did its work, answers."""
        token = uuid.uuid4().hex
        self._refuse_resting()
        with self._resting_after_failure():
            key = waiters_key(self._prefix, job)
            asking = self._redis.pipeline()
            asking.sadd(key, token)
            asking.expire(key, _ANSWER_S)
            asking.execute()
        self._send(job)
        deadline = time.monotonic() + timeout_s
        heard = None
        while heard is None and (left_s := deadline - time.monotonic()) > 0:
            with self._resting_after_failure():
                patience_s = min(left_s, _LISTEN_S)
                heard = self._redis.blpop([answer_key(self._prefix, token)], timeout=patience_s)
        return heard is not None

    def answer(self, jobs: Iterable[Job]) -> None:
        """Tell all who wait for these jobs that they were done.

        While Redis is away nobody is told; who waits looks for himself in the end.
        """
        try:
            self._answer(jobs)
        except RedisError as error:
            _LOG.warning("nobody was told: %s", error)

    def lanes(self) -> Sequence[LaneState]:
        """As the port says."""
        with _told():
            return [self._lane(lane) for lane in Lane]

    @property
    def leases(self) -> RedisLeases:
        """Who does which job, among all processes."""
        return self._leases

    def close(self) -> None:
        """As the port says."""
        self._app.close()
        self._redis.close()

    def _refuse_resting(self) -> None:
        if time.monotonic() < self._rests_until:
            raise Unavailable("queue_down")

    def _send(self, job: Job) -> None:
        self._refuse_resting()
        with self._resting_after_failure():
            self._app.send_task(
                task_name(job.name),
                kwargs={"record": job.record} if job.record else {},
                queue=ROUTES[job.name],
                headers={ASKED_AT: time.time(), REQUESTED_BY: REQUEST.get()},
                retry=False,
            )

    @contextmanager
    def _resting_after_failure(self) -> Iterator[None]:
        try:
            with _told():
                yield
        except Unavailable:
            self._rests_until = time.monotonic() + _REST_S
            raise

    def _answer(self, jobs: Iterable[Job]) -> None:
        asking = self._redis.pipeline()  # a transaction: nobody is forgotten in between
        for job in jobs:
            key = waiters_key(self._prefix, job)
            asking.smembers(key)
            asking.delete(key)
        tokens = [token.decode() for found in asking.execute()[::2] for token in found]
        answers = self._redis.pipeline()
        for token in tokens:
            key = answer_key(self._prefix, token)
            answers.rpush(key, "done")
            answers.expire(key, _ANSWER_S)
        if tokens:
            answers.execute()

    def _lane(self, lane: Lane) -> LaneState:
        key = f"{self._prefix}{lane}"
        waiting = int(self._redis.llen(key))
        oldest = self._redis.lindex(key, -1)
        return LaneState(lane, waiting, _age_s(oldest) if oldest else None)

    def _mark(self, job: Job) -> bool:
        """Whether nobody has asked for the job yet; whoever ends it takes the mark away."""
        self._refuse_resting()
        with self._resting_after_failure():
            key = asked_key(self._prefix, job)
            return bool(self._redis.set(key, "1", nx=True, ex=_SENDING_S))

    def _keep_mark(self, job: Job) -> None:
        """The job is in its lane; one that came to its end meanwhile has no mark any more."""
        with self._resting_after_failure():
            self._redis.expire(asked_key(self._prefix, job), _ASKED_S)


def redis_client(url: str, *, ca: Path | None = None) -> Redis:
    """Connections with short patience: Redis is near, or it is down.

    A call is repeated when its connection broke, as after a restart, and not when time ran out:
    the client's own three repeats would make forty seconds of ten.
    """
    tls = tls_options(ca) if url.startswith("rediss:") else {}
    return Redis.from_url(
        url,
        **tls,
        socket_connect_timeout=CONNECT_S,
        socket_timeout=SILENCE_S,
        health_check_interval=30,
        retry=Retry(NoBackoff(), 1, supported_errors=(Broken,)),
    )


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (OperationalError, RedisError, OSError) as error:
        raise Unavailable("queue_untrusted" if _is_untrusted(error) else "queue_down") from error


def _is_untrusted(error: BaseException) -> bool:
    """Whether the certificate of Redis was refused, or no file of certificates could be read.

    The libraries wrap that twice. A connection that breaks over TLS, and a server that speaks none,
    are errors of TLS as well.
    """
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, SSLError):
        cause = cause.__cause__ or cause.__context__
    if not isinstance(cause, SSLError):
        return False
    return isinstance(cause, SSLCertVerificationError) or cause.library == "X509"


def _age_s(message: bytes | str) -> float | None:
    """Seconds since a message was sent; None for one that bears no time, as those of beat.

    A stranger may have written it: whatever it holds, this is a number or None.
    """
    try:
        asked_at = float(json.loads(message)["headers"][ASKED_AT])
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return None
    return max(0.0, time.time() - asked_at) if math.isfinite(asked_at) else None
