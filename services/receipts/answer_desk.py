"""Answers to what was published (反馈, 回执): who may give which, giving one, its files (TZ-04)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from records.errors import Conflict, Invalid, NotFound, Refused
from records.fields import missing_values, read_values
from records.file_names import clean_name, free_name, media_type_of
from records.identity import Login, Recipient, Sha256, UnitCode
from records.ports.file_shelf import FileShelf
from records.revision import FieldValue, FileVersion, Revision
from records.rights.answering import (
    answer_due_of,
    answers_by_unit,
    asked_of,
    may_answer,
    takes_answers,
    unit_of,
    wanted_of,
)
from records.rights.reading import audience_of
from records.schema.answers import AnswerDeclaration
from records.times.deadlines import is_over
from services.after_commit.answers import Answer, AnswerBook
from services.after_commit.deliveries import Deliveries, Receipt, reading_of
from services.finding.browse import FileStream, OpenRecord
from services.flow.change import NewFile
from services.people.caller import Caller

PART = "answer"
"""Stands as the part of a file that came with an answer."""


@dataclass(frozen=True, slots=True)
class Slip:
    """What the caller answers, or may answer, for himself or for a unit."""

    recipient: Recipient
    name: str
    """Of the unit; empty for himself."""
    answer: Answer | None
    overdue: bool
    """An answer given now counts as late."""
    is_open: bool
    """Whether one may be given now; else it is only shown."""

    @property
    def number(self) -> int:
        """Of the answer that stands; 0 while there is none."""
        return self.answer.number if self.answer else 0


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """What a recipient fills in, over the answer of `number` that he has before his eyes."""

    number: int
    fields: Mapping[str, object]
    recipient: Recipient | None = None
    files: Sequence[NewFile] = ()
    removed: Sequence[str] = field(default=())
    key: str | None = None


class AnswerDesk:
    """Takes answers and gives their files."""

    def __init__(self, deliveries: Deliveries, answers: AnswerBook, shelf: FileShelf) -> None:
        self._deliveries = deliveries
        self._answers = answers
        self._shelf = shelf

    def slips(self, caller: Caller, opened: OpenRecord) -> tuple[Slip, ...]:
        """Everything that the caller may answer of this record: himself, his units; often none."""
        kind, revision = opened.kind, opened.revision
        answer = wanted_of(kind, revision)
        if answer is None or revision.number != opened.newest:
            return ()
        late = is_over(answer_due_of(kind, revision), caller.today)
        asked = self._deliveries.delivery(revision.record).asked
        is_open = takes_answers(kind, revision)
        slips = (
            Slip(
                recipient,
                _unit_name(caller, recipient),
                self._answers.latest(revision.record, recipient),
                overdue=late and recipient in asked,
                is_open=is_open,
            )
            for recipient in self._own(caller, opened, frozenset(asked))
        )
        return tuple(slip for slip in slips if is_open or slip.answer is not None)

    def give(self, caller: Caller, opened: OpenRecord, given: GivenAnswer) -> Answer:
        """The answer as it is kept; whoever answers has read. Late ones are taken and say so.

        Raises Refused (``no_answer_wanted``, ``not_delivered``), Invalid (``incomplete``, those of
        fields, ``no_parts``, ``which_recipient``) and Conflict (``answered_meanwhile``).
        """
        record, declared = opened.revision.record, wanted_of(opened.kind, opened.revision)
        if declared is None or not takes_answers(opened.kind, opened.revision):
            raise Refused("no_answer_wanted", record=record)
        slip = _slip(self.slips(caller, opened), given.recipient, opened, caller)
        held = slip.answer
        if held is not None and held.repeats(caller.person.login, given.key):
            return held
        if slip.number != given.number:
            raise _meanwhile(opened, held, caller)
        fields = _fields(declared, given, caller)
        answer = Answer(
            number=slip.number + 1,
            by=caller.person.login,
            at=caller.now,
            late=slip.overdue if held is None else held.late,
            choice=str(fields.get(declared.counted or "") or ""),
            fields=fields,
            files=self._files(declared, opened.revision, held, given, caller),
            key=given.key,
        )
        kept = self._answers.give(record, slip.recipient, answer)
        if kept is not answer and not kept.repeats(answer.by, given.key):
            raise _meanwhile(opened, kept, caller)
        at = caller.now.isoformat()
        self._deliveries.give(reading_of(opened.revision), answer.by, Receipt.READ, at)
        return kept

    def file(
        self, caller: Caller, opened: OpenRecord, recipient: Recipient, name: str
    ) -> FileStream:
        """A file of an answer, for who took part in the record and for whose answer it is.

        Raises NotFound (``unknown_file``).
        """
        record, organisation = opened.revision.record, caller.organisation
        may = opened.took_part or may_answer(opened.kind, recipient, caller.reader, organisation)
        answer = self._answers.latest(record, recipient) if may else None
        file = next((each for each in answer.files if each.name == name), None) if answer else None
        if file is None:
            raise NotFound("unknown_file", record=record, name=name)
        pieces = self._shelf.stream(record, file.sha256, start=0, length=file.size_bytes)
        return FileStream(file, 0, file.size_bytes, pieces)

    def _own(
        self, caller: Caller, opened: OpenRecord, asked: frozenset[Recipient]
    ) -> Iterator[Recipient]:
        """Recipients for whom the caller answers: asked when it was delivered, or come since."""
        kind, revision, organisation = opened.kind, opened.revision, caller.organisation
        himself = Recipient(caller.person.login)
        if not answers_by_unit(kind, revision):
            if himself in asked or audience_of(kind, revision) & caller.reader.tokens:
                yield himself
            return
        now = asked.union(asked_of(kind, revision, organisation))
        if himself in now:
            yield himself
        for code in _units_of(caller):
            unit = Recipient(f"unit:{code}")
            if unit in now and may_answer(kind, unit, caller.reader, organisation):
                yield unit

    def _files(
        self,
        declared: AnswerDeclaration,
        revision: Revision,
        held: Answer | None,
        given: GivenAnswer,
        caller: Caller,
    ) -> tuple[FileVersion, ...]:
        """The files that stay of the answer before, and those that came along."""
        if given.files and declared.files is None:
            raise Invalid("no_parts", kind=revision.kind, field="file")
        names = {*given.removed, *(clean_name(file.name) for file in given.files)}
        kept = [file for file in (held.files if held else ()) if file.name not in names]
        for new in given.files:
            name = free_name(clean_name(new.name), {file.name for file in kept})
            self._shelf.put(revision.record, new.staged.sha256, new.staged.path)
            kept.append(
                FileVersion(
                    part=PART,
                    name=name,
                    sha256=Sha256(new.staged.sha256),
                    size_bytes=new.staged.size_bytes,
                    media_type=media_type_of(new.name),
                    since=revision.number,
                    by=caller.person.login,
                )
            )
        return tuple(kept)


def _slip(
    slips: Sequence[Slip], recipient: Recipient | None, opened: OpenRecord, caller: Caller
) -> Slip:
    """The one that is answered; the only one where none is named."""
    found = [slip for slip in slips if recipient in (None, slip.recipient)]
    if not found:
        raise Refused("not_delivered", record=opened.revision.record)
    if len(found) > 1:
        named = tuple(slip.name or caller.person.name for slip in found)
        raise Invalid("which_recipient", field="recipient", allowed=named)
    return found[0]


def _meanwhile(opened: OpenRecord, faster: Answer | None, caller: Caller) -> Conflict:
    """Somebody else, or he himself in another window, has answered since he looked."""
    by = caller.organisation.name_of(faster.by if faster else caller.person.login)
    return Conflict("answered_meanwhile", record=opened.revision.record, by=by)


def _fields(
    declared: AnswerDeclaration, given: GivenAnswer, caller: Caller
) -> dict[str, FieldValue]:
    values = read_values(declared.fields, given.fields, caller.organisation)
    missing = missing_values(declared.fields, values)
    if missing:
        raise Invalid("incomplete", missing=missing)
    return values


def _unit_name(caller: Caller, recipient: Recipient) -> str:
    unit = unit_of(recipient)
    return "" if unit is None else caller.organisation.full_name(unit)


def _units_of(caller: Caller) -> tuple[UnitCode, ...]:
    """The units that he may answer for at most: his, those above, and those of whom he acts for."""
    organisation = caller.organisation
    login = caller.person.login
    logins: list[Login] = [login, *organisation.deputises(login, caller.today).values()]
    codes = (
        unit.code
        for person in map(organisation.find_person, logins)
        if person is not None
        for unit in organisation.upward(person.unit)
    )
    return tuple(dict.fromkeys(codes))
