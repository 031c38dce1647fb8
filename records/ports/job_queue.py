"""The queue of work that follows from what was committed."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from records.identity import RecordId


class Lane(StrEnum):
    """Where jobs wait: a slow one never holds up another."""

    INTERACTIVE = "interactive"
    """Somebody waits before his screen: his own write in search."""
    EFFECTS = "effects"
    """What follows a commit: notices, child records, times. May wait for parts of others (mail)."""
    EXTRACT = "extract"
    INDEX = "index"
    BULK = "bulk"
    MAINTENANCE = "maintenance"
    SCAN = "scan"
    """Pages of scans, seconds each: whoever takes this lane beside others shall have hands left."""


class JobName(StrEnum):
    """What is to be done; each is one call of one use case, safe to run twice, late, disordered."""

    DELIVER = "deliver"
    """Work off what a person just wrote to a record."""
    EFFECT = "effect"
    """Run the effects of a record's revisions that are not done yet."""
    READ = "read"
    """Read the text of a record's files."""
    INDEX = "index"
    """Work off a record whose text is there now, or that was left lying."""
    DRAIN = "drain"
    """Work off everything that waits, in large batches."""
    SWEEP = "sweep"
    """Ask again for what stands in an outbox and nobody works off."""
    TIMERS = "timers"
    """Do what has fallen due."""
    SEND = "send"
    """Send notices by mail and short message."""
    UPKEEP = "upkeep"
    """Build the index anew where it has to be."""
    RECONCILE = "reconcile"
    EXPORT = "export"
    """Write rows of long exports that are not done."""
    SCAN = "scan"
    """Recognise text on pages, a turn for each record that waits."""
    PURGE = "purge"
    """Remove sessions and exports that are over, files that never became part of a record."""


@dataclass(frozen=True, slots=True)
class Job:
    """A job by name; `record` where it concerns one. It carries identifiers and nothing else."""

    name: JobName
    record: RecordId | None = None


@dataclass(frozen=True, slots=True)
class LaneState:
    """How much waits in a lane, not counting what is being done."""

    lane: Lane
    waiting: int
    oldest_s: float | None
    """Age of the job that has waited longest; None when none waits or the queue cannot tell."""


class JobQueue(Protocol):
    """Brings jobs to whoever does them: at least once each, in no particular order.

    Never the only copy of anything: a job that is lost is asked for again by the sweep of the
    outbox. A job that fails for want of a part (Unavailable) is tried again after a while; one
    that fails otherwise is handed to the dead letters.
    """

    def put(self, job: Job) -> None:
        """Ask for a job. Raises Unavailable (``queue_down``) when nobody could be told."""
        ...

    def ask(self, job: Job, *, timeout_s: float) -> bool:
        """Ask for a job and wait; whether it was done in time. Raises Unavailable as `put`.

        A run that was under way before and ended meanwhile counts: whoever needs more than that
        looks at what it was to bring about.
        """
        ...

    def lanes(self) -> Sequence[LaneState]:
        """The state of every lane, in order of declaration. Raises Unavailable (``queue_down``)."""
        ...

    def close(self) -> None:
        """Stop what this process runs for the queue; what waits elsewhere goes on."""
        ...
