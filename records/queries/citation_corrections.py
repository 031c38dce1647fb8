"""What somebody said of a citation by hand (更正引用): it wins over what is read from the text.

A correction names its citation by the anchor, so it holds in every later revision in which that
stands; where it does not, it rests. One that was added names the record alone.
"""

from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Self

from pydantic import Field, model_validator

from records.frozen import Frozen
from records.identity import Login, RecordId
from records.queries.citing import ADDED, Citation
from records.queries.relations import Relation

MOST = 200
"""Corrections of one record."""

_MEANT = "cited="


class CitationCorrection(Frozen):
    """One citation as it is to be understood; None leaves what is read."""

    anchor: str = Field(min_length=1, max_length=300)
    text: str = Field(max_length=500, description="As it is written; empty for one that was added")
    relation: Relation | None = None
    means: RecordId | None = None
    is_none: bool = Field(default=False, description="It is no citation")
    by: Login
    at: datetime

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        said = self.relation is not None or self.means is not None
        if self.is_none == said:
            raise ValueError("a correction says either that it is none, or what it is")
        return self

    @property
    def is_added(self) -> bool:
        """Whether the text does not tell it."""
        return self.anchor.startswith(ADDED)


def added_anchor(record: RecordId) -> str:
    """The anchor of an added citation of that record."""
    return f"{ADDED}{record}"


def as_corrected(
    citations: Iterable[Citation], corrections: Iterable[CitationCorrection]
) -> Iterator[Citation]:
    """The citations of a text as they are to be understood, behind them those that were added."""
    by_anchor = {each.anchor: each for each in corrections}
    for citation in citations:
        said = by_anchor.get(citation.anchor)
        if said is None:
            yield citation
        elif not said.is_none:
            relation = said.relation or citation.relation
            yield replace(citation, relation=relation, means=said.means)
    for each in by_anchor.values():
        if each.is_added:
            yield Citation("", "", (), each.relation or Relation.MENTIONS, means=each.means)


def corrected_facts(corrections: Iterable[CitationCorrection]) -> frozenset[str]:
    """Facts by which a record is found from the one that somebody said it means."""
    return frozenset(meant_fact(each.means) for each in corrections if each.means)


def meant_fact(record: RecordId) -> str:
    """The fact of records of which somebody said that they cite this one."""
    return f"{_MEANT}{record}"


def weight_of(citation: Citation, said: Container[str]) -> tuple[bool, bool, bool]:
    """Of two ways in which one paper is cited, what somebody said counts, then that it repeals.

    `said` are the anchors of which somebody said the way.
    """
    relation = citation.relation
    return citation.anchor in said, relation is Relation.REPEALS, relation is not Relation.MENTIONS
