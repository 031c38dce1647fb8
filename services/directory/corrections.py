"""信息更正 (TX-05): a person asks for 通讯录 to be put right; who keeps him decides.

``corrections/open/{login}`` waits, one of a person; ``corrections/decided/{login}`` says what
became of his last one. It comes into effect as any change of people does, by `PeopleDesk`.
"""

import hashlib
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from records.errors import Conflict, Invalid, NotFound
from records.identity import Login
from records.people.contact import NAMES, Contact, read_contact
from records.people.organisation import Person
from records.ports.claims import Claims
from services.administration.people_desk import PeopleDesk, seen
from services.administration.scope import keeps, scope_of
from services.people.caller import Caller

_OPEN, _DECIDED = "corrections/open/", "corrections/decided/"
_LONGEST = 200


class Correction(BaseModel):
    """What somebody wants to stand of him, and why."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    login: Login
    contact: Contact
    note: str = ""
    at: datetime
    confirmed: bool | None = None
    """None while it waits."""
    reason: str = ""
    by: Login | None = None


class Corrections:
    """Takes what is asked, and what is decided."""

    def __init__(self, claims: Claims, people: PeopleDesk) -> None:
        self._claims = claims
        self._people = people

    def of(self, caller: Caller) -> Correction | None:
        """The caller's own that waits, else what became of his last one."""
        login = caller.person.login
        return self._read(_OPEN + login) or self._read(_DECIDED + login)

    def ask(self, caller: Caller, given: dict[str, str], note: str) -> Correction:
        """Ask for it; one that waits is replaced.

        Raises Invalid as `read_contact`, ``too_long`` and ``nothing_corrected``.
        """
        now, told = caller.person.contact or Contact(), " ".join(note.split())
        contact = read_contact(given, mobile_readers=now.mobile_readers)
        if len(told) > _LONGEST:
            given_ = len(told)
            raise Invalid("too_long", field="note", label="说明", max=_LONGEST, given=given_)
        if contact == now:
            raise Invalid("nothing_corrected", field="phone")
        made = Correction(login=caller.person.login, contact=contact, note=told, at=caller.now)
        self._claims.free(_OPEN + made.login)
        self._claims.take(_OPEN + made.login, made.model_dump_json().encode())
        return made

    def waiting(self, caller: Caller) -> tuple[tuple[Person, Correction], ...]:
        """What the caller may decide, the oldest first; nothing for who keeps nobody."""
        if scope_of(caller) is None:
            return ()
        found = []
        for name in self._claims.names(_OPEN):
            person = caller.organisation.find_person(Login(name.removeprefix(_OPEN)))
            asked = self._read(name) if person and keeps(caller, person) else None
            if person is not None and asked is not None:
                found.append((person, asked))
        return tuple(sorted(found, key=lambda each: each[1].at))

    def confirm(self, caller: Caller, login: str, *, was: str) -> Person:
        """Have it stand; `was` is what the caller has seen of it, by `seen_of`.

        Raises NotFound (``no_correction``), Conflict (``correction_changed``), and as
        `PeopleDesk.change`.
        """
        person, asked = self._one(caller, login, was)
        standing = person.contact or Contact()
        kept = {"mobile_readers": standing.mobile_readers}
        contact = asked.contact.model_copy(update=kept)
        after = person.model_copy(update={"contact": contact})
        made = self._people.change(caller, after, was=seen(person))
        self._decide(caller, asked, confirmed=True, reason="")
        return made

    def refuse(self, caller: Caller, login: str, reason: str, *, was: str) -> None:
        """Leave what stands. Raises as `confirm`, and Invalid (``no_reason``, ``too_long``)."""
        _, asked = self._one(caller, login, was)
        told = " ".join(reason.split())
        if not told:
            raise Invalid("no_reason", field="reason")
        if len(told) > _LONGEST:
            given = len(told)
            raise Invalid("too_long", field="reason", label="理由", max=_LONGEST, given=given)
        self._decide(caller, asked, confirmed=False, reason=told)

    def _one(self, caller: Caller, login: str, was: str) -> tuple[Person, Correction]:
        person = caller.organisation.find_person(Login(login))
        keeps_him = person is not None and keeps(caller, person)
        asked = self._read(_OPEN + login) if keeps_him else None
        if person is None or asked is None:
            raise NotFound("no_correction", login=login[:60])
        if seen_of(asked) != was:
            raise Conflict("correction_changed", who=person.name)
        return person, asked

    def _decide(self, caller: Caller, asked: Correction, *, confirmed: bool, reason: str) -> None:
        by = caller.person.login
        told = {"confirmed": confirmed, "reason": reason, "by": by, "at": caller.now}
        made = asked.model_copy(update=told)
        self._claims.free(_DECIDED + asked.login)
        self._claims.take(_DECIDED + asked.login, made.model_dump_json().encode())
        self._claims.free(_OPEN + asked.login)

    def _read(self, name: str) -> Correction | None:
        value = self._claims.read(name)
        return Correction.model_validate_json(value) if value else None


def seen_of(asked: Correction) -> str:
    """What was asked when a page was made of it, in short."""
    return hashlib.sha256(asked.model_dump_json().encode()).hexdigest()[:16]


def differences(before: Contact, after: Contact) -> tuple[tuple[str, str, str], ...]:
    """What differs: its name, what stands, what shall stand."""
    return tuple(
        (name, getattr(before, name), getattr(after, name))
        for name in NAMES
        if getattr(before, name) != getattr(after, name)
    )
