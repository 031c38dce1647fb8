"""The Redis transport of kombu, mended in one point: see `FreeingQoS`."""

from kombu.transport import redis, virtual


class FreeingQoS(redis.QoS):
    """Counts a message as done also when Redis could not be told so.

    kombu 5.7 forgets a message only after Redis has: of a worker whose Redis was gone when its
    jobs ended, all places stayed taken. It took no message any more, so it never used the broken
    connection again and never noticed: alive, idle for ever, until somebody restarted it. The
    message itself is delivered again after the visibility time-out.
    """

    def ack(self, delivery_tag: str) -> None:
        """As that of kombu."""
        try:
            super().ack(delivery_tag)
        except Exception:
            virtual.QoS.ack(self, delivery_tag)
            raise


class Channel(redis.Channel):
    """A channel with it."""

    QoS = FreeingQoS


class Transport(redis.Transport):
    """A transport with it."""

    Channel = Channel
