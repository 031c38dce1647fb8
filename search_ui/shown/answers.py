"""Answers as pages show them: the slip of a recipient, the rows of a publisher."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote

from languages.errors import tell
from languages.receipts import RECEIPT_WORDS
from records.identity import Recipient
from records.rights.answering import answer_due_of, wanted_of
from records.schema.answers import AnswerDeclaration
from search_ui.formats import moment
from search_ui.shown.action_reading import Attempt
from search_ui.shown.form_fields import Asked, FormDrawing
from search_ui.shown.words import record_href
from search_ui.views.answers import AnswerFileRow, AnswerLine, AnswerSlip, ReceiptLine
from search_ui.views.fields import FormField
from search_ui.views.shell import Badge
from services.after_commit.answers import Answer
from services.after_commit.deliveries import Receipt
from services.finding.browse import OpenRecord
from services.receipts.answer_desk import Slip
from services.receipts.receipt_desk import ReceiptRow
from services.receipts.receipt_table import ReceiptStanding, standing_of, value_words

PREFIX = "answer-"
"""Before the names of the fields of an answer."""

FILES = "answer-files"
"""The control for its files."""


@dataclass(frozen=True, slots=True)
class AnswerShowing:
    """Makes the views of answers of one record; `attempt` is one that was refused."""

    opened: OpenRecord
    drawing: FormDrawing
    attempt: Attempt | None = None

    def slip(self, slip: Slip) -> AnswerSlip:
        """The form for one recipient, filled with what stands or was tried."""
        declared = self.declared
        tried = self.attempt if self.attempt and self.attempt.name == slip.recipient else None
        answer, href = slip.answer, record_href(self.opened.revision.record)
        shown = f"{declared.label}（{slip.name}）" if slip.name else declared.label
        return AnswerSlip(
            label=shown,
            name=slip.name,
            recipient=slip.recipient,
            number=slip.number,
            action_href=f"{href}/answers",
            fields=tuple(self._fields(slip, tried)),
            idempotency_key=secrets.token_urlsafe(12),
            drop=self._drop(slip),
            held=self._files(slip.recipient, answer),
            lines=tuple(self._lines(answer)),
            at=answer.at if answer else None,
            by=self.drawing.organisation.name_of(answer.by) if answer else "",
            late=answer.late if answer else False,
            due_on=self.due_on,
            overdue=slip.overdue and answer is None,
            is_open=slip.is_open,
            problem=str(tell(tried.error)) if tried else "",
        )

    def row(self, row: ReceiptRow) -> ReceiptLine:
        """One recipient in the table."""
        answer, t = row.answer, self.drawing.texts
        read = row.given.get(Receipt.READ)
        told = moment(datetime.fromisoformat(read)) if read else ""
        if row.read is not None:
            told = t("receipts.read_of", read=row.read[0], people=row.read[1])
        return ReceiptLine(
            name=row.name,
            unit=row.unit,
            standing=_standing(row, self.label),
            read=told,
            at=answer.at if answer else None,
            by=self.drawing.organisation.name_of(answer.by) if answer and row.read else "",
            lines=tuple(self._lines(answer)),
            files=self._files(row.recipient, answer),
        )

    @property
    def declared(self) -> AnswerDeclaration:
        """What the kind asks; the record is of one that asks something."""
        declared = self.opened.kind.answer
        assert declared is not None  # noqa: S101 - slips are of such kinds alone
        return declared

    @property
    def label(self) -> str:
        """What is answered; empty where nothing is wanted."""
        wanted = wanted_of(self.opened.kind, self.opened.revision)
        return wanted.label if wanted is not None else ""

    @property
    def due_on(self) -> date | None:
        """The last day for answers."""
        return answer_due_of(self.opened.kind, self.opened.revision)

    def _fields(self, slip: Slip, tried: Attempt | None) -> Iterator[FormField]:
        for name, field in self.declared.fields.items():
            held = slip.answer.fields.get(name) if slip.answer else field.default
            control = f"{PREFIX}{name}"
            asked = Asked(
                name,
                field,
                label=field.label,
                required=field.required,
                help=field.help or "",
                prefix=PREFIX,
                scope=f"{PREFIX}{slip.recipient.replace(':', '-')}",
            )
            failed = tried is not None and tried.error.facts.get("field") == name
            yield self.drawing.control(
                asked,
                tried.text(control) if tried else held,
                error=str(tell(tried.error)) if tried and failed else "",
            )

    def _drop(self, slip: Slip) -> FormField | None:
        label = self.declared.files
        if label is None:
            return None
        return FormField(FILES, label, "files", scope=slip.recipient.replace(":", "-"))

    def _lines(self, answer: Answer | None) -> Iterator[AnswerLine]:
        if answer is None or self.opened.kind.answer is None:
            return
        for name, field in self.opened.kind.answer.fields.items():
            if text := value_words(answer.fields.get(name), RECEIPT_WORDS):
                yield AnswerLine(field.label, text)

    def _files(self, recipient: Recipient, answer: Answer | None) -> tuple[AnswerFileRow, ...]:
        href = f"{record_href(self.opened.revision.record)}/answers/{quote(recipient)}/files"
        files = answer.files if answer else ()
        return tuple(AnswerFileRow(file.name, f"{href}/{quote(file.name)}") for file in files)


def _standing(row: ReceiptRow, label: str) -> Badge:
    standing = standing_of(row)
    told = RECEIPT_WORDS[standing].format(label=label)
    if standing in {ReceiptStanding.JOINED, ReceiptStanding.GONE}:
        return Badge(told, "neutral")
    if row.late:
        return Badge(told, "warning" if row.answer else "danger")
    if row.answer or (not label and Receipt.READ in row.given):
        return Badge(told, "ok")
    return Badge(told, "info" if standing is ReceiptStanding.READ else "neutral")
