"""The place in a file that an address asks for, and how large pages are drawn."""

from typing import Annotated

from fastapi import Depends, Query, Request

from search_ui.kept_choices import KeptChoice
from search_ui.shown.preview.place import ZOOMS, Place

ZOOM = KeptChoice("zoom", "wenshu_zoom", "/records", ZOOMS)
_MOST = 100_000_000
"""More pages, rows and places than any file has."""


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
    versions: str = "",
) -> Place:
    """The place; a size that was chosen before holds on."""
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
        zoom=ZOOM.of(request, zoom),
        turn=turn % 4,
        changes=changes,
        all_versions=versions == "all",
    )


ThePlace = Annotated[Place, Depends(asked_place)]


def _bounded(number: int) -> int:
    """A number that every part of the house can count with."""
    return min(max(number, 0), _MOST)
