"""疑似重复: how a comparison is ordered, and what the last one found."""

from dataclasses import dataclass

from search_ui.views.fields import FormField
from search_ui.views.shell import Badge


@dataclass(frozen=True, slots=True)
class DuplicateRow:
    """Two records that look the same; without `other_href` a sentence in the place of one."""

    why: str
    title: str
    number: str
    href: str
    other: str
    other_number: str
    other_href: str


@dataclass(frozen=True, slots=True)
class DuplicatesPage:
    """The form, and the last comparison of who looks."""

    fields: tuple[FormField, ...]
    rows: tuple[DuplicateRow, ...]
    most: int = 0
    """Records that one comparison looks at."""
    more: str = ""
    """That others stand in the workbook alone."""
    notes: tuple[str, ...] = ()
    """What is said of no pair."""
    state: Badge | None = None
    looked_at: str = ""
    within: str = ""
    """What was compared."""
    xlsx_href: str | None = None
    is_open: bool = False
