"""The pages as one application, to be mounted beside the API."""

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.responses import Response
from starlette.types import Scope

from search_ui import failures
from search_ui.desk import Desk
from search_ui.gallery import gallery_router
from search_ui.guard import PageGuard
from search_ui.pages import STATIC, STATIC_ADDRESS
from search_ui.routers import (
    account,
    delegations,
    dictionaries,
    drive,
    home,
    kind_list,
    monitor,
    notices,
    notifications,
    numbers,
    people,
    preview,
    record,
    record_form,
    rooms,
    search,
    sign_in,
    statistics,
    tasks,
    upload,
)


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
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.state.desk = desk
    for module in (
        sign_in,
        home,
        search,
        record_form,
        record,
        preview,
        upload,
        tasks,
        kind_list,
        statistics,
        notices,
        notifications,
        numbers,
        drive,
        rooms,
        people,
        delegations,
        dictionaries,
        monitor,
        account,
    ):
        app.include_router(module.router)
    if desk.hints:  # a demo shows what it is made of
        app.include_router(gallery_router(desk.pages))
    app.mount(STATIC_ADDRESS, VersionedFiles(directory=STATIC))
    failures.install(app)
    app.add_middleware(PageGuard)
    return app
