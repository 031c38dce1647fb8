"""Somebody was faster: what changed since, field by field, and what a form shows then.

The rule of three ways: what only they changed is taken over, what only I changed stays mine, what
both changed differently is asked. Nothing that was typed is dropped before that.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise, takewhile

from starlette.datastructures import FormData

from records.errors import Invalid, NotFound
from records.fields import read_fields
from records.identity import RecordId
from records.revision import FieldValue, FileVersion, Revision
from records.schema.kind import Kind
from search_ui.desk import text_of
from search_ui.formats import moment
from search_ui.shown.fields import value_lines
from search_ui.shown.form_fields import FormDrawing
from search_ui.shown.words import record_href
from search_ui.views.differences import Differences, FieldDifference
from services.finding.browse import OpenRecord, RecordOpener
from services.people.caller import Caller

KEEP = "keep."
"""Before the name of a control: whose value is kept, ``mine`` or ``theirs``."""

THEIRS = "theirs"

_EMPTY = (None, "", (), False)


@dataclass(frozen=True, slots=True)
class Typed:
    """What stood in a form: values by field as they were typed, and whose were kept before.

    `prefix` stands before the names of the controls.
    """

    values: Mapping[str, object]
    takes_theirs: frozenset[str] = frozenset()
    prefix: str = ""


def kept_as_theirs(form: FormData, *, prefix: str = "") -> frozenset[str]:
    """Fields of which the value of the others was chosen."""
    return frozenset(
        name.removeprefix(f"{KEEP}{prefix}")
        for name in form
        if name.startswith(f"{KEEP}{prefix}") and text_of(form, name) == THEIRS
    )


class Comparison:
    """What one wrote on, what it is now, and what happened between."""

    def __init__(
        self, browsing: RecordOpener, caller: Caller, drawing: FormDrawing, *, on: int
    ) -> None:
        """`on` is the revision that was written on."""
        self._browsing = browsing
        self._caller = caller
        self._drawing = drawing
        self._on = on

    def of(self, opened: OpenRecord, typed: Typed) -> tuple[Differences, dict[str, object]]:
        """The differences, and the values that the form shows now."""
        base, now = self._base(opened.revision.record), opened.revision
        between = self._between(opened)
        shown = dict(typed.values)
        fields: list[FieldDifference] = []
        for name, declared in opened.kind.fields.items():
            old, theirs = base.get(name), now.fields.get(name)
            if _same(old, theirs):
                continue
            here = name in typed.values
            mine = self._read(opened.kind, name, typed.values.get(name)) if here else None
            untouched = not here or _same(mine, old)
            if here and (untouched or _same(mine, theirs)):
                shown[name] = theirs
            who = _last_change(name, between) or now
            fields.append(
                FieldDifference(
                    name=f"{typed.prefix}{name}" if here else "",
                    label=declared.label,
                    old=self._lines(opened.kind, name, old),
                    theirs=self._lines(opened.kind, name, theirs),
                    mine=() if untouched else self._lines(opened.kind, name, mine),
                    by=self._name(who),
                    at=who.event.at,
                    asked=here and not untouched and not _same(mine, theirs),
                    takes_theirs=name in typed.takes_theirs,
                )
            )
        return (
            Differences(
                against=self._on,
                by=self._name(now),
                at=now.event.at,
                number=now.number,
                href=record_href(now.record),
                fields=tuple(fields),
                events=tuple(self._events(opened, between)),
            ),
            shown,
        )

    def _name(self, revision: Revision) -> str:
        """Who wrote it; the reader himself may have, in another window."""
        if revision.event.actor == self._caller.person.login:
            return self._drawing.texts("conflict.yourself")
        return self._caller.organisation.name_of(revision.event.actor)

    def _base(self, record: RecordId) -> Mapping[str, FieldValue]:
        """The fields as they stood; none where they are not open to the reader any more."""
        try:
            return self._browsing.open(self._caller, record, number=self._on).revision.fields
        except NotFound:
            return {}

    def _between(self, opened: OpenRecord) -> list[Revision]:
        """What was written since, newest first, and the revision before it."""
        history = self._browsing.history(self._caller, opened)
        return list(takewhile(lambda each: each.number >= self._on, history))

    def _read(self, kind: Kind, name: str, value: object) -> FieldValue:
        """What was typed as it would be kept; what cannot be kept, as it was typed."""
        try:
            return read_fields(kind, {name: value}, self._caller.organisation)[name]
        except Invalid:
            return tuple(map(str, value)) if isinstance(value, list | tuple) else str(value)

    def _lines(self, kind: Kind, name: str, value: FieldValue) -> tuple[str, ...]:
        try:
            return value_lines(
                kind.fields[name],
                value,
                self._caller.organisation,
                related=self._drawing.related,
            )
        except (ValueError, AttributeError):  # typed, and no value of the field
            return (str(value),)

    def _events(self, opened: OpenRecord, between: list[Revision]) -> Iterator[str]:
        """Actions and files, oldest first."""
        t = self._drawing.texts
        for before, after in pairwise(reversed(between)):
            who, at = self._name(after), moment(after.event.at)
            action = opened.kind.actions.get(after.event.action)
            if action is not None:
                yield t("conflict.acted", who=who, at=at, label=action.label)
            for label, file in _files_changed(opened.kind, before, after):
                yield t("conflict.file", who=who, at=at, part=label, name=file)


def _files_changed(kind: Kind, before: Revision, after: Revision) -> Iterator[tuple[str, str]]:
    held = {_of(file) for file in before.files}
    for file in after.files:
        if _of(file) not in held and file.part in kind.parts:
            yield kind.parts[file.part].label, file.name
    names = {file.name for file in after.files}
    for file in before.files:
        if file.name not in names and file.part in kind.parts:
            yield kind.parts[file.part].label, f"− {file.name}"


def _of(file: FileVersion) -> tuple[str, str, str]:
    return file.part, file.name, file.sha256


def _last_change(name: str, between: list[Revision]) -> Revision | None:
    """The last revision that changed a field, of those since."""
    for after, before in pairwise(between):
        if not _same(after.fields.get(name), before.fields.get(name)):
            return after
    return None


def _same(one: FieldValue, other: FieldValue) -> bool:
    return one == other or (one in _EMPTY and other in _EMPTY)
