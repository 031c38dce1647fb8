"""更正引用: what a record cites, put right by who may edit it (SS-08)."""

import secrets

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData

from gate.bounded_request import BoundedRoute
from records.errors import Invalid, Refused
from records.identity import RecordId
from records.meaning import title_of
from records.queries.relations import Relation
from search_ui.desk import TheForm, TheVisitor, Visitor, revision_of, text_of, texts_of
from search_ui.failures import MENDABLE, status_of, told_of
from search_ui.routers.trail import crumbs_to
from search_ui.shown.relations.corrections import (
    NONE,
    Sent,
    chosen,
    corrected_row,
    filled,
    relation_choices,
)
from search_ui.shown.words import record_href
from search_ui.views.relations.corrections import CorrectionsPage
from services.relations.citation_desk import Said

router = APIRouter(route_class=BoundedRoute)


@router.get("/records/{record}/corrections")
def show(record: str, visitor: TheVisitor) -> HTMLResponse:
    """All that its text cites, each with a form. Raises Refused (``may_not_edit``)."""
    return visitor.show("citation_corrections", _page(visitor, record))


def _page(visitor: Visitor, record: str, sent: Sent | None = None) -> CorrectionsPage:
    """With what was filled in, where that was refused. Raises Refused (``may_not_edit``)."""
    house, caller, t = visitor.desk.house, visitor.caller, visitor.desk.texts
    opened = house.browsing.open(caller, RecordId(record))
    if not opened.may_edit:
        raise Refused("may_not_edit", record=record)
    rows = house.search_aids.citation_desk.correctable(caller, opened.revision)
    shown = tuple(corrected_row(each, house.kinds, caller.organisation, t) for each in rows)
    added = sent if sent and not sent.anchor else None
    return CorrectionsPage(
        title=title_of(opened.kind, opened.revision),
        crumbs=crumbs_to(visitor, opened, words=""),
        action=_here(record),
        back_href=record_href(record),
        revision=opened.revision.number,
        idempotency_key=secrets.token_urlsafe(12),
        rows=tuple(filled(each, sent) for each in shown) if sent else shown,
        relations=chosen(relation_choices(Relation.MENTIONS), added.relation if added else None),
        typed=added.typed if added else "",
        problem=sent.problem if sent else "",
    )


@router.post("/records/{record}/corrections")
def correct(record: str, visitor: TheVisitor, form: TheForm) -> Response:
    """What is said of one citation becomes the next revision, or what was said is taken back.

    What is refused leads back to its form, with all that was filled in.
    """
    house, caller, t = visitor.desk.house, visitor.caller, visitor.desk.texts
    desk, key = house.search_aids.citation_desk, text_of(form, "idempotency_key") or None
    anchors, taken_back = texts_of(form, "anchor"), bool(text_of(form, "take_back"))
    house.browsing.open(caller, RecordId(record))
    try:
        number = revision_of(form)
        if taken_back:
            after = desk.take_back(
                caller, RecordId(record), anchors, revision=number, idempotency_key=key
            )
        else:
            after = desk.correct(
                caller, RecordId(record), _said(visitor, form), revision=number, idempotency_key=key
            )
    except MENDABLE as error:
        sent = Sent(
            anchor=text_of(form, "anchor"),
            relation=text_of(form, "relation"),
            means=text_of(form, "means"),
            typed=text_of(form, "typed"),
            problem=told_of(visitor, error),
        )
        page = _page(visitor, record, sent)
        return visitor.show("citation_corrections", page, status=status_of(error))
    house.settle(after)
    told = t("citation_corrections.taken_back" if taken_back else "citation_corrections.saved")
    return visitor.go(_here(record), told=told)


def _here(record: str) -> str:
    return f"{record_href(record)}/corrections"


def _said(visitor: Visitor, form: FormData) -> Said:
    """What the form says. Raises Invalid (``no_such_document``, ``unclear_document``)."""
    way, anchors = text_of(form, "relation"), tuple(texts_of(form, "anchor"))
    if way == NONE:
        return Said(anchors, is_none=True)
    typed, means = text_of(form, "typed").strip(), text_of(form, "means")
    if not anchors and not typed:
        raise Invalid("no_such_document", given="", field="typed")
    if typed:
        means = visitor.desk.house.search_aids.citation_desk.find(visitor.caller, typed)
    relation = Relation(way) if way in set(Relation) else None
    return Said(anchors, relation=relation, means=RecordId(means) if means else None)
