"""消息提醒: what a person is told, newest first; the bell; where else he wants it (M13)."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from gate.bounded_request import BoundedRoute
from languages.errors import tell
from languages.notices import MATTERS, URGENT, sentence
from records.consequences.effects import About
from records.errors import Invalid, Refused, Unavailable
from search_ui.desk import TheDesk, TheForm, TheVisitor, Visitor, text_of, texts_of, visitor_of
from search_ui.shown.person.month import HERE as ASSISTANT
from search_ui.shown.rows import record_row
from search_ui.views.notifications import FoundPage, NotificationRow, NotificationsPage, WayForm
from search_ui.views.shell import Badge, Choice, Tone
from services.notifications.notice_reader import ReadableNotice
from services.notifications.ways import CHANNELS

router = APIRouter(route_class=BoundedRoute)

HERE = "/notifications"
PAGE_SIZE = 30


@router.get(HERE)
def notifications(visitor: TheVisitor, after: str = "") -> HTMLResponse:
    """A page of the stream."""
    return visitor.show("notifications", _page(visitor, after), current="notifications")


@router.get(HERE + "/bell")
def bell(request: Request, desk: TheDesk) -> Response:
    """The bell and the numbers of the navigation, as pages ask for them every half minute.

    Nothing for who is not signed in, and none while the index is away.

    A page that stands open when the session ends keeps its bell, and all that is typed into it.
    """
    try:
        visitor = visitor_of(request, desk)
        return numbers(visitor)
    except (Refused, Unavailable):
        return Response(status_code=204)


def numbers(visitor: Visitor) -> HTMLResponse:
    """What changes about the frame of a page that stands. Raises Unavailable."""
    counts = visitor.desk.numbers.counted(visitor.desk.house, visitor.caller)
    return HTMLResponse(visitor.desk.pages.part("bell", "numbers", counts))


@router.post(HERE + "/read")
def read_all(visitor: TheVisitor) -> Response:
    """Everything was read."""
    visitor.desk.house.notices.mark_read(visitor.caller, None)
    return visitor.go(HERE)


@router.get(HERE + "/{notice}")
def follow(notice: str, visitor: TheVisitor) -> Response:
    """To the record that a notice is about, the list of several, the day of an appointment."""
    found = visitor.desk.house.notices.one(visitor.caller, notice)
    if found is None:
        return visitor.go(HERE)
    if found.item is not None:
        return visitor.go(f"{ASSISTANT}?day={found.item.on}")
    if len(found.readable) == 1:
        return visitor.go(f"/records/{found.readable[0].record}")
    kinds, t = visitor.desk.house.kinds, visitor.desk.texts
    page = FoundPage(
        title=found.search or t("notification.found"),
        rows=tuple(record_row(each, kinds) for each in found.readable),
        back_href=HERE,
    )
    return visitor.show("found_records", page, current="notifications")


@router.post(HERE + "/ways")
def choose_way(visitor: TheVisitor, form: TheForm) -> Response:
    """Sets which matters reach the person elsewhere as well, and where."""
    chosen = {about for about in About if about in texts_of(form, "about")}
    login, channel = visitor.caller.person.login, text_of(form, "channel")
    try:
        ways = visitor.desk.house.ways
        ways.choose(login, channel, text_of(form, "address").strip(), chosen)
    except Invalid as error:
        page = _page(visitor, "", problem=str(tell(error)))
        return visitor.show("notifications", page, current="notifications", status=422)
    return visitor.go(HERE, told=visitor.desk.texts("notification.kept"))


def _page(visitor: Visitor, after: str, *, problem: str = "") -> NotificationsPage:
    notices = visitor.desk.house.notices
    found, following = notices.page(visitor.caller, after=after or None, size=PAGE_SIZE)
    return NotificationsPage(
        rows=tuple(_row(each, visitor) for each in found),
        unread=notices.unread(visitor.caller),
        next_href=f"{HERE}?after={following}" if following else None,
        ways=tuple(_way(channel, visitor) for channel in CHANNELS),
        problem=problem,
    )


def _row(each: ReadableNotice, visitor: Visitor) -> NotificationRow:
    notice = each.notice
    tone: Tone = "danger" if notice.about in URGENT else "info"
    return NotificationRow(
        href=f"{HERE}/{notice.id}",
        matter=Badge(MATTERS[notice.about], tone),
        text=sentence(notice.about, each.title, count=len(each.readable), more=each.more),
        search=each.search,
        by=visitor.caller.organisation.name_of(notice.by),
        at=notice.at,
        read=notice.is_read,
    )


def _way(channel: str, visitor: Visitor) -> WayForm:
    t, way = visitor.desk.texts, visitor.desk.house.ways.of(visitor.caller.person.login, channel)
    wanted = way.about if way is not None else frozenset[About]()
    return WayForm(
        channel=channel,
        label=t(f"notification.{channel}"),
        help=t(f"notification.{channel}_help"),
        address=way.address if way is not None else "",
        matters=tuple(Choice(about, MATTERS[about], chosen=about in wanted) for about in About),
    )
