"""Files on their way out: few threads read, however many download."""

from collections.abc import AsyncIterator, Iterator

from anyio import CapacityLimiter, to_thread

READERS = 6
"""Threads that read pieces of files, beside those that answer."""

_READERS = CapacityLimiter(READERS)


async def paced(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    """The pieces, each read when the one before has gone."""
    while (piece := await to_thread.run_sync(next, pieces, None, limiter=_READERS)) is not None:
        yield piece
