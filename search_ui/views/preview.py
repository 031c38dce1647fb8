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
class PagePicture:
    """One page of a PDF or OFD as a picture, with marks and selectable text over it."""

    image_href: str
    width: float
    height: float
    page: int
    pages: int
    marks: tuple[Box, ...] = ()
    lines: tuple[TextLine, ...] = ()
    previous_href: str | None = None
    next_href: str | None = None
    previous_hit_href: str | None = None
    next_hit_href: str | None = None
    places_before: int = 0
    """Places of the words on earlier pages; `places` are those of all."""
    places: int = 0
    notice: str = ""
    """That its text was recognised by machine."""
    shape: str = "pages"


@dataclass(frozen=True, slots=True)
class TextPreview:
    """Plain text with marks; `cut` when only its beginning is shown."""

    text: Markup
    cut: bool = False
    shape: str = "text"


@dataclass(frozen=True, slots=True)
class HtmlPreview:
    """An office document as cleaned markup: a white list of elements, no style, no script."""

    body: Markup
    notice: str = ""
    original_href: str = ""
    """Where its bytes are, to be drawn as they look (原样式)."""
    shape: str = "html"


@dataclass(frozen=True, slots=True)
class TablePreview:
    """Rows of a sheet; `first` counts the row shown first from 1."""

    sheets: tuple[Tab, ...]
    rows: tuple[tuple[Markup, ...], ...]
    first: int
    previous_href: str | None = None
    next_href: str | None = None
    shape: str = "table"


@dataclass(frozen=True, slots=True)
class PicturePreview:
    """A picture as it is."""

    href: str
    name: str
    shape: str = "picture"


@dataclass(frozen=True, slots=True)
class NoPreview:
    """Nothing can be shown; `reason` is a word of the catalogue (`no_preview.REASON`)."""

    reason: str
    shape: str = "none"


Preview = PagePicture | TextPreview | HtmlPreview | TablePreview | PicturePreview | NoPreview
