"""The calendar of a kind of bookings, its feed, bookings week after week (HY-02, HY-04, CL-07)."""

import secrets
from collections.abc import Mapping
from datetime import date, timedelta

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from gate.bounded_request import BoundedRoute
from languages.errors import tell
from records.errors import Conflict, Invalid, NotFound, Refused, WenshuError
from records.fields import instant_of
from records.identity import RecordId
from records.lists.booking_calendar import WeeklyDeclaration
from records.meaning import title_of
from search_ui.calendar_feed import MEDIA_TYPE, Event, feed
from search_ui.desk import TheForm, TheVisitor, Visitor, text_of, whole_number
from search_ui.failures import status_of
from search_ui.formats import moment
from search_ui.navigation import calendar_item
from search_ui.shown.booking_week import WeekShowing, monday_of
from search_ui.shown.form_fields import drawing_for, editable
from search_ui.shown.form_reading import UNKNOWN, read_form
from search_ui.shown.related import Related
from search_ui.shown.words import calendar_href, record_href
from search_ui.views.calendar import WeekLine, WeeklyForm, WeeklyOutcome
from search_ui.views.fields import FormField
from search_ui.views.shell import Crumb
from services.finding.bookings import Calendar, bookable, bookings, calendar_of, resource_of
from services.flow.repeating import MOST_WEEKS, Repeated, Weekly, WeeklyBeginning
from services.intake.starting import may_begin

router = APIRouter(route_class=BoundedRoute)

FEED_DAYS = (31, 366)
"""So many days back and ahead a feed reaches."""


@router.get("/kinds/{kind}/calendar")
def calendar(kind: str, visitor: TheVisitor, of: str = "", week: str = "") -> HTMLResponse:
    """A week of one that can be booked by the hour, or of all by the day."""
    house, caller = visitor.desk.house, visitor.caller
    found = calendar_of(house.kinds, kind)
    monday = monday_of(_day(week) or caller.today)
    one = resource_of(house.browsing, caller, found, RecordId(of)) if of else None
    showing = WeekShowing(
        caller,
        visitor.desk.texts,
        Related(house, caller, visitor.desk.texts("record.hidden")),
        found,
        monday,
        may_book=may_begin(found.kind, caller) and (one is None or found.is_open(one)),
        may_keep=may_begin(found.resource, caller),
    )
    last = monday + timedelta(days=6)
    page = showing.page(
        bookable(house.lists.of_kinds, caller, found),
        bookings(house.lists.of_kinds, caller, found, monday, last, of=of or None),
        one,
    )
    return visitor.show("calendar", page, current=calendar_item(kind))


@router.get("/kinds/{kind}/calendar/{record}.ics")
def calendar_feed(kind: str, record: str, visitor: TheVisitor) -> Response:
    """What is booked of one, for calendar programs."""
    house, caller = visitor.desk.house, visitor.caller
    calendar = calendar_of(house.kinds, kind)
    one = resource_of(house.browsing, caller, calendar, RecordId(record))
    back, ahead = (timedelta(days=days) for days in FEED_DAYS)
    found = bookings(
        house.lists.of_kinds,
        caller,
        calendar,
        caller.today - back,
        caller.today + ahead,
        of=record,
    )
    name = title_of(calendar.resource, one) or record
    place = str(one.fields.get("place") or "")
    events = [
        Event(
            uid=f"{each.revision.record}@wenshu",
            begins=each.begins,
            ends=each.ends,
            summary=title_of(calendar.kind, each.revision),
            changed_at=each.revision.event.at,
            location=f"{name}（{place}）" if place else name,
            contact=str(each.revision.fields.get(calendar.declared.who) or ""),
            confirmed=calendar.is_settled(each),
        )
        for each in found
    ]
    return Response(feed(name, events), media_type=MEDIA_TYPE)


@router.get("/kinds/{kind}/calendar/weekly")
def weekly_form(kind: str, visitor: TheVisitor) -> HTMLResponse:
    """The form of a booking that comes back every week."""
    found, _ = _weekly_of(visitor, kind)
    return visitor.show("calendar_weekly", _form(visitor, found, visitor.request.query_params))


@router.post("/kinds/{kind}/calendar/weekly")
def weekly(kind: str, visitor: TheVisitor, form: TheForm) -> HTMLResponse:
    """Books every week that is free; tells which were left out, and why."""
    house, caller = visitor.desk.house, visitor.caller
    found, declared = _weekly_of(visitor, kind)
    values: Mapping[str, object] = {}
    weeks = text_of(form, "weeks")
    try:
        read = read_form(editable(found.kind), form, caller.organisation)
        values = read.values
        wanted = Weekly(
            found.kind,
            read.sound(),
            weeks=whole_number(weeks) or 0,
            begins=found.declared.from_,
            action=declared.send,
            undo=declared.undo,
        )
        key = text_of(form, "idempotency_key") or secrets.token_urlsafe(12)
        done = WeeklyBeginning(house.ingest, house.acting).begin(caller, wanted, key=key)
    except (Invalid, Refused, Conflict) as error:
        view = _form(visitor, found, {**values, "weeks": weeks}, error)
        return visitor.show("calendar_weekly", view, status=status_of(error))
    for revision in done.begun:
        house.settle(revision)
    outcome = _outcome(visitor, found, done)
    return visitor.show("calendar_repeated", outcome, current=calendar_item(kind))


def _weekly_of(visitor: Visitor, kind: str) -> tuple[Calendar, WeeklyDeclaration]:
    """Raises NotFound (``no_calendar``) where nothing is booked week after week."""
    found = calendar_of(visitor.desk.house.kinds, kind)
    if found.declared.weekly is None:
        raise NotFound("no_calendar", kind=kind)
    return found, found.declared.weekly


def _crumbs(visitor: Visitor, found: Calendar) -> tuple[Crumb, ...]:
    back = Crumb(found.resource.title, calendar_href(found.kind.kind))
    return (back, Crumb(visitor.desk.texts("calendar.weekly")))


def _form(
    visitor: Visitor,
    found: Calendar,
    values: Mapping[str, object],
    error: WenshuError | None = None,
) -> WeeklyForm:
    house, t, kind = visitor.desk.house, visitor.desk.texts, found.kind
    told, at = (str(tell(error)), str(error.facts.get("field", ""))) if error else ("", "")
    errors = {at: told} if at in editable(kind) else {}
    typed = str(error.facts.get("given", "")) if error and error.reason in UNKNOWN else ""
    drawn = drawing_for(house, visitor.caller, t).form(kind, values, errors=errors, typed=typed)
    weeks = FormField(
        "weeks",
        t("calendar.weeks"),
        "integer",
        str(values.get("weeks") or 4),
        required=True,
        help=t("calendar.weeks_help", most=MOST_WEEKS),
        error=told if at == "weeks" else "",
    )
    return WeeklyForm(
        crumbs=_crumbs(visitor, found),
        href=f"{calendar_href(kind.kind)}/weekly",
        back_href=calendar_href(kind.kind),
        fields=(weeks, *drawn),
        idempotency_key=secrets.token_urlsafe(12),
        problem="" if errors or at == "weeks" else told,
    )


def _outcome(visitor: Visitor, found: Calendar, done: Repeated) -> WeeklyOutcome:
    t = visitor.desk.texts
    return WeeklyOutcome(
        crumbs=_crumbs(visitor, found),
        title=t(
            "calendar.repeated" if done.skipped else "calendar.all_begun",
            begun=len(done.begun),
            skipped=len(done.skipped),
        ),
        begun=tuple(
            WeekLine(
                moment(instant_of(str(each.fields[found.declared.from_]))),
                record_href(each.record),
                found.kind.states[each.state or ""].label,
            )
            for each in done.begun
        ),
        skipped=tuple(
            WeekLine(moment(each.begins), None, tell(each.why).what) for each in done.skipped
        ),
        back_href=calendar_href(found.kind.kind),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
