"""Text of one part of WordprocessingML: body, header, notes, comments."""

from dataclasses import dataclass, field

from indexers.extraction.office.list_definitions import number
from indexers.extraction.office.list_numbers import ListNumbers
from indexers.extraction.office.markup import Attributes, MarkupTaker
from indexers.extraction.reading import Exhausted, Reading

_PROMPT = "bbPlcHdr"
"""The sort of building block that only invites to write."""
_DELETED = frozenset({"del", "moveFrom"})
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_UNSEEN = frozenset(
    {
        "Fallback",  # an older drawing of the same text box
        "pPrChange",  # what the paragraph was before a change
        "tabs",  # where tabs stop, not tabs
    }
)
_APART = frozenset({"txbxContent", "txBody", "rt"})
"""Text boxes, and the reading above a word: their text would tear the line they stand in."""
_SAID = {"textpath": "string", "comment": "author"}
"""Text in an attribute: letters drawn as a picture (机密 across the page), who comments."""
_MOST_DELETED_CHARACTERS = 1_000_000
_MOST_APART_PIECES = 1_000
"""Of text that waits for the end of the line that it stands in; more is written in its midst."""


class Deletions:
    """What changes deleted, from all parts."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._characters = 0

    def add(self, text: str) -> None:
        """A piece of deleted text."""
        self._characters += len(text)
        if self._characters <= _MOST_DELETED_CHARACTERS:
            self._pieces.append(text)

    def end_of_change(self) -> None:
        """What is added next stands apart."""
        if self._pieces and self._pieces[-1] != " ":
            self._pieces.append(" ")

    def tell(self, reading: Reading) -> None:
        """Give it to the reading. Raises Exhausted where there was more than is held."""
        if text := "".join(self._pieces).strip():
            reading.text(text, deleted=True)
        if self._characters > _MOST_DELETED_CHARACTERS:
            raise Exhausted("too_long")


@dataclass(slots=True)
class _Paragraph:
    style: str = ""
    number: str | None = None
    level: int | None = None
    labelled: bool = False
    joins_next: bool = False
    """The end of the paragraph itself is deleted."""
    choices: list[str] = field(default_factory=list)
    """Of a field to choose from, whose text stands nowhere else."""
    chosen: int = 0


class DocumentText(MarkupTaker):
    """Takes one part of WordprocessingML."""

    tags = frozenset(
        {
            "p",
            "ddList",
            "listEntry",
            "result",
            "pStyle",
            "numId",
            "ilvl",
            "rPr",
            "tc",
            *_UNSEEN,
            *_DELETED,
            *_APART,
            *_BREAKS,
            *_SAID,
        }
    )
    texts = frozenset({"t", "delText"})

    def __init__(self, reading: Reading, numbers: ListNumbers, deleted: Deletions) -> None:
        self._reading = reading
        self._numbers = numbers
        self._deletions = deleted
        self._unseen = self._deleted = self._properties = 0
        self._paragraphs: list[_Paragraph] = []
        self._joined = False
        self._lines: list[list[str]] = []
        """What is written now, the innermost box last; outside of boxes there is none."""
        self._apart: list[str] = []

    def start(self, tag: str, attributes: Attributes, /) -> None:
        """As the protocol says."""
        if tag in _UNSEEN:
            self._unseen += 1
        elif self._unseen:
            return
        elif tag == "p":
            self._paragraphs.append(_Paragraph(labelled=self._joined))
            self._joined = False
        elif tag in _BREAKS:
            self._put(_BREAKS[tag])
        elif tag in _SAID:
            self._put(f"{attributes.get(_SAID[tag], '')}\n")
        elif tag == "rPr":
            self._properties += 1
        elif tag in _DELETED:
            self._begin_change()
        elif tag in _APART:
            self._lines.append([])
        elif self._paragraphs:
            self._tell(self._paragraphs[-1], tag, attributes.get("val", ""))

    def _begin_change(self) -> None:
        if self._properties and self._paragraphs:
            self._paragraphs[-1].joins_next = True
        self._deleted += 1

    @staticmethod
    def _tell(paragraph: _Paragraph, tag: str, value: str) -> None:
        if tag == "pStyle":
            paragraph.style = value
        elif tag == "numId":
            paragraph.number = value
        elif tag == "ilvl":
            paragraph.level = number(value)
        elif tag == "listEntry":
            paragraph.choices.append(value)
        elif tag == "result":
            paragraph.chosen = number(value) or 0

    def end(self, tag: str, /) -> None:
        """As the protocol says."""
        if tag in _UNSEEN:
            self._unseen -= 1
        elif self._unseen:
            return
        elif tag == "p":
            self._end_paragraph()
        elif tag == "rPr":
            self._properties -= 1
        elif tag in _DELETED:
            self._deleted -= 1
            self._deletions.end_of_change()
        elif tag in _APART:
            self._apart.extend([*self._lines.pop(), "\n"])
            if len(self._apart) > _MOST_APART_PIECES:
                self._write_apart()
        elif tag == "ddList":
            self._end_choice()
        elif tag == "tc":
            self._put("\t", unnumbered=True)

    def text(self, text: str, /) -> None:
        """As the protocol says."""
        if not self._unseen:
            self._put(text)

    def _end_choice(self) -> None:
        for paragraph in self._paragraphs[-1:]:
            self._put("".join(paragraph.choices[paragraph.chosen :][:1]))
            paragraph.choices, paragraph.chosen = [], 0

    def _end_paragraph(self) -> None:
        if not self._paragraphs:
            return
        paragraph = self._paragraphs[-1]
        if paragraph.joins_next:
            self._joined = paragraph.labelled
        else:
            self._put("\n")
        self._paragraphs.pop()
        if not self._paragraphs:
            self._write_apart()

    def _put(self, text: str, *, unnumbered: bool = False) -> None:
        if self._deleted:
            self._deletions.add(text)
            return
        if self._paragraphs and not unnumbered:
            paragraph = self._paragraphs[-1]
            if not paragraph.labelled:
                paragraph.labelled = True
                told = (paragraph.style, paragraph.number, paragraph.level)
                text = self._numbers.label(*told) + text
        if self._lines and len(self._lines[-1]) < _MOST_APART_PIECES:
            self._lines[-1].append(text)
        else:
            self._reading.text(text)

    def _write_apart(self) -> None:
        text = "".join(self._apart)
        self._apart = []
        if text:
            self._reading.text(text)


class GlossaryText(DocumentText):
    """Takes the building blocks of a template, without those that only invite to write."""

    tags = DocumentText.tags | {"docPart", "type"}

    def __init__(self, reading: Reading, numbers: ListNumbers, deleted: Deletions) -> None:
        super().__init__(reading, numbers, deleted)
        self._prompting = False

    def start(self, tag: str, attributes: Attributes, /) -> None:
        """As the protocol says."""
        if tag == "type" and attributes.get("val") == _PROMPT and not self._prompting:
            self._prompting = True
            self._unseen += 1
        super().start(tag, attributes)

    def end(self, tag: str, /) -> None:
        """As the protocol says."""
        if tag == "docPart" and self._prompting:
            self._prompting = False
            self._unseen -= 1
        super().end(tag)
