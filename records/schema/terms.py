"""Words of dictionaries in the fields of a record (SY-09): only those in use can be chosen anew."""

import json
from collections.abc import Iterator, Mapping

from records.errors import Invalid
from records.revision import FieldValue
from records.schema.dictionaries import Dictionaries
from records.schema.kind import Kind
from records.schema.kind_fields import FieldDeclaration, FieldType

Fields = Mapping[str, FieldValue]


def terms_of(kind: Kind, fields: Fields) -> Iterator[tuple[str, FieldDeclaration, str]]:
    """Each word of a dictionary that the fields hold: name of the field, its declaration, word."""
    for name, declared in kind.fields.items():
        yield from _terms(name, declared, fields.get(name))


def refuse_unused_words(
    kind: Kind, before: Fields, after: Fields, dictionaries: Dictionaries
) -> None:
    """Whether every word that was not there before can be chosen.

    A word that was disabled meanwhile may stay. Raises Invalid (``not_an_option``).
    """
    there = {(name, word) for name, _, word in terms_of(kind, before)}
    for name, declared, word in terms_of(kind, after):
        dictionary = declared.dictionary or ""
        if (name, word) in there:
            continue
        allowed = dictionaries.active(dictionary) if dictionary in dictionaries else ()
        if word not in allowed:
            raise Invalid("not_an_option", field=name, label=declared.label, allowed=allowed)


def _terms(
    name: str, declared: FieldDeclaration, value: FieldValue
) -> Iterator[tuple[str, FieldDeclaration, str]]:
    if declared.type is FieldType.TERM and isinstance(value, str) and value:
        yield name, declared, value
    if declared.type is FieldType.ROWS and isinstance(value, tuple):
        for row in value:
            cells = json.loads(row)
            for column, below in declared.columns.items():
                yield from _terms(f"{name}.{column}", below, cells.get(column))
