"""分组管理 (SY-03): people whom one chooses together, by a name; one's own groups and public ones.

Those of one owner are one chain, each link the whole list: ``groups/{login}``, and
``public-groups`` for those that administrators keep for everybody.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from records.errors import Conflict, Invalid, NotFound, Refused
from records.identity import Login
from records.parameters.catalogue import GROUP_MEMBERS
from records.people.roles import Power
from records.ports.chains import Chains
from services.chain_changes import change_newest
from services.people.caller import Caller

LONGEST = 60
"""Characters of a name, as long as that of a person may be."""

MOST = 100
"""Groups of one owner; more are not found by looking any more."""


@dataclass(frozen=True, slots=True)
class Group:
    """People under a name; `public` ones are everybody's."""

    id: str
    name: str
    members: tuple[Login, ...]
    public: bool


class GroupBook:
    """Keeps the groups of everybody."""

    def __init__(self, chains: Chains) -> None:
        self._chains = chains

    def of(self, login: Login) -> tuple[Group, ...]:
        """His own, then the public ones, each in the order in which they were made."""
        return (*self._kept(_own(login)), *self._kept(_PUBLIC))

    def keep(self, caller: Caller, name: str, members: Sequence[Login], *, public: bool) -> Group:
        """Keep a group; one of the same name gets these members instead.

        Raises Invalid (``no_group_name``, ``too_long``, ``no_group_members``,
        ``too_many_members``, ``unknown_person``, ``too_many_groups``), Refused
        (``administrators_only``) and Conflict (``groups_busy``).
        """
        made = Group(_id(name), _name_of(name), _checked(caller, members), public)

        def kept(groups: Sequence[Group]) -> Sequence[Group]:
            if any(each.name == made.name for each in groups):
                return [made if each.name == made.name else each for each in groups]
            if len(groups) >= MOST:
                raise Invalid("too_many_groups", most=MOST, field="name")
            return [*groups, made]

        self._change(_place(caller, public=public), kept)
        return made

    def drop(self, caller: Caller, group: str, *, public: bool) -> None:
        """Take one away. Raises NotFound (``unknown_group``), Refused and Conflict as `keep`."""

        def rest(groups: Sequence[Group]) -> Sequence[Group]:
            left = [each for each in groups if each.id != group]
            if len(left) == len(groups):
                raise NotFound("unknown_group", group=group)
            return left

        self._change(_place(caller, public=public), rest)

    def _change(self, place: str, change: Callable[[Sequence[Group]], Sequence[Group]]) -> None:
        def changed(value: bytes | None) -> bytes:
            after = change(_read(value, public=place == _PUBLIC))
            told = [{"name": each.name, "members": each.members} for each in after]
            return json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")

        change_newest(self._chains, place, changed, busy=Conflict("groups_busy"))

    def _kept(self, place: str) -> tuple[Group, ...]:
        link = self._chains.latest(place)
        return _read(link.value if link else None, public=place == _PUBLIC)


def _read(value: bytes | None, *, public: bool) -> tuple[Group, ...]:
    return tuple(
        Group(_id(each["name"]), each["name"], tuple(each["members"]), public)
        for each in json.loads(value or b"[]")
    )


_PUBLIC = "public-groups"


def _own(login: Login) -> str:
    return f"groups/{login}"


def _place(caller: Caller, *, public: bool) -> str:
    if public and not caller.may(Power.GROUPS):
        raise Refused("administrators_only")
    return _PUBLIC if public else _own(caller.person.login)


def _name_of(typed: str) -> str:
    name = " ".join(typed.split())
    if not name:
        raise Invalid("no_group_name", field="name")
    if len(name) > LONGEST:
        raise Invalid("too_long", field="name", label="分组名称", max=LONGEST, given=len(name))
    return name


def _checked(caller: Caller, members: Sequence[Login]) -> tuple[Login, ...]:
    found = tuple(dict.fromkeys(members))
    if not found:
        raise Invalid("no_group_members", field="members")
    most = caller.parameters[GROUP_MEMBERS]
    if len(found) > most:
        raise Invalid("too_many_members", most=most, given=len(found), field="members")
    for login in found:
        if caller.organisation.find_person(login) is None:
            raise Invalid("unknown_person", login=login, field="members")
    return found


def _id(name: str) -> str:
    return hashlib.sha256(" ".join(name.split()).encode("utf-8", "replace")).hexdigest()[:16]
