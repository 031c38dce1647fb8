"""The pages as one application, to be mounted beside the API.

Routes are bound once a process: they come from modules, which change with nothing but the program,
and know of no application.
"""

from collections.abc import Sequence
from functools import cache

from fastapi import APIRouter, FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.types import Scope

from search_ui import failures
from search_ui.desk import Desk
from search_ui.gallery import gallery_router
from search_ui.guard import PageGuard
from search_ui.pages import STATIC, STATIC_ADDRESS
from search_ui.routers import (
    answers,
    calendar,
    check,
    dictionaries,
    exchange,
    files,
    guide,
    handled,
    home,
    imprint,
    monitor,
    notices,
    notifications,
    numbers,
    people,
    phrases,
    record,
    record_form,
    roster,
    sign_in,
    slip,
    stranded,
    tasks,
    upload,
)
from search_ui.routers.administration import (
    access,
    organisation,
    parameters,
    people_file,
    person,
    roles,
    unit,
    words,
)
from search_ui.routers.administration import applications as waiting_applications
from search_ui.routers.directory import contacts, corrections
from search_ui.routers.directory import directory as people_directory
from search_ui.routers.drive import changes, folders, recycle_bin
from search_ui.routers.entry import applications, code_sign_in, recovery, unified
from search_ui.routers.lists import (
    archive,
    bulk,
    duplicates,
    exports,
    kind_list,
    library_folders,
    list_views,
    statistics,
)
from search_ui.routers.person import (
    account,
    assistant,
    delegations,
    favourites,
    groups,
    interface,
    particulars,
    sessions,
)
from search_ui.routers.preview import drawn, word_frame
from search_ui.routers.relations import citations
from search_ui.routers.relations import corrections as citation_corrections
from search_ui.routers.relations import graph as citation_graph
from search_ui.routers.search import asking, comparing, excerpts, memory, pane
from search_ui.routers.search import files as hit_files


class VersionedFiles(StaticFiles):
    """Static files, kept for ever by browsers: their addresses change with their content."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file; one asked for without its version is asked for again next time."""
        answer = await super().get_response(path, scope)
        kept = b"v=" in scope.get("query_string", b"")
        answer.headers["Cache-Control"] = "max-age=31536000, immutable" if kept else "no-cache"
        return answer


def create_pages(desk: Desk) -> FastAPI:
    """The application of the pages over these use cases."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, routes=[*_routes()])
    app.state.desk = desk
    if desk.hints:  # a demo shows what it is made of
        app.include_router(gallery_router(desk.pages))
    app.mount(STATIC_ADDRESS, VersionedFiles(directory=STATIC))
    failures.install(app)
    app.add_middleware(PageGuard)
    return app


@cache
def _routes() -> Sequence[BaseRoute]:
    """Every route of the pages, bound once a process: none of them knows of an application."""
    every = APIRouter()
    for module in (
        sign_in,
        unified,
        recovery,
        code_sign_in,
        applications,
        home,
        imprint,
        asking,
        memory,
        pane,
        hit_files,
        excerpts,
        record_form,
        record,
        roster,
        handled,
        slip,
        answers,
        archive,
        exchange,
        drawn,
        upload,
        word_frame,
        files,
        tasks,
        library_folders,
        kind_list,
        list_views,
        bulk,
        exports,
        duplicates,
        statistics,
        notices,
        notifications,
        numbers,
        folders,
        changes,
        recycle_bin,
        calendar,
        contacts,
        people_directory,
        corrections,
        people,
        unit,
        people_file,
        roles,
        waiting_applications,
        person,
        organisation,
        access,
        parameters,
        words,
        delegations,
        citations,
        citation_corrections,
        citation_graph,
        comparing,
        groups,
        assistant,
        guide,
        favourites,
        phrases,
        dictionaries,
        stranded,
        monitor,
        check,
        account,
        particulars,
        sessions,
        interface,
    ):
        every.include_router(module.router)
    return tuple(every.routes)
