"""People files that were looked at and not taken yet, for a day: what is looked at is taken.

A file may hold passwords, so what is kept is sealed: the key is in the name that is handed out, and
nowhere in the store.
"""

import base64
import hashlib
import json
from urllib.parse import quote

from cryptography.fernet import Fernet, InvalidToken

from records.errors import NotFound
from records.identity import Login, ObjectKey
from records.people.people_rows import PeopleRows
from records.ports.clock import Clock
from records.ports.identities import Identities
from records.ports.object_store import ObjectStore

_FOLDER = "notes/people/"
_LONGEST = 200


class PeopleDrafts:
    """Each under the login of who looked at it: ``notes/people/{login}/{second}{digest}``."""

    def __init__(self, store: ObjectStore, identities: Identities, clock: Clock) -> None:
        self._store = store
        self._identities = identities
        self._clock = clock

    def keep(self, login: Login, rows: PeopleRows) -> str:
        """Keep the rows; the name by which they are found again, and opened."""
        name = f"{int(self._clock.now().timestamp()):010d}.{self._identities.secret()}"
        told = {"units": list(rows.units), "people": list(rows.people)}
        body = json.dumps(told, ensure_ascii=False, default=str).encode("utf-8", "replace")
        self._store.replace(_key(login, name), _seal(name).encrypt(body))
        return name

    def read(self, login: Login, name: str) -> PeopleRows:
        """The rows. Raises NotFound (``no_people_draft``), for those of others too."""
        try:
            if not (name.isascii() and len(name) <= _LONGEST):
                raise NotFound("no_people_draft")
            told = json.loads(_seal(name).decrypt(self._store.read(_key(login, name))))
        except (NotFound, InvalidToken) as error:
            raise NotFound("no_people_draft") from error
        return PeopleRows(tuple(told["units"]), tuple(told["people"]))

    def drop(self, login: Login, name: str) -> None:
        """They were taken."""
        self._store.delete(_key(login, name))

    def sweep(self, before_s: float) -> int:
        """Forget those that were kept before that time (seconds of the epoch); how many."""
        limit = f"{int(before_s):010d}"
        keys = [stat.key for stat in self._store.list(_FOLDER, after="")]
        old = [key for key in keys if key.rpartition("/")[2][:10] < limit]
        for key in old:
            self._store.delete(key)
        return len(old)


def _key(login: Login, name: str) -> ObjectKey:
    """The second in front, so that what is old is found without being read."""
    second = name.partition(".")[0][:10]
    told = f"{second if second.isdigit() else '0' * 10}{_digest('name', name).hex()[:40]}"
    return ObjectKey(f"{_FOLDER}{quote(login, safe='@-')}/{told}")


def _seal(name: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_digest("key", name)))


def _digest(purpose: str, name: str) -> bytes:
    return hashlib.sha256(f"{purpose}\n{name}".encode()).digest()
