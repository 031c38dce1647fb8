"""The pages through which records were reached lately, kept by the browser until it closes.

A link says where it stood (``Referer``); after an action, or a page on in a document, that is the
page of the record itself. A cookie remembers for each record what it was before that.
"""

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode

from fastapi import Request
from fastapi.responses import Response

_COOKIE = "wenshu_places"
_RECORDS = "/records/"
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
    if place:
        kept[record] = place
    while len(urlencode(kept)) > _MOST_BYTES:
        del kept[next(iter(kept))]
    if kept != before:
        answer.set_cookie(
            _COOKIE,
            urlencode(kept),
            path=_RECORDS.rstrip("/"),
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
        )
    return answer


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
    return dict(parse_qsl(request.cookies.get(_COOKIE, "")))
