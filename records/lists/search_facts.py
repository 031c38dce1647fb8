"""Facts that searches over all kinds count and narrow by, beside those of lists (SS-04).

Each record has one of every name but `ISSUER`, which it has only where somebody issued it, and
`FILE`: one for each file that is not empty.
"""

from collections.abc import Iterator
from datetime import date

from records.identity import Sha256, UnitCode
from records.lists.facts import LONGEST, values_of
from records.revision import Revision
from records.schema.kind import Kind
from records.schema.kind_fields import FieldType

URGENCY, STATE = "urgency", "state"
"""Names of facts of lists that searches count by too."""

ISSUER, ATTACHED, ARCHIVED, MONTH = "issuer", "attached", "archived", "dated"

FILE = "file"
"""Asked by the digest of a content; nothing counts by it."""

YES, NO = "yes", "no"

_UNIT = "unit:"


def search_facts(kind: Kind, revision: Revision, *, dated_on: date) -> frozenset[str]:
    """发文机关, its files by content, whether it is filed (归档), and the month it bears."""
    state = kind.state(revision.state)
    filed = state is not None and state.done and state.frozen
    return frozenset(
        [
            f"{ATTACHED}={YES if revision.files else NO}",
            f"{ARCHIVED}={YES if filed else NO}",
            f"{MONTH}={dated_on:%Y-%m}",
            *(f"{ISSUER}={issuer}" for issuer in issuers_of(kind, revision)),
            *map(content_fact, contents_of(revision)),
        ]
    )


def contents_of(revision: Revision) -> frozenset[Sha256]:
    """Digests of the files of a record; empty ones are alike by chance."""
    return frozenset(file.sha256 for file in revision.files if file.size_bytes)


def content_fact(sha256: Sha256) -> str:
    """The record holds a file of this content (疑似重复)."""
    return f"{FILE}={sha256}"


def issuing_unit(issuer: str) -> UnitCode | None:
    """The unit that a value of `ISSUER` names by its code; None for one that is a name."""
    return UnitCode(issuer.removeprefix(_UNIT)) if issuer.startswith(_UNIT) else None


def issued_by(unit: UnitCode) -> str:
    """The value of `ISSUER` of what a unit, or the organ that it belongs to, issued itself."""
    return f"{_UNIT}{unit}"


def issuers_of(kind: Kind, revision: Revision) -> Iterator[str]:
    """Values of `ISSUER`: names as they are written, units by `issued_by`."""
    meaning = kind.meaning
    if meaning.issues:
        yield issued_by(revision.unit)
    elif meaning.issuer:
        field = kind.fields[meaning.issuer]
        for value in values_of(field, revision.fields.get(meaning.issuer)):
            clean = " ".join(value.split()).encode(errors="replace").decode()
            if clean and len(clean) <= LONGEST:
                yield issued_by(UnitCode(clean)) if field.type is FieldType.UNIT else clean
