"""Fields of the tantivy index, and the name that changes when they do."""

import hashlib
from enum import StrEnum
from importlib.metadata import version

import tantivy

from indexers.analysis import Analyser
from records.query import TextField
from records.search import Facet

VERSION = 2
"""Changes whenever documents are written otherwise into the same fields."""


class Name(StrEnum):
    """Names of fields."""

    ID = "id"
    ID_ORDER = "id_order"
    """The first eight bytes of the identifier as a number: where a listing goes on."""
    REVISION = "revision"
    VERSION = "version"
    """`IndexDocument.version`: a lower one never replaces it."""
    CONTENT = "content"
    """Tokens of title, number and pages, with positions: they decide, as phrases."""
    PAIRS = "pairs"
    """Pairs of the same texts, with positions: they narrow down, rank, and decide on a word of
    several characters: a search whose words stand in 16,000 of 20,000 records takes 2.8 ms with
    phrases of pairs and 5.6 with phrases of single characters."""
    TITLE = "title"
    TITLE_PAIRS = "title_pairs"
    NUMBER = "number"
    UNIT_TEXT = "unit_text"
    AUTHOR_TEXT = "author_text"
    NUMBER_KEY = "number_key"
    READER = "reader"
    """Tokens that open the record, for ever or with the last day on which they do."""
    AUTHOR = "author"
    HOLDER = "holder"
    AUDIENCE_WIDE = "audience_wide"
    DAY = "day"
    """`date.toordinal` of the day the record bears."""
    BY_DATE = "by_date"
    BY_CHANGE = "by_change"
    DATE_RANK = "date_rank"
    """Sorts like BY_DATE, faster, but records of one day and millisecond are equal in it."""
    CHANGE_RANK = "change_rank"
    """Sorts like BY_CHANGE; records of one microsecond are equal in it."""
    FRESHNESS = "freshness"
    SYLLABLES = "syllables"
    INITIALS = "initials"
    SHOWN_TITLE = "shown_title"
    SHOWN_NUMBER = "shown_number"


DECIDING = {
    TextField.ANY: Name.CONTENT,
    TextField.TITLE: Name.TITLE,
    TextField.NUMBER: Name.NUMBER,
    TextField.UNIT: Name.UNIT_TEXT,
    TextField.AUTHOR: Name.AUTHOR_TEXT,
}
PAIRED = {TextField.ANY: Name.PAIRS, TextField.TITLE: Name.TITLE_PAIRS}
WITH_POSITIONS = (*DECIDING.values(), *PAIRED.values(), Name.SYLLABLES, Name.INITIALS)
TERMS = (
    Name.NUMBER_KEY,
    Name.READER,
    Name.AUTHOR,
    Name.HOLDER,
    Name.AUDIENCE_WIDE,
)
FACETS = {facet: f"facet_{facet}" for facet in Facet}
COLUMNS = (*FACETS.values(), Name.BY_DATE, Name.BY_CHANGE)
"""Terms that are counted or sorted by."""

NUMBERS = (Name.REVISION, Name.VERSION, Name.DATE_RANK, Name.CHANGE_RANK)

SHOWN = (Name.SHOWN_TITLE, Name.SHOWN_NUMBER)


def build_schema() -> tantivy.Schema:
    """The schema of every index of this version."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(
        Name.ID, stored=True, fast=True, tokenizer_name="raw", index_option="basic"
    )
    builder.add_unsigned_field(Name.ID_ORDER, indexed=True, fast=True)
    for name in NUMBERS:
        builder.add_unsigned_field(name, fast=True)
    builder.add_integer_field(Name.DAY, indexed=True, fast=True)
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
