"""The outbox of effects: what follows from a commit and is not done yet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from records.identity import RecordId
from records.revision import Revision

UPKEEP = 0
"""The place that stands for what a revision asks by itself: its times, what it holds, its news."""


@dataclass(frozen=True, slots=True)
class EffectEntry:
    """One effect of a revision that is to be run, named by the write of the revision."""

    record: RecordId
    number: int
    place: int
    """Its place among the effects of the revision, counted from 1, or `UPKEEP`."""
    write_id: str

    @property
    def part(self) -> str:
        """The entry within its record, as letters and notes of failures name it."""
        return f"{self.number:08d}.{self.place:03d}"


def places_of(revision: Revision) -> tuple[int, ...]:
    """The places for which a commit of this revision leaves an entry each.

    None for a record without a flow that is open to no single person: a million files that are
    imported for everybody leave no million entries.
    """
    named = any(grant.to.startswith("person:") for grant in revision.grants)
    asks = revision.state is not None or revision.held_names or named
    return (*((UPKEEP,) if asks else ()), *range(1, len(revision.effects) + 1))


class EffectOutbox(Protocol):
    """Entries stand here from before a commit until their effect is done.

    Each is run alone and in no promised order: one that fails for a week holds up no other, nor
    the index, which has an outbox of its own.
    """

    def onward(self, after: EffectEntry | None) -> Iterator[EffectEntry]:
        """Entries behind this one, or all, in order of record and revision.

        An entry may be older than its commit, and may be of a commit that failed.
        """
        ...

    def of(self, record: RecordId) -> Iterator[EffectEntry]:
        """The entries of one record, in order of revision and place."""
        ...

    def add(self, entry: EffectEntry) -> None:
        """Ask for an effect of a revision that exists once more."""
        ...

    def remove(self, entries: Sequence[EffectEntry]) -> None:
        """These are done, or nothing is to be done."""
        ...
