"""Requests whose JSON and forms are measured before they are made into objects.

What is short on the wire can be large in memory: 700,000 unknown keys of a JSON body of 7 MB took
1 GB and stopped all others for 2.7 s.
"""

import re
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from anyio import CapacityLimiter, to_thread
from fastapi import Request, Response
from fastapi.routing import APIRoute
from starlette.datastructures import FormData
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.types import Receive, Scope

from gate.lanes import PEOPLE_PATH, is_upload
from records.errors import Invalid

MOST_VALUES = 10_000
"""Keys and values of one JSON body: a record of all its fields with 2,000 grants has 6,100."""

MOST_PEOPLE_VALUES = 500_000
"""The same for units and people: 50,000 rows of ten."""

DEEPEST = 32
"""Lists and objects within each other; what is honest has five."""

FIELD_BYTES = 1 << 20
"""All fields of a form together that are no files."""

MOST_FILES = 100
"""Files of one form. A page without its script sends all that were chosen at once."""

_SPOOLED_BYTES = 16 << 10
"""So much of each file is held in memory before it goes to the disk. The framework holds 1 MB, of
900 small ones in one form."""

_AT_ONCE_BYTES = 64 << 10
"""Longer bodies are measured beside the loop that hears all others, one after the other for
each route."""

_TEXT = re.compile(rb'"(?:[^"\\]|\\.)*"?', re.DOTALL)


class BoundedRequest(Request):
    """A request that is refused instead of being taken apart when it holds too much."""

    def __init__(self, scope: Scope, receive: Receive, *, measuring: CapacityLimiter) -> None:
        super().__init__(scope, receive)
        self._measuring = measuring

    async def json(self) -> Any:
        """The body as JSON. Raises Invalid (``too_many_values``)."""
        most = MOST_PEOPLE_VALUES if self.url.path == PEOPLE_PATH else MOST_VALUES
        body = await self.body()
        if body.count(b'":') > most:
            raise _too_many(most)
        if len(body) <= _AT_ONCE_BYTES:
            measure_json(body, most=most)
        else:
            await to_thread.run_sync(
                partial(measure_json, body, most=most), limiter=self._measuring
            )
        return await super().json()

    async def _get_form(self, **limits: Any) -> FormData:
        """The fields and files.

        Raises Invalid (``body_too_large``) for too long fields, and (``too_many_files``).
        """
        if self._form is None and is_upload(self.headers.get("content-type", "")):
            try:
                limits["max_files"] = min(limits.get("max_files", MOST_FILES), MOST_FILES)
                parser = _BoundedParser(self.headers, self.stream(), **limits)
                self._form = await parser.parse()
            except MultiPartException as error:
                if parser.has_too_many_files:
                    raise Invalid("too_many_files", most=MOST_FILES) from error
                raise Invalid("bad_request", field="body", fault="unreadable_body") from error
        return await super()._get_form(**limits)


class BoundedRoute(APIRoute):
    """A route that is called with such a request."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler that the framework calls."""
        handler, one = super().get_route_handler(), CapacityLimiter(1)

        async def handle(request: Request) -> Response:
            return await handler(BoundedRequest(request.scope, request.receive, measuring=one))

        return handle


def measure_json(body: bytes, *, most: int) -> None:
    """Raises Invalid (``too_many_values``) for a body of too many values, or too deep.

    It counts what stands outside of texts; whether it is JSON is for the parser to say.
    """
    outside = _TEXT.sub(b"", body)
    values = outside.count(b",") + outside.count(b":") + outside.count(b"[") + outside.count(b"{")
    if values > most or _depth(outside) > DEEPEST:
        raise _too_many(most)


def _too_many(most: int) -> Invalid:
    return Invalid("too_many_values", most=most, deepest=DEEPEST)


def _depth(outside: bytes) -> int:
    depth = deepest = 0
    for mark in re.findall(rb"[\[\]{}]", outside):
        depth += 1 if mark in b"[{" else -1
        deepest = max(deepest, depth)
    return deepest


class _BoundedParser(MultiPartParser):
    """Counts the bytes of all fields together; the framework bounds each alone, and has 1,000."""

    spool_max_size = _SPOOLED_BYTES
    _field_bytes = 0

    @property
    def has_too_many_files(self) -> bool:
        """Whether that is why it gave up."""
        return self._current_files > self.max_files

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        """Part of a field or of a file."""
        if self._current_part.file is None:
            self._field_bytes += end - start
            if self._field_bytes > FIELD_BYTES:
                raise Invalid("body_too_large", max_bytes=FIELD_BYTES)
        super().on_part_data(data, start, end)
