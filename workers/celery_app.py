"""The Celery application: lanes as queues, one task per job, nothing but identifiers in a message.

A message is acknowledged after its work, and kept from being delivered again as long as its worker
lives (`workers.redis_messages`). A worker that is killed has its message delivered again within
seconds. Should one come twice all the same, a long job finds its lease held and ends. A task that
fails for want of a part ends too: the sweep of the outbox asks again. So nothing is ever retried by
Celery itself, and no message carries a time to wait.
"""

import logging
import re
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, ExitStack, nullcontext
from pathlib import Path
from typing import Any

from billiard.exceptions import WorkerLostError
from celery import Celery, Task
from celery.signals import worker_process_init, worker_process_shutdown
from kombu import Exchange, Queue

from records.errors import Unavailable
from records.identity import RecordId
from records.ports.job_queue import Job, JobName, Lane
from services.trace import REQUEST, request_name
from workers.lanes import ALONE, ROUTES, SCHEDULE_S, TIME_LIMITS_S, leased_as
from workers.redis_keys import key_prefix
from workers.redis_leases import MAX_DEATHS, RedisLeases
from workers.redis_messages import RedisMessages
from workers.redis_transport import TASKS, Transport
from workers.runner import JobRunner

_LOG = logging.getLogger(__name__)

_RECORD = re.compile(r"[0-9A-Z]{26}")

REQUESTED_BY = "requested_by"
"""Header of a message: the request that it was sent for."""

CONNECT_S = 2.0
SILENCE_S = 3.0
"""Redis answers within milliseconds; one that says nothing for so long is down. Longer than a
worker listens for a message or somebody for an answer, which is a second each."""

TRANSPORT = f"{Transport.__module__}:{Transport.__qualname__}"

REDELIVERY_S = 5
"""After so long an unacknowledged message is delivered again (its worker was killed, it seems)."""

SKEW_S = 600
"""What the clock asked for is dropped when nobody took it in time, so that it does not pile up; the
machine that judges it may be minutes ahead of the one that asked."""

_EXCHANGE = Exchange("jobs", type="direct")


def make_app(url: str, *, name: str, ca: Path | None = None) -> Celery:
    """The application on the broker at `url`; `name` begins all keys, for several on one Redis.

    `ca` is the PEM file of the authority that signed the certificate of Redis, else the usual ones.
    """
    app = Celery("wenshu", broker=url, set_as_current=False)
    app.conf.update(
        accept_content=["json"],
        task_serializer="json",
        task_ignore_result=True,
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        task_queues=[Queue(lane, _EXCHANGE, routing_key=lane) for lane in Lane],
        task_default_queue=Lane.MAINTENANCE,
        task_default_exchange=_EXCHANGE.name,
        task_default_routing_key=Lane.MAINTENANCE,
        task_create_missing_queues=False,
        task_routes={task_name(job): {"queue": lane} for job, lane in ROUTES.items()},
        task_publish_retry=False,
        worker_prefetch_multiplier=1,
        worker_hijack_root_logger=False,
        worker_enable_remote_control=False,
        broker_connection_retry_on_startup=True,
        # For ever: by default a worker ends after a hundred attempts.
        broker_connection_max_retries=None,
        broker_transport=TRANSPORT,
        # With a transport of our own kombu does not see by the address that TLS is wanted.
        broker_use_ssl=tls_options(ca) if url.startswith("rediss:") else False,
        broker_transport_options=_transport(name),
        beat_schedule={
            job: {
                "task": task_name(job),
                "schedule": every_s,
                "options": {"expires": every_s + SKEW_S},
            }
            for job, every_s in SCHEDULE_S.items()
        },
        timezone="UTC",
    )
    return app


def tls_options(ca: Path | None) -> dict[str, object]:
    """How a client of Redis is to check the server's certificate: wholly."""
    authority = {"ssl_ca_certs": str(ca)} if ca else {}
    return {"ssl_cert_reqs": "required", "ssl_check_hostname": True, **authority}


def task_name(job: JobName) -> str:
    """The name of a job's task."""
    return f"wenshu.{job}"


def _transport(name: str) -> dict[str, object]:
    """Options of the Redis transport.

    With `visibility_timeout` alone a killed worker's message came back after 100 s: unacknowledged
    messages are looked through every tenth turn of 10 s. The other three make it 7 s.
    """
    return {
        TASKS: frozenset(task_name(job) for job in JobName),
        "global_keyprefix": key_prefix(name),
        "visibility_timeout": REDELIVERY_S,
        "polling_interval": 0.5,
        "unacked_restore_interval": 2,
        "unacked_restore_throttle": 1,
        "socket_connect_timeout": CONNECT_S,
        "socket_timeout": SILENCE_S,
        "socket_keepalive": True,
    }


class Hands:
    """What a worker process works with: opened after the fork, closed at its end."""

    def __init__(self, opening: Callable[[], AbstractContextManager[JobRunner]]) -> None:
        self._opening = opening
        self._stack = ExitStack()
        self._runner: JobRunner | None = None

    def open(self, **_: object) -> None:
        """Open; a signal handler."""
        self._runner = self._stack.enter_context(self._opening())

    def close(self, **_: object) -> None:
        """Close; a signal handler."""
        self._stack.close()

    @property
    def runner(self) -> JobRunner:
        """What runs jobs in this process."""
        if self._runner is None:
            self.open()
        assert self._runner is not None  # noqa: S101 - opened just now
        return self._runner


def add_tasks(
    app: Celery,
    leases: RedisLeases,
    messages: RedisMessages,
    answer: Callable[[Iterable[Job]], object],
    opening: Callable[[], AbstractContextManager[JobRunner]],
) -> None:
    """Give a worker's application its tasks. `answer` tells whoever waits for these jobs."""
    hands = Hands(opening)
    worker_process_init.connect(hands.open, weak=False)
    worker_process_shutdown.connect(hands.close, weak=False)
    for job, lane in ROUTES.items():
        declared = app.task(name=task_name(job), bind=True, time_limit=TIME_LIMITS_S[lane])
        declared(_body(job, hands, leases, messages, answer))


def _body(
    name: JobName,
    hands: Hands,
    leases: RedisLeases,
    messages: RedisMessages,
    answer: Callable[[Iterable[Job]], object],
) -> Callable[..., None]:
    def body(task: "Task[Any, Any]", record: str | None = None) -> None:
        REQUEST.set(request_name(getattr(task.request, REQUESTED_BY, None)))
        tag = (task.request.properties or {}).get("delivery_tag", "")
        if record is not None and not _RECORD.fullmatch(str(record)):
            _LOG.error("a message for %s names no record", name)
            return
        job = Job(name, RecordId(record) if record else None)
        with messages.kept(tag):
            run(job, hands.runner, leases)
        answer([job])

    return body


def run(job: Job, runner: JobRunner, leases: RedisLeases) -> None:
    """Do a job, a long one under its lease.

    One that took its process with it too often becomes a dead letter. That is counted under the
    lease, by whoever does the work: jobs that wait for it are no beginnings.
    """
    own = frozenset({job})
    with leases.hold([job]) if job.name in ALONE else nullcontext(enter_result=own) as ours:
        if job not in ours:
            leases.not_asked(job)
            return
        is_given_up = leases.deaths(leased_as(job)) >= MAX_DEATHS
        if is_given_up:
            runner.give_up(job, WorkerLostError("worker_lost"))
        else:
            _attempt(job, runner)
        if job.name in ALONE:
            leases.not_asked(job)
    if is_given_up:  # after the lease, whose end forgets what was counted
        leases.given_up(leased_as(job))


def _attempt(job: Job, runner: JobRunner) -> None:
    try:
        runner.run(job)
    except Unavailable as error:
        _LOG.warning("%s of %s waits: %s", job.name, job.record or "-", error)
