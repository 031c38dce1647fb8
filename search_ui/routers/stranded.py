"""无人承办 and 移交: tasks that nobody in office holds, for administrators (TRF-17)."""

import secrets
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse
from starlette.datastructures import FormData

from gate.bounded_request import BoundedRoute
from languages.errors import tell
from records.errors import Invalid, NotFound, Refused
from records.identity import Login, RecordId, Token
from search_ui.desk import TheForm, TheVisitor, Visitor, text_of, texts_of, whole_number
from search_ui.shown.form_reading import token_named
from search_ui.shown.stranded import PERSON, StrandedShowing, hand_over_href
from search_ui.views.stranded import HandedOverPage, StrandedPage, StrandedRow, VacancyRow
from services.flow.stranding import HandedOver, StrandingDesk, TaskName
from services.people.caller import Caller

router = APIRouter(route_class=BoundedRoute)

HERE = "/stranded"

Holders = Annotated[list[str], Query(alias="holder", min_length=1, max_length=50)]


@router.get(HERE)
def show(visitor: TheVisitor) -> HTMLResponse:
    """Who left and which posts are vacant while something waits for them."""
    house, organisation = visitor.desk.house, visitor.caller.organisation
    rows = {
        each.holder: VacancyRow(
            organisation.describe(each.holder), hand_over_href((each.holder,)), each.records
        )
        for each in house.stranding.vacancies(visitor.caller, house.post_words)
    }
    page = StrandedPage(
        people=tuple(row for holder, row in rows.items() if holder.startswith(PERSON)),
        posts=tuple(row for holder, row in rows.items() if not holder.startswith(PERSON)),
    )
    return visitor.show("stranded", page, current="stranded")


@router.get(f"{HERE}/hand-over")
def preview(visitor: TheVisitor, holder: Holders) -> HTMLResponse:
    """What these held, each task to be ticked, and to whom it goes."""
    estate = visitor.desk.house.stranding.estate(visitor.caller, list(map(Token, holder)))
    showing = StrandedShowing(visitor.caller, visitor.desk.texts)
    page = showing.page(estate, idempotency_key=secrets.token_urlsafe(12))
    return visitor.show("hand_over", page, current="stranded")


@router.post(f"{HERE}/hand-over")
def hand_over(visitor: TheVisitor, form: TheForm) -> HTMLResponse:
    """Hands over what is ticked; an answer for each task, and a reload gives the same."""
    desk, caller = visitor.desk.house.stranding, visitor.caller
    showing = StrandedShowing(caller, visitor.desk.texts)
    holders = tuple(map(Token, texts_of(form, "holder")))
    key = text_of(form, "idempotency_key") or secrets.token_urlsafe(12)
    try:
        to = _receiver(form, visitor)
        outcomes = desk.hand_over(
            caller, _names(form), to=to, reason=text_of(form, "reason"), key=key
        )
    except Invalid as error:
        estate = desk.estate(caller, holders)
        page = showing.page(estate, idempotency_key=key, form=form, problem=error)
        return visitor.show("hand_over", page, current="stranded", status=422)
    left = _left(desk, caller, holders, showing)
    refused = tuple(_refused(each, left, visitor) for each in outcomes if each.refusal)
    view = HandedOverPage(
        who=caller.organisation.name_of(to),
        done=len(outcomes) - len(refused),
        refused=refused,
        back_href=hand_over_href(holders) if refused else HERE,
    )
    return visitor.show("handed_over", view, current="stranded")


def _left(
    desk: StrandingDesk, caller: Caller, holders: tuple[Token, ...], showing: StrandedShowing
) -> dict[tuple[RecordId, int], StrandedRow]:
    """What they still hold; nothing where one of them came back meanwhile: done is done."""
    try:
        tasks = desk.estate(caller, holders).tasks
    except (Invalid, Refused, NotFound):
        return {}
    return {(task.name.record, task.name.task): showing.row(task) for task in tasks}


def _refused(
    each: HandedOver, left: dict[tuple[RecordId, int], StrandedRow], visitor: Visitor
) -> StrandedRow:
    """A task that stayed, with the reason; one that is nobody's any more is told by that alone."""
    told = str(tell(each.refusal)) if each.refusal else ""
    row = left.get((each.name.record, each.name.task))
    if row is None:
        at = visitor.caller.now
        return StrandedRow(
            "", visitor.desk.texts("stranded.gone"), "", "", "", "", at, None, told=told
        )
    return StrandedRow(
        row.value, row.kind, row.label, row.title, row.holder, row.unit, row.opened_at, row.due_on,
        told=told,
    )  # fmt: skip


def _receiver(form: FormData, visitor: Visitor) -> Login:
    """Who was picked or typed. Raises Invalid (``choose_people``, ``unknown_name`` …)."""
    tokens = texts_of(form, "to")
    typed = text_of(form, "to_add").strip()
    if typed:
        tokens.append(token_named(typed, visitor.caller.organisation, field="to"))
    if len(set(tokens)) != 1 or not tokens[0].startswith(PERSON):
        raise Invalid("choose_people", field="to")
    return Login(tokens[0].removeprefix(PERSON))


def _names(form: FormData) -> list[TaskName]:
    parts = (text.split(":") for text in texts_of(form, "task"))
    return [
        TaskName(RecordId(record), revision, task)
        for record, *rest in parts
        if len(rest) == 2
        and (revision := whole_number(rest[0])) is not None
        and (task := whole_number(rest[1])) is not None
    ]
