"""Where a person can go, and what waits for him there: the frame of every page."""

from languages.errors import tell
from records.errors import Unavailable
from records.schema.kind import Kinds
from search_ui.badges import Badges, Counts
from search_ui.modules import modules
from search_ui.shown.words import kind_icon
from search_ui.views.shell import Flash, NavigationGroup, NavigationItem, PersonLine, Shell
from services.administration.access_explained import OFFICER
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
    badges: Badges,
) -> Shell:
    """The frame around a page for this caller."""
    counts = Counts()
    try:
        counts = badges.known(house, caller)
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
            NavigationItem("rooms", "/rooms", "calendar"),
            NavigationItem("archive", "/archive", "file-text"),
            NavigationItem("drive", "/drive", "cloud"),
            NavigationItem("assistant", "/assistant", "clock"),
            NavigationItem("favourites", "/favourites", "star"),
            NavigationItem("upload", "/upload", "upload"),
        ),
    )
    groups = (everyone, *modules(house.kinds, caller))
    words = NavigationItem("dictionaries", "/dictionaries", "table")
    numbers = NavigationItem("numbers", "/numbers", "table")
    if not caller.has_role("administrator"):
        keeps_people, keeps_words = scope_of(caller), house.dictionaries.keeps_any(caller)
        people = NavigationItem("people", "/people", "sitemap")
        access = NavigationItem("access", "/access", "lock")
        some = (
            (people, keeps_people),
            (words, keeps_words),
            (access, caller.has_role(OFFICER)),
            (numbers, house.numbers.is_open_to(caller)),
        )
        kept_ones = tuple(item for item, keeps in some if keeps)
        return (*groups, NavigationGroup("administration", kept_ones)) if kept_ones else groups
    kept = NavigationGroup(
        "administration",
        (
            NavigationItem("people", "/people", "sitemap"),
            words,
            NavigationItem("stranded", "/stranded", "users"),
            numbers,
            NavigationItem("parameters", "/parameters", "edit"),
            NavigationItem("tokens", "/tokens", "key"),
            NavigationItem("monitor", "/monitor", "activity"),
            NavigationItem("check", "/check", "stethoscope"),
        ),
    )
    return (*groups, kept)
