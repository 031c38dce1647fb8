"""The log of revisions on any object store.

Order of a commit: entries of both outboxes, files and texts, then the revision. Killed before the
revision leaves entries that are dropped and files that nobody names; killed after it leaves entries
that are worked off. A number is taken by exclusive creation, so of two writers one loses.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from records.errors import Conflict, Corrupt, NotFound, Unknown
from records.identity import RecordId, Sha256
from records.ports.effect_outbox import places_of
from records.ports.object_store import NewObject, ObjectStore
from records.ports.record_log import Commit
from records.revision import RECENT_WRITES, Revision, Write, decode, encode, seal
from storage.keys import blob_key, effect_key, outbox_key, revision_key, text_key
from storage.revision_cache import RevisionCache


class StoredRecordLog:
    """Revisions as objects ``records/{id}/r{number}.json``."""

    def __init__(self, store: ObjectStore, cache: RevisionCache) -> None:
        self._store = store
        self._cache = cache
        self._threads = ThreadPoolExecutor(store.at_once, thread_name_prefix="log")

    def latest(self, record: RecordId, *, known: int = 0) -> Revision:
        """As the port says: from `known` upward by looking, from nothing by listing."""
        if known == 0:
            return self.revision(record, self._newest_by_listing(record))
        number = known
        while self._store.stat(revision_key(record, number + 1)) is not None:
            number += 1
        return self.revision(record, number)

    def latest_all(
        self, wanted: Sequence[tuple[RecordId, int]]
    ) -> list[Revision | NotFound | Corrupt]:
        """As the port says."""
        if len(wanted) > 1 and self._store.at_once > 1:
            return list(self._threads.map(self._latest_or_error, wanted))
        return [self._latest_or_error(each) for each in wanted]

    def revision(self, record: RecordId, number: int) -> Revision:
        """As the port says."""
        return self._read(record, number)[0]

    def digest(self, record: RecordId, number: int) -> Sha256:
        """As the port says."""
        return self._read(record, number)[1]

    def history(self, record: RecordId, *, newest: int) -> Sequence[Revision]:
        """As the port says."""
        numbers = range(newest, 0, -1)
        missing = sum(self._cache.get(record, number) is None for number in numbers)
        reading = self._threads.map if missing > 1 and self._store.at_once > 1 else map
        return list(reading(lambda number: self.revision(record, number), numbers))

    def commit(self, commit: Commit) -> Revision:
        """As the port says."""
        outcome = self.commit_all([commit])[0]
        if isinstance(outcome, Conflict):
            raise outcome
        return outcome

    def commit_all(self, commits: Sequence[Commit]) -> list[Revision | Conflict]:
        """As the port says."""
        chained = [self._chained(commit.revision) for commit in commits]
        before: list[NewObject] = []
        for revision, commit in zip(chained, commits, strict=True):
            before.extend(_companions(revision, commit))
        self._store.create_all(before)
        created = self._create_revisions(chained)
        return [
            revision if conflict is None else self._settle(revision)
            for revision, conflict in zip(chained, created, strict=True)
        ]

    def records(self, *, after: RecordId | None = None) -> Iterator[tuple[RecordId, int]]:
        """As the port says."""
        start = f"records/{after}/~" if after else ""
        current: RecordId | None = None
        newest = 0
        for stat in self._store.list("records/", after=start):
            _, record, name = stat.key.split("/", 2)
            if record != current:
                if current is not None and newest:
                    yield current, newest
                current, newest = RecordId(record), 0
            if name.startswith("r") and name.endswith(".json"):
                newest = max(newest, int(name[1:-5]))
        if current is not None and newest:
            yield current, newest

    def _latest_or_error(self, wanted: tuple[RecordId, int]) -> Revision | NotFound | Corrupt:
        record, known = wanted
        try:
            return self.latest(record, known=known)
        except (NotFound, Corrupt) as error:
            return error

    def _read(self, record: RecordId, number: int) -> tuple[Revision, Sha256]:
        cached = self._cache.get(record, number)
        if cached is not None:
            return cached
        try:
            stored = self._store.read(revision_key(record, number))
        except NotFound as error:
            raise NotFound("unknown_revision", record=record, number=number) from error
        try:
            found = decode(stored)
        except Corrupt as error:
            raise Corrupt("torn_revision", record=record, number=number) from error
        self._cache.put(*found, stored_bytes=len(stored))
        return found

    def _newest_by_listing(self, record: RecordId) -> int:
        names = [stat.key for stat in self._store.list(f"records/{record}/r", after="")]
        if not names:
            raise NotFound("unknown_record", record=record)
        return int(names[-1].rpartition("/r")[2].removesuffix(".json"))

    def _chained(self, revision: Revision) -> Revision:
        """The revision with `previous` and the remembered writes filled in."""
        write = Write(
            write_id=revision.event.write_id, number=revision.number, digest=revision.event.digest
        )
        previous: Sha256 | None = None
        recent: tuple[Write, ...] = ()
        if revision.number > 1:
            before, previous = self._read(revision.record, revision.number - 1)
            recent = before.recent
        return revision.model_copy(
            update={"previous": previous, "recent": (*recent, write)[-RECENT_WRITES:]}
        )

    def _create_revisions(self, revisions: Sequence[Revision]) -> list[Conflict | None]:
        bodies = [encode(revision) for revision in revisions]
        keys = [revision_key(revision.record, revision.number) for revision in revisions]
        if len(keys) > 1:
            return self._store.create_all(list(map(NewObject, keys, bodies)))
        try:
            self._store.create(keys[0], bodies[0])
        except Conflict as conflict:
            return [conflict]
        except Unknown as unknown:
            return [self._settled_later(revisions[0], unknown)]
        self._cache.put(*decode(bodies[0]), stored_bytes=len(bodies[0]))  # its writer reads it next
        return [None]

    def _settled_later(self, revision: Revision, unknown: Unknown) -> Conflict:
        """After an unknown outcome: something stands under the number, and `_settle` says what.

        Nothing there tells nothing, since the write may still arrive: it stays unknown.
        """
        if self._store.stat(revision_key(revision.record, revision.number)) is None:
            raise unknown
        return Conflict("unsettled")

    def _settle(self, revision: Revision) -> Revision | Conflict:
        """What stands under the number now: ours after all, or the revision that was first."""
        standing = self.revision(revision.record, revision.number)
        if standing.event.write_id == revision.event.write_id:
            return standing
        newest = self.latest(revision.record, known=revision.number)
        return Conflict(
            "stale_revision", record=revision.record, newest=newest.number, by=newest.event.actor
        )


def _companions(revision: Revision, commit: Commit) -> Iterator[NewObject]:
    record = revision.record
    number, write_id = revision.number, revision.event.write_id
    yield NewObject(outbox_key(record, number, write_id), b"")
    for place in places_of(revision):
        yield NewObject(effect_key(record, number, place, write_id), b"")
    for sha256, path in commit.files.items():
        yield NewObject(blob_key(record, sha256), path)
    for sha256, text in commit.texts.items():
        yield NewObject(
            text_key(record, sha256, text.extractor), seal(text.model_dump_json().encode())
        )
