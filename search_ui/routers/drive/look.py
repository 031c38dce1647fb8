"""How the drive is looked at: as a list or in tiles; the browser keeps what was chosen."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Request

from search_ui.kept_choices import KeptChoice
from search_ui.texts import Texts
from search_ui.views.shell import Tab

LOOK = KeptChoice("look", "wenshu_drive", "/drive", ("list", "tiles"))


def asked_look(request: Request, look: str = "") -> str:
    """What the address asks for, else what was chosen before, else a list."""
    return LOOK.of(request, look)


TheLook = Annotated[str, Depends(asked_look)]


def look_tabs(base: str, folder: str, look: str, t: Texts) -> tuple[Tab, ...]:
    """The ways to the other looks of a page."""
    kept = {"folder": folder} if folder else {}
    return tuple(
        Tab(t(f"drive.look_{each}"), f"{base}?{urlencode({**kept, 'look': each})}", each == look)
        for each in LOOK.values
    )
