"""What numbering.xml and styles.xml say about lists (ECMA-376 part 1, 17.9 and 17.7)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from indexers.extraction.office.markup import Attributes, MarkupTaker

LEVELS = 9
_MOST_STEPS = 32
"""Styles based on styles, and lists that point to styles; longer chains are loops."""


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list."""

    start: int = 0
    """Where it begins; 0 when nothing is said (17.9.25)."""
    form: str = "decimal"
    """A format of `number_formats`."""
    text: str = ""
    """``第%1条``: `%1` stands for the number of the first level."""
    suffix: str = "tab"
    """What follows the number: ``tab``, ``space`` or ``nothing``."""
    restart: int | None = None
    """It begins anew after a level before this one (counted from 1); never for 0."""
    legal: bool = False
    """All its numbers are decimal."""
    style: str = ""
    """The paragraph style that this level belongs to."""


@dataclass(slots=True)
class AbstractList:
    """Levels that several lists share, and which these count on together."""

    levels: dict[int, Level] = field(default_factory=dict)
    link: str = ""
    """The list style that has the levels in its place."""


@dataclass(slots=True)
class ListInstance:
    """A list that paragraphs name: one of the abstract lists, with other levels or beginnings."""

    abstract: str = ""
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, Level] = field(default_factory=dict)


@dataclass(slots=True)
class Style:
    """What a style says about lists."""

    based_on: str = ""
    number: str = ""
    """The list, ``0`` for none whatever the style beneath says."""
    level: int | None = None


class NumberingTaker(MarkupTaker):
    """Takes numbering.xml."""

    tags = frozenset(
        {"abstractNum", "numStyleLink", "num", "abstractNumId", "lvlOverride", "startOverride"}
        | {"lvl", "start", "numFmt", "lvlText", "suff", "lvlRestart", "isLgl", "pStyle", "Fallback"}
    )

    def __init__(self) -> None:
        self.abstract: dict[str, AbstractList] = {}
        self.instances: dict[str, ListInstance] = {}
        self._levels: dict[int, Level] = {}
        self._list = AbstractList()
        self._instance = ListInstance()
        self._at = 0
        self._told: dict[str, object] = {}
        self._fallback = 0

    def start(self, tag: str, attributes: Attributes, /) -> None:
        """As the protocol says."""
        value = attributes.get("val", "")
        if tag == "Fallback":  # the nearest plain format beside one of a newer Word
            self._fallback += 1
        elif self._fallback:
            return
        elif tag == "abstractNum":
            self._list = AbstractList()
            self._levels = self._list.levels
            self.abstract[attributes.get("abstractNumId", "")] = self._list
        elif tag == "num":
            self._instance = ListInstance()
            self._levels = self._instance.levels
            self.instances[attributes.get("numId", "")] = self._instance
        elif tag in ("lvl", "lvlOverride"):
            self._at = number(attributes.get("ilvl")) or 0
            self._told = {}
        elif tag == "startOverride":
            self._instance.starts[self._at] = number(value) or 0
        elif tag == "abstractNumId":
            self._instance.abstract = value
        elif tag == "numStyleLink":
            self._list.link = value
        else:
            self._tell(tag, value, attributes)

    def _tell(self, tag: str, value: str, attributes: Attributes) -> None:
        if tag == "numFmt":
            picture = attributes.get("format", "").partition(",")[0].strip()
            self._told["form"] = picture if value == "custom" and picture.isdecimal() else value
        elif tag == "lvlText":
            self._told["text"] = value
        elif tag == "suff":
            self._told["suffix"] = value
        elif tag == "isLgl":
            self._told["legal"] = value not in ("0", "false", "off")
        elif tag == "pStyle":
            self._told["style"] = value
        else:  # start, lvlRestart
            self._told["start" if tag == "start" else "restart"] = number(value) or 0

    def end(self, tag: str, /) -> None:
        """As the protocol says."""
        if tag == "Fallback":
            self._fallback -= 1
        elif tag == "lvl" and not self._fallback and 0 <= self._at < LEVELS:
            self._levels[self._at] = replace(Level(), **self._told)  # type: ignore[arg-type]


class StylesTaker(MarkupTaker):
    """Takes styles.xml."""

    tags = frozenset({"style", "basedOn", "numId", "ilvl", "pPrChange"})

    def __init__(self) -> None:
        self.styles: dict[str, Style] = {}
        self.default = ""
        """The style of paragraphs that name none."""
        self._style = Style()
        self._former = 0

    def start(self, tag: str, attributes: Attributes, /) -> None:
        """As the protocol says."""
        value = attributes.get("val", "")
        if tag == "pPrChange":
            self._former += 1
        elif tag == "style":
            self._style = Style()
            key = attributes.get("styleId", "")
            self.styles[key] = self._style
            paragraph = attributes.get("type", "paragraph") == "paragraph"
            if paragraph and attributes.get("default") in ("1", "true", "on"):
                self.default = key
        elif self._former:
            return
        elif tag == "basedOn":
            self._style.based_on = value
        elif tag == "numId":
            self._style.number = value
        else:
            self._style.level = number(value)

    def end(self, tag: str, /) -> None:
        """As the protocol says."""
        if tag == "pPrChange":
            self._former -= 1


@dataclass(frozen=True, slots=True)
class ListDefinitions:
    """Lists and styles of one document."""

    abstract: Mapping[str, AbstractList] = field(default_factory=dict)
    instances: Mapping[str, ListInstance] = field(default_factory=dict)
    styles: Mapping[str, Style] = field(default_factory=dict)
    default_style: str = ""

    def of_style(self, name: str) -> tuple[str, int | None]:
        """List and level that a paragraph style gives, through the styles beneath it."""
        level: int | None = None
        for _ in range(_MOST_STEPS):
            style = self.styles.get(name)
            if style is None:
                break
            level = style.level if level is None else level
            if style.number:
                return style.number, level
            name = style.based_on
        return "", None

    def levels_of(self, number: str) -> tuple[str, Mapping[int, Level]]:
        """The abstract list that a list counts on, and its levels with those it replaces."""
        instance = self.instances.get(number)
        if instance is None:
            return "", {}
        key = instance.abstract
        for _ in range(_MOST_STEPS):
            found = self.abstract.get(key)
            if found is None or not found.link:
                break
            linked = self.styles.get(found.link)
            target = self.instances.get(linked.number) if linked else None
            if target is None or target.abstract == key:
                break
            key = target.abstract
        found = self.abstract.get(key)
        return key, {**(found.levels if found else {}), **instance.levels}


def number(value: str | None) -> int | None:
    """A whole number of 32 bits as files write it, None for what is none."""
    try:
        found = int(value or "")
    except ValueError:
        return None
    return found if abs(found) < 1 << 31 else None
