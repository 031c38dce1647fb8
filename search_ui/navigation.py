"""Where a person can go, and what waits for him there: the frame of every page."""

from languages.errors import tell
from records.errors import Unavailable
from records.people.roles import Power
from records.schema.kind import Kinds
from search_ui.modules import modules
from search_ui.navigation_numbers import Counts, NavigationNumbers
from search_ui.shown.words import calendar_href, kind_icon
from search_ui.views.shell import Flash, NavigationGroup, NavigationItem, PersonLine, Shell
from services.administration.scope import scope_of
from services.house import House
from services.intake.starting import may_begin
from services.people.caller import Caller


def shell_for(
    house: House,
    caller: Caller,
    *,
    organisation: str,
    current: str,
    query: str,
    flashes: tuple[Flash, ...],
    numbers: NavigationNumbers,
) -> Shell:
    """The frame around a page for this caller."""
    counts = Counts()
    try:
        counts = numbers.known(house, caller)
    except Unavailable as error:  # what can be read without the index goes on being read
        told = tell(error)
        flashes = (*flashes, Flash("warning", told.what, told.advice))
    return Shell(
        organisation=organisation,
        person=person_line(caller),
        now=caller.now,
        navigation=_navigation(house, caller, counts),
        current=current,
        begins=_begins(house.kinds, caller),
        query=query,
        unread=counts.messages,
        flashes=flashes,
    )


def calendar_item(kind: str) -> str:
    """The item that is marked on the calendar of a kind."""
    return "rooms" if kind == _ROOMS else f"kind-{kind}"


_ROOMS = "room_booking"


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


def _navigation(house: House, caller: Caller, counts: Counts) -> tuple[NavigationGroup, ...]:
    everyone = NavigationGroup(
        "",
        (
            NavigationItem("home", "/", "home"),
            NavigationItem("search", "/search", "search"),
            NavigationItem("tasks", "/tasks", "list-check", counts.tasks),
            NavigationItem("notices", "/notices", "speakerphone", counts.notices),
            NavigationItem("rooms", calendar_href(_ROOMS), "calendar"),
            NavigationItem("directory", "/directory", "users"),
            NavigationItem("archive", "/archive", "file-text"),
            NavigationItem("drive", "/drive", "cloud"),
            NavigationItem("assistant", "/assistant", "clock"),
            NavigationItem("favourites", "/favourites", "star"),
            NavigationItem("upload", "/upload", "upload"),
        ),
    )
    groups = (everyone, *modules(house.kinds, caller))
    words = NavigationItem("dictionaries", "/dictionaries", "table")
    offered = (
        (NavigationItem("people", "/people", "sitemap"), scope_of(caller) is not None),
        (words, house.dictionaries.keeps_any(caller)),
        (NavigationItem("stranded", "/stranded", "users"), caller.may(Power.HAND_OVER)),
        (NavigationItem("numbers", "/numbers", "table"), house.numbers.is_open_to(caller)),
        (NavigationItem("words", "/words", "list-check"), caller.may(Power.WORDS)),
        (NavigationItem("parameters", "/parameters", "edit"), caller.may(Power.PARAMETERS)),
        (NavigationItem("tokens", "/tokens", "key"), caller.may(Power.TOKENS)),
        (NavigationItem("monitor", "/monitor", "activity"), caller.may(Power.WATCH)),
        (NavigationItem("duplicates", "/duplicates", "list-check"), caller.may(Power.WATCH)),
        (NavigationItem("access", "/access", "lock"), caller.may(Power.EXPLAIN)),
    )
    kept = tuple(item for item, may in offered if may)
    return (*groups, NavigationGroup("administration", kept)) if kept else groups
