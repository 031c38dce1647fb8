"""The design page and a sample of every page: a router for /design, and an app of its own.

`python -m search_ui.gallery [PORT]` serves the samples without any service behind them.
"""

import sys

import uvicorn
from fastapi import APIRouter, FastAPI, HTTPException
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles

from search_ui.guard import PageGuard
from search_ui.pages import STATIC, STATIC_ADDRESS, Pages, read_pages
from search_ui.samples import SAMPLES, shell
from search_ui.samples.design import design_sample


def render_sample(pages: Pages, name: str) -> str:
    """The sample of that name as a page. Raises KeyError for an unknown one."""
    sample = design_sample(tuple(SAMPLES)) if name == "design" else SAMPLES[name]
    frame = None if sample.bare else shell(sample)
    return pages.render(sample.template, sample.page, shell=frame)


def gallery_router(pages: Pages) -> APIRouter:
    """Routes /design and /design/NAME."""
    router = APIRouter(prefix="/design", include_in_schema=False)

    @router.get("", response_class=HTMLResponse)
    def design() -> str:
        return render_sample(pages, "design")

    @router.get("/{name}", response_class=HTMLResponse)
    def sample(name: str) -> str:
        if name not in SAMPLES:
            raise HTTPException(404)
        return render_sample(pages, name)

    return router


def gallery_app() -> FastAPI:
    """An app that serves only the samples."""
    app = FastAPI(openapi_url=None)
    app.include_router(gallery_router(read_pages()))
    asked = ("/notifications/bell", "/assistant/today", "/records/{record}/opened")
    for address in (*asked, "/exports", "/monitor"):
        app.add_api_route(address, _nothing, methods=["GET", "POST"], status_code=204)
    app.mount(STATIC_ADDRESS, StaticFiles(directory=STATIC))
    app.add_middleware(PageGuard)
    return app


def _nothing() -> None:
    """What a page asks for once it stands: here nothing is news."""


if __name__ == "__main__":
    uvicorn.run(gallery_app(), port=int(sys.argv[1]) if sys.argv[1:] else 8765)
