"""工作助手: notes, appointments and plans on one page, kept for oneself (GT-09)."""

from dataclasses import replace
from datetime import date
from urllib.parse import urlencode

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData

from gate.bounded_request import BoundedRoute
from languages.errors import tell
from records.errors import Conflict, Invalid, NotFound
from search_ui.desk import TheForm, TheVisitor, Visitor, text_of, whole_number
from search_ui.failures import status_of
from search_ui.shown.person.month import HERE, MonthShowing, shown_days
from search_ui.views.person.assistant import PlannerForm, TodayView
from services.finding.worklists import Worklist
from services.people.planner import MOST_YEARS, Wanted
from services.people.planner_item import ItemSort, PlannerItem

router = APIRouter(route_class=BoundedRoute)

_DUE = 100
"""Tasks of 待办 whose last days the month shows: they stand in the order of work."""


@router.get(HERE)
def show(visitor: TheVisitor, day: str = "", edit: str = "") -> HTMLResponse:
    """The month of a day; the form holds the item that `edit` names."""
    planner, login = visitor.desk.house.planner, visitor.caller.person.login
    changed = _form_of(planner.find(login, edit)) if edit else None
    return _shown(visitor, _day(visitor, day), changed)


@router.get(HERE + "/today")
def today(visitor: TheVisitor) -> HTMLResponse:
    """What the first page asks for once it stands."""
    caller = visitor.caller
    items = visitor.desk.house.planner.for_today(caller.person.login, caller.today)
    showing = MonthShowing(caller.today, caller.today, items, (), visitor.desk.texts)
    view = TodayView(showing.for_today())
    return HTMLResponse(visitor.desk.pages.part("assistant", "today", view))


@router.post(HERE)
def keep(visitor: TheVisitor, form: TheForm) -> Response:
    """A new one, or one that is changed; what was typed comes back with what is wrong."""
    planner, caller, item = visitor.desk.house.planner, visitor.caller, text_of(form, "item")
    typed = _typed(form)
    wanted = Wanted(typed.sort, typed.text, typed.on, typed.begins, typed.ends, done=typed.done)
    try:
        kept = (
            planner.change(caller, item, typed.version, wanted)
            if item
            else planner.add(caller, wanted)
        )
    except NotFound as error:  # it was dropped in another window: what was typed is a new one
        lost = replace(typed, item="", version=0, problem=str(tell(error)))
        return _shown(visitor, _day(visitor, typed.on), lost, status=status_of(error))
    except (Invalid, Conflict) as error:
        problem = replace(typed, problem=str(tell(error)))
        return _shown(visitor, _day(visitor, typed.on), problem, status=status_of(error))
    stay = kept.on.isoformat() if kept.on else text_of(form, "stay")
    return visitor.go(_address(stay), told=visitor.desk.texts("assistant.kept"))


@router.post(HERE + "/{item}/done")
def mark(item: str, visitor: TheVisitor, form: TheForm) -> Response:
    """Done, or to be done again."""
    done = text_of(form, "done") == "1"
    visitor.desk.house.planner.mark(visitor.caller.person.login, item, done=done)
    return visitor.go(_address(text_of(form, "stay")))


@router.post(HERE + "/{item}/drop")
def drop(item: str, visitor: TheVisitor, form: TheForm) -> Response:
    """It goes; twice is once."""
    visitor.desk.house.planner.drop(visitor.caller.person.login, item)
    return visitor.go(_address(text_of(form, "stay")), told=visitor.desk.texts("assistant.dropped"))


def _shown(
    visitor: Visitor, day: date, changed: PlannerForm | None, *, status: int = 200
) -> HTMLResponse:
    forms = {sort: PlannerForm(sort) for sort in ItemSort}
    forms[ItemSort.APPOINTMENT] = PlannerForm(ItemSort.APPOINTMENT, on=day.isoformat())
    if changed is not None:
        sort = ItemSort(changed.sort) if changed.sort in set(ItemSort) else ItemSort.NOTE
        forms[sort] = replace(changed, sort=sort)
    house, caller, login = visitor.desk.house, visitor.caller, visitor.caller.person.login
    first, last = shown_days(day)
    items = {each.id: each for each in house.planner.between(login, first, last)}
    items |= {each.id: each for each in house.planner.plans(login)}
    due = house.lists.of_work.page(caller, Worklist.WAITING, size=_DUE).rows
    showing = MonthShowing(caller.today, day, tuple(items.values()), due, visitor.desk.texts)
    page = showing.page(forms.values())
    return visitor.show("assistant", page, current="assistant", status=status)


def _form_of(item: PlannerItem) -> PlannerForm:
    return PlannerForm(
        sort=item.sort,
        item=item.id,
        version=item.version,
        text=item.text,
        on=item.on.isoformat() if item.on else "",
        begins=f"{item.begins:%H:%M}" if item.begins else "",
        ends=f"{item.ends:%H:%M}" if item.ends else "",
        done=item.done,
    )


def _typed(form: FormData) -> PlannerForm:
    return PlannerForm(
        sort=text_of(form, "sort"),
        item=text_of(form, "item"),
        version=whole_number(text_of(form, "version")) or 0,
        text=text_of(form, "text"),
        on=text_of(form, "on"),
        begins=text_of(form, "begins"),
        ends=text_of(form, "ends"),
        done=text_of(form, "done") == "1",
    )


def _day(visitor: Visitor, text: str) -> date:
    """A day of an address; today for what is none, or lies beyond all that is kept."""
    today = visitor.caller.today
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return today
    return found if abs(found.year - today.year) <= MOST_YEARS else today


def _address(stay: str) -> str:
    return f"{HERE}?{urlencode({'day': stay})}" if stay else HERE
