"""The format version of a data folder: an older program does not touch a newer folder."""

from records.errors import Conflict, NotFound, Refused
from records.ports.object_store import ObjectStore
from services.copying import UNFINISHED
from storage.keys import FORMAT_KEY

FORMAT = 1


def check_format(store: ObjectStore) -> None:
    """Write the version into a new folder; refuse a newer one.

    Raises Refused: ``newer_format`` with ``found`` and ``known``, ``copy_unfinished`` for a copy
    that was interrupted.
    """
    try:
        body = store.read(FORMAT_KEY)
    except NotFound:
        try:
            store.create(FORMAT_KEY, str(FORMAT).encode())
        except Conflict:
            check_format(store)
        return
    if body == UNFINISHED:
        raise Refused("copy_unfinished")
    if (found := int(body)) > FORMAT:
        raise Refused("newer_format", found=found, known=FORMAT)
