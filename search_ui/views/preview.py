"""What the pane beside a record shows of a file."""

from dataclasses import dataclass

from markupsafe import Markup

from search_ui.views.shell import Tab


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in the units of the page, from its upper left corner."""

    x: float
    y: float
    width: float
    height: float
    turn: str = ""
    """The SVG attribute `transform`, for text that stands askew."""
    place: int = 0
    """Which of the places of the page it covers."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of a page to select, invisible over its picture; `y` is the base line."""

    x: float
    y: float
    size: float
    length: float
    text: str
    turn: str = ""


@dataclass(frozen=True, slots=True)
class PlaceBar:
    """Steps from place to place of the words: the one shown, and how many there are.

    `at` counts from 1 over the whole file, 0 where none is in view; `before` stand in front of
    what is shown, `here` in it, `all` in the file. `cut` where not all of the file was looked at.
    """

    at: int
    before: int
    here: int
    all: int
    previous_href: str
    next_href: str
    before_href: str = ""
    """The last place in front of what is shown, where a script has stepped to its first."""
    after_href: str = ""
    cut: bool = False


@dataclass(frozen=True, slots=True)
class FindField:
    """Looks for words in the file that is shown; `fields` are sent along unseen."""

    action: str
    words: str
    fields: tuple[tuple[str, str], ...]
    nothing: bool = False
    """Whether what was looked for does not stand in the file."""
    clear_href: str = ""


@dataclass(frozen=True, slots=True)
class SmallPage:
    """A page in small that leads to it."""

    number: int
    href: str
    image_href: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class LinkBox:
    """A citation on a page, marked as a place that leads to a record."""

    href: str
    label: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class PagePicture:
    """One page of a PDF or OFD as a picture, with marks and selectable text over it."""

    image_href: str
    width: float
    height: float
    page: int
    pages: int
    marks: tuple[Box, ...] = ()
    at: int = 0
    """Which of the places of this page is the one shown, from 0."""
    lines: tuple[TextLine, ...] = ()
    links: tuple[LinkBox, ...] = ()
    previous_href: str | None = None
    next_href: str | None = None
    notice: str = ""
    """That its text was recognised by machine."""
    left_href: str = ""
    """Turned to the left; of a picture alone, as `right_href`."""
    right_href: str = ""
    zooms: tuple[Tab, ...] = ()
    zoomed_px: int = 0
    """Pixels that the page is wide, 0 for as wide as the pane."""
    strip: tuple[SmallPage, ...] = ()
    printed: tuple[str, ...] = ()
    """Pictures of all pages, asked for when a browser prints; none where it prints this page."""
    not_printed: str = ""
    """Said on paper where the menu of the browser prints this page alone: how all are printed."""
    place_fields: tuple[tuple[str, str], ...] = ()
    """Sent along unseen with the number of another page."""
    places: PlaceBar | None = None
    find: FindField | None = None
    shape: str = "pages"


@dataclass(frozen=True, slots=True)
class PartHead:
    """Which part of a mail or an archive is shown, and the way back to the whole."""

    path: tuple[str, ...]
    back_href: str
    back: str
    note: str = ""
    """What of it was not read, and why."""
    download_href: str = ""
    """Where its bytes are; empty where they cannot be had alone."""


@dataclass(frozen=True, slots=True)
class TextPreview:
    """Plain text with marks, one of its pieces; `cut` when the end is for the download."""

    text: Markup
    cut: bool = False
    piece: int = 1
    pieces: int = 1
    previous_href: str | None = None
    next_href: str | None = None
    part: PartHead | None = None
    places: PlaceBar | None = None
    find: FindField | None = None
    shape: str = "text"


@dataclass(frozen=True, slots=True)
class WrittenSection:
    """A document, the body of a mail, or a slide with its `label` and the speaker's notes."""

    label: str
    body: Markup
    notes: Markup | None = None


@dataclass(frozen=True, slots=True)
class Holding:
    """A file within a mail or an archive, or a folder, which has no size."""

    name: str
    depth: int
    icon: str
    href: str = ""
    """Where its text is shown; empty where there is none."""
    size: str = ""
    note: str = ""
    places: int = 0
    download_href: str = ""
    """Where its bytes are; empty where they cannot be had alone."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """Some of what a mail or an archive holds, from number `first` to `last` of `files`."""

    rows: tuple[Holding, ...]
    files: int
    size: str
    unread: int = 0
    first: int = 1
    last: int = 0
    previous_href: str | None = None
    next_href: str | None = None
    notice: str = ""


@dataclass(frozen=True, slots=True)
class WrittenPreview:
    """Cleaned markup, a white list of elements without style or script, and what is held.

    `shape` is ``html``, ``mail``, ``slides`` or ``holdings``; `looks` are the states of a document
    with tracked changes.
    """

    sections: tuple[WrittenSection, ...] = ()
    heads: tuple[tuple[str, Markup], ...] = ()
    notice: str = ""
    empty: str = ""
    """What is said in place of a body that is not there (`preview.EMPTY`)."""
    holdings: Holdings | None = None
    waiting: bool = False
    """Whether what it holds is still being read."""
    looks: tuple[Tab, ...] = ()
    original_href: str = ""
    """Where its bytes are, to be drawn as they look (原样式)."""
    original_bytes: int = 0
    """How many: a large one is drawn only when that is asked for."""
    changes: bool = False
    """Whether tracked changes are shown, in both ways of drawing it."""
    places: PlaceBar | None = None
    find: FindField | None = None
    shape: str = "html"


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell as it looks; `missing` is the result of a formula that the file does not hold."""

    text: Markup
    number: bool = False
    missing: bool = False
    across: int = 1
    down: int = 1


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row by its number in the sheet."""

    number: int
    cells: tuple[TableCell, ...]
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class TablePreview:
    """Rows of a sheet, from number `first` to `last` of `last_of_all`.

    Columns are their letters, and whether the sheet hides them.
    """

    sheets: tuple[Tab, ...]
    columns: tuple[tuple[str, bool], ...]
    rows: tuple[TableRow, ...]
    first: int
    last: int = 0
    last_of_all: int = 0
    previous_href: str | None = None
    next_href: str | None = None
    notice: str = ""
    places: PlaceBar | None = None
    find: FindField | None = None
    shape: str = "table"


@dataclass(frozen=True, slots=True)
class PicturePreview:
    """A picture, turned and in the size that was chosen."""

    href: str
    name: str
    left_href: str = ""
    right_href: str = ""
    zooms: tuple[Tab, ...] = ()
    zoom: str = "width"
    places: PlaceBar | None = None
    find: FindField | None = None
    shape: str = "picture"


@dataclass(frozen=True, slots=True)
class NoPreview:
    """Nothing can be shown; `reason` is a word of the catalogue (`no_preview.REASON`)."""

    reason: str
    places: PlaceBar | None = None
    find: FindField | None = None
    shape: str = "none"


Preview = PagePicture | TextPreview | WrittenPreview | TablePreview | PicturePreview | NoPreview
