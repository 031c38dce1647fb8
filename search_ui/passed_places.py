"""The pages through which records were reached lately, kept by the browser until it closes.

A link says where it stood (``Referer``); after an action, or a page on in a document, that is the
page of the record itself. A cookie remembers for each record what it was before that, in one
session alone: a search tells what its words were, and the next person at the same desk has no part
in it.
"""

import hashlib
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode

from fastapi import Request
from fastapi.responses import Response

from services.people.sessions import SESSION_COOKIE

_COOKIE = "wenshu_places"
_RECORDS = "/records/"
_OWNER = "session"
"""The key beside those of records: a digest of whose session it is."""
_MOST_BYTES = 3000
"""A browser keeps 4096 of a cookie; the records that were opened first are forgotten."""


def place_before(request: Request) -> str:
    """Path and query of the page that led to this one, over pages of records; empty for none.

    A page of another host is none.
    """
    place = _stood_on(request)
    record = _record_of(place)
    return _kept(request).get(record, "") if record else place


def keep_place(request: Request, answer: Response, record: str, place: str) -> Response:
    """The answer, which has the browser remember the place for this record; empty for none."""
    before = _kept(request)
    kept = {name: each for name, each in before.items() if name != record}
    if place and len(_written(request, {record: place})) <= _MOST_BYTES:
        kept[record] = place
    while len(_written(request, kept)) > _MOST_BYTES:
        del kept[next(iter(kept))]
    if kept != before:
        answer.set_cookie(
            _COOKIE,
            _written(request, kept),
            path=_RECORDS.rstrip("/"),
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
        )
    return answer


def forget_places(answer: Response) -> None:
    """Have the browser forget all of them: whoever signed out leaves nothing behind."""
    answer.delete_cookie(_COOKIE, path=_RECORDS.rstrip("/"))


def _stood_on(request: Request) -> str:
    came, host = request.headers.get("referer", ""), request.headers.get("host", "")
    for ours in (f"http://{host}", f"https://{host}"):
        if came.startswith(f"{ours}/"):
            return came[len(ours) :]
    return ""


def _record_of(place: str) -> str:
    """The record whose page that is, or one below it; empty for any other."""
    path = place.partition("?")[0]
    return path.removeprefix(_RECORDS).partition("/")[0] if path.startswith(_RECORDS) else ""


def _kept(request: Request) -> Mapping[str, str]:
    """By record; nothing of what another session has kept."""
    kept = dict(parse_qsl(request.cookies.get(_COOKIE, "")))
    return kept if kept.pop(_OWNER, "") == _session_of(request) else {}


def _written(request: Request, kept: Mapping[str, str]) -> str:
    return urlencode({_OWNER: _session_of(request), **kept})


def _session_of(request: Request) -> str:
    """Tells a session from others; opens nothing."""
    secret = request.cookies.get(SESSION_COOKIE, "")
    return hashlib.sha256(f"{_COOKIE}:{secret}".encode("utf-8", "replace")).hexdigest()[:16]
