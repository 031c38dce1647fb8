"""个人通讯录 (TX-02): contacts that a person keeps for himself alone."""

import hashlib
from collections.abc import Callable, Sequence

from pydantic import BaseModel, ConfigDict

from records.errors import Conflict, Invalid, NotFound
from records.identity import Login
from records.people.contact import read_contact
from records.ports.chains import Chains
from services.chain_changes import change_newest
from services.people.caller import Caller
from services.people.name_finder import Spelling

MOST = 1_000
"""Contacts of one person: one link of his chain holds them all."""

_LONGEST = {"name": ("姓名", 60), "organisation": ("单位", 100), "note": ("备注", 200)}


class OwnContact(BaseModel):
    """Somebody of whom only his keeper knows here."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str = ""
    name: str
    organisation: str = ""
    phone: str = ""
    mobile: str = ""
    mail: str = ""
    note: str = ""


_Change = Callable[[Sequence[OwnContact]], Sequence[OwnContact]]


class ContactBook:
    """Keeps them, one chain a person: ``contacts/{login}``."""

    def __init__(self, chains: Chains, spelling: Spelling) -> None:
        self._chains = chains
        self._spelling = spelling

    def of(self, caller: Caller, typed: str = "") -> tuple[OwnContact, ...]:
        """His own by name; with `typed` those whose name, pinyin, unit or number fits."""
        kept = sorted(self._kept(caller.person.login), key=lambda each: (each.name, each.id))
        wanted = typed.strip()[:100].lower()
        if not wanted:
            return tuple(kept)
        spells = self._spelling(wanted)
        return tuple(
            each
            for each in kept
            if any(wanted in text.lower() for text in (each.name, each.organisation, each.note))
            or any(wanted in number for number in (each.phone, each.mobile, each.mail))
            or (spells is not None and spells(each.name))
        )

    def one(self, caller: Caller, contact: str) -> OwnContact:
        """One of his own. Raises NotFound (``unknown_contact``)."""
        found = (each for each in self._kept(caller.person.login) if each.id == contact)
        one = next(found, None)
        if one is None:
            raise NotFound("unknown_contact", contact=contact[:40])
        return one

    def keep(self, caller: Caller, given: OwnContact) -> OwnContact:
        """A new one, or another in the place of the one with the same `id`.

        Raises Invalid at the field (``must_be_filled``, ``too_long``, as `read_contact`),
        ``too_many_contacts``; NotFound (``unknown_contact``) and Conflict (``contacts_busy``).
        """
        clean = _checked(given)
        made = clean if clean.id else clean.model_copy(update={"id": _id(caller, clean)})

        def changed(kept: Sequence[OwnContact]) -> Sequence[OwnContact]:
            known = [each.id for each in kept]
            if given.id and given.id not in known:
                raise NotFound("unknown_contact", contact=given.id[:40])
            if made.id not in known and len(kept) >= MOST:
                raise Invalid("too_many_contacts", most=MOST, field="name")
            return [*(each for each in kept if each.id != made.id), made]

        self._change(caller.person.login, changed)
        return made

    def drop(self, caller: Caller, contact: str) -> None:
        """One goes. Raises NotFound (``unknown_contact``) and Conflict as `keep`."""

        def rest(kept: Sequence[OwnContact]) -> Sequence[OwnContact]:
            left = [each for each in kept if each.id != contact]
            if len(left) == len(kept):
                raise NotFound("unknown_contact", contact=contact[:40])
            return left

        self._change(caller.person.login, rest)

    def _kept(self, login: Login) -> tuple[OwnContact, ...]:
        link = self._chains.latest(_chain(login))
        return _read(link.value if link else None)

    def _change(self, login: Login, change: _Change) -> None:
        def changed(value: bytes | None) -> bytes:
            return _Contacts(contacts=tuple(change(_read(value)))).model_dump_json().encode()

        change_newest(self._chains, _chain(login), changed, busy=Conflict("contacts_busy"))


class _Contacts(BaseModel):
    contacts: tuple[OwnContact, ...] = ()


def _read(value: bytes | None) -> tuple[OwnContact, ...]:
    return _Contacts.model_validate_json(value).contacts if value else ()


def _checked(given: OwnContact) -> OwnContact:
    told = {name: " ".join(getattr(given, name).split()) for name in _LONGEST}
    if not told["name"]:
        raise Invalid("must_be_filled", field="name", label="姓名")
    for name, (label, longest) in _LONGEST.items():
        if len(told[name]) > longest:
            given_ = len(told[name])
            raise Invalid("too_long", field=name, label=label, max=longest, given=given_)
    numbers = {name: getattr(given, name) for name in ("phone", "mobile", "mail")}
    contact = read_contact(numbers, mobile_readers=None)
    reached = {name: getattr(contact, name) for name in numbers}
    return OwnContact(id=given.id, **told, **reached)


def _id(caller: Caller, made: OwnContact) -> str:
    """Told by what it says, so that a second click makes no second one."""
    text = f"{caller.person.login}\n{made.model_dump_json()}"
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:20]


def _chain(login: Login) -> str:
    return f"contacts/{login}"
