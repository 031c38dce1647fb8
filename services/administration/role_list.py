"""The roles of the house: what each may, who gives it, how many hold it (SY-04, SY-05)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from records.people.roles import Role
from records.rights.access import role_token
from records.schema.kind import Kinds
from services.administration.scope import scope_needed
from services.people.caller import Caller

_NAMED = re.compile(r'"(?:role:|role":")([a-z0-9_]+)"')


@dataclass(frozen=True, slots=True)
class RoleStanding:
    """One role as it stands."""

    role: Role
    is_own: bool
    """Declared by the installation."""
    kinds: tuple[str, ...]
    """Titles of kinds that name it: in them it begins, acts, or is sent to."""
    holders: int
    """People in office who hold it, of those whom the asker keeps."""


class RoleList:
    """Tells them to who keeps people."""

    def __init__(self, kinds: Kinds) -> None:
        self._naming = _kinds_by_role(kinds)

    def all(self, caller: Caller) -> list[RoleStanding]:
        """In the order in which they are offered. Raises Refused (``administrators_only``)."""
        scope, organisation = scope_needed(caller), caller.organisation
        own = {role.role for role in organisation.roles.own}
        return [
            RoleStanding(
                role=role,
                is_own=role.role in own,
                kinds=self._naming.get(role.role, ()),
                holders=sum(
                    scope.has(person.unit) for person in organisation.holders(role_token(role.role))
                ),
            )
            for role in organisation.roles.all
        ]


def _kinds_by_role(kinds: Kinds) -> Mapping[str, tuple[str, ...]]:
    named: dict[str, list[str]] = {}
    for kind in kinds:
        for role in dict.fromkeys(_NAMED.findall(kind.model_dump_json(by_alias=True))):
            named.setdefault(role, []).append(kind.title)
    return {role: tuple(titles) for role, titles in named.items()}
