"""The query tree: what a person asked, in types. Both kinds of index read the same tree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from records.identity import RecordId


class TextField(StrEnum):
    """Fields whose words can be asked for by name; ANY is title, number and text together."""

    ANY = "any"
    TITLE = "title"
    NUMBER = "number"
    UNIT = "unit"
    AUTHOR = "author"
    EVER = "ever"
    """Newest and earlier revisions, as far as all may read these who may read the record; empty
    where no revision left anything behind."""
    CLOSED = "closed"
    """Earlier revisions that some of them may read (records.queries.versions)."""


@dataclass(frozen=True, slots=True)
class Words:
    """One typed word or quoted phrase: stands in the field as typed, by the rule of the fold."""

    text: str
    field: TextField = TextField.ANY


@dataclass(frozen=True, slots=True)
class Prefix:
    """``abc*``: a run of letters or digits that begins so; for Chinese the same as Words."""

    text: str
    field: TextField = TextField.ANY


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A document number by its canonical key (records.queries.numbering)."""

    key: str


@dataclass(frozen=True, slots=True)
class DateRange:
    """Records whose date lies in the range, both ends included; None leaves an end open."""

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class And:
    """All of them."""

    children: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of them."""

    children: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Not this."""

    child: Query


@dataclass(frozen=True, slots=True)
class Everything:
    """No condition: every record that access lets through."""


@dataclass(frozen=True, slots=True)
class FactRange:
    """Facts from `first` on up to, not including, `end`, in the order of their characters."""

    first: str
    end: str

    def holds(self, fact: str) -> bool:
        """Whether a fact lies in the range."""
        return self.first <= fact < self.end


Fact = str | FactRange
"""A fact of records (records.lists.facts), or all that lie between two."""


@dataclass(frozen=True, slots=True)
class Holds:
    """Records of which one of these facts is true; none of them, no records."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Among:
    """These very records."""

    records: frozenset[RecordId]


Query = Words | Prefix | DocumentNumber | DateRange | And | Or | Not | Everything | Holds | Among


def is_true(fact: Fact, facts: frozenset[str]) -> bool:
    """Whether one of a record's `facts` is the one asked for, or lies in the range."""
    if isinstance(fact, FactRange):
        return any(fact.holds(each) for each in facts)
    return fact in facts


def breadth(query: Query) -> int:
    """How many single conditions a query holds; each is looked for by itself."""
    match query:
        case And(children) | Or(children):
            return sum(map(breadth, children))
        case Not(child):
            return breadth(child)
        case _:
            return 1


@dataclass(frozen=True, slots=True)
class Widened:
    """A typed word, what else was looked for in its place, and the query without that."""

    word: str
    others: tuple[str, ...]
    exact: str
    """The same query, this word in quotes; empty where that cannot be written."""


@dataclass(frozen=True, slots=True)
class ReadQuery:
    """A query as it was understood, and what to tell the person about it.

    `notices` holds stable words. Read as plain words: ``unpaired`` (a bracket or quote),
    ``operator`` (nothing beside an OR, AND or NOT), ``bad_date``, ``malformed`` (too deep).
    ``too_long`` (cut), ``empty`` (only spaces or punctuation: nothing was asked),
    ``other_condition`` (``密级:秘密`` was looked for as text, the box knows no such field).
    """

    tree: Query
    notices: tuple[str, ...] = ()
    widened: tuple[Widened, ...] = ()
    """Words that were looked for under other names as well."""
