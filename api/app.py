"""The application: routes, errors, limits.

Routes are bound once a process: they come from modules, which change with nothing but the program,
and know of no application.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache

from anyio import CapacityLimiter
from fastapi import APIRouter, FastAPI
from starlette.routing import BaseRoute

from api import problems
from api.host_guard import HostGuard
from api.request_trace import RequestTrace
from api.routes import (
    actions,
    answers,
    bulk,
    citations,
    comparing,
    dictionaries,
    directory,
    elsewhere,
    exchange,
    exports,
    files,
    imprint,
    kinds,
    library_folders,
    lists,
    operations,
    people,
    receipts,
    records,
    recycle_bin,
    related,
    search,
    statistics,
    stranded,
    tasks,
)
from api.routes.administration import access, applications, parameters, roles, words
from api.routes.person import (
    account,
    delegations,
    favourites,
    notifications,
    phrases,
    planner,
    session,
    tokens,
    views,
)
from gate.askers import KnownAskers
from gate.body_limit import BodyLimit
from gate.fair_shares import FairShares, Telling
from gate.lanes import Lane
from gate.networks import Network
from records.ports.table_writer import TableWriter
from services.house import House
from services.turns import Share, Turns

_SLACK_BYTES = 4 << 20
"""Room for the other parts of an upload besides the file itself."""


def create_app(
    house: House,
    figures: Callable[[], bytes],
    *,
    open_to: Sequence[Network],
    hosts: Collection[str],
    tell: Telling,
    refused: Callable[[str, str], None],
    shares: Mapping[Lane, Share],
    tables: Mapping[str, TableWriter],
) -> FastAPI:
    """The HTTP application over these use cases; `figures` gives those of ``/metrics``.

    What operators watch is shown to the networks `open_to` and to administrators. `hosts` are the
    names that the server answers to, in lower case; none is any. `tell` answers what is refused
    before any route, here or in what is mounted beside; `refused` counts who had no place, by lane
    and reason. `tables` write what is exported, by the name of their format.
    """
    app = FastAPI(
        title="文枢 Wenshu",
        version="1",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        routes=[*_routes()],
    )
    app.state.house = house
    app.state.figures = figures
    app.state.tables = tables
    app.state.open_to = open_to
    app.state.watching = CapacityLimiter(operations.THREADS)
    problems.install(app)
    # The last one added is the first to see a request.
    app.add_middleware(
        FairShares,
        turns={lane: Turns(share) for lane, share in shares.items()},
        tell=tell,
        refused=refused,
    )
    app.add_middleware(BodyLimit, max_bytes=house.staging.ceiling_bytes + _SLACK_BYTES, tell=tell)
    app.add_middleware(KnownAskers, find=house.owner_of)
    app.add_middleware(HostGuard, hosts=hosts)
    app.add_middleware(RequestTrace)
    return app


@cache
def _routes() -> Sequence[BaseRoute]:
    """Every route of the interface, bound once a process: none of them knows of an application."""
    every = APIRouter(responses=dict(problems.DAMAGED))
    for module in (
        search,  # the first one is found first
        session,
        account,
        files,
        imprint,
        actions,
        bulk,
        tasks,
        records,
        recycle_bin,
        kinds,
        lists,
        library_folders,
        views,
        exports,
        statistics,
        stranded,
        related,
        citations,
        comparing,
        people,
        access,
        applications,
        answers,
        exchange,
        phrases,
        planner,
        receipts,
        delegations,
        dictionaries,
        directory,
        notifications,
        tokens,
        favourites,
        parameters,
        roles,
        words,
        operations,
        elsewhere,
    ):
        every.include_router(module.router)
    return tuple(every.routes)
