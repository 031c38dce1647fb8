"""The place in a file that an address asks for, and how large pages are drawn."""

from typing import Annotated

from fastapi import Depends, Query, Request
from fastapi.responses import Response

from search_ui.shown.preview.place import ZOOMS, Place

ZOOM_COOKIE = "wenshu_zoom"
_MOST = 100_000_000
"""More pages, rows and places than any file has."""
_ZOOM_S = 365 * 24 * 3600


def asked_place(
    request: Request,
    revision: Annotated[int | None, Query(ge=1)] = None,
    file: str = "",
    page: int = 0,
    sheet: int = 1,
    row: int = 1,
    place: int = 0,
    find: Annotated[str, Query(max_length=200)] = "",
    member: str = "",
    zoom: str = "",
    turn: int = 0,
    changes: bool = False,  # noqa: FBT001, FBT002 - a parameter of an address
    q: str = "",
) -> Place:
    """The place; a size that was chosen before holds on."""
    size = zoom or request.cookies.get(ZOOM_COOKIE, "")
    return Place(
        file=file,
        page=_bounded(page),
        sheet=_bounded(sheet),
        row=_bounded(row),
        words=q,
        revision=revision,
        find=find,
        at=_bounded(place),
        member=member,
        zoom=size if size in ZOOMS else ZOOMS[0],
        turn=turn % 4,
        changes=changes,
    )


ThePlace = Annotated[Place, Depends(asked_place)]


def _bounded(number: int) -> int:
    """A number that every part of the house can count with."""
    return min(max(number, 0), _MOST)


def remember_zoom(request: Request, answer: Response) -> Response:
    """The answer, which has the browser keep the size that its address asks for."""
    zoom = request.query_params.get("zoom", "")
    if zoom in ZOOMS:
        answer.set_cookie(
            ZOOM_COOKIE,
            zoom,
            max_age=_ZOOM_S,
            path="/records",
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
        )
    return answer
