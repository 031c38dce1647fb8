"""批量办理: one action on several records of a list, and what became of each (M05, M16)."""

import secrets
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData

from gate.bounded_request import BoundedRoute
from languages.errors import tell
from records.errors import WenshuError
from records.flow.declarations import OpinionRule
from records.identity import Login, RecordId
from records.meaning import title_of
from records.schema.kind import Kind
from search_ui.desk import TheForm, TheVisitor, Visitor, text_of, texts_of, whole_number
from search_ui.shown.lists.list_views import list_href
from search_ui.shown.words import record_href, state_badge
from search_ui.views.lists.bulk import BulkAction, BulkDonePage, BulkPage, BulkRow
from services.flow.bulk_action import MOST, BulkOutcome, BulkRequest, ChosenRecord

router = APIRouter(route_class=BoundedRoute)


@router.get("/kinds/{kind}/bulk")
def choose(
    kind: str,
    visitor: TheVisitor,
    chosen: Annotated[list[str], Query(max_length=MOST)] = [],  # noqa: B006 - FastAPI copies it
) -> Response:
    """What can be done with all that were chosen."""
    found = visitor.desk.house.lists.of_kinds.kind(kind)
    if not chosen:
        told = visitor.desk.texts("bulk.nothing")
        return visitor.go(list_href(found), told=told, tone="warning")
    return _shown(visitor, found, chosen)


@router.post("/kinds/{kind}/bulk/{name}")
def act(kind: str, name: str, visitor: TheVisitor, form: TheForm) -> Response:
    """Takes the action on each; a reload gives the same answer."""
    house, caller = visitor.desk.house, visitor.caller
    found, words = house.lists.of_kinds.kind(kind), text_of(form, "opinion")
    action = found.action(name)
    if action.opinion is OpinionRule.REQUIRED and not words.strip():
        problem = visitor.desk.texts("bulk.opinion_wanted", label=action.label)
        return _shown(visitor, found, texts_of(form, "record"), problem=problem, form=form)
    asked = BulkRequest(
        action=name,
        chosen=_chosen(form),
        opinion=words if action.opinion is not OpinionRule.NONE else "",
        key=text_of(form, "idempotency_key") or secrets.token_urlsafe(12),
    )
    outcomes = house.in_bulk.act(caller, found.kind, asked)
    house.settle_all([each.opened[1] for each in outcomes if each.is_done and each.opened])
    house.phrases.used(caller.person.login, texts_of(form, "phrase"))
    rows = [_outcome(each, visitor) for each in outcomes]
    page = BulkDonePage(
        kind=found.title,
        action=action.label,
        list_href=list_href(found),
        done=tuple(row for row in rows if not row.told),
        refused=tuple(row for row in rows if row.told),
    )
    return visitor.show("bulk_done", page, current=f"kind-{kind}")


def _shown(
    visitor: Visitor,
    kind: Kind,
    records: list[str],
    *,
    problem: str = "",
    form: FormData | None = None,
) -> HTMLResponse:
    t = visitor.desk.texts
    offer = visitor.desk.house.in_bulk.offered(visitor.caller, kind.kind, map(RecordId, records))
    rows = [
        BulkRow(each.record, title_of(of, each), record_href(each.record), each.number,
                state_badge(of, each))
        for of, each in offer.rows
    ]  # fmt: skip
    rows += [BulkRow(each, t("bulk.missing"), None) for each in offer.missing]
    page = BulkPage(
        kind=kind.title,
        list_href=list_href(kind),
        rows=tuple(rows),
        actions=tuple(
            BulkAction(
                action.label,
                f"{list_href(kind)}/bulk/{name}",
                action.primary,
                action.opinion,
                action.confirm or "",
            )
            for name, action in offer.actions
        ),
        idempotency_key=secrets.token_urlsafe(12),
        words=text_of(form, "opinion") if form else "",
        problem=problem,
    )
    status = 422 if problem else 200
    return visitor.show("bulk", page, current=f"kind-{kind.kind}", status=status)


def _chosen(form: FormData) -> list[ChosenRecord]:
    """Each record with the revision beside it; without one it is told as stale."""
    revisions = iter(texts_of(form, "revision"))
    return [
        ChosenRecord(RecordId(each), whole_number(next(revisions, "")) or 0)
        for each in texts_of(form, "record")
    ]


def _outcome(outcome: BulkOutcome, visitor: Visitor) -> BulkRow:
    opened, refusal = outcome.opened, outcome.refusal
    if opened is None:
        missing = visitor.desk.texts("bulk.missing")
        return BulkRow(
            outcome.chosen.record, missing, None, told=str(tell(refusal)) if refusal else missing
        )
    return BulkRow(
        outcome.chosen.record,
        title_of(*opened),
        record_href(outcome.chosen.record),
        opened[1].number,
        state_badge(*opened),
        told=_words(refusal, visitor) if refusal else "",
    )


def _words(refusal: WenshuError, visitor: Visitor) -> str:
    """Why nothing was done; who was faster is told by his name."""
    by = refusal.facts.get("by")
    if refusal.reason != "stale_revision" or not by:
        return str(tell(refusal))
    return visitor.desk.texts("bulk.stale", who=visitor.caller.organisation.name_of(Login(str(by))))
