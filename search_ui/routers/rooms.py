"""The calendar of rooms, its feed, and bookings week after week (HY-02, HY-04)."""

import secrets
from collections.abc import Mapping
from datetime import date, timedelta

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from gate.bounded_request import BoundedRoute
from languages.errors import tell
from records.errors import Conflict, Invalid, Refused, WenshuError
from records.fields import instant_of
from records.identity import RecordId
from search_ui.calendar_feed import MEDIA_TYPE, Event, feed
from search_ui.desk import TheForm, TheVisitor, Visitor, text_of, whole_number
from search_ui.failures import status_of
from search_ui.formats import moment
from search_ui.shown.form_fields import drawing_for, editable
from search_ui.shown.form_reading import UNKNOWN, read_form
from search_ui.shown.rooms import WeekShowing, monday_of
from search_ui.shown.words import record_href
from search_ui.views.fields import FormField
from search_ui.views.rooms import WeekLine, WeeklyForm, WeeklyOutcome
from search_ui.views.shell import Crumb
from services.finding.rooms import BOOKING, IN_USE, ROOM, bookings, room_of, rooms_in_use
from services.flow.repeating import MOST_WEEKS, Repeated, Weekly, WeeklyBeginning
from services.intake.starting import may_begin

router = APIRouter(route_class=BoundedRoute)

FEED_DAYS = (31, 366)
"""So many days back and ahead the feed of a room reaches."""


@router.get("/rooms")
def rooms(visitor: TheVisitor, room: str = "", week: str = "") -> HTMLResponse:
    """A week of one room by the hour, or of all rooms by the day."""
    house, caller = visitor.desk.house, visitor.caller
    monday = monday_of(_day(week) or caller.today)
    chosen = room_of(house.browsing, caller, RecordId(room)) if room else None
    showing = WeekShowing(
        caller,
        visitor.desk.texts,
        house.kinds.get(BOOKING),
        monday,
        may_book=may_begin(house.kinds.get(BOOKING), caller)
        and (chosen is None or chosen.state == IN_USE),
        may_keep=may_begin(house.kinds.get(ROOM), caller),
    )
    last = monday + timedelta(days=6)
    page = showing.page(
        rooms_in_use(house.lists.of_kinds, caller),
        bookings(house.lists.of_kinds, caller, monday, last, room=room or None),
        chosen,
    )
    return visitor.show("rooms", page, current="rooms")


@router.get("/rooms/{record}/calendar.ics")
def calendar(record: str, visitor: TheVisitor) -> Response:
    """What is booked in a room, for calendar programs."""
    house, caller = visitor.desk.house, visitor.caller
    room = room_of(house.browsing, caller, RecordId(record))
    back, ahead = (timedelta(days=days) for days in FEED_DAYS)
    found = bookings(
        house.lists.of_kinds, caller, caller.today - back, caller.today + ahead, room=record
    )
    name = str(room.fields.get("title") or record)
    place = str(room.fields.get("place") or "")
    events = [
        Event(
            uid=f"{each.revision.record}@wenshu",
            begins=each.begins,
            ends=each.ends,
            summary=str(each.revision.fields.get("title") or ""),
            changed_at=each.revision.event.at,
            location=f"{name}（{place}）" if place else name,
            contact=str(each.revision.fields.get("contact") or ""),
            confirmed=each.revision.state != "approval",
        )
        for each in found
    ]
    return Response(feed(name, events), media_type=MEDIA_TYPE)


@router.get("/rooms/weekly")
def weekly_form(visitor: TheVisitor) -> HTMLResponse:
    """The form of a booking that comes back every week."""
    return visitor.show("rooms_weekly", _form(visitor, visitor.request.query_params))


@router.post("/rooms/weekly")
def weekly(visitor: TheVisitor, form: TheForm) -> HTMLResponse:
    """Books every week that is free; tells which were left out, and why."""
    house, caller = visitor.desk.house, visitor.caller
    kind = house.kinds.get(BOOKING)
    values: Mapping[str, object] = {}
    weeks = text_of(form, "weeks")
    try:
        read = read_form(editable(kind), form, caller.organisation)
        values = read.values
        wanted = Weekly(
            kind,
            read.sound(),
            weeks=whole_number(weeks) or 0,
            begins="begins",
            action="submit",
            undo="cancel",
        )
        key = text_of(form, "idempotency_key") or secrets.token_urlsafe(12)
        done = WeeklyBeginning(house.ingest, house.acting).begin(caller, wanted, key=key)
    except (Invalid, Refused, Conflict) as error:
        view = _form(visitor, {**values, "weeks": weeks}, error)
        return visitor.show("rooms_weekly", view, status=status_of(error))
    for revision in done.begun:
        house.settle(revision)
    return visitor.show("rooms_repeated", _outcome(visitor, done), current="rooms")


def _form(
    visitor: Visitor, values: Mapping[str, object], error: WenshuError | None = None
) -> WeeklyForm:
    house, t = visitor.desk.house, visitor.desk.texts
    kind = house.kinds.get(BOOKING)
    told, at = (str(tell(error)), str(error.facts.get("field", ""))) if error else ("", "")
    errors = {at: told} if at in editable(kind) else {}
    typed = str(error.facts.get("given", "")) if error and error.reason in UNKNOWN else ""
    drawn = drawing_for(house, visitor.caller, t).form(kind, values, errors=errors, typed=typed)
    weeks = FormField(
        "weeks",
        t("rooms.weeks"),
        "integer",
        str(values.get("weeks") or 4),
        required=True,
        help=t("rooms.weeks_help", most=MOST_WEEKS),
        error=told if at == "weeks" else "",
    )
    return WeeklyForm(
        crumbs=(Crumb(t("nav.rooms"), "/rooms"), Crumb(t("rooms.weekly"))),
        fields=(weeks, *drawn),
        idempotency_key=secrets.token_urlsafe(12),
        problem="" if errors or at == "weeks" else told,
    )


def _outcome(visitor: Visitor, done: Repeated) -> WeeklyOutcome:
    t = visitor.desk.texts
    return WeeklyOutcome(
        crumbs=(Crumb(t("nav.rooms"), "/rooms"), Crumb(t("rooms.weekly"))),
        title=t(
            "rooms.repeated" if done.skipped else "rooms.all_begun",
            begun=len(done.begun),
            skipped=len(done.skipped),
        ),
        begun=tuple(
            WeekLine(
                moment(instant_of(str(each.fields["begins"]))),
                record_href(each.record),
                visitor.desk.house.kinds.of(each).states[each.state or ""].label,
            )
            for each in done.begun
        ),
        skipped=tuple(
            WeekLine(moment(each.begins), None, tell(each.why).what) for each in done.skipped
        ),
        back_href="/rooms",
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
