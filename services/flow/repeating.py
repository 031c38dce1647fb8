"""The same record begun and sent on week after week: a meeting every Monday (HY-02)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from records.errors import Conflict, Invalid, NotFound, Refused, WenshuError
from records.fields import instant_of
from records.identity import RecordId
from records.revision import Revision
from records.schema.kind import Kind
from records.schema.kind_fields import FieldType
from services.flow.act import ActionTaker
from services.flow.action_request import ActionRequest
from services.flow.change import Attempt
from services.intake.ingest import Draft, RecordIntake
from services.people.caller import Caller

MOST_WEEKS = 26
"""Half a year: what lies further ahead is booked again when plans are known."""

_REHEARSAL = RecordId("0" * 26)
"""Names a record that is only looked at; none is ever called so."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A week that was left out, by the day and time that it would have begun, and why."""

    begins: datetime
    why: WenshuError


@dataclass(frozen=True, slots=True)
class Repeated:
    """What came of it: records begun and sent on, and weeks left out."""

    begun: tuple[Revision, ...]
    skipped: tuple[Skipped, ...]


@dataclass(frozen=True, slots=True)
class Weekly:
    """What is to come back every week: the fields of the first record, and how often."""

    kind: Kind
    fields: Mapping[str, object]
    weeks: int
    begins: str
    """The instant field that says when one begins."""
    action: str
    """Taken on each at once."""
    undo: str
    """Ends one whose action was refused at the last moment."""


@dataclass(frozen=True, slots=True)
class WeeklyBeginning:
    """Begins one record a week and takes its first action; a week that cannot be is left out."""

    intake: RecordIntake
    acting: ActionTaker

    def begin(self, caller: Caller, wanted: Weekly, *, key: str) -> Repeated:
        """Records for so many weeks, each sent on.

        Nothing is kept of a week that is refused beforehand; where somebody is faster in between,
        the record is ended. Repeated with the same key it makes no record twice. Raises Invalid
        (``bad_weeks``; what is wrong with the fields, in every week alike), Refused
        (``may_not_begin``), Conflict (``key_reused``).
        """
        if not 1 <= wanted.weeks <= MOST_WEEKS:
            raise Invalid("bad_weeks", most=MOST_WEEKS, field="weeks")
        begun: list[Revision] = []
        skipped: list[Skipped] = []
        for number, fields in enumerate(_weekly(wanted)):
            draft = Draft(kind=wanted.kind.kind, fields=fields)
            once = f"{key}-{number}"
            prepared = self.intake.prepare(caller, draft, _REHEARSAL, Attempt("create", None))
            try:
                begun.append(self._one(caller, wanted, draft, prepared, key=once))
            except (Refused, Conflict) as error:
                if error.reason == "key_reused":
                    raise
                skipped.append(Skipped(_begins(wanted, prepared), error))
        return Repeated(tuple(begun), tuple(skipped))

    def _one(
        self, caller: Caller, wanted: Weekly, draft: Draft, prepared: Revision, *, key: str
    ) -> Revision:
        self.acting.rehearse(caller, wanted.kind, prepared, wanted.action)
        revision = self.intake.begin(caller, draft, idempotency_key=key)
        request = ActionRequest(revision=revision.number, idempotency_key=f"{key}-sent")
        try:
            return self.acting.act(caller, revision.record, wanted.action, request)
        except (Refused, Conflict):
            self._undo(caller, revision, wanted.undo)
            raise

    def _undo(self, caller: Caller, revision: Revision, undo: str) -> None:
        """End a record that nobody needs; one that moved meanwhile is left as it is."""
        try:
            self.acting.act(caller, revision.record, undo, ActionRequest(revision.number))
        except (NotFound, Refused, Conflict):
            return


def _begins(wanted: Weekly, prepared: Revision) -> datetime:
    """When it would have begun. Raises Invalid (``field_required``)."""
    begins = prepared.fields.get(wanted.begins)
    if not isinstance(begins, str):
        label = wanted.kind.fields[wanted.begins].label
        action = wanted.kind.action(wanted.action).label
        raise Invalid("field_required", field=wanted.begins, label=label, action=action)
    return instant_of(begins)


def _weekly(wanted: Weekly) -> Iterator[Mapping[str, object]]:
    """The fields of each week: every instant seven days later. Raises Invalid."""
    moments = {
        name: _moment(wanted.kind, name, value)
        for name, value in wanted.fields.items()
        if name in wanted.kind.fields
        and wanted.kind.fields[name].type is FieldType.INSTANT
        and value
    }
    for number in range(wanted.weeks):
        later = timedelta(weeks=number)
        yield {
            **wanted.fields,
            **{name: (moment + later).isoformat() for name, moment in moments.items()},
        }


def _moment(kind: Kind, name: str, given: object) -> datetime:
    try:
        return datetime.fromisoformat(str(given))
    except ValueError as error:
        label = kind.fields[name].label
        raise Invalid("wrong_type", field=name, label=label, expected="instant") from error
