"""The application: routes, errors, limits."""

from collections.abc import Callable, Mapping

from fastapi import FastAPI

from api import problems
from api.request_trace import RequestTrace
from api.routes import actions, elsewhere, files, operations, people, records, search, session
from gate.askers import KnownAskers
from gate.body_limit import BodyLimit
from gate.fair_shares import FairShares, Telling
from gate.lanes import SHARES, Lane
from services.house import House
from services.turns import Share, Turns

_SLACK_BYTES = 4 << 20
"""Room for the other parts of an upload besides the file itself."""


def create_app(
    house: House,
    figures: Callable[[], bytes],
    *,
    tell: Telling,
    shares: Mapping[Lane, Share] = SHARES,
) -> FastAPI:
    """The HTTP application over these use cases; `figures` gives those of ``/metrics``.

    `tell` answers what is refused before any route, here or in what is mounted beside.
    """
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
    # The last one added is the first to see a request.
    app.add_middleware(
        FairShares, turns={lane: Turns(share) for lane, share in shares.items()}, tell=tell
    )
    app.add_middleware(BodyLimit, max_bytes=house.staging.max_bytes + _SLACK_BYTES, tell=tell)
    app.add_middleware(KnownAskers, find=house.sessions.find)
    app.add_middleware(RequestTrace)
    return app
