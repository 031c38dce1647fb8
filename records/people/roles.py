"""Roles (SY-04) and what each may (SY-05): those of the program, and those that a house declares.

A role is a token, ``role:NAME``, to which kinds, lists and grants open themselves; and it has
powers, which the use cases ask for, and never for a role by its name.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from records.identity import RoleName


class Power(StrEnum):
    """What somebody may do by a role of his, beside what kinds open to it."""

    PEOPLE = "people"
    """Keep everybody and every unit."""
    PEOPLE_OF_ORGAN = "people_of_organ"
    """Keep the people and units of his own organ with all below it (SY-02)."""
    PARAMETERS = "parameters"
    TOKENS = "tokens"
    """See and revoke everybody's app tokens."""
    DELEGATIONS = "delegations"
    """Make and end delegations of others."""
    GROUPS = "groups"
    """Keep public groups."""
    DICTIONARIES = "dictionaries"
    """Keep all dictionaries."""
    WORDS = "words"
    """Keep what searches hold for the same word, for everybody."""
    HAND_OVER = "hand_over"
    """Find a holder for what waits for nobody in office."""
    NUMBERS = "numbers"
    """See every ledger of numbers."""
    WATCH = "watch"
    """See how the house works, and what went wrong."""
    LIBRARIES = "libraries"
    """Begin 目录 of 文件库 and 资料库, and name keepers where nobody in office is one."""
    EXPLAIN = "explain"
    """See which rule opens or closes any record to anybody."""


LENT = (
    Power.GROUPS,
    Power.DICTIONARIES,
    Power.WORDS,
    Power.HAND_OVER,
    Power.NUMBERS,
    Power.WATCH,
)
"""Powers that a role of the house's own may have: none by which somebody becomes more than he is,
or does what separated duties keep apart (AQ-14)."""

GivenBy = Literal["unit", "system"]


class Role(BaseModel):
    """One role."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    role: RoleName = Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")
    title: str = Field(min_length=1, max_length=30, pattern=r"^\S(.*\S)?$")
    source: str | None = None
    given_by: GivenBy = Field(
        description="unit: 单位管理员 give it too, to people they keep; system: nobody else"
    )
    may: tuple[Power, ...] = ()


class OwnRole(Role):
    """A role that an installation declares, in ``roles/NAME.yaml`` of its folder of kinds."""

    may: tuple[Annotated[Power, Field()], ...] = Field(
        default=(), description="、".join(power.value for power in LENT)
    )

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        """Its powers are lent ones, and reach the whole house: who gives it is asked for both."""
        if self.role in _PRODUCT:
            raise PydanticCustomError("role_of_product", "taken", {"name": self.role})
        beyond = [power for power in self.may if power not in LENT]
        if beyond:
            allowed = "、".join(LENT)
            raise PydanticCustomError(
                "power_not_lent", "not lent", {"name": beyond[0].value, "allowed": allowed}
            )
        if self.may and self.given_by == "unit":
            raise PydanticCustomError("power_of_units", "system", {})
        return self


def _role(name: str, title: str, given_by: GivenBy, *may: Power) -> Role:
    return Role(role=RoleName(name), title=title, given_by=given_by, may=may)


PRODUCT_ROLES = (
    _role("staff", "全体工作人员", "unit"),
    _role("archivist", "档案员", "system", Power.NUMBERS),
    _role("librarian", "库管理员", "system", Power.LIBRARIES),
    _role("unit_administrator", "单位管理员", "unit", Power.PEOPLE_OF_ORGAN),
    _role(
        "administrator",
        "系统管理员",
        "system",
        Power.PEOPLE,
        Power.PARAMETERS,
        Power.TOKENS,
        Power.DELEGATIONS,
        *LENT,
    ),
    _role("security_officer", "安全管理员", "system", Power.EXPLAIN),
    _role("auditor", "审计员", "system"),
)
"""Roles of the program, in the order in which they are offered. The last three are the 三员 of
GB/T 22239 (separated duties, AQ-14): none of them reads content by office."""

_PRODUCT: dict[str, Role] = {each.role: each for each in PRODUCT_ROLES}

SEPARATED = frozenset({"unit_administrator", "administrator", "security_officer", "auditor"})
"""Duties of which one person has one."""

_WATCHERS = frozenset({"security_officer", "auditor"})
"""Those of them who watch the others, so that none of them has a power of the house's."""


class Roles:
    """All roles of an installation."""

    def __init__(self, own: Iterable[Role] = ()) -> None:
        self.own = tuple(own)
        self._by_name: dict[str, Role] = dict(_PRODUCT)
        for each in self.own:
            self._by_name.setdefault(each.role, each)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Roles) and self.own == other.own

    def __hash__(self) -> int:
        return hash(self.own)

    @property
    def all(self) -> tuple[Role, ...]:
        """In the order in which they are offered."""
        return tuple(self._by_name.values())

    @property
    def names(self) -> tuple[RoleName, ...]:
        """Their names, in the same order."""
        return tuple(each.role for each in self.all)

    def has(self, name: str) -> bool:
        """Whether there is such a role."""
        return name in self._by_name

    def title(self, name: str) -> str:
        """What people call it; the name of one that is no more."""
        known = self._by_name.get(name)
        return known.title if known else name

    def given_by_units(self, name: str) -> bool:
        """Whether the administrator of an organ gives and takes it."""
        known = self._by_name.get(name)
        return known is not None and known.given_by == "unit"

    def powers(self, names: Iterable[str]) -> frozenset[Power]:
        """What somebody with these roles may; a role that is no more has no power."""
        return frozenset(
            power for name in names if name in self._by_name for power in self._by_name[name].may
        )

    def joins_duties(self, names: Iterable[str]) -> bool:
        """Whether one person would have two duties that are kept apart (AQ-14).

        Who opens accounts in an organ hands nobody the tasks of the house: he could sign in as him.
        """
        held = set(names)
        if len(SEPARATED & held) > 1:
            return True
        lent = self.powers(held - _PRODUCT.keys())
        opens_accounts = Power.PEOPLE_OF_ORGAN in self.powers(held)
        watches = bool(lent) and not held.isdisjoint(_WATCHERS)
        return watches or (opens_accounts and Power.HAND_OVER in lent)
