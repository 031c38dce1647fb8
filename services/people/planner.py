"""工作助手 (GT-09): notes, appointments and plans that a person keeps for himself alone.

Each is a name in the store, ``planner/LOGIN/SHELF/ITEM/VERSION``, whose value never changes; its
shelf tells sort and day, so that a page reads what it shows and no more. A change takes the next
version and only then gives the earlier one back: of two windows one wins at most and the other is
told, and a crash in between loses nothing.
When to remind of one is noted before it is written, for a kill in between, and after it, since
whoever reminds gives back what nothing stands for; it is judged by the item.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache

from records.errors import Conflict, Invalid, NotFound
from records.identity import Login
from records.ports.claims import Claims
from records.ports.identities import Identities
from records.times.deadlines import is_over
from services.people.appointment_times import note_time
from services.people.caller import Caller
from services.people.planner_item import ItemSort, PlannerItem

MOST = 2_000
"""Items of one person: ten years of appointments, four a week."""

LONGEST_NOTE = 2_000
LONGEST_LINE = 200
MOST_YEARS = 20
"""So far back and ahead a day may lie: what is beyond is a slip of the pen."""

_REMEMBERED = 5_000
_DONE = "done"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to stand in an item, as it was typed; an empty day or time is none."""

    sort: str
    text: str
    on: str = ""
    begins: str = ""
    ends: str = ""
    done: bool = False


@dataclass(frozen=True, slots=True)
class _Name:
    """Where an item stands in the store; all that is known of it without reading it."""

    login: Login
    shelf: str
    item: str
    version: int

    @classmethod
    def of(cls, text: str) -> "_Name":
        _, login, shelf, item, version = text.split("/")
        return cls(Login(login), shelf, item, int(version))

    @property
    def text(self) -> str:
        return f"planner/{self.login}/{self.shelf}/{self.item}/{self.version:09d}"

    @property
    def word(self) -> str:
        """What it is: note, appointment, plan, or done of a plan that is."""
        return self.shelf.partition("_")[0]

    @property
    def on(self) -> date | None:
        day = self.shelf.partition("_")[2]
        return date.fromisoformat(day) if day else None


class Planner:
    """Keeps the items of everybody; nobody sees those of another, whatever his office."""

    def __init__(self, claims: Claims, identities: Identities) -> None:
        self._claims = claims
        self._identities = identities
        self._remembered = lru_cache(_REMEMBERED)(self._read)

    def between(
        self, login: Login, first: date, last: date, *, undated: bool = True
    ) -> tuple[PlannerItem, ...]:
        """His of these days, by day and time; before them those without a day, as they were made.

        One listing, and a read for each that is not remembered.
        """

        def wanted(name: _Name) -> bool:
            return undated if name.on is None else first <= name.on <= last

        return self._of(login, wanted)

    def for_today(self, login: Login, today: date) -> tuple[PlannerItem, ...]:
        """Appointments of today, and plans not done whose day is today or over."""

        def wanted(name: _Name) -> bool:
            if name.on is None or name.word == _DONE:
                return False
            return name.on == today or (name.word == ItemSort.PLAN and is_over(name.on, today))

        return self._of(login, wanted)

    def plans(self, login: Login) -> tuple[PlannerItem, ...]:
        """All plans that are not done, of whatever day."""
        return self._of(login, lambda name: name.word == ItemSort.PLAN)

    def find(self, login: Login, item: str) -> PlannerItem:
        """One of his. Raises NotFound (``no_such_item``)."""
        found = self.look(login, item)
        if found is None:
            raise NotFound("no_such_item", item=item)
        return found

    def look(self, login: Login, item: str) -> PlannerItem | None:
        """One of his as it stands; None for one that he dropped."""
        return self.look_at(login, {item}).get(item)

    def look_at(self, login: Login, items: Collection[str]) -> Mapping[str, PlannerItem]:
        """Those of his that stand, by one listing."""
        if not items:
            return {}
        return {each.id: each for each in self._of(login, lambda name: name.item in items)}

    def timed(self) -> Iterator[tuple[Login, PlannerItem]]:
        """Everybody's appointments, to see whether each is noted where one reminds of it."""
        for name in map(_Name.of, self._claims.names("planner/")):
            item = self._value(name.text) if name.word == ItemSort.APPOINTMENT else None
            if item is not None:
                yield name.login, item

    def add(self, caller: Caller, wanted: Wanted) -> PlannerItem:
        """A new one. Raises Invalid (``too_many_items``, and as `change`)."""
        login = caller.person.login
        made = _item(wanted, caller, id_=str(self._identities.record_id()), version=1)
        if len({name.item for name in self._names(login)}) >= MOST:
            raise Invalid("too_many_items", most=MOST, field="text")
        note_time(self._claims, login, made, now=caller.now)
        self._claims.take(_name(login, made).text, made.model_dump_json().encode())
        note_time(self._claims, login, made, now=caller.now)
        return made

    def change(self, caller: Caller, item: str, version: int, wanted: Wanted) -> PlannerItem:
        """The item with other words, day or times; `version` is the one that he had before him.

        Raises NotFound (``no_such_item``), Conflict (``item_changed``), Invalid
        (``no_item_text``, ``too_long``, ``bad_item_day``, ``bad_item_time``,
        ``item_ends_before``, ``unknown_item_sort``).
        """
        login = caller.person.login
        before = self.find(login, item)
        made = _item(wanted, caller, id_=item, version=version + 1)
        if before.version != version:
            raise Conflict("item_changed", item=item)
        note_time(self._claims, login, made, now=caller.now)
        after = made.model_copy(update={"at": before.at, "changed_at": caller.now})
        replaced = self._replaced(login, after)
        note_time(self._claims, login, made, now=caller.now)
        return replaced

    def mark(self, login: Login, item: str, *, done: bool) -> PlannerItem:
        """Done, or to be done again. Raises NotFound (``no_such_item``), Conflict as `change`."""
        before = self.find(login, item)
        if before.done is done or before.sort is not ItemSort.PLAN:
            return before
        after = before.model_copy(update={"done": done, "version": before.version + 1})
        return self._replaced(login, after)

    def drop(self, login: Login, item: str) -> None:
        """It goes; nothing happens where there is none."""
        for name in self._names_of(login, item):
            self._claims.free(name.text)

    def _replaced(self, login: Login, after: PlannerItem) -> PlannerItem:
        mine = _name(login, after)
        if self._claims.take(mine.text, after.model_dump_json().encode()) is not None:
            raise Conflict("item_changed", item=after.id)
        names = self._names_of(login, after.id)
        if any(name != mine and name.version >= mine.version for name in names):
            self._claims.free(mine.text)  # others went on, or to another day, at the same time
            raise Conflict("item_changed", item=after.id)
        for name in names:
            if name != mine:
                self._claims.free(name.text)
        return after

    def _of(self, login: Login, wanted: Callable[[_Name], bool]) -> tuple[PlannerItem, ...]:
        newest: dict[str, _Name] = {}
        for name in self._names(login):
            if name.item not in newest or newest[name.item].version < name.version:
                newest[name.item] = name
        found = (self._value(name.text) for name in newest.values() if wanted(name))
        return tuple(sorted((each for each in found if each is not None), key=_place))

    def _names(self, login: Login) -> Iterator[_Name]:
        return map(_Name.of, self._claims.names(f"planner/{login}/"))

    def _names_of(self, login: Login, item: str) -> list[_Name]:
        """All versions of one that are there, the newest last: one, unless somebody is at it."""
        found = [name for name in self._names(login) if name.item == item]
        return sorted(found, key=lambda name: name.version)

    def _value(self, name: str) -> PlannerItem | None:
        """What stands under the name; that nothing does is not remembered: it may come back."""
        try:
            return self._remembered(name)
        except NotFound:
            return None

    def _read(self, name: str) -> PlannerItem:
        value = self._claims.read(name)
        if value is None:
            raise NotFound("no_such_item", item=name)
        return PlannerItem.model_validate_json(value)


def _name(login: Login, item: PlannerItem) -> _Name:
    word = _DONE if item.done else str(item.sort)
    return _Name(login, f"{word}_{item.on.isoformat() if item.on else ''}", item.id, item.version)


def _place(item: PlannerItem) -> tuple[date, time, datetime]:
    return (item.on or date.min, item.begins or time.min, item.at)


def _item(wanted: Wanted, caller: Caller, *, id_: str, version: int) -> PlannerItem:
    if wanted.sort not in set(ItemSort):
        allowed = tuple(ItemSort)
        raise Invalid("unknown_item_sort", given=wanted.sort, allowed=allowed, field="sort")
    sort = ItemSort(wanted.sort)
    dated, timed = sort is not ItemSort.NOTE, sort is ItemSort.APPOINTMENT
    begins, ends = (
        _time(each, name) if timed else None
        for each, name in ((wanted.begins, "begins"), (wanted.ends, "ends"))
    )
    if ends is not None and (begins is None or ends <= begins):
        raise Invalid("item_ends_before", field="ends")
    return PlannerItem(
        id=id_,
        version=version,
        sort=sort,
        text=_text(wanted.text, sort),
        on=_day(wanted.on, caller.today, required=timed) if dated else None,
        begins=begins,
        ends=ends,
        done=wanted.done and sort is ItemSort.PLAN,
        at=caller.now,
    )


def _text(text: str, sort: ItemSort) -> str:
    lines = text.replace("\r\n", "\n").split("\n") if sort is ItemSort.NOTE else [text]
    written = ("".join(c if c.isprintable() else " " for c in line).rstrip() for line in lines)
    clean = "\n".join(written).strip()
    if not clean:
        raise Invalid("no_item_text", field="text")
    most = LONGEST_NOTE if sort is ItemSort.NOTE else LONGEST_LINE
    if len(clean) > most:
        raise Invalid("too_long", field="text", label="内容", max=most, given=len(clean))
    return clean


def _day(text: str, today: date, *, required: bool) -> date | None:
    if not text and not required:
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError as error:
        raise Invalid("bad_item_day", given=text, years=MOST_YEARS, field="on") from error
    if abs(found.year - today.year) > MOST_YEARS:
        raise Invalid("bad_item_day", given=text, years=MOST_YEARS, field="on")
    return found


def _time(text: str, field: str) -> time | None:
    if not text:
        return None
    try:
        return datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007 - no day, no zone
    except ValueError as error:
        raise Invalid("bad_item_time", given=text, field=field) from error
