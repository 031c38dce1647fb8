"""Fields of the tantivy index, and the name that changes when they do."""

import hashlib
from enum import StrEnum
from importlib.metadata import version

import tantivy

from indexers.analysis import Analyser
from indexers.querying.fields import DECIDING, FACETS, ORDERS, PAIRED, SHOWN, Field

VERSION = 11
"""Changes whenever documents are written otherwise into the same fields."""


class Name(StrEnum):
    """Names of fields that this engine has besides `indexers.querying.fields.Field`."""

    ID_ORDER = "id_order"
    """The first eight bytes of the identifier as a number: where a listing goes on."""
    VERSION = "version"
    """`IndexDocument.version`: a lower one never replaces it."""
    DATE_RANK = "date_rank"
    """The day, then the millisecond of the last change: records of one are told apart by others."""
    CHANGE_RANK = "change_rank"
    """The microsecond of the last change since 1970."""
    FRESHNESS = "freshness"


WITH_POSITIONS = (*DECIDING.values(), *PAIRED.values())
SPELLED = (Field.SYLLABLES, Field.SYLLABLE_PAIRS, Field.INITIALS)
TERMS = (Field.NUMBER_KEY, Field.COMPLETING, *SPELLED, Field.READER, Field.AUTHOR, Field.FACTS)
"""`Field.READER` holds tokens that open the record, for ever or with the last day they do."""

COLUMNS = (*FACETS.values(), *ORDERS.values())
"""Terms that are counted or sorted by."""

NUMBERS = (Field.REVISION, Name.VERSION, Name.DATE_RANK, Name.CHANGE_RANK)


def build_schema() -> tantivy.Schema:
    """The schema of every index of this version."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(
        Field.RECORD, stored=True, fast=True, tokenizer_name="raw", index_option="basic"
    )
    builder.add_unsigned_field(Name.ID_ORDER, indexed=True, fast=True)
    for name in NUMBERS:
        builder.add_unsigned_field(name, fast=True)
    builder.add_integer_field(Field.DAY, indexed=True, fast=True)
    builder.add_float_field(Name.FRESHNESS, fast=True)
    for name in WITH_POSITIONS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in TERMS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for column in COLUMNS:
        builder.add_text_field(column, fast=True, tokenizer_name="raw", index_option="basic")
    for name in SHOWN:
        builder.add_bytes_field(name, stored=True, indexed=False)
    return builder.build()


def fingerprint(analyser: Analyser) -> str:
    """Changes with the fields, the analyser and the version of tantivy."""
    fields = (WITH_POSITIONS, TERMS, COLUMNS, NUMBERS, SHOWN)
    described = f"{VERSION} {fields} {analyser.fingerprint} {version('tantivy')}"
    return hashlib.sha256(described.encode()).hexdigest()[:12]
