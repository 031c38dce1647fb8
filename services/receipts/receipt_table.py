"""What came back from recipients, as a table to be exported (TZ-04)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from records.meaning import title_of
from records.people.organisation import Organisation
from records.revision import FieldValue
from records.rights.answering import wanted_of
from records.times.office_time import OFFICE_ZONE
from services.after_commit.deliveries import Receipt
from services.finding.browse import OpenRecord
from services.receipts.receipt_desk import ReceiptRow

Words = Mapping[str, str]
"""The words of the reader's language: heads, standings and values by name."""


class ReceiptStanding(StrEnum):
    """How it stands with a recipient."""

    JOINED = "joined"
    GONE = "gone"
    ANSWERED = "answered"
    ANSWERED_LATE = "answered_late"
    READ = "read"
    READ_LATE = "read_late"
    UNREAD = "unread"
    UNREAD_LATE = "unread_late"


@dataclass(frozen=True, slots=True)
class ReceiptTable:
    """A title, heads and rows of words; rows are made as they are taken."""

    title: str
    header: Sequence[str]
    rows: Iterable[tuple[str, ...]]


def table_of(
    opened: OpenRecord, rows: Iterable[ReceiptRow], organisation: Organisation, words: Words
) -> ReceiptTable:
    """One row for each recipient: who, how it stands, when, and what was answered."""
    wanted = wanted_of(opened.kind, opened.revision)
    label = wanted.label if wanted is not None else words["reading"]
    heads = ["recipient", "unit", "standing", "read_at"]
    heads += ["answered_at", "answered_by"] if wanted is not None else []
    header = [words[head].format(label=label) for head in heads]
    if wanted is not None:
        header += [field.label for field in wanted.fields.values()]
        header += [wanted.files] if wanted.files else []
    title = words["title"].format(title=title_of(opened.kind, opened.revision), label=label)
    cells = (tuple(_cells(opened, row, organisation, words)) for row in rows)
    return ReceiptTable(title, header, cells)


def standing_of(row: ReceiptRow) -> ReceiptStanding:
    """How it stands with a recipient."""
    if row.joined and row.answer is None:
        return ReceiptStanding.JOINED
    if row.gone:
        return ReceiptStanding.GONE
    if row.answer is not None:
        return ReceiptStanding.ANSWERED_LATE if row.late else ReceiptStanding.ANSWERED
    if bool(row.read and row.read[0]) or Receipt.READ in row.given:
        return ReceiptStanding.READ_LATE if row.late else ReceiptStanding.READ
    return ReceiptStanding.UNREAD_LATE if row.late else ReceiptStanding.UNREAD


def value_words(value: FieldValue, words: Words) -> str:
    """A value of an answer in words."""
    if isinstance(value, bool):
        return words["yes" if value else "no"]
    if isinstance(value, tuple):
        return "、".join(value)
    return "" if value is None else str(value)


def _cells(
    opened: OpenRecord, row: ReceiptRow, organisation: Organisation, words: Words
) -> Iterator[str]:
    wanted = wanted_of(opened.kind, opened.revision)
    yield row.name
    yield row.unit
    yield words[standing_of(row)].format(label=wanted.label if wanted is not None else "")
    if row.read:
        yield words["of_people"].format(read=row.read[0], all=row.read[1])
    else:
        yield _time(row.given.get(Receipt.READ))
    if wanted is None:
        return
    answer = row.answer
    yield _time(answer.at.isoformat()) if answer else ""
    yield organisation.name_of(answer.by) if answer else ""
    for name in wanted.fields:
        yield value_words(answer.fields.get(name), words) if answer else ""
    if wanted.files:
        yield "、".join(file.name for file in answer.files) if answer else ""


def _time(at: str | None) -> str:
    return f"{datetime.fromisoformat(at).astimezone(OFFICE_ZONE):%Y-%m-%d %H:%M}" if at else ""
