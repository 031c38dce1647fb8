"""The description of the interface for programs, as a page shows it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that an address, a header or a body takes; `where` and `type` are words."""

    name: str
    where: str
    type: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Operation:
    """One address with one method."""

    id: str
    method: str
    path: str
    title: str
    text: str
    parameters: tuple[Parameter, ...]
    sample: str
    """A command that was run."""


@dataclass(frozen=True, slots=True)
class OperationGroup:
    """Addresses of one thing."""

    id: str
    title: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class InterfacePage:
    """The whole description."""

    intro: tuple[tuple[str, str], ...]
    statuses: tuple[tuple[int, str], ...]
    groups: tuple[OperationGroup, ...]
