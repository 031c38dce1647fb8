"""The Redis transport of kombu, mended in three points: see `MendedQoS` and `Channel`."""

import logging
import time
from queue import Empty
from typing import Any

from kombu.exceptions import KombuError
from kombu.transport import redis, virtual
from redis.exceptions import RedisError

from workers.redis_clock import now_s
from workers.redis_shapes import NotOurs, check

_LOG = logging.getLogger(__name__)

TASKS = "tasks"
"""Option of the transport: the names of all tasks there are; without it nothing is looked at."""

_FAULTS_OF_REDIS = (RedisError, KombuError, OSError, Empty)


class MendedQoS(redis.QoS):
    """Counts a message as done also when Redis could not be told so; goes by the clock of Redis.

    kombu 5.7 forgets a message only after Redis has: of a worker whose Redis was gone when its
    jobs ended, all places stayed taken. It took no message any more, so it never used the broken
    connection again and never noticed: alive, idle for ever, until somebody restarted it. The
    message itself is delivered again after the visibility time-out.

    kombu notes by the clock of one machine when a message was taken, and judges its age by that of
    another: where they differ by minutes, messages in work come again and again.
    """

    newest = ""
    """Tag of the message that was taken last."""

    def append(self, message: virtual.Message, delivery_tag: str) -> None:
        """As that of kombu, with the time of Redis."""
        super().append(message, delivery_tag)
        self.newest = delivery_tag
        channel: Any = self.channel  # its stubs know another
        with channel.conn_or_acquire() as client:
            client.zadd(self.unacked_index_key, {delivery_tag: now_s(client)}, xx=True)

    @property
    def visibility_timeout(self) -> float:  # type: ignore[override]  # a whole number there
        """As that of kombu, longer by what this machine's clock is ahead of that of Redis."""
        channel: Any = self.channel
        with channel.conn_or_acquire() as client:
            return float(channel.visibility_timeout + time.time() - now_s(client))

    def ack(self, delivery_tag: str) -> None:
        """As that of kombu."""
        try:
            super().ack(delivery_tag)
        except Exception:
            virtual.QoS.ack(self, delivery_tag)
            raise

    def restore_by_tag(self, tag: str, client: Any = None, leftmost: bool = False) -> None:  # noqa: FBT001, FBT002 - kombu's own
        """As that of kombu; an entry that is no message goes, and holds back no other."""
        try:
            super().restore_by_tag(tag, client=client, leftmost=leftmost)
        except _FAULTS_OF_REDIS:
            raise
        except Exception as error:  # noqa: BLE001 - the boundary of a message
            _tell_dropped(error)
            self._remove_from_indices(tag).execute()  # type: ignore[attr-defined]  # no stub


class Channel(redis.Channel):
    """Drops what is no message of ours, and says so without its content.

    Whoever can write to Redis can put anything into a lane. What kombu could not read ended the
    worker that took it out; what Celery could not went into the log with all it held.
    """

    QoS = MendedQoS

    def _brpop_read(self, **options: Any) -> object:
        """As that of kombu: it takes one message out of its lane and hands it on."""
        qos: Any = self.qos
        qos.newest = ""
        try:
            return super()._brpop_read(**options)  # type: ignore[misc]  # its stubs lack it
        except _FAULTS_OF_REDIS:
            raise
        except Exception as error:  # noqa: BLE001 - the boundary of a message
            _tell_dropped(error)
            if qos.newest:
                qos.reject(qos.newest)
            raise Empty from None


class Transport(redis.Transport):
    """A transport with it."""

    Channel = Channel

    def _deliver(self, message: Any, queue: str | None) -> None:
        """As that of kombu. Raises `workers.redis_shapes.NotOurs`."""
        options = self.client.transport_options if self.client else None
        if options and TASKS in options:
            check(message, options[TASKS])
        super()._deliver(message, queue)


def _tell_dropped(error: Exception) -> None:
    """Errors of libraries may repeat content, so of those the type alone is told."""
    why = str(error) if isinstance(error, NotOurs) else type(error).__name__
    _LOG.error("a message that is none of ours was dropped: %s", why)
