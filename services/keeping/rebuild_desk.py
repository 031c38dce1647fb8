"""重建索引 on demand: asked for by whoever, done by the process that writes, watched by all.

How far it is stands in the store, as a note that may be lost without harm. A note that has not been
written anew for `SILENT` is of a process that is gone, and the rebuild may be asked for again.
"""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from pydantic import BaseModel, ConfigDict, ValidationError

from records.errors import NotFound, Unavailable, WenshuError
from records.identity import Login, ObjectKey
from records.ports.clock import Clock
from records.ports.object_store import ObjectStore

_LOG = logging.getLogger(__name__)

NOTE = ObjectKey("notes/rebuild")

SILENT = timedelta(minutes=2)
"""A batch takes seconds; ten of them may be large files."""


class RebuildState(StrEnum):
    """How far a rebuild is."""

    NONE = "none"
    ASKED = "asked"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class RebuildProgress(BaseModel):
    """The last rebuild. `total` is how many the one before it had, 0 where nobody knows."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    state: RebuildState = RebuildState.NONE
    done: int = 0
    total: int = 0
    by: Login | None = None
    began_at: datetime | None = None
    at: datetime | None = None
    reason: str = ""
    """Why it failed."""

    @property
    def is_open(self) -> bool:
        """Whether it was asked for, or runs."""
        return self.state in {RebuildState.ASKED, RebuildState.RUNNING}


class Rebuilding(Protocol):
    """What rebuilds: in this process, or by one of its own."""

    def run(self) -> Iterator[int]:
        """Gives the number of records done so far; swaps at the end. Raises Unavailable."""
        ...

    def give_up(self) -> None:
        """Break it off, where another process does it."""
        ...


class RebuildDesk:
    """Takes what is asked, has it done, and says how far it is."""

    def __init__(self, store: ObjectStore, clock: Clock, rebuilding: Rebuilding) -> None:
        self._store = store
        self._clock = clock
        self._rebuilding = rebuilding

    def progress(self) -> RebuildProgress:
        """The last rebuild that was asked for here; what fell silent has failed."""
        try:
            noted = RebuildProgress.model_validate_json(self._store.read(NOTE))
        except (NotFound, ValidationError):
            return RebuildProgress()
        silent = noted.at is not None and self._clock.now() - noted.at > SILENT
        if noted.state is RebuildState.RUNNING and silent:
            return noted.model_copy(update={"state": RebuildState.FAILED, "reason": "broken_off"})
        return noted

    def ask(self, by: Login | None) -> RebuildProgress:
        """Ask for one; where one is open already, that one."""
        before = self.progress()
        if before.is_open:
            return before
        now = self._clock.now()
        asked = RebuildProgress(
            state=RebuildState.ASKED, total=before.total, by=by, began_at=now, at=now
        )
        return self._note(asked)

    def tend(self) -> bool:
        """Do what was asked for, if this process may; whether it did.

        Raises Unavailable while the store is away.
        """
        asked = self.progress()
        if asked.state is not RebuildState.ASKED:
            return False
        try:
            done = self._run(asked)
        except Unavailable as error:
            if error.reason in {"writer_elsewhere", "rebuild_running"}:
                return False  # it is asked of another process
            self._failed(error)
            raise
        except Exception as error:
            self._failed(error)
            raise
        self._note(done)
        return True

    def give_up(self) -> None:
        """Break off what runs, as far as it can be: the house closes."""
        self._rebuilding.give_up()

    def _run(self, asked: RebuildProgress) -> RebuildProgress:
        progress = asked
        for done in self._rebuilding.run():
            progress = self._note(
                progress.model_copy(
                    update={
                        "state": RebuildState.RUNNING,
                        "done": done,
                        "total": max(progress.total, done),
                        "at": self._clock.now(),
                    }
                )
            )
        ended = {"state": RebuildState.DONE, "total": progress.done, "at": self._clock.now()}
        return progress.model_copy(update=ended)

    def _failed(self, error: Exception) -> None:
        reason = error.reason if isinstance(error, WenshuError) else "unexpected"
        failed = {"state": RebuildState.FAILED, "reason": reason, "at": self._clock.now()}
        self._note(self.progress().model_copy(update=failed))

    def _note(self, progress: RebuildProgress) -> RebuildProgress:
        self._store.replace(NOTE, progress.model_dump_json().encode())
        return progress
