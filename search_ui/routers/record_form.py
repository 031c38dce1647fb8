"""Forms of records: begin one, change one, say who may see it, bring a new version of a file."""

import secrets
from collections.abc import Mapping
from dataclasses import replace

from fastapi import APIRouter
from fastapi.responses import Response

from gate.bounded_request import BoundedRoute
from languages.errors import tell
from records.errors import Conflict, Invalid, Refused, WenshuError
from records.identity import RecordId
from records.kind import Kind
from records.revision import Grant
from search_ui.desk import TheForm, TheVisitor, Visitor, revision_of, text_of
from search_ui.failures import status_of
from search_ui.receiving import received
from search_ui.shown.fields import grant_rows
from search_ui.shown.form_fields import drawing_for, editable
from search_ui.shown.form_reading import read_form, read_grant_form
from search_ui.shown.words import record_href
from search_ui.views.fields import FormField
from search_ui.views.record import RecordForm, SharePage, StaleRevision
from search_ui.views.shell import Crumb
from search_ui.views.upload import NewVersionPage
from services.after_commit.documents import title_of
from services.flow.edit import Edit
from services.flow.granting import read_grants
from services.intake.ingest import Draft

router = APIRouter(route_class=BoundedRoute)

MENDABLE = (Invalid, Refused, Conflict)
"""Errors after which the form is shown again, with everything that was typed."""


@router.get("/records/new/{kind}")
def new_form(kind: str, visitor: TheVisitor) -> Response:
    """The form of a kind, empty but for fields that the address fills in: ?room=…&begins=…."""
    declared = visitor.desk.house.kinds.get(kind)
    given = visitor.request.query_params
    values = {name: given[name] for name in editable(declared) if name in given}
    return _show(visitor, _form(visitor, declared, values))


@router.post("/records/new/{kind}")
def begin(kind: str, visitor: TheVisitor, form: TheForm) -> Response:
    """A new record of the form; the form again when something is amiss."""
    house, caller = visitor.desk.house, visitor.caller
    declared = house.kinds.get(kind)
    values: Mapping[str, object] = {}
    try:
        values = read_form(editable(declared), form, caller.organisation)
        given = read_grant_form(form, caller.organisation)
        grants = read_grants(given, caller.organisation)
        with received(house.staging, form, declared) as files:
            revision = house.ingest.begin(
                caller,
                Draft(kind=kind, fields=values, files=files, grants=grants),
                idempotency_key=text_of(form, "idempotency_key") or None,
            )
    except MENDABLE as error:
        return _again(visitor, _form(visitor, declared, values, error=error), error)
    house.settle(revision)
    return visitor.go(record_href(revision.record), told=visitor.desk.texts("record.saved"))


@router.get("/records/{record}/edit")
def edit_form(record: str, visitor: TheVisitor) -> Response:
    """The form of a record, filled."""
    opened = visitor.desk.house.browsing.open(visitor.caller, RecordId(record))
    if not opened.may_edit:
        raise Refused("may_not_edit", record=record)
    view = _form(visitor, opened.kind, opened.revision.fields, record=record)
    return _show(visitor, replace(view, revision=opened.revision.number))


@router.post("/records/{record}/edit")
def edit(record: str, visitor: TheVisitor, form: TheForm) -> Response:
    """The next revision; when somebody was faster, who, and the form as it was typed."""
    house, caller = visitor.desk.house, visitor.caller
    opened = house.browsing.open(caller, RecordId(record))
    values: Mapping[str, object] = {}
    number = revision_of(form)
    try:
        values = read_form(editable(opened.kind), form, caller.organisation)
        with received(house.staging, form, opened.kind) as files:
            after = house.editing.edit(
                caller,
                RecordId(record),
                Edit(fields=values, files=files),
                revision=number,
                idempotency_key=text_of(form, "idempotency_key") or None,
            )
    except MENDABLE as error:
        view = _form(visitor, opened.kind, values, record=record, error=error)
        return _again(visitor, replace(view, revision=number), error)
    house.settle(after)
    return visitor.go(record_href(record), told=visitor.desk.texts("record.saved"))


@router.get("/records/{record}/share")
def share_form(record: str, visitor: TheVisitor) -> Response:
    """Who may see the record."""
    opened = visitor.desk.house.browsing.open(visitor.caller, RecordId(record))
    if opened.revision.owner != visitor.caller.person.login:
        raise Refused("only_owner_grants", record=record)
    view = _share(visitor, record, opened.revision.grants, opened.revision.number)
    return visitor.show("share", view)


@router.post("/records/{record}/share")
def share(record: str, visitor: TheVisitor, form: TheForm) -> Response:
    """Other grants, as of now."""
    house, caller = visitor.desk.house, visitor.caller
    number = revision_of(form)
    try:
        grants = read_grants(read_grant_form(form, caller.organisation), caller.organisation)
        after = house.editing.edit(
            caller,
            RecordId(record),
            Edit(grants=grants),
            revision=number,
            idempotency_key=text_of(form, "idempotency_key") or None,
        )
    except MENDABLE as error:
        opened = house.browsing.open(caller, RecordId(record))
        view = _share(visitor, record, opened.revision.grants, opened.revision.number)
        told = replace(view, problem=str(tell(error)))
        return visitor.show("share", told, status=status_of(error))
    house.settle(after)
    return visitor.go(record_href(record), told=visitor.desk.texts("record.saved"))


@router.get("/records/{record}/new-version")
def new_version_form(record: str, file: str, visitor: TheVisitor) -> Response:
    """The form for a new version of a file."""
    return visitor.show("new_version", _new_version(visitor, record, file))


@router.post("/records/{record}/new-version")
def new_version(record: str, file: str, visitor: TheVisitor, form: TheForm) -> Response:
    """New bytes under the name that the file has; the earlier ones stay in history."""
    house, caller = visitor.desk.house, visitor.caller
    held = house.browsing.file(caller, RecordId(record), file)
    try:
        with received(house.staging, form, None, field="file", part=held.part) as files:
            if not files:
                raise Invalid("empty_file", name=file)
            after = house.editing.edit(
                caller,
                RecordId(record),
                Edit(
                    files=[replace(files[0], name=held.name)],
                    reason=text_of(form, "reason") or None,
                ),
                revision=revision_of(form),
                idempotency_key=text_of(form, "idempotency_key") or None,
            )
    except MENDABLE as error:
        view = replace(_new_version(visitor, record, file), problem=str(tell(error)))
        return visitor.show("new_version", view, status=status_of(error))
    house.settle(after)
    return visitor.go(record_href(record, file=file), told=visitor.desk.texts("new_version.title"))


def _form(
    visitor: Visitor,
    kind: Kind,
    values: Mapping[str, object],
    *,
    record: str = "",
    error: WenshuError | None = None,
) -> RecordForm:
    t, house = visitor.desk.texts, visitor.desk.house
    told = str(tell(error)) if error else ""
    at = str(error.facts.get("field", "")) if error else ""
    errors = {at: told} if at in kind.fields else {}
    title = t("record.edit" if record else "record.new", kind=kind.title)
    back = record_href(record) if record else "/"
    return RecordForm(
        title=title,
        kind=kind.title,
        action_href=f"{back}/edit" if record else f"/records/new/{kind.kind}",
        cancel_href=back,
        crumbs=(Crumb(kind.title, back), Crumb(title)),
        fields=drawing_for(house, visitor.caller, t).form(kind, values, errors=errors),
        idempotency_key=secrets.token_urlsafe(12),
        parts=tuple(
            FormField(
                f"part-{name}",
                part.label,
                "files",
                required=part.required and not record,
                wide=True,
            )
            for name, part in kind.parts.items()
        ),
        grants=() if not (kind.has_flow or record) else None,
        problem="" if errors else told,
    )


def _again(visitor: Visitor, view: RecordForm, error: WenshuError) -> Response:
    """The form with what was typed, and with who was faster when that is what happened."""
    if error.reason == "stale_revision":
        record = RecordId(str(error.facts["record"]))
        opened = visitor.desk.house.browsing.open(visitor.caller, record)
        event = opened.revision.event
        stale = StaleRevision(
            opened.newest,
            visitor.caller.organisation.name_of(event.actor),
            event.at,
            record_href(record),
        )
        view = replace(view, stale=stale, problem="")
    return visitor.show("record_form", view, status=status_of(error))


def _show(visitor: Visitor, view: RecordForm) -> Response:
    return visitor.show("record_form", view)


def _share(visitor: Visitor, record: str, grants: tuple[Grant, ...], number: int) -> SharePage:
    opened = visitor.desk.house.browsing.open(visitor.caller, RecordId(record))
    title = title_of(opened.kind, opened.revision)
    return SharePage(
        title=title,
        action_href=f"{record_href(record)}/share",
        cancel_href=record_href(record),
        crumbs=(Crumb(title, record_href(record)), Crumb(visitor.desk.texts("action.share"))),
        grants=grant_rows(grants, visitor.caller.organisation),
        revision=number,
        idempotency_key=secrets.token_urlsafe(12),
    )


def _new_version(visitor: Visitor, record: str, name: str) -> NewVersionPage:
    house = visitor.desk.house
    opened = house.browsing.open(visitor.caller, RecordId(record))
    house.browsing.file(visitor.caller, RecordId(record), name)
    history = house.browsing.history(visitor.caller, RecordId(record))
    versions = {f.sha256 for revision in history for f in revision.files if f.name == name}
    title = title_of(opened.kind, opened.revision)
    back = record_href(record, file=name)
    return NewVersionPage(
        title=title,
        file_name=name,
        version=len(versions) + 1,
        revision=opened.newest,
        action_href=back.replace("?", "/new-version?"),
        cancel_href=back,
        crumbs=(Crumb(title, back), Crumb(visitor.desk.texts("new_version.title"))),
        limit_bytes=house.staging.max_bytes,
        idempotency_key=secrets.token_urlsafe(12),
    )
