"""Forms of records: begin one, change one, say who may see it, bring a new version of a file."""

import secrets
from collections.abc import Mapping
from dataclasses import replace

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.datastructures import FormData

from gate.bounded_request import BoundedRoute
from records.errors import Refused, Unavailable, WenshuError
from records.flow.decision import Offer
from records.identity import RecordId, UnitCode
from records.meaning import title_of
from records.revision import Revision
from records.schema.kind import Kind
from search_ui.desk import (
    TheForm,
    TheVisitor,
    Visitor,
    revision_of,
    text_of,
    texts_of,
    whole_number,
)
from search_ui.failures import MENDABLE, status_of, told_of
from search_ui.receiving import names_of_files, places_of, received
from search_ui.shown.differences import Comparison, Typed, kept_as_theirs
from search_ui.shown.fields import grant_rows
from search_ui.shown.form_fields import drawing_for, editable
from search_ui.shown.form_reading import read_form, read_grant_form
from search_ui.shown.record_form import RecordFormShowing
from search_ui.shown.words import record_href
from search_ui.views.differences import Differences
from search_ui.views.fields import GrantForm
from search_ui.views.record_form import RecordForm, SharePage
from search_ui.views.shell import Crumb
from services.finding.browse import OpenRecord
from services.flow.edit import Edit
from services.flow.granting import read_grants
from services.intake.ingest import Draft

router = APIRouter(route_class=BoundedRoute)


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
    read = read_form(editable(declared), form, caller.organisation)
    given = read_grant_form(form, caller.organisation)
    try:
        values, grants = read.sound(), read_grants(given.given(), caller.organisation)
        with received(house.staging, form, places_of(declared.parts)) as files:
            revision = house.ingest.begin(
                caller,
                Draft(
                    kind=kind,
                    fields=values,
                    files=files,
                    grants=grants,
                    level=text_of(form, "level") or None,
                    unit=UnitCode(text_of(form, "for_unit")) if text_of(form, "for_unit") else None,
                ),
                idempotency_key=text_of(form, "idempotency_key") or None,
            )
    except MENDABLE as error:
        view = _form(
            visitor, declared, read.values, error=error, grants=given.again(error), sent=form
        )
        return _again(visitor, replace(view, lost_files=names_of_files(form)), error)
    house.settle(revision)
    return _saved(visitor, declared, revision, form)


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
    read = read_form(editable(opened.kind), form, caller.organisation)
    number, theirs = revision_of(form), kept_as_theirs(form)
    try:
        wanted = {name: value for name, value in read.sound().items() if name not in theirs}
        with received(house.staging, form, places_of(opened.kind.parts)) as files:
            written = house.drive.desk.edit(
                caller,
                RecordId(record),
                Edit(
                    fields=wanted,
                    files=files,
                    removed=_removed(opened, form),
                    level=_level(form),
                ),
                revision=number,
                key=text_of(form, "idempotency_key") or None,
            )
    except MENDABLE as error:
        return _refused(visitor, opened, form, read.values, error)
    house.settle_all(written)
    return _saved(visitor, opened.kind, written[-1], form)


@router.get("/records/{record}/share")
def share_form(record: str, visitor: TheVisitor) -> Response:
    """Who may see the record."""
    opened = visitor.desk.house.browsing.open(visitor.caller, RecordId(record))
    if opened.revision.owner != visitor.caller.person.login:
        raise Refused("only_owner_grants", record=record)
    rows = grant_rows(opened.revision.grants, visitor.caller.organisation)
    view = _share(visitor, record, GrantForm(rows), opened.revision.number)
    return visitor.show("share", view)


@router.post("/records/{record}/share")
def share(record: str, visitor: TheVisitor, form: TheForm) -> Response:
    """Other grants, as of now."""
    house, caller = visitor.desk.house, visitor.caller
    number, given = revision_of(form), read_grant_form(form, caller.organisation)
    try:
        grants = read_grants(given.given(), caller.organisation)
        written = house.drive.desk.edit(
            caller,
            RecordId(record),
            Edit(grants=grants),
            revision=number,
            key=text_of(form, "idempotency_key") or None,
        )
    except (*MENDABLE, Unavailable) as error:
        view = _share(visitor, record, given.again(error), number)
        if not view.grants.error:
            view = replace(view, problem=told_of(visitor, error))
        return visitor.show("share", view, status=status_of(error))
    house.settle_all(written)
    return visitor.go(record_href(record), told=visitor.desk.texts("record.saved"))


def _saved(visitor: Visitor, kind: Kind, saved: Revision, form: FormData) -> Response:
    """On with its main action where that was asked for; a document else stays in its form."""
    told, record = visitor.desk.texts("record.saved"), saved.record
    if text_of(form, "then"):
        offers = visitor.desk.house.acting.offers(visitor.caller, kind, saved)
        main = next((o.offer for o in offers if _is_main(o.offer)), None)
        return visitor.go(record_href(record, do=main.name if main else None), told=told)
    if kind.meaning.document is not None:
        return visitor.go(f"{record_href(record)}/edit", told=told)
    return visitor.go(record_href(record), told=told)


def _level(form: FormData) -> str | None:
    """密级 where it was changed in this form; None where it stands as it was shown."""
    level = text_of(form, "level")
    return level if level and level != text_of(form, "level_was") else None


def _removed(opened: OpenRecord, form: FormData) -> list[str]:
    """The files that were ticked to be taken out; those that are gone already are no matter."""
    ticked = texts_of(form, "removed")
    return [file.name for file in opened.revision.files if file.name in ticked]


def _is_main(offer: Offer) -> bool:
    return offer.declaration.primary and offer.why_not is None


def _form(
    visitor: Visitor,
    kind: Kind,
    values: Mapping[str, object],
    *,
    record: str = "",
    error: WenshuError | None = None,
    grants: GrantForm | None = None,
    sent: FormData | None = None,
) -> RecordForm:
    """The form; `sent` is what it was filled in with, where it was refused."""
    showing = RecordFormShowing(visitor.desk.house, visitor.caller, visitor.desk.texts)
    return showing.form(
        kind,
        values,
        record=RecordId(record),
        error=error,
        grants=grants,
        level=text_of(sent, "level") if sent is not None else None,
        was=text_of(sent, "level_was") if sent is not None else "",
        removed=texts_of(sent, "removed") if sent is not None else (),
        place=text_of(sent, "for_unit") if sent is not None else "",
    )


def _refused(
    visitor: Visitor,
    opened: OpenRecord,
    form: FormData,
    values: Mapping[str, object],
    error: WenshuError,
) -> Response:
    """The form as it was typed; with what others changed meanwhile, where somebody was faster."""
    number, record = revision_of(form), opened.revision.record
    stale = error.reason == "stale_revision"
    on = number if stale else whole_number(text_of(form, "against"))
    differences: Differences | None = None
    if on is not None:
        drawing = drawing_for(visitor.desk.house, visitor.caller, visitor.desk.texts)
        compared = Comparison(visitor.desk.house.browsing, visitor.caller, drawing, on=on)
        typed = Typed(values, kept_as_theirs(form))
        differences, values = compared.of(opened, typed)
    told = None if stale else error
    view = _form(visitor, opened.kind, values, record=record, error=told, sent=form)
    lost = names_of_files(form)
    view = replace(view, revision=number, stale=differences, lost_files=lost)
    return _again(visitor, view, error)


def _again(visitor: Visitor, view: RecordForm, error: WenshuError) -> Response:
    """The form with what was typed."""
    return visitor.show("record_form", replace(view, again=True), status=status_of(error))


def _show(visitor: Visitor, view: RecordForm) -> Response:
    return visitor.show("record_form", view)


def _share(visitor: Visitor, record: str, grants: GrantForm, number: int) -> SharePage:
    opened = visitor.desk.house.browsing.open(visitor.caller, RecordId(record))
    title = title_of(opened.kind, opened.revision)
    return SharePage(
        title=title,
        action_href=f"{record_href(record)}/share",
        cancel_href=record_href(record),
        crumbs=(Crumb(title, record_href(record)), Crumb(visitor.desk.texts("action.share"))),
        grants=grants,
        revision=number,
        idempotency_key=secrets.token_urlsafe(12),
    )
