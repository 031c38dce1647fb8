"""参数设置."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ParameterRow:
    """One parameter to set; `seen` is what it stood at when the page was made."""

    name: str
    title: str
    unit: str
    value: str
    seen: str
    least: int
    most: int
    rule: str
    help: str = ""
    changed: str = ""
    error: str = ""
    is_switch: bool = False


@dataclass(frozen=True, slots=True)
class ParameterGroup:
    """Those that belong together."""

    title: str
    rows: tuple[ParameterRow, ...]


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """What was changed lately."""

    title: str
    text: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ParametersPage:
    """All parameters by group, and their last changes."""

    groups: tuple[ParameterGroup, ...]
    changes: tuple[ChangeRow, ...]
    problem: str = ""
    advice: str = ""
