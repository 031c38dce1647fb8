"""Units as administrators keep them: added, renamed, moved, merged, closed (SY-01)."""

import hashlib
import re
from collections.abc import Callable

from records.errors import Conflict, Invalid, NotFound
from records.identity import UnitCode
from records.people.organisation import Organisation
from records.people.unit_tree import Unit
from services.administration.people_changes import PeopleChanges
from services.administration.scope import refuse_beyond, scope_needed
from services.people.caller import Caller

_CODE = re.compile(r"[A-Za-z0-9_.-]{1,60}")


def seen(unit: Unit) -> str:
    """What stood of a unit when a form was made of it, in short."""
    return hashlib.sha256(unit.model_dump_json().encode()).hexdigest()[:16]


class UnitDesk:
    """Changes the tree."""

    def __init__(self, changes: PeopleChanges) -> None:
        self._changes = changes

    def one(self, caller: Caller, code: UnitCode) -> Unit:
        """A unit that the caller keeps.

        Raises Refused (``administrators_only``) and NotFound (``unknown_unit``), also for units
        that others keep.
        """
        scope = scope_needed(caller)
        if not scope.has(code) or not caller.organisation.has_unit(code):
            raise NotFound("unknown_unit", unit=code)
        return caller.organisation.unit(code)

    def add(self, caller: Caller, unit: Unit) -> Unit:
        """A new unit at the end of those beside it.

        Raises Invalid (``bad_code``, ``code_taken``, ``name_taken``), as
        `services.administration.scope.refuse_beyond` and
        `records.people.organisation_check.checked`.
        """
        if not _CODE.fullmatch(unit.code):
            raise Invalid("bad_code", field="code", given=unit.code[:60])

        def wanted(before: Organisation) -> tuple[tuple[Unit], tuple[()]]:
            if before.has_unit(unit.code):
                raise Invalid("code_taken", field="code", given=unit.code)
            _refuse_same_name(before, unit)
            refuse_beyond(caller, before, (unit,), ())
            return (unit,), ()

        self._changes.put(wanted, by=caller.person.login, passwords={})
        return unit

    def change(self, caller: Caller, unit: Unit, *, was: str) -> Unit:
        """Another name, level, profile or place in the tree; `was` is what stood, by `seen`.

        Raises as `one` and `add`; Conflict (``unit_changed``), Invalid (``unit_under_itself``).
        """

        def changed(before: Organisation, known: Unit) -> Unit:
            if seen(known) != was:
                raise Conflict("unit_changed", unit=known.name)
            if unit.parent is not None and unit.parent in before.subtree(unit.code):
                raise Invalid("unit_under_itself", field="parent", unit=known.name)
            _refuse_same_name(before, unit)
            kept = {"former_names", "merged_into", "closed"}
            return unit.model_copy(update={name: getattr(known, name) for name in kept})

        return self._one(caller, unit.code, changed)

    def merge(self, caller: Caller, code: UnitCode, into: UnitCode) -> Unit:
        """Another unit takes its place: people, posts, sections and papers are that one's.

        Raises as `one`, for both; Invalid (``merged_into_itself``, ``already_gone``).
        """
        self.one(caller, into)

        def merged(before: Organisation, known: Unit) -> Unit:
            if into in before.subtree(code):
                raise Invalid("merged_into_itself", field="into", unit=known.name)
            gone = before.unit(into)
            if gone.closed or gone.merged_into is not None:
                raise Invalid("already_gone", field="into", unit=gone.name)
            return known.model_copy(update={"merged_into": into})

        return self._one(caller, code, merged)

    def close(self, caller: Caller, code: UnitCode, *, closed: bool) -> Unit:
        """撤销: nobody works there any more and nothing is below it; or have it back.

        Raises as `one`, and Invalid (``unit_in_use`` with ``people`` and ``units``).
        """

        def switched(before: Organisation, known: Unit) -> Unit:
            if closed:
                _refuse_in_use(before, known)
            return known.model_copy(update={"closed": closed})

        return self._one(caller, code, switched)

    def _one(
        self, caller: Caller, code: UnitCode, change: Callable[[Organisation, Unit], Unit]
    ) -> Unit:
        self.one(caller, code)
        made: list[Unit] = []

        def wanted(before: Organisation) -> tuple[tuple[Unit], tuple[()]]:
            known = before.unit(code)
            if known.merged_into is not None:
                raise Invalid("already_gone", field="name", unit=known.name)
            made.append(change(before, known))
            refuse_beyond(caller, before, (made[-1],), ())
            return (made[-1],), ()

        put = self._changes.put(wanted, by=caller.person.login, passwords={})
        return put.after.unit(code)


def _refuse_same_name(before: Organisation, unit: Unit) -> None:
    """Two units side by side are not called the same."""
    for each in before.sections(unit.parent):
        if each.name == unit.name and each.code != unit.code:
            raise Invalid("name_taken", field="name", given=unit.name)


def _refuse_in_use(before: Organisation, unit: Unit) -> None:
    codes = set(before.predecessors(unit.code))
    people = sum(
        not person.disabled and any(place in codes for place, _ in person.places)
        for person in before.people
    )
    units = len(before.sections(unit.code))
    if people or units:
        raise Invalid("unit_in_use", field="name", unit=unit.name, people=people, units=units)
