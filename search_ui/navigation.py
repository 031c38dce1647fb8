"""Where a person can go, and what waits for him there: the frame of every page."""

from languages.errors import tell
from records.errors import Unavailable
from records.kind import Kinds
from search_ui.shown.words import kind_icon
from search_ui.views.shell import Flash, NavigationGroup, NavigationItem, PersonLine, Shell
from services.finding.own_records import FILE, FOLDER
from services.finding.worklists import Worklist
from services.house import House
from services.intake.starting import may_begin, takes_part
from services.people.caller import Caller


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
        waiting = house.lists.of_work.totals(caller, [Worklist.WAITING])[Worklist.WAITING]
        unread = house.lists.notices.unread(caller)
    except Unavailable as error:  # what can be read without the index goes on being read
        waiting = unread = 0
        told = tell(error)
        flashes = (*flashes, Flash("warning", told.what, told.advice))
    return Shell(
        organisation=organisation,
        person=person_line(caller),
        now=caller.now,
        navigation=_navigation(house.kinds, caller, waiting, unread),
        current=current,
        begins=_begins(house.kinds, caller),
        query=query,
        unread=house.notices.unread(caller),
        flashes=flashes,
    )


def person_line(caller: Caller) -> PersonLine:
    """The caller as pages name him."""
    person = caller.person
    unit = caller.organisation.unit_name(person.unit)
    return PersonLine(person.login, person.name, unit, "、".join(person.posts))


def _begins(kinds: Kinds, caller: Caller) -> tuple[NavigationItem, ...]:
    """Kinds that have a form of their own to begin with."""
    return tuple(
        NavigationItem(kind.kind, f"/records/new/{kind.kind}", kind_icon(kind), label=kind.title)
        for kind in kinds
        if kind.has_flow and may_begin(kind, caller)
    )


def _navigation(
    kinds: Kinds, caller: Caller, waiting: int, unread: int
) -> tuple[NavigationGroup, ...]:
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
    lists = tuple(
        NavigationItem(
            f"kind-{kind.kind}", f"/kinds/{kind.kind}", kind_icon(kind), label=kind.title
        )
        for kind in kinds
        if takes_part(kind, caller) and kind.kind not in (FOLDER, FILE)
    )
    groups = (everyone, NavigationGroup("lists", lists)) if lists else (everyone,)
    if not caller.has_role("administrator"):
        return groups
    kept = NavigationGroup(
        "administration",
        (
            NavigationItem("people", "/people", "sitemap"),
            NavigationItem("dictionaries", "/dictionaries", "table"),
            NavigationItem("numbers", "/numbers", "table"),
            NavigationItem("monitor", "/monitor", "activity"),
            NavigationItem("check", "/check", "stethoscope"),
        ),
    )
    return (*groups, kept)
