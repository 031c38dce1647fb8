"""Records that take numbers and slots in many processes at once."""

import os
import random
import signal
from datetime import datetime, timedelta
from multiprocessing.queues import Queue

from records.consequences.reservations import Names, NextNumber, Reservation
from records.consequences.taking import slot_names
from records.errors import Conflict
from records.identity import KindName, Login, RecordId, UnitCode
from records.ports.object_store import ObjectStore
from records.ports.record_log import Commit
from records.revision import Event, Revision
from services.flow.reserving import Reserver
from storage.claims import StoredClaims
from storage.record_log import StoredRecordLog
from storage.revision_cache import RevisionCache
from tests.clocks import NOW, SetClock
from tests.object_stores import BucketPlace, FolderPlace

WIDE = 3
"""So many may have the resource W at once."""

NUMBER = NextNumber(series="渝工商发", year=2026, field="number", form="{series}〔{year}〕{n}号")


class Taker:
    """Takes for records, and writes revisions that hold what was taken."""

    def __init__(self, store: ObjectStore, clock: SetClock | None = None) -> None:
        self.clock = clock or SetClock()
        self.log = StoredRecordLog(store, RevisionCache(capacity_bytes=1 << 20))
        self.claims = StoredClaims(store)
        self.reserver = Reserver(claims=self.claims, log=self.log, clock=self.clock)

    def take(self, record: str, write: str, *wanted: Reservation) -> tuple[str, ...]:
        """The claims that were got."""
        return self.reserver.take(wanted, record=RecordId(record), write_id=write).names

    def commit(self, record: str, write: str, number: int, held: tuple[str, ...]) -> Revision:
        """A revision of the record that holds these."""
        revision = Revision(
            record=RecordId(record),
            number=number,
            kind=KindName("paper"),
            kind_version=1,
            previous=None,
            created_at=NOW,
            owner=Login("a"),
            unit=UnitCode("u"),
            fields={"title": "题"},
            held_names=held,
            event=Event(action="x", actor=Login("a"), at=NOW, write_id=write),
        )
        return self.log.commit(Commit(revision))

    def give_back(self, record: str, names: tuple[str, ...]) -> None:
        """Give back."""
        self.reserver.give_back(names, record=RecordId(record))

    def held(self) -> list[str]:
        """Names that the newest revisions of all records hold, without generations."""
        return [
            name.partition(".")[0]
            for record, number in self.log.records()
            for name in self.log.revision(record, number).held_names
        ]


def slots(begins: datetime, minutes: int, resource: str = "R", *, capacity: int = 1) -> Names:
    """A booking, of what so many may have at once."""
    ends = begins + timedelta(minutes=minutes)
    names = tuple(slot_names(resource, begins, ends, quantum_minutes=15))
    return Names(names=names, reason="slot", capacity=capacity)


def race(place: FolderPlace | BucketPlace, seed: int, tries: int, done: "Queue[int]") -> None:
    """One of many processes: takes a number and a time each try, then commits, fails or ends."""
    taker = Taker(place.open())
    chance = random.Random(seed)
    committed = 0
    for n in range(tries):
        record, write = f"P{seed}N{n}", f"w{seed}-{n}"
        begins = NOW + timedelta(minutes=15 * chance.randrange(200))
        wanted = slots(begins, 15 * chance.randrange(1, 6))
        wide = slots(begins, 15 * chance.randrange(1, 6), "W", capacity=WIDE)
        try:
            got = taker.take(record, write, NUMBER, *((wide,) if n % 2 else (wanted,)))
        except Conflict:
            continue
        if chance.random() < 0.3:
            taker.give_back(record, got)
            continue
        taker.commit(record, write, 1, got)
        committed += 1
        if chance.random() < 0.5:
            kept = tuple(name for name in got if name.startswith("number/"))
            taker.commit(record, f"{write}b", 2, kept)
            taker.give_back(record, tuple(set(got) - set(kept)))
    done.put(committed)


def take_and_die(place: FolderPlace | BucketPlace, record: str) -> None:
    """Takes a number and a time, and is killed before the commit."""
    Taker(place.open()).take(record, "dead", NUMBER, slots(NOW, 30))
    os.kill(os.getpid(), signal.SIGKILL)
