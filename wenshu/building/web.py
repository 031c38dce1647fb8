"""The web application: the API and the pages in one."""

import os
from importlib import import_module
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from starlette.types import ASGIApp, Scope

from api.app import create_app
from api.interface import describe
from api.problems import problem
from documents.excerpts import DocxExcerptWriter
from documents.tables import CsvTableWriter, XlsxTableWriter
from gate.lanes import shares_of
from records.errors import WenshuError
from records.queries.asked_rows import AskedRow
from search_ui.app import create_pages
from search_ui.desk import Desk
from search_ui.failures import refusal
from search_ui.pages import read_pages
from wenshu.building.installation import Installation

SignInHints = tuple[tuple[str, str, str], ...]
"""(login, password, who it is) of sign-ins that the door may show: those of a demo."""


def create_web(built: Installation, *, hints: SignInHints) -> FastAPI:
    """The API, and the pages beside it at every other address."""
    tables = {writer.suffix: writer for writer in (XlsxTableWriter(), CsvTableWriter())}

    def interface() -> dict[str, Any]:
        return describe(app)

    pages = read_pages()
    desk = Desk(
        built.house,
        pages,
        built.previewing,
        tables,
        DocxExcerptWriter(),
        _read_query_file,
        hints,
        interface=interface,
    )

    def tell(scope: Scope, error: WenshuError) -> ASGIApp:
        if scope["path"].startswith("/api/"):
            return problem(error)
        return refusal(desk, Request(scope), error)

    settings = built.settings
    app = create_app(
        built.house,
        built.figures,
        open_to=settings.open_to,
        hosts=settings.hosts,
        tell=tell,
        refused=built.engines.refused,
        shares=shares_of(os.cpu_count() or 1),
        tables=tables,
    )
    app.mount("/", create_pages(desk))
    return app


def _read_query_file(path: Path, name: str) -> list[AskedRow]:
    """The reader is loaded by the first file: a server should not hold what reads spreadsheets."""
    rows: list[AskedRow] = import_module("documents.query_files").read_query_file(path, name)
    return rows
