"""Rows of a people file, as given and unchecked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class PeopleRows:
    """Rows of units (code, name, level, parent) and of people.

    A person has login, name, unit, posts, roles, clearance, password.
    """

    units: Sequence[Mapping[str, Any]]
    people: Sequence[Mapping[str, Any]]
