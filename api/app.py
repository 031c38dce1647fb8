"""The application: routes, errors, limits."""

from collections.abc import Callable

from fastapi import FastAPI

from api import problems
from api.body_limit import BodyLimit
from api.request_trace import RequestTrace
from api.routes import actions, elsewhere, files, operations, people, records, search, session
from services.house import House

_SLACK_BYTES = 4 << 20
"""Room for the other parts of an upload besides the file itself."""


def create_app(house: House, figures: Callable[[], bytes]) -> FastAPI:
    """The HTTP application over these use cases; `figures` gives those of ``/metrics``."""
    app = FastAPI(
        title="文枢 Wenshu",
        version="1",
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        responses=dict(problems.DAMAGED),
    )
    app.state.house = house
    app.state.figures = figures
    for module in (session, files, actions, records, search, people, operations, elsewhere):
        app.include_router(module.router)
    problems.install(app)
    app.add_middleware(
        BodyLimit, max_bytes=house.staging.max_bytes + _SLACK_BYTES, find=house.sessions.find
    )
    app.add_middleware(RequestTrace)
    return app
