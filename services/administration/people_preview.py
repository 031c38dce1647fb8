"""What a people file would change, and all that is wrong with it, before it is taken (SY-02)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from records.errors import Invalid, WenshuError
from records.people.organisation import Organisation, Person
from records.people.organisation_check import check_person, checked
from records.people.people_rows import PeopleRows
from records.people.unit_tree import Unit
from records.ports.clock import Clock
from services.administration.people_drafts import PeopleDrafts
from services.administration.scope import refuse_beyond, scope_needed
from services.intake.staging import StagedFile
from services.people.caller import Caller
from services.people.organisation_book import merged
from services.people.people_file import Loaded, PeopleLoader, refuse_many_passwords
from services.people.rights_news import rights_of

MOST_ROWS = 3_000
"""Rows of one file: each that changes somebody is told to him, some 20 ms; a request lasts a minute
at most. The command line takes any number."""

Read = Callable[[Path, str], PeopleRows]
"""The rows of a file under its own name."""


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong with one row; row 0 is the file as a whole."""

    table: str
    row: int
    error: WenshuError


@dataclass(frozen=True, slots=True)
class RowChange:
    """What one row does: somebody or something new, or what differs; `was` is empty for new."""

    table: str
    row: int
    name: str
    lines: tuple[tuple[str, str, str], ...]
    """What, was, will be."""
    new: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """A file as it was looked at; `id` takes it into effect."""

    id: str
    faults: tuple[RowFault, ...]
    changes: tuple[RowChange, ...]
    rows: int

    @property
    def same(self) -> int:
        """Rows that change nothing."""
        return max(0, self.rows - len(self.changes)) if not self.faults else 0


class PeopleFiles:
    """Looks at people files of administrators, and takes them."""

    def __init__(
        self,
        drafts: PeopleDrafts,
        loader: PeopleLoader,
        *,
        read: Read,
        clock: Clock,
    ) -> None:
        self._drafts = drafts
        self._loader = loader
        self._read = read
        self._clock = clock

    def look(self, caller: Caller, file: StagedFile, name: str) -> Preview:
        """What the file would change. Raises Refused, Invalid for a file that is none.

        Raises Invalid (``too_many_rows`` for more than `MOST_ROWS`, ``too_many_passwords``).
        """
        scope_needed(caller)
        rows = self._read(file.path, name)
        count = len(rows.units) + len(rows.people)
        if count > MOST_ROWS:
            raise Invalid("too_many_rows", most=MOST_ROWS, given=count)
        refuse_many_passwords(rows)
        kept = self._drafts.keep(caller.person.login, rows)
        return self._preview(caller, kept, rows)

    def again(self, caller: Caller, kept: str) -> Preview:
        """The same of one that was looked at. Raises NotFound (``no_people_draft``)."""
        return self._preview(caller, kept, self._drafts.read(caller.person.login, kept))

    def take(self, caller: Caller, kept: str) -> Loaded:
        """Take it, whole or not at all. Raises as `again`, and what speaks against it."""
        scope_needed(caller)
        loaded = self._loader.load_for(caller, self._drafts.read(caller.person.login, kept))
        self._drafts.drop(caller.person.login, kept)
        return loaded

    def _preview(self, caller: Caller, kept: str, rows: PeopleRows) -> Preview:
        units, unit_faults = self._parsed(rows, "units")
        people, people_faults = self._parsed(rows, "people")
        faults = [*unit_faults, *people_faults]
        found_units = tuple(each for _, each in units if isinstance(each, Unit))
        found_people = tuple((row, each) for row, each in people if isinstance(each, Person))
        before = caller.organisation
        faults += _against(caller, before, units, found_units, found_people)
        changes: tuple[RowChange, ...] = ()
        if not faults:
            after = merged(
                before, found_units, tuple(each for _, each in found_people), at=self._clock.now()
            )
            try:
                checked(after, before=before)
            except Invalid as error:
                faults.append(RowFault("", 0, error))
            else:
                changes = tuple(_changes(before, after, units, found_people))
        order = {"": 0, "units": 1, "people": 2}
        faults.sort(key=lambda each: (order[each.table], each.row))
        return Preview(kept, tuple(faults), changes, len(rows.units) + len(rows.people))

    def _parsed(
        self, rows: PeopleRows, table: str
    ) -> tuple[list[tuple[int, Unit | Person]], list[RowFault]]:
        found: list[tuple[int, Unit | Person]] = []
        faults: list[RowFault] = []
        for number, row in enumerate(getattr(rows, table), start=1):
            try:
                found.append((number, self._loader.parsed(table, row, number)))
            except Invalid as error:
                faults.append(RowFault(table, number, error))
        return found, faults


def _against(
    caller: Caller,
    before: Organisation,
    units: Sequence[tuple[int, Unit | Person]],
    found_units: tuple[Unit, ...],
    people: Sequence[tuple[int, Person]],
) -> Iterator[RowFault]:
    """What speaks against each row by itself, once its cells are read."""
    codes = {unit.code for unit in (*before.units, *found_units)}
    named: dict[str, set[str]] = {"units": set(), "people": set()}
    for number, each in (*units, *people):
        table, name = (
            ("units", str(each.code)) if isinstance(each, Unit) else ("people", each.login)
        )
        try:
            if name in named[table]:
                reason = "repeated_unit" if table == "units" else "repeated_person"
                raise Invalid(reason, given=name)
            named[table].add(name)
            if isinstance(each, Person):
                check_person(each, codes, before.roles, had=before.find_person(each.login))
                refuse_beyond(caller, before, found_units, (each,))
            else:
                for other in (each.parent, each.merged_into):
                    if other is not None and other not in codes:
                        raise Invalid("unknown_unit", unit=other, named_by=each.code)
                refuse_beyond(caller, before, (each,), ())
        except WenshuError as error:
            yield RowFault(table, number, error)


def _changes(
    before: Organisation,
    after: Organisation,
    units: Sequence[tuple[int, Unit | Person]],
    people: Sequence[tuple[int, Person]],
) -> Iterator[RowChange]:
    for number, unit in units:
        if isinstance(unit, Unit):
            known = before.unit(unit.code) if before.has_unit(unit.code) else None
            lines = tuple(_unit_lines(before, after, known, unit))
            if known is None or lines:
                yield RowChange("units", number, unit.name, lines, new=known is None)
    for number, person in people:
        was = before.find_person(person.login)
        then = rights_of(before, was) if was else ()
        now = rights_of(after, person)
        differing = [
            (label, then[place][1] if then else "", has)
            for place, (label, has) in enumerate(now)
            if not then or then[place][1] != has
        ]
        if was is not None and was.name != person.name:
            differing.insert(0, ("姓名", was.name, person.name))
        if differing:
            name = f"{person.name}（{person.login}）"
            yield RowChange("people", number, name, tuple(differing), new=was is None)


def _unit_lines(
    before: Organisation, after: Organisation, known: Unit | None, unit: Unit
) -> Iterator[tuple[str, str, str]]:
    told = (
        ("名称", known.name if known else "", unit.name),
        ("级别", (known.level if known else "") or "", unit.level or ""),
        ("上级", _name(before, known.parent if known else None), _name(after, unit.parent)),
        ("流程方案", (known.profile if known else "") or "", unit.profile or ""),
        (
            "并入",
            _name(before, known.merged_into if known else None),
            _name(after, unit.merged_into),
        ),
    )
    yield from ((label, was, now) for label, was, now in told if was != now)


def _name(organisation: Organisation, code: object) -> str:
    return "" if code is None else organisation.full_name(code)  # type: ignore[arg-type]
