"""One action on several records of a list, one by one, each answered for itself (M05, M16).

Nothing is decided for all at once: every record is read, decided on and committed by the
`ActionTaker`, with the right and the revision that hold for it.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from records.errors import Invalid, NotFound, WenshuError
from records.flow.declarations import ActionDeclaration
from records.identity import KindName, RecordId
from records.parameters.catalogue import BULK_RECORDS
from records.revision import Revision
from records.schema.kind import Kind
from services.flow.act import ActionTaker, Offered
from services.flow.action_request import ActionRequest
from services.flow.change import RevisionWriter
from services.people.caller import Caller

_LOG = logging.getLogger(__name__)

Each = TypeVar("Each")

MOST = BULK_RECORDS.most
"""Records of one call: each is committed before the next, some 10 ms apart."""


@dataclass(frozen=True, slots=True)
class ChosenRecord:
    """A record that was chosen, at the revision that its chooser saw."""

    record: RecordId
    revision: int


@dataclass(frozen=True, slots=True)
class BulkRequest:
    """An action on several records.

    A repeated `key` gets the answers of the first call for what was done then.
    """

    action: str
    chosen: Sequence[ChosenRecord]
    opinion: str
    key: str


@dataclass(frozen=True, slots=True)
class BulkOffer:
    """What can be done with all that were chosen; `missing` cannot be opened by the caller."""

    rows: tuple[tuple[Kind, Revision], ...]
    missing: tuple[RecordId, ...]
    actions: tuple[tuple[str, ActionDeclaration], ...]


@dataclass(frozen=True, slots=True)
class BulkOutcome:
    """What became of one record; `refusal` says why nothing was done, None when it was.

    `opened` is the record as it stands now, or as it was found before it was refused; None for one
    that the caller cannot open.
    """

    chosen: ChosenRecord
    opened: tuple[Kind, Revision] | None
    refusal: WenshuError | None = None

    @property
    def is_done(self) -> bool:
        """Whether the action was taken."""
        return self.refusal is None


class BulkActionTaker:
    """Takes one action on several records."""

    def __init__(self, acting: ActionTaker, changes: RevisionWriter) -> None:
        self._acting = acting
        self._changes = changes

    def offered(self, caller: Caller, kind: KindName, records: Iterable[RecordId]) -> BulkOffer:
        """The actions that lead on from all of them for the caller, in order of declaration.

        Only those that ask for nothing but an opinion: no field, no choice of people, tasks or
        steps. None where one of the records cannot be opened. Raises Invalid (``nothing_chosen``,
        ``too_many_chosen``).
        """
        wanted = _counted(caller, dict.fromkeys(records))
        rows, missing, common = [], [], None
        for record in wanted:
            try:
                rows.append(self._opened(caller, kind, record))
            except NotFound:
                missing.append(record)
                continue
            names = dict(self._simple(caller, record))
            common = names if common is None else {n: a for n, a in common.items() if n in names}
        actions = tuple((common or {}).items()) if not missing else ()
        return BulkOffer(tuple(rows), tuple(missing), actions)

    def act(self, caller: Caller, kind: KindName, asked: BulkRequest) -> tuple[BulkOutcome, ...]:
        """Take the action on each, in order; one outcome for each, whatever befalls another.

        Raises Invalid (``nothing_chosen``, ``too_many_chosen``) before anything is done.
        """
        wanted = _counted(caller, {each.record: each for each in asked.chosen})
        _LOG.info("%s takes %s on %d records", caller.person.login, asked.action, len(wanted))
        return tuple(self._one(caller, kind, asked, each) for each in wanted.values())

    def _one(
        self, caller: Caller, kind: KindName, asked: BulkRequest, each: ChosenRecord
    ) -> BulkOutcome:
        request = ActionRequest(
            revision=each.revision,
            opinion=asked.opinion,
            idempotency_key=f"{asked.key}-{each.record}",
        )
        found: tuple[Kind, Revision] | None = None
        try:
            found = self._opened(caller, kind, each.record)
            after = self._acting.act(caller, each.record, asked.action, request)
        except WenshuError as error:  # told beside its record: the others have theirs
            return BulkOutcome(each, found, error)
        return BulkOutcome(each, (found[0], after))

    def _opened(self, caller: Caller, kind: KindName, record: RecordId) -> tuple[Kind, Revision]:
        found, revision = self._changes.open(caller, record)
        if revision.kind != kind:
            raise NotFound("unknown_record", record=record)
        return found, revision

    def _simple(self, caller: Caller, record: RecordId) -> Iterable[tuple[str, ActionDeclaration]]:
        for offered in self._acting.offers(caller, *self._changes.open(caller, record)):
            if _asks_nothing(offered):
                yield offered.offer.name, offered.offer.declaration


def _asks_nothing(offered: Offered) -> bool:
    action = offered.offer.declaration
    return (
        offered.offer.why_not is None
        and not offered.own
        and action.then != "ask"
        and not any(field.required for field in action.fields.values())
        and all(choice.optional for choice in offered.choices)
    )


def _counted(caller: Caller, wanted: dict[RecordId, Each]) -> dict[RecordId, Each]:
    if not wanted:
        raise Invalid("nothing_chosen", field="records")
    most = caller.parameters[BULK_RECORDS]
    if len(wanted) > most:
        raise Invalid("too_many_chosen", most=most, given=len(wanted), field="records")
    return wanted
