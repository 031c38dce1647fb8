"""The web application: the API and the pages in one."""

from fastapi import FastAPI

from api.app import create_app
from search_ui.app import create_pages
from search_ui.desk import Desk
from search_ui.pages import Pages
from search_ui.texts import read_texts
from wenshu.installation import Installation

SignInHints = tuple[tuple[str, str, str], ...]
"""(login, password, who it is) of sign-ins that the door may show: those of a demo."""


def create_web(built: Installation, *, hints: SignInHints) -> FastAPI:
    """The API, and the pages beside it at every other address."""
    app = create_app(
        built.house,
        built.figures,
        open_to=built.settings.open_to,
        hosts=built.settings.hosts,
    )
    desk = Desk(built.house, Pages(read_texts()), built.previewing, hints)
    app.mount("/", create_pages(desk))
    return app
