"""The format version of a store: a program touches none but its own, and says what to do."""

from collections.abc import Mapping

from records.errors import Conflict, Corrupt, NotFound, Refused
from records.ports.object_store import ObjectStore
from services.keeping.copying import UNFINISHED
from services.keeping.migrating import Step, StoreMigrator
from storage.keys import FORMAT_KEY

FORMAT = 1
_MOST_DIGITS = 9

STEPS: Mapping[int, Step] = {}
"""How to come to each format from the one before. There is none yet: 1 is the first."""


def check_format(store: ObjectStore) -> None:
    """Write the version into a new store; refuse another one.

    Raises Refused: ``newer_format``, ``older_format`` (run ``wenshu migrate``), both with ``found``
    and ``known``; ``copy_unfinished`` for a copy that was interrupted.
    """
    try:
        found = read_format(store)
    except NotFound:
        try:
            store.create(FORMAT_KEY, str(FORMAT).encode())
        except Conflict:
            check_format(store)
        return
    if found != FORMAT:
        reason = "newer_format" if found > FORMAT else "older_format"
        raise Refused(reason, found=found, known=FORMAT)


def read_format(store: ObjectStore) -> int:
    """The number in the store.

    Raises NotFound for a store that nobody has begun, Refused (``copy_unfinished``), Corrupt
    (``bad_format``).
    """
    body = store.read(FORMAT_KEY)
    if body == UNFINISHED:
        raise Refused("copy_unfinished")
    if not body.isdigit() or len(body) > _MOST_DIGITS:
        raise Corrupt("bad_format")
    return int(body)


def migrating(store: ObjectStore) -> StoreMigrator:
    """The way from whatever format the store has to that of this program."""
    return StoreMigrator(store, steps=STEPS, known=FORMAT, read=read_format, write=_write)


def _write(store: ObjectStore, number: int) -> None:
    store.replace(FORMAT_KEY, str(number).encode())
