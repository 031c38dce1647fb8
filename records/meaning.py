"""What the fields of a record mean to whoever shows it: its title, number and day, as kinds say."""

from datetime import date

from records.fields import day_of
from records.revision import Revision
from records.schema.kind import Kind
from records.times.office_time import office_day


def title_of(kind: Kind, revision: Revision) -> str:
    """The title of a record, as every list shows it."""
    return _text(revision, kind.meaning.title)


def number_of(kind: Kind, revision: Revision) -> str:
    """The document number of a record, empty when it has none."""
    return _text(revision, kind.meaning.number)


def dated_on(kind: Kind, revision: Revision) -> date:
    """The day the record bears, or that of its instant in Beijing; else the day it came in."""
    value = revision.fields.get(kind.meaning.dated_on or "")
    if not value:
        return office_day(revision.created_at)
    return day_of(str(value))


def _text(revision: Revision, name: str | None) -> str:
    value = revision.fields.get(name) if name else None
    return value if isinstance(value, str) else ""
