"""How the drive is looked at: as a list or in tiles; the browser keeps what was chosen."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Request
from fastapi.responses import Response

from search_ui.texts import Texts
from search_ui.views.shell import Tab

LOOKS = ("list", "tiles")
LOOK_COOKIE = "wenshu_drive"
_LOOK_S = 365 * 24 * 3600


def asked_look(request: Request, look: str = "") -> str:
    """What the address asks for, else what was chosen before, else a list."""
    chosen = look or request.cookies.get(LOOK_COOKIE, "")
    return chosen if chosen in LOOKS else LOOKS[0]


TheLook = Annotated[str, Depends(asked_look)]


def look_tabs(base: str, folder: str, look: str, t: Texts) -> tuple[Tab, ...]:
    """The ways to the other looks of a page."""
    kept = {"folder": folder} if folder else {}
    return tuple(
        Tab(t(f"drive.look_{each}"), f"{base}?{urlencode({**kept, 'look': each})}", each == look)
        for each in LOOKS
    )


def remember_look(request: Request, answer: Response) -> Response:
    """The answer, which has the browser keep the look that its address asks for."""
    look = request.query_params.get("look", "")
    if look in LOOKS:
        answer.set_cookie(
            LOOK_COOKIE,
            look,
            max_age=_LOOK_S,
            path="/drive",
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
        )
    return answer
