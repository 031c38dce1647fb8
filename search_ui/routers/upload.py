"""Putting files in: each becomes a record (WJ-02, YP-01)."""

import secrets
from collections.abc import Sequence
from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from starlette.datastructures import FormData, UploadFile

from gate.bounded_request import BoundedRoute
from languages.errors import tell
from records.access import Level
from records.errors import Invalid, WenshuError
from records.file_names import clean_name
from records.kind import Kind
from records.revision import Grant
from search_ui.desk import TheForm, TheVisitor, Visitor, text_of
from search_ui.receiving import received
from search_ui.shown.fields import grant_rows
from search_ui.shown.form_reading import read_grant_form
from search_ui.shown.words import record_href
from search_ui.views.shell import Badge, Choice
from search_ui.views.upload import UploadOutcome, UploadPage
from services.flow.granting import read_grants
from services.intake.ingest import Draft
from services.intake.starting import may_begin

router = APIRouter(route_class=BoundedRoute)


@router.get("/upload")
def upload_form(visitor: TheVisitor, kind: str = "", folder: str = "") -> Response:
    """The form for many files."""
    return visitor.show("upload", _page(visitor, kind, folder), current="upload")


@router.post("/upload")
def upload(request: Request, visitor: TheVisitor, form: TheForm) -> Response:
    """Files as records, one outcome each; a script sends them one by one and reads JSON."""
    caller = visitor.caller
    given = read_grant_form(form, caller.organisation)
    grants = read_grants(given, caller.organisation)
    sent = [f for f in form.getlist("files") if isinstance(f, UploadFile) and f.filename]
    single = request.headers.get("accept", "").startswith("application/json")
    outcomes = [
        _taken(visitor, form, file, grants, number, alone=single)
        for number, file in enumerate(sent)
    ]
    if single:
        if not outcomes:
            raise Invalid("empty_file", name="")
        first = outcomes[0]
        tone, label = first.status.tone, first.status.label
        return JSONResponse({"href": first.href, "tone": tone, "label": label})
    page = _page(visitor, text_of(form, "kind"), text_of(form, "folder"))
    problem = "" if sent else visitor.desk.texts("upload.none")
    view = replace(
        page,
        outcomes=tuple(outcomes),
        grants=grant_rows(grants, caller.organisation),
        problem=problem,
    )
    return visitor.show("upload", view, current="upload", status=200 if sent else 422)


def _taken(
    visitor: Visitor,
    form: FormData,
    file: UploadFile,
    grants: tuple[Grant, ...],
    number: int,
    *,
    alone: bool,
) -> UploadOutcome:
    """One file as a record. A file sent alone raises its error; among others it is told."""
    house, caller, t = visitor.desk.house, visitor.caller, visitor.desk.texts
    name, key = clean_name(file.filename or ""), text_of(form, "idempotency_key")
    kind, folder = text_of(form, "kind"), text_of(form, "folder")
    linked = "folder" in house.kinds.get(kind).fields and folder
    try:
        with received(house.staging, FormData([("files", file)]), None, field="files") as files:
            draft = Draft(
                kind=kind,
                fields={"folder": folder} if linked else {},
                grants=grants,
                level=text_of(form, "level") or None,
                files=files,
            )
            once = f"{key}-{number}" if key else None
            revision = house.ingest.begin(caller, draft, idempotency_key=once)
            same = house.ingest.same_content(caller, revision)
    except WenshuError as error:
        if alone:
            raise
        status = Badge(t("upload.failed"), "danger")
        return UploadOutcome(name, file.size or 0, status, str(tell(error)))
    if alone:
        house.settle(revision)
    status = Badge(t("upload.duplicate"), "info") if same else Badge(t("upload.done"), "ok")
    href = record_href(revision.record)
    return UploadOutcome(name, revision.files[0].size_bytes, status, href=href)


def _page(visitor: Visitor, kind: str, folder: str) -> UploadPage:
    house, clearance = visitor.desk.house, visitor.caller.reader.clearance
    kinds = [k for k in house.kinds if _takes_files(k) and may_begin(k, visitor.caller)]
    return UploadPage(
        action_href="/upload",
        kinds=_choices(kinds, kind),
        levels=tuple(Choice(level.label, level.label) for level in Level if level <= clearance),
        grants=(),
        limit_bytes=house.staging.max_bytes,
        idempotency_key=secrets.token_urlsafe(12),
        folder=folder,
    )


def _takes_files(kind: Kind) -> bool:
    return bool(kind.parts) and not kind.has_flow


def _choices(kinds: Sequence[Kind], chosen: str) -> tuple[Choice, ...]:
    wanted = chosen or "library_file"
    return tuple(Choice(kind.kind, kind.title, chosen=kind.kind == wanted) for kind in kinds)
