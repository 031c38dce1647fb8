"""Files of a record: added, taken out, brought in a new version (PRM-02, YP-02)."""

import secrets
from dataclasses import replace

from fastapi import APIRouter
from fastapi.responses import Response

from gate.bounded_request import BoundedRoute
from records.errors import Invalid, Refused
from records.file_names import clean_name, file_type_of
from records.identity import RecordId
from records.meaning import title_of
from records.revision import FileVersion
from search_ui.desk import TheForm, TheVisitor, Visitor, revision_of, text_of, whole_number
from search_ui.failures import MENDABLE, status_of, told_of
from search_ui.receiving import names_of_files, places_of, received
from search_ui.shown.files import version_of
from search_ui.shown.words import record_href
from search_ui.views.shell import Crumb
from search_ui.views.upload import NewVersionPage
from services.flow.edit import Edit, PastFile

router = APIRouter(route_class=BoundedRoute)


@router.post("/records/{record}/files")
def add(record: str, visitor: TheVisitor, form: TheForm) -> Response:
    """Files into the parts to which the visitor may add."""
    house, t = visitor.desk.house, visitor.desk.texts
    kind = house.browsing.open(visitor.caller, RecordId(record)).kind
    try:
        with received(house.staging, form, places_of(kind.parts)) as files:
            if not files:
                raise Invalid("empty_file", name="")
            names = "、".join(file.name for file in files)
            after = _edited(visitor, record, form, Edit(files=files))
    except MENDABLE as error:
        return visitor.go(record_href(record), told=told_of(visitor, error), tone="warning")
    return visitor.go(record_href(after), told=t("file.added", names=names))


@router.post("/records/{record}/files/remove")
def remove(record: str, visitor: TheVisitor, form: TheForm) -> Response:
    """A file of one's own that came in this step is taken out again; history keeps it."""
    name = text_of(form, "file")
    try:
        after = _edited(visitor, record, form, Edit(removed=(name,)))
    except MENDABLE as error:
        return visitor.go(record_href(record), told=told_of(visitor, error), tone="warning")
    return visitor.go(record_href(after), told=visitor.desk.texts("file.removed", name=name))


@router.post("/records/{record}/files/recognise")
def recognise(record: str, visitor: TheVisitor, form: TheForm) -> Response:
    """The pages of a scan are recognised once more (重试), for who may change the record."""
    house, t = visitor.desk.house, visitor.desk.texts
    opened = house.browsing.open(visitor.caller, RecordId(record))
    if not opened.may_edit:
        raise Refused("may_not_edit", record=RecordId(record))
    file = opened.file(text_of(form, "file"))
    house.scans.again(opened.revision, file)
    return visitor.go(record_href(record, file=file.name), told=t("file.scan.asked"))


@router.post("/records/{record}/files/bring-back")
def bring_back(record: str, visitor: TheVisitor, form: TheForm) -> Response:
    """An earlier version of a file as the newest one; what came since stays in history."""
    house, t = visitor.desk.house, visitor.desk.texts
    past = PastFile(text_of(form, "file"), whole_number(text_of(form, "number")) or 0)
    try:
        after = house.editing.bring_back(
            visitor.caller,
            RecordId(record),
            past,
            revision=revision_of(form),
            reason=t("file.bring_back_reason", n=past.number),
            idempotency_key=text_of(form, "idempotency_key") or None,
        )
    except MENDABLE as error:
        return visitor.go(record_href(record), told=told_of(visitor, error), tone="warning")
    house.settle(after)
    return visitor.go(record_href(record, file=past.name), told=t("file.brought_back"))


def _edited(visitor: Visitor, record: str, form: TheForm, edit: Edit) -> RecordId:
    house = visitor.desk.house
    after = house.editing.edit(
        visitor.caller,
        RecordId(record),
        edit,
        revision=revision_of(form),
        idempotency_key=text_of(form, "idempotency_key") or None,
    )
    return house.settle(after).record


@router.get("/records/{record}/new-version")
def new_version_form(record: str, file: str, visitor: TheVisitor) -> Response:
    """The form for a new version of a file."""
    return visitor.show("new_version", _new_version(visitor, record, file))


@router.post("/records/{record}/new-version")
def new_version(record: str, file: str, visitor: TheVisitor, form: TheForm) -> Response:
    """New bytes under the name that the file has; the earlier ones stay in history.

    A file of another type is taken only where that was said: its ending is that of the new one.
    """
    house, caller = visitor.desk.house, visitor.caller
    held = house.browsing.file(caller, RecordId(record), file)
    try:
        with received(house.staging, form, {"file": held.part}) as files:
            if not files:
                raise Invalid("empty_file", name=file)
            name = _name_of_version(held, files[0].name, text_of(form, "other_type"))
            newer = replace(files[0], name=held.name)
            renamed = {held.name: name} if name != held.name else {}
            reason = text_of(form, "reason") or None
            edit = Edit(files=[newer], renamed=renamed, reason=reason)
            after = _edited(visitor, record, form, edit)
    except MENDABLE as error:
        view = replace(
            _new_version(visitor, record, file),
            problem=told_of(visitor, error),
            reason=text_of(form, "reason"),
            other_type=str(error.facts.get("given", "")) if error.reason == "other_type" else "",
            lost_files=names_of_files(form),
        )
        return visitor.show("new_version", view, status=status_of(error))
    opened = house.browsing.open(caller, after)
    version = version_of(opened, house.browsing.history(caller, opened), name)
    told = visitor.desk.texts("new_version.done", n=version)
    return visitor.go(record_href(record, file=name), told=told)


def _name_of_version(held: FileVersion, given: str, confirmed: str) -> str:
    """What the file is called from now on. Raises Invalid (``other_type``)."""
    ending, before = file_type_of(given), file_type_of(held.name)
    if ending == before:
        return held.name
    if confirmed != ending:
        raise Invalid("other_type", given=ending, held=before, name=held.name, field="file")
    stem = held.name.rpartition(".")[0] or held.name
    return clean_name(f"{stem}.{given.rpartition('.')[2]}" if "." in given else stem)


def _new_version(visitor: Visitor, record: str, name: str) -> NewVersionPage:
    house = visitor.desk.house
    opened = house.browsing.open(visitor.caller, RecordId(record))
    opened.file(name)
    history = house.browsing.history(visitor.caller, opened)
    title = title_of(opened.kind, opened.revision)
    back = record_href(record, file=name)
    return NewVersionPage(
        title=title,
        file_name=name,
        version=version_of(opened, history, name) + 1,
        revision=opened.newest,
        action_href=back.replace("?", "/new-version?"),
        cancel_href=back,
        crumbs=(Crumb(title, back), Crumb(visitor.desk.texts("new_version.title"))),
        limit_bytes=house.staging.max_bytes,
        idempotency_key=secrets.token_urlsafe(12),
        ending=file_type_of(name),
    )
