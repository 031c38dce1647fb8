"""Two versions of a record beside each other, or as one text."""

from dataclasses import dataclass

from markupsafe import Markup

from search_ui.views.shell import Choice, Tab


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A field whose value is another one."""

    label: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParagraphLine:
    """A paragraph on both sides; None where one has none; `skipped` stand before it."""

    before: Markup | None
    after: Markup | None
    same: bool
    skipped: int


@dataclass(frozen=True, slots=True)
class FileLines:
    """A file that is not the same, with a note where its text is not compared whole."""

    name: str
    part: str
    change: str
    paragraphs: tuple[ParagraphLine, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class ComparisonPage:
    """All that is not the same; `as_one` shows both sides in one column."""

    title: str
    back_href: str
    action: str
    older: tuple[Choice, ...]
    newer: tuple[Choice, ...]
    ways: tuple[Tab, ...]
    as_one: bool
    fields: tuple[FieldLine, ...]
    files: tuple[FileLines, ...]
    before: str
    after: str
