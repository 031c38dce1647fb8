"""What is personal of a record, hidden from who only reads it (features.md C3.8)."""

from records.revision import FieldValue, Revision
from records.schema.kind import Kind
from records.schema.kind_fields import FieldType

MASK = "＊＊＊"
"""Stands for words that are there and not shown."""

_WORDS = frozenset({FieldType.TEXT, FieldType.LONG_TEXT, FieldType.CHOICE, FieldType.TERM})


def masked(kind: Kind, revision: Revision) -> Revision:
    """The record without its personal values: words are masked, all else is left out."""
    hidden = [name for name, field in kind.fields.items() if field.personal]
    if not any(revision.fields.get(name) not in (None, "", ()) for name in hidden):
        return revision
    return revision.model_copy(
        update={
            "fields": {
                name: _hidden(kind, name, value) if name in hidden else value
                for name, value in revision.fields.items()
            }
        }
    )


def _hidden(kind: Kind, name: str, value: FieldValue) -> FieldValue:
    return MASK if value and kind.fields[name].type in _WORDS else None
