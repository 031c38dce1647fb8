"""What becomes of running records when their kind changes: versions kept, states renamed or gone.

A record follows the version that it was written by while that is kept (``notice@1.yaml``, see
`records.schema.kind.Kinds.of`). Otherwise it follows the present one; a state of it that was
renamed is named by ``was`` there.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from records.flow.task import Step, Task, WayBack
from records.identity import KindName
from records.revision import Revision
from records.schema.kind import Kind, Kinds

_Placed = TypeVar("_Placed", Task, Step, WayBack)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a record stands: its kind, the version it was written by, its state."""

    kind: KindName
    kind_version: int
    state: str | None


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Records that no kind understands: the kind is gone (`kind` None), or the state."""

    standing: Standing
    records: int
    kind: Kind | None


def standing_of(revision: Revision) -> Standing:
    """Where this record stands."""
    return Standing(revision.kind, revision.kind_version, revision.state)


def state_now(kind: Kind, state: str | None) -> str | None:
    """The state itself, or the one that has taken its place; None when neither is declared."""
    if state is None or state in kind.states:
        return state
    return next((name for name, declared in kind.states.items() if state in declared.was), None)


def carried_over(kind: Kind, revision: Revision) -> Revision:
    """The revision in the words of the kind: renamed states of it, its tasks and its trail.

    The same revision when nothing of it was renamed. Opinions and events keep the old words: they
    say what was.
    """
    renamed = {old: new for new, state in kind.states.items() for old in state.was}
    if not renamed or revision.state is None:
        return revision

    def moved(each: _Placed) -> _Placed:
        return each.model_copy(update={"state": renamed.get(each.state, each.state)})

    changed = revision.model_copy(
        update={
            "state": renamed.get(revision.state, revision.state),
            "tasks": tuple(map(moved, revision.tasks)),
            "trail": tuple(map(moved, revision.trail)),
            "ways_back": tuple(map(moved, revision.ways_back)),
        }
    )
    return revision if changed == revision else changed


def unplaced(kinds: Kinds, standing: Mapping[Standing, int]) -> Iterator[Unplaced]:
    """Which records stand where no kind has a state for them, most first."""
    for place, records in sorted(standing.items(), key=lambda each: -each[1]):
        if kinds.find(place.kind) is None:
            yield Unplaced(place, records, None)
        else:
            kind = kinds.of(place)
            if place.state is not None and state_now(kind, place.state) is None:
                yield Unplaced(place, records, kind)


def counted(revisions: Iterable[Revision]) -> dict[Standing, int]:
    """How many records stand where; deleted ones do not count."""
    counts: dict[Standing, int] = {}
    for revision in revisions:
        if not revision.deleted:
            place = standing_of(revision)
            counts[place] = counts.get(place, 0) + 1
    return counts
