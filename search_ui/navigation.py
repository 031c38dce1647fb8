"""Where a person can go, and what waits for him there: the frame of every page."""

from languages.errors import tell
from records.errors import Unavailable
from records.flow.declarations import ReadBy
from records.kind import Kinds
from records.revision import Revision
from records.search import Narrowing, SortOrder
from search_ui.views.shell import Flash, NavigationGroup, NavigationItem, PersonLine, Shell
from services.house import House
from services.people.caller import Caller

COUNTED = 30
"""Newest notices that are looked at for the number of unread ones."""


def shell_for(
    house: House,
    caller: Caller,
    *,
    organisation: str,
    current: str,
    query: str,
    flashes: tuple[Flash, ...],
) -> Shell:
    """The frame around a page for this caller."""
    try:
        waiting, _ = house.searching.waiting(caller, limit=1)
        unread = len(unread_notices(house, caller))
    except Unavailable as error:  # what can be read without the index goes on being read
        waiting = unread = 0
        told = tell(error)
        flashes = (*flashes, Flash("warning", told.what, told.advice))
    return Shell(
        organisation=organisation,
        person=person_line(caller),
        now=caller.now,
        navigation=_navigation(caller, waiting, unread),
        current=current,
        query=query,
        unread=unread,
        flashes=flashes,
    )


def person_line(caller: Caller) -> PersonLine:
    """The caller as pages name him."""
    person = caller.person
    unit = caller.organisation.unit_name(person.unit)
    return PersonLine(person.login, person.name, unit, "、".join(person.posts))


def published_notices(
    house: House, caller: Caller, *, offset: int = 0, limit: int = COUNTED
) -> tuple[int, tuple[Revision, ...]]:
    """What was published to the caller and still holds, newest first."""
    narrowing = Narrowing(audience_wide=True, states=standing_states(house.kinds))
    return house.searching.listed(
        caller, narrowing, sort=SortOrder.DATE, offset=offset, limit=limit
    )


def standing_states(kinds: Kinds) -> tuple[str, ...]:
    """States read by an audience that something leads out of: published, but not run out."""
    return tuple(
        name
        for kind in kinds
        for name, state in kind.states.items()
        if state.read is ReadBy.AUDIENCE
        and any(name in action.from_ for action in kind.actions.values())
    )


def unread_notices(house: House, caller: Caller) -> tuple[Revision, ...]:
    """Notices of others, among the newest, that the caller has not opened."""
    _, notices = published_notices(house, caller)
    return tuple(
        notice
        for notice in notices
        if notice.owner != caller.person.login
        and not house.browsing.has_noticed(caller, notice.record)
    )


def _navigation(caller: Caller, waiting: int, unread: int) -> tuple[NavigationGroup, ...]:
    everyone = NavigationGroup(
        "",
        (
            NavigationItem("home", "/", "home"),
            NavigationItem("search", "/search", "search"),
            NavigationItem("tasks", "/tasks", "list-check", waiting),
            NavigationItem("notices", "/notices", "speakerphone", unread),
            NavigationItem("rooms", "/rooms", "calendar"),
            NavigationItem("drive", "/drive", "cloud"),
            NavigationItem("upload", "/upload", "upload"),
        ),
    )
    if not caller.has_role("administrator"):
        return (everyone,)
    kept = NavigationGroup(
        "administration",
        (
            NavigationItem("people", "/people", "sitemap"),
            NavigationItem("dictionaries", "/dictionaries", "table"),
            NavigationItem("monitor", "/monitor", "activity"),
            NavigationItem("check", "/check", "stethoscope"),
        ),
    )
    return (everyone, kept)
