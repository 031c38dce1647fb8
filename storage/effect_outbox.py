"""The outbox of effects on any object store: empty objects whose key says it all."""

from collections.abc import Iterator, Sequence
from contextlib import suppress

from records.errors import Conflict
from records.identity import ObjectKey, RecordId
from records.ports.effect_outbox import EffectEntry
from records.ports.object_store import ObjectStore
from storage.keys import EFFECTS, effect_key, effects_prefix


class StoredEffectOutbox:
    """Entries as ``effects/…/{record}.{number}.{place}.{write id}``; commits put them there."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    def onward(self, after: EffectEntry | None) -> Iterator[EffectEntry]:
        """As the port says."""
        return self._listed(EFFECTS, after=_key(after) if after is not None else "")

    def of(self, record: RecordId) -> Iterator[EffectEntry]:
        """As the port says."""
        return self._listed(effects_prefix(record), after="")

    def add(self, entry: EffectEntry) -> None:
        """As the port says."""
        with suppress(Conflict):
            self._store.create(_key(entry), b"")

    def remove(self, entries: Sequence[EffectEntry]) -> None:
        """As the port says."""
        for entry in entries:
            self._store.delete(_key(entry))

    def _listed(self, prefix: str, *, after: str) -> Iterator[EffectEntry]:
        for stat in self._store.list(prefix, after=after):
            record, number, place, write_id = stat.key.rpartition("/")[2].split(".")
            yield EffectEntry(RecordId(record), int(number), int(place), write_id)


def _key(entry: EffectEntry) -> ObjectKey:
    return effect_key(entry.record, entry.number, entry.place, entry.write_id)
