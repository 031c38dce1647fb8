"""What a person is told (M13)."""

from datetime import datetime

from fastapi import APIRouter, Query
from pydantic import Field

from api.access import TheCaller, TheHouse
from api.requests import Wire
from gate.bounded_request import BoundedRoute
from languages.notices import sentence
from records.consequences.effects import About
from records.errors import NotFound
from records.identity import Login
from services.notifications.notice_reader import ReadableNotice
from services.notifications.ways import CHANNELS

router = APIRouter(prefix="/api/v1/notifications", tags=["notifications"], route_class=BoundedRoute)


class NotificationShape(Wire):
    """One notice about a record that the caller may read now, or an appointment of his own.

    Of what a subscribed search found, `search` is its target, `records` what was found: of a page
    the first ten of each, `more` when there are others, of one notice all.
    """

    id: str
    about: About
    text: str
    record: str | None
    appointment: str | None
    title: str
    by: str
    at: datetime
    read: bool
    search: str | None
    records: list[str]
    more: bool


class NotificationsAnswer(Wire):
    """A page of the stream; `unread` counts the newest hundred, `next` goes on."""

    unread: int
    notifications: list[NotificationShape]
    next: str | None


class ReadRequest(Wire):
    """Which notices were read; all when none are named."""

    notifications: list[str] | None = Field(default=None, max_length=500)


class WayShape(Wire):
    """Where notices reach the caller besides, and about what; nothing to take it back."""

    address: str = Field(default="", max_length=254)
    about: list[About] = Field(default=[])


@router.get("")
def listed(
    caller: TheCaller,
    house: TheHouse,
    size: int = Query(default=30, ge=1, le=100),
    after: str | None = Query(default=None, max_length=100),
) -> NotificationsAnswer:
    """The newest first, or those behind `after`."""
    found, following = house.notices.page(caller, after=after, size=size)
    return NotificationsAnswer(
        unread=house.notices.unread(caller),
        notifications=[_shape(each) for each in found],
        next=following,
    )


@router.post("/read", status_code=204)
def mark_read(given: ReadRequest, caller: TheCaller, house: TheHouse) -> None:
    """Mark as read."""
    house.notices.mark_read(caller, given.notifications)


@router.get("/ways")
def ways(caller: TheCaller, house: TheHouse) -> dict[str, WayShape]:
    """Where else the caller is told, by channel."""
    login = caller.person.login
    found = {channel: house.ways.of(login, channel) for channel in CHANNELS}
    return {
        channel: WayShape(address=way.address, about=sorted(way.about))
        for channel, way in found.items()
        if way is not None
    }


@router.put("/ways/{channel}", status_code=204)
def choose_way(channel: str, given: WayShape, caller: TheCaller, house: TheHouse) -> None:
    """Choose where else to be told, or take it back with no matters."""
    house.ways.choose(Login(caller.person.login), channel, given.address, set(given.about))


@router.get("/{notice}")
def one(notice: str, caller: TheCaller, house: TheHouse) -> NotificationShape:
    """One notice with all that it is about; it is read with that."""
    found = house.notices.one(caller, notice)
    if found is None:
        raise NotFound("unknown_notice")
    return _shape(found)


def _shape(each: ReadableNotice) -> NotificationShape:
    notice = each.notice
    return NotificationShape(
        id=notice.id,
        about=notice.about,
        text=sentence(notice.about, each.title, count=len(each.readable), more=each.more),
        record=each.readable[0].record if each.readable else None,
        appointment=notice.item or None,
        title=each.title,
        by=notice.by,
        at=notice.at,
        read=notice.is_read,
        search=notice.search or None,
        records=[revision.record for revision in each.readable],
        more=each.more,
    )
