"""Keeps messages whose work goes on from being delivered again.

The Redis transport delivers an unacknowledged message once more when its entry in the sorted set
``unacked_index`` is older than the visibility time-out (kombu.transport.redis, QoS). That must be
short, for a killed worker's messages to come back soon, and work may take long: so the entry of a
message in work is made young again as long as the process lives. Without this, a job that waits
for a part that is frozen would come to every worker in turn and be given up as one that kills them.
"""

import logging
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from redis import Redis
from redis.exceptions import RedisError

from workers.redis_clock import now_s

_LOG = logging.getLogger(__name__)

EVERY_S = 1.0
"""Several times within the visibility time-out, `workers.celery_app.REDELIVERY_S`."""

INDEX = "unacked_index"


class RedisMessages:
    """The messages in work in this process; one thread keeps them all."""

    def __init__(self, client: Redis, *, prefix: str) -> None:
        self._client = client
        self._key = f"{prefix}{INDEX}"
        self._tags: Counter[str] = Counter()
        self._changed = threading.Condition()
        self._keeper: threading.Thread | None = None

    @contextmanager
    def kept(self, tag: str) -> Iterator[None]:
        """Keep the message of that delivery for the time of the context."""
        with self._changed:
            self._tags[tag] += 1
            if self._keeper is None:  # begun in the process that works, after its fork
                self._keeper = threading.Thread(target=self._run, name="messages", daemon=True)
                self._keeper.start()
            self._changed.notify()
        try:
            yield
        finally:
            with self._changed:
                self._tags[tag] -= 1
                self._tags += Counter()  # drops what is not in work any more

    def _run(self) -> None:
        while True:
            with self._changed:
                while not self._tags:
                    self._changed.wait()
                tags = list(self._tags)
            self._renew(tags)
            threading.Event().wait(EVERY_S)

    def _renew(self, tags: list[str]) -> None:
        """Only entries that are there: one that was acknowledged meanwhile does not come back."""
        try:
            now = now_s(self._client)
            self._client.zadd(self._key, dict.fromkeys(tags, now), xx=True)
        except RedisError as error:
            _LOG.warning("messages not kept: %s", error)
