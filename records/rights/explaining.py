"""权限说明: which rule of a record opens it to somebody, or why none does.

The same rule as `records.rights.reading.may_read`, told piece by piece; a test proves both equal.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from records.flow.declarations import ReadBy
from records.identity import Token
from records.revision import Revision
from records.rights.access import (
    EVERYONE,
    Level,
    Reader,
    folder_token,
    keeper_token,
    person_token,
)
from records.rights.reading import audience_of, deputies_of, folder_of
from records.schema.kind import Kind


class Source(StrEnum):
    """Where a rule comes from."""

    OWNER = "owner"
    GRANT = "grant"
    PART = "part"
    """He takes part in the flow, or did."""
    DEPUTY = "deputy"
    AUDIENCE = "audience"
    FOLDER = "folder"
    """The folder of its library opens it."""
    STATE = "state"
    """The kind opens a record in this state to everybody."""


@dataclass(frozen=True, slots=True)
class AccessRule:
    """One rule: to whom it opens the record, until when, and whether it does for the reader."""

    source: Source
    token: Token
    until: date | None
    carried: bool
    """The token is true of him."""
    over: bool
    """Its last day has passed."""

    @property
    def opens(self) -> bool:
        """Whether this rule alone would do."""
        return self.carried and not self.over


@dataclass(frozen=True, slots=True)
class AccessExplanation:
    """Why a reader may read a record, or may not."""

    rules: tuple[AccessRule, ...]
    """Those that open it to somebody, the ones that fit the reader first."""
    level: Level
    clearance: Level
    deleted: bool

    @property
    def clears(self) -> bool:
        """Whether he is cleared for the level of the record."""
        return self.level <= self.clearance

    @property
    def is_open(self) -> bool:
        """The decision."""
        return not self.deleted and self.clears and any(rule.opens for rule in self.rules)


def explained(kind: Kind, revision: Revision, reader: Reader, today: date) -> AccessExplanation:
    """The rules of a record as they stand for one reader today."""
    tokens = reader.tokens | reader.folders
    rules = dict.fromkeys(
        AccessRule(
            source,
            token,
            until,
            carried=token in tokens,
            over=until is not None and until < today,
        )
        for source, token, until in _rules(kind, revision)
    )
    return AccessExplanation(
        rules=tuple(sorted(rules, key=lambda rule: (not rule.opens, not rule.carried))),
        level=revision.level,
        clearance=reader.clearance,
        deleted=revision.deleted,
    )


def _rules(kind: Kind, revision: Revision) -> Iterator[tuple[Source, Token, date | None]]:
    folder = folder_of(kind, revision)
    if folder is None:
        yield Source.OWNER, person_token(revision.owner), None
    for grant in revision.grants:
        yield Source.GRANT, grant.to, grant.until
    for token in sorted(revision.participants) if folder is None else ():
        yield Source.PART, token, None
    for token in sorted(deputies_of(revision)) if folder is None else ():
        yield Source.DEPUTY, token, None
    state = kind.state(revision.state)
    if state is not None and state.read is ReadBy.AUDIENCE:
        for token in sorted(audience_of(kind, revision)):
            yield Source.AUDIENCE, token, None
    if folder is not None:
        yield Source.FOLDER, keeper_token(folder), None
        if state is not None and state.read is ReadBy.FOLDER:
            yield Source.FOLDER, folder_token(folder), None
    if state is not None and state.read is ReadBy.EVERYONE:
        yield Source.STATE, EVERYONE, None
