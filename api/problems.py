"""Errors on the wire: RFC 9457 problem bodies, one mapping for the whole tree."""

import json
import logging
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from languages.errors import tell
from records.errors import (
    Conflict,
    Corrupt,
    Invalid,
    NotFound,
    Refused,
    Unavailable,
    Unknown,
    WenshuError,
)
from records.faults import validation_fault
from services.trace import REQUEST

_LOG = logging.getLogger(__name__)

STATUS: Mapping[type[WenshuError], int] = {
    NotFound: 404,
    Refused: 403,
    Conflict: 409,
    Invalid: 422,
    Unavailable: 503,
    Unknown: 503,
    Corrupt: 500,
}
"""HTTP status per class of error; a test proves it names every class of the tree."""

_BY_REASON = {
    "wrong_password": 401,
    "session_expired": 401,
    "token_expired": 401,
    "not_signed_in": 401,
    "account_disabled": 401,
    "account_locked": 429,
    "wrong_state": 409,
    "still_worked_on": 409,
    "series_used_up": 409,
    "no_previous_step": 409,
    "vacant_post": 409,
    "incomplete": 422,
    "above_clearance": 422,
    "above_owner": 422,
    "too_large": 413,
    "body_too_large": 413,
    "too_many_values": 413,
    "too_slow": 408,
    "too_many_at_once": 429,
    "bad_request": 400,
    "revision_needed": 428,
}
"""Reasons whose status says more than that of their class."""

_INTERNAL = frozenset({"key", "path", "detail"})
"""Facts for the log alone: a key of the store would tell what was being written, and for whom."""

DAMAGED: Mapping[int | str, dict[str, Any]] = {
    500: {
        "description": "What the store holds is damaged, `reason` says what: `torn_revision` a "
        "record, `damaged_file` a file, `torn_link` an account or the organisation. Nothing was "
        "changed; the same request fails again until an operator has restored it. Told to everyone "
        "who names the record, since its readers stand in what is damaged.",
        "content": {"application/problem+json": {}},
    }
}
"""For the description of the API: the one fault of the server that has a meaning of its own."""

_UNREADABLE = Invalid("bad_request", field="body", fault="unreadable_body")
_HTTP_REASONS = {
    404: Invalid("unknown_address"),
    405: Invalid("wrong_method"),
    413: Invalid("body_too_large"),
}
"""What the framework refuses by itself; anything else is a body that it cannot read."""


class ProblemAnswer(JSONResponse):
    """A problem body. Facts repeat what was given, which need not be text that UTF-8 can write."""

    media_type = "application/problem+json"

    def render(self, content: object) -> bytes:
        """The body; half of a surrogate pair becomes a question mark."""
        return json.dumps(content, ensure_ascii=False).encode("utf-8", "replace")


def status_of(error: WenshuError) -> int:
    """The HTTP status of an error."""
    return _BY_REASON.get(error.reason) or STATUS[type(error)]


def problem(error: WenshuError, status: int | None = None) -> JSONResponse:
    """The problem body of an error: type, title, status, detail, reason, and its facts."""
    told = tell(error)
    code = status or status_of(error)
    body = {
        "type": f"urn:wenshu:problem:{error.reason}",
        "title": told.what,
        "status": code,
        "detail": told.advice,
        "reason": error.reason,
        "facts": {name: value for name, value in error.facts.items() if name not in _INTERNAL},
        "request": REQUEST.get(),
    }
    headers = {"X-Request-ID": REQUEST.get()} if REQUEST.get() else {}
    if code == 503 or "wait_s" in error.facts:
        headers["Retry-After"] = str(error.facts.get("wait_s", 5))
    if code == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return ProblemAnswer(body, status_code=code, headers=headers)


def install(app: FastAPI) -> None:
    """Make the application answer every error with a problem body, never with a traceback."""
    app.add_exception_handler(WenshuError, _on_wenshu_error)
    app.add_exception_handler(RequestValidationError, _on_invalid_request)
    app.add_exception_handler(HTTPException, _on_http_error)
    app.add_exception_handler(Exception, _on_surprise)


def _on_wenshu_error(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, WenshuError)  # noqa: S101 - registered for this class
    if isinstance(error, Corrupt | Unavailable | Unknown) and "wait_s" not in error.facts:
        _LOG.error("%s", error)
    return problem(error)


def _on_invalid_request(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this class
    fault = validation_fault(error.errors()[0])
    return problem(Invalid("bad_request", field=fault.key, **fault.facts), status=422)


def _on_http_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class
    # The framework calls whatever fails while a body is read a bad request.
    cause = error.__cause__
    if isinstance(cause, WenshuError):
        return _on_wenshu_error(request, cause)
    if isinstance(cause, OSError):
        return _on_wenshu_error(request, Unavailable("store_full", detail=str(cause)))
    told = _HTTP_REASONS.get(error.status_code, _UNREADABLE)
    return problem(told, status=error.status_code)


def _on_surprise(request: Request, error: Exception) -> JSONResponse:
    _LOG.error("unexpected error at %s", request.url.path, exc_info=error)
    return problem(Unknown("unexpected"), status=500)
