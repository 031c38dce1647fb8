"""A record as its paper form, and everything of it as it is printed in one go."""

from dataclasses import dataclass

from markupsafe import Markup

from search_ui.views.record import Paragraph


@dataclass(frozen=True, slots=True)
class SlipOpinion:
    """What somebody said, as it stands in a box: the words, who signed, on which day."""

    text: str
    by: str
    day: str
    drawn_href: str = ""
    """Where the picture is of what was written by pen."""


@dataclass(frozen=True, slots=True)
class SlipCell:
    """One box of the form: a value, or opinions."""

    label: str
    wide: int
    lines: tuple[str, ...] = ()
    opinions: tuple[SlipOpinion, ...] = ()
    is_opinions: bool = False


@dataclass(frozen=True, slots=True)
class PrintedFile:
    """A file as far as a page can print it: pages as pictures, or text laid out anew."""

    part: str
    name: str
    pages: tuple[str, ...] = ()
    """Addresses of pictures."""
    body: Markup | None = None
    text: str = ""
    """Of a plain text."""
    left_out: str = ""
    """Why it is not printed, or not whole."""


@dataclass(frozen=True, slots=True)
class PrintPage:
    """The document alone: a record's own text, or one of its files."""

    title: str
    back_href: str
    organ: str = ""
    number: str = ""
    body: tuple[Paragraph, ...] = ()
    file: PrintedFile | None = None
    slip: str = ""
    """The name of its paper form, which can be printed instead (发文处理单); empty for none."""
    slip_href: str = ""


@dataclass(frozen=True, slots=True)
class SlipPage:
    """The form, and with it body and attachments."""

    heading: str
    """The organ, over the name of the form."""
    name: str
    title: str
    rows: tuple[tuple[SlipCell, ...], ...]
    unit: str
    author: str
    began: str
    files: tuple[PrintedFile, ...]
    back_href: str
    whole_href: str | None
    """With body and attachments; None where they stand here already."""
    printing: bool = False
    """The dialog of the browser opens at once (一键打印)."""
