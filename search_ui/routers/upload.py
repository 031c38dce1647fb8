"""Putting files in: each becomes a record, or the next version of one (WJ-02, YP-01, YP-02)."""

import secrets
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from starlette.datastructures import FormData, UploadFile

from gate.bounded_request import BoundedRoute
from languages.errors import tell
from records.errors import Invalid, WenshuError
from records.file_names import clean_name
from records.identity import KindName, RecordId
from records.meaning import title_of
from records.revision import Grant, Revision
from records.rights.access import Level
from records.schema.kind import Kind
from search_ui.desk import TheForm, TheVisitor, Visitor, text_of
from search_ui.failures import status_of
from search_ui.receiving import names_of_files, received
from search_ui.routers.drive.folders import crumbs_of
from search_ui.shown.drive.rows import folder_href
from search_ui.shown.drive.same_names import OnSame, SameNames, Standing
from search_ui.shown.fields import grant_rows
from search_ui.shown.form_reading import read_grant_form
from search_ui.shown.words import record_href
from search_ui.views.fields import GrantForm
from search_ui.views.shell import Badge, Choice, Crumb
from search_ui.views.upload import UploadOutcome, UploadPage
from services.finding.own_records import FILE
from services.flow.change import NewFile
from services.flow.edit import Edit
from services.flow.granting import read_grants
from services.intake.ingest import Draft
from services.intake.starting import may_begin

router = APIRouter(route_class=BoundedRoute)


@router.get("/upload")
def upload_form(visitor: TheVisitor, kind: str = "", folder: str = "") -> Response:
    """The form for many files; those of a folder begin with the grants that it has."""
    page = _page(visitor, kind, folder)
    if folder:
        house = visitor.desk.house
        above = house.drive.desk.own_folder(visitor.caller, RecordId(folder))
        rows = grant_rows(above.grants, visitor.caller.organisation)
        page = replace(page, grants=GrantForm(rows))
    return visitor.show("upload", page, current="drive" if page.back_href else "upload")


@router.post("/upload")
def upload(request: Request, visitor: TheVisitor, form: TheForm) -> Response:
    """Files as records, one outcome each; a script sends them one by one and reads JSON."""
    caller = visitor.caller
    given = read_grant_form(form, caller.organisation)
    single = request.headers.get("accept", "").startswith("application/json")
    page = None if single else _page(visitor, text_of(form, "kind"), text_of(form, "folder"))
    try:
        grants = read_grants(given.given(), caller.organisation)
        receipt = _receipt(visitor, form, grants, alone=single)
    except Invalid as error:
        if page is None:
            raise
        view = replace(page, grants=given.again(error), lost_files=names_of_files(form))
        return visitor.show("upload", view, current="upload", status=status_of(error))
    sent = [f for f in form.getlist("files") if isinstance(f, UploadFile) and f.filename]
    outcomes = [receipt.take(file, number) for number, file in enumerate(sent)]
    if page is None:
        if not outcomes:
            raise Invalid("empty_file", name="")
        return _told(outcomes[0])
    problem = "" if sent else visitor.desk.texts("upload.none")
    rows = GrantForm(grant_rows(grants, caller.organisation))
    view = replace(page, outcomes=tuple(outcomes), grants=rows, problem=problem)
    return visitor.show("upload", view, current="upload", status=200 if sent else 422)


def _told(outcome: UploadOutcome) -> JSONResponse:
    """One outcome for the script; 409 where it has to ask what to do."""
    told = {
        "href": outcome.href,
        "edit": outcome.edit_href,
        "tone": outcome.status.tone,
        "label": outcome.status.label,
    }
    if outcome.same:
        return JSONResponse({**told, "same": True, "detail": outcome.detail}, status_code=409)
    return JSONResponse(told)


def _receipt(
    visitor: Visitor, form: FormData, grants: tuple[Grant, ...], *, alone: bool
) -> "_Receipt":
    """What all files of a form share. Raises NotFound, Refused for a folder of somebody else."""
    house = visitor.desk.house
    kind, folder = house.kinds.get(text_of(form, "kind")), text_of(form, "folder")
    within = RecordId(folder) if folder and "folder" in kind.fields else None
    if within is not None:
        house.drive.desk.own_folder(visitor.caller, within)
    wanted = text_of(form, "same")
    return _Receipt(
        visitor,
        kind,
        SameNames(house, visitor.caller, KindName(kind.kind), within),
        grants,
        key=text_of(form, "idempotency_key"),
        level=text_of(form, "level") or None,
        on_same=OnSame(wanted) if wanted in set(OnSame) else OnSame.ASK,
        alone=alone,
    )


@dataclass(frozen=True, slots=True)
class _Receipt:
    """Takes the files of one form in."""

    visitor: Visitor
    kind: Kind
    names: SameNames
    grants: tuple[Grant, ...]
    key: str
    level: str | None
    on_same: OnSame
    alone: bool
    """One file, sent by the script: its error is raised; among others it is told."""

    def take(self, file: UploadFile, number: int) -> UploadOutcome:
        """What became of one file."""
        t = self.visitor.desk.texts
        name = clean_name(file.filename or "")
        try:
            return self._taken(file, name, number)
        except WenshuError as error:
            if self.alone:
                raise
            status = Badge(t("upload.failed"), "danger")
            return UploadOutcome(name, file.size or 0, status, str(tell(error)))

    def _taken(self, file: UploadFile, name: str, number: int) -> UploadOutcome:
        house, t = self.visitor.desk.house, self.visitor.desk.texts
        once = f"{self.key}-{number}" if self.key else None
        made = house.ingest.made_by(self.visitor.caller, once)
        standing = self.names.of(name, besides=made)
        if standing is not None and self.on_same in {OnSame.ASK, OnSame.SKIP}:
            asks = self.on_same is OnSame.ASK
            label = t("upload.same") if asks else t("upload.skipped")
            told = t("upload.same_advice") if asks and not self.alone else ""
            status = Badge(label, "warning" if asks else "neutral")
            return UploadOutcome(name, file.size or 0, status, told, same=asks)
        if standing is not None and self.on_same is OnSame.BOTH:
            name, standing = self.names.free(name), None
        with received(house.staging, FormData([("files", file)]), {"files": None}) as files:
            called = [replace(each, name=name) for each in files]
            if standing is not None:
                return self._newer(standing, called, once)
            return self._begun(called, once)

    def _begun(self, files: list[NewFile], once: str | None) -> UploadOutcome:
        house, caller, t = self.visitor.desk.house, self.visitor.caller, self.visitor.desk.texts
        folder = self.names.folder
        draft = Draft(
            kind=self.kind.kind,
            fields={"folder": folder} if folder else {},
            grants=self.grants,
            level=self.level,
            files=files,
        )
        revision = house.ingest.begin(caller, draft, idempotency_key=once)
        twin = house.ingest.same_content(caller, revision)
        status = Badge(t("upload.done"), "ok")
        if twin is not None:
            opened = house.browsing.open(caller, twin)
            title = title_of(opened.kind, opened.revision)
            status = Badge(t("upload.duplicate", title=title), "info")
        return self._outcome(revision, files[0].name, status)

    def _newer(self, standing: Standing, files: list[NewFile], once: str | None) -> UploadOutcome:
        """The next version of the file that stands there, whatever ending is written how."""
        newer = replace(files[0], name=standing.file.name, part=standing.file.part)
        revision = self.visitor.desk.house.editing.edit(
            self.visitor.caller,
            standing.revision.record,
            Edit(files=[newer]),
            revision=standing.revision.number,
            idempotency_key=f"{once}-version" if once else None,
        )
        status = Badge(self.visitor.desk.texts("upload.versioned"), "ok")
        return self._outcome(revision, standing.file.name, status)

    def _outcome(self, revision: Revision, name: str, status: Badge) -> UploadOutcome:
        if self.alone:
            self.visitor.desk.house.settle(revision)
        file = revision.file(name) or revision.files[0]
        href = record_href(revision.record)
        more = "" if self.kind.kind == FILE else f"{href}/edit"
        return UploadOutcome(name, file.size_bytes, status, href=href, edit_href=more)


def _page(visitor: Visitor, kind: str, folder: str) -> UploadPage:
    house, clearance, t = visitor.desk.house, visitor.caller.reader.clearance, visitor.desk.texts
    kinds = [k for k in house.kinds if _takes_files(k) and may_begin(k, visitor.caller)]
    into_drive = kind == FILE
    crumbs = crumbs_of(visitor, folder) if into_drive else ()
    title = t("upload.into", folder=crumbs[-1].label) if crumbs else t("upload.title")
    return UploadPage(
        action_href=f"/upload?{urlencode({'kind': kind, 'folder': folder})}"
        if into_drive
        else "/upload",
        kinds=_choices([k for k in kinds if not into_drive or k.kind == FILE], kind),
        levels=tuple(Choice(level.label, level.label) for level in Level if level <= clearance),
        grants=GrantForm(),
        limit_bytes=house.staging.max_bytes,
        idempotency_key=secrets.token_urlsafe(12),
        folder=folder,
        title=title,
        crumbs=(*crumbs, Crumb(t("upload.title"))) if crumbs else (),
        back_href=folder_href(folder) if into_drive else "",
        same=tuple(
            Choice(each, t(f"upload.same_{each}"), chosen=each is OnSame.ASK) for each in OnSame
        ),
    )


def _takes_files(kind: Kind) -> bool:
    return bool(kind.parts) and not kind.has_flow


def _choices(kinds: list[Kind], chosen: str) -> tuple[Choice, ...]:
    wanted = chosen or "library_file"
    return tuple(Choice(kind.kind, kind.title, chosen=kind.kind == wanted) for kind in kinds)
