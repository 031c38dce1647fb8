"""Reader of docx by its structure: the accepted view of tracked changes, deletions kept apart."""

from indexers.extraction.ooxml import OfficePackage, local
from indexers.extraction.reading import Reading

_DELETED = frozenset({"del", "moveFrom"})
_AROUND = ("header", "footnotes", "endnotes", "footer", "comments")
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_TAGS = ("Fallback", *_DELETED, "t", "delText", *_BREAKS, "tc")
_MOST_DELETED_CHARACTERS = 1_000_000


def read_docx(reading: Reading) -> None:
    """All text as it stands when every change is accepted, then what changes deleted.

    Headers, footers, notes, text boxes and comments belong to the text.
    """
    with OfficePackage(reading.path, reading.limits) as package:
        main = package.main_part("word/document.xml")
        walk = _Walk(reading)
        walk.part(package, main)
        for kind in _AROUND:
            for _, found, part in package.related(main):
                if found == kind:
                    walk.part(package, part)
        walk.tell_deleted()


def read_deletions(reading: Reading) -> None:
    """Only what changes deleted: for a text whose rest came from another reader."""
    with OfficePackage(reading.path, reading.limits) as package:
        walk = _Walk(reading, only_deleted=True)
        main = package.main_part("word/document.xml")
        notes = [part for _, kind, part in package.related(main) if kind in _AROUND]
        for part in [main, *notes]:
            walk.part(package, part)
        walk.tell_deleted()


class _Walk:
    """One way through the parts of one document."""

    def __init__(self, reading: Reading, *, only_deleted: bool = False) -> None:
        self._reading = reading
        self._only_deleted = only_deleted
        self._deleted: list[str] = []
        self._deleted_characters = 0
        self._inside_deleted = 0
        self._inside_fallback = 0
        self._joins_next = False

    def part(self, package: OfficePackage, part: str) -> None:
        """Text of one part."""
        self._inside_deleted = self._inside_fallback = 0
        for event, element in package.walk(part, forget="p", tags=_TAGS):
            tag = local(element)
            if event == "start":
                self._begin(tag, element)
            else:
                self._end(tag, element)

    def tell_deleted(self) -> None:
        """Write down what changes deleted."""
        if text := "".join(self._deleted).strip():
            self._reading.text(text, deleted=True)

    def _begin(self, tag: str, element: object) -> None:
        if tag == "Fallback":  # the older drawing of a text box: the same text again
            self._inside_fallback += 1
        elif tag in _DELETED:
            parent = element.getparent()  # type: ignore[attr-defined]
            if parent is not None and local(parent) == "rPr":
                self._joins_next = True  # the end of the paragraph itself is deleted
            self._inside_deleted += 1

    def _end(self, tag: str, element: object) -> None:
        if tag == "Fallback":
            self._inside_fallback -= 1
        elif tag in _DELETED:
            self._inside_deleted -= 1
            self._delete(" " if self._deleted else "")
        elif self._inside_fallback:
            return
        elif tag in ("t", "delText"):
            self._take(element.text or "", deleted=tag == "delText")  # type: ignore[attr-defined]
        elif tag in _BREAKS:
            self._take(_BREAKS[tag], deleted=False)
        elif tag == "p":
            self._take("" if self._joins_next else "\n", deleted=False)
            self._joins_next = False
        elif tag == "tc":
            self._take("\t", deleted=False)

    def _take(self, text: str, *, deleted: bool) -> None:
        if deleted or self._inside_deleted:
            self._delete(text)
        elif not self._only_deleted:
            self._reading.text(text)

    def _delete(self, text: str) -> None:
        if text and self._deleted_characters < _MOST_DELETED_CHARACTERS:
            self._deleted.append(text)
            self._deleted_characters += len(text)
