"""信息更正 (TX-05): a person asks for 通讯录 to be put right; who keeps him decides.

``corrections/open/{login}/{instant}`` waits, the last one of a person; who decides one frees that
one alone, so that one asked meanwhile goes on waiting. ``corrections/decided/{login}`` says what
became of his last one. It comes into effect as any change of people does, by `PeopleDesk`, and
touches only what was to be put right: the rest stays as it stands by then.
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
_AND = "-"


class Correction(BaseModel):
    """What somebody wants to stand of him, and why."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    login: Login
    before: Contact = Contact()
    """What stood when it was asked."""
    contact: Contact
    """What was asked to stand in its place."""
    note: str = ""
    at: datetime
    confirmed: bool | None = None
    """None while it waits."""
    reason: str = ""
    by: Login | None = None

    def on(self, standing: Contact) -> Contact:
        """What stands by now with what was to be put right."""
        wanted = {name: after for name, _, after in differences(self.before, self.contact)}
        return standing.model_copy(update=wanted)


class Corrections:
    """Takes what is asked, and what is decided."""

    def __init__(self, claims: Claims, people: PeopleDesk) -> None:
        self._claims = claims
        self._people = people

    def of(self, caller: Caller) -> Correction | None:
        """The caller's own that waits, else what became of his last one."""
        login = caller.person.login
        return self._waits(login) or self._read(_DECIDED + login)

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
        login = caller.person.login
        made = Correction(login=login, before=now, contact=contact, note=told, at=caller.now)
        name = _name(made)
        self._claims.take(name, made.model_dump_json().encode())
        for other in list(self._claims.names(f"{_OPEN}{login}/")):
            if other != name and _instant(other) <= _instant(name):
                self._claims.free(other)
        return made

    def waiting(self, caller: Caller) -> tuple[tuple[Person, Correction], ...]:
        """What the caller may decide, the oldest first; nothing for who keeps nobody."""
        if scope_of(caller) is None:
            return ()
        found: dict[Login, tuple[Person, Correction]] = {}
        for name in self._claims.names(_OPEN):  # of each person the last one
            login = Login(name.removeprefix(_OPEN).partition("/")[0])
            person = caller.organisation.find_person(login)
            asked = self._read(name) if person and keeps(caller, person) else None
            if person is not None and asked is not None:
                found[login] = (person, asked)
        return tuple(sorted(found.values(), key=lambda each: each[1].at))

    def confirm(self, caller: Caller, login: str, *, was: str) -> Person:
        """Have it stand; `was` is what the caller has seen of it, by `seen_of`.

        Raises NotFound (``no_correction``), Conflict (``correction_changed``; ``contact_changed``:
        what stands is not what he has seen), and as `PeopleDesk.change`.
        """
        person, asked = self._one(caller, login, was)
        contact = asked.on(person.contact or Contact())
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
        asked = self._waits(login) if keeps_him else None
        if person is None or asked is None:
            raise NotFound("no_correction", login=login[:60])
        if _short(asked) != was.partition(_AND)[0]:
            raise Conflict("correction_changed", who=person.name)
        if seen_of(asked, person) != was:
            raise Conflict("contact_changed", who=person.name)
        return person, asked

    def _decide(self, caller: Caller, asked: Correction, *, confirmed: bool, reason: str) -> None:
        by = caller.person.login
        told = {"confirmed": confirmed, "reason": reason, "by": by, "at": caller.now}
        made = asked.model_copy(update=told)
        self._claims.free(_DECIDED + asked.login)
        self._claims.take(_DECIDED + asked.login, made.model_dump_json().encode())
        self._claims.free(_name(asked))

    def _waits(self, login: str) -> Correction | None:
        """The last one of a person that waits."""
        names = list(self._claims.names(f"{_OPEN}{login}/"))
        return self._read(names[-1]) if names else None

    def _read(self, name: str) -> Correction | None:
        value = self._claims.read(name)
        return Correction.model_validate_json(value) if value else None


def seen_of(asked: Correction, person: Person) -> str:
    """What was asked, and what stood, when a page was made of it, in short."""
    return f"{_short(asked)}{_AND}{_short(person.contact or Contact())}"


def _short(made: BaseModel) -> str:
    return hashlib.sha256(made.model_dump_json().encode()).hexdigest()[:16]


def _name(asked: Correction) -> str:
    """Told by its instant, and by what it says where two are of one."""
    return f"{_OPEN}{asked.login}/{asked.at:%Y%m%dT%H%M%S.%f}{_AND}{_short(asked)}"


def _instant(name: str) -> str:
    return name.rpartition("/")[2].partition(_AND)[0]


def differences(before: Contact, after: Contact) -> tuple[tuple[str, str, str], ...]:
    """What differs: its name, what stands, what shall stand."""
    return tuple(
        (name, getattr(before, name), getattr(after, name))
        for name in NAMES
        if getattr(before, name) != getattr(after, name)
    )
