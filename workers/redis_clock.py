"""The clock of Redis, which all processes share: those of their machines may differ by minutes."""

from redis import Redis


def now_s(client: Redis) -> float:
    """Seconds of the epoch as Redis counts them. Raises RedisError."""
    seconds, microseconds = client.time()
    return float(seconds) + microseconds / 1_000_000
