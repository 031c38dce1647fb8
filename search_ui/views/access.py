"""权限说明."""

from dataclasses import dataclass

from search_ui.views.fields import FormField
from search_ui.views.shell import Badge


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule of the record, and whether it fits the person."""

    source: str
    to: str
    until: str
    fits: Badge


@dataclass(frozen=True, slots=True)
class AccessPage:
    """What is asked, and the answer: a sentence, why, and the rules one by one."""

    fields: tuple[FormField, ...]
    title: str = ""
    is_open: bool = False
    verdict: str = ""
    why: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    rules: tuple[RuleRow, ...] = ()
    problem: str = ""
