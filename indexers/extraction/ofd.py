"""Reader of OFD (GB/T 33190): pages with their annotations, attachments as parts."""

from collections import defaultdict
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from ofdkit.document import OFDDocument
from ofdkit.errors import OFDError, OFDLimitError
from ofdkit.package import Package

from indexers.extraction.reading import Exhausted, Reading, Unreadable
from indexers.extraction.unpacking import display_name

_Read = TypeVar("_Read")
_MOST_LEVELS = 12
_MOST_OBJECTS = 100_000


def read_ofd(reading: Reading) -> None:
    """Text of each page in reading order, then of its annotations (stamps, watermarks, notes).

    What is broken is left out; the rest is read and kept, and the fault is told at the end.
    """
    faults: list[OFDError] = []
    try:
        with OFDDocument(str(reading.path)) as document, Package(str(reading.path)) as package:
            _refuse_loops(package)
            notes = _tolerant(faults, partial(_annotations, package)) or {}
            for number, page in enumerate(document.pages, 1):
                if number > reading.limits.pages:
                    raise Exhausted("too_many_pages")
                reading.text(_tolerant(faults, page.text) or "", page=number)
                # Annotations name the page by its identifier, unique within a document only;
                # files with several documents and annotations have not been met.
                for text in notes.get(page.id or "", []):
                    reading.text(f"\n{text}", page=number)
            _tolerant(faults, partial(_attachments, reading, package))
    except OFDError as error:
        faults.append(error)
    if faults:
        raise _told(faults[0]) from faults[0]


def _tolerant(faults: list[OFDError], read: Callable[[], _Read]) -> _Read | None:
    try:
        return read()
    except OFDError as error:
        faults.append(error)
        return None


def _told(fault: OFDError) -> Unreadable:
    if not isinstance(fault, OFDLimitError):
        return Unreadable("parse")
    return Unreadable("dtd" if "DTD" in str(fault) else "bomb")


def _refuse_loops(package: Package) -> None:
    """Raises Unreadable (``nesting``) when units of drawing call each other without a good end."""
    calls: dict[str, list[str]] = {}
    for tag in ("PublicRes", "DocumentRes"):
        for base, location in _of_documents(package, tag):
            file = package.resolve(base, location)
            for unit in _named(package.read_xml(file), "CompositeGraphicUnit") if file else ():
                called = [e.get("ResourceID") or "" for e in _named(unit, "CompositeObject")]
                calls[unit.get("ID") or ""] = called
    drawn: dict[str, int] = {}

    def objects(unit: str, depth: int) -> int:
        """How many objects come of drawing it once."""
        if depth > _MOST_LEVELS:
            raise Unreadable("nesting")
        if unit not in drawn:
            drawn[unit] = 1 + sum(objects(other, depth + 1) for other in calls.get(unit, ()))
        return drawn[unit]

    if any(objects(unit, 0) > _MOST_OBJECTS for unit in calls):
        raise Unreadable("nesting")


def _annotations(package: Package) -> dict[str, list[str]]:
    """Texts of annotations by the identifier of their page."""
    found: dict[str, list[str]] = defaultdict(list)
    for base, location in _of_documents(package, "Annotations"):
        index = package.resolve(base, location)
        for page in _named(package.read_xml(index), "Page") if index else ():
            for place in _named(page, "FileLoc"):
                file = package.resolve(index, place.text)
                if file:
                    texts = _texts(package.read_xml(file))
                    found[page.get("PageID") or ""].extend(texts)
    return found


def _texts(root: Any) -> list[str]:
    """The codes of one text object make one word; objects and remarks stand apart."""
    texts = []
    for element in root.iter():
        name = _local(element)
        if name == "TextObject":
            texts.append("".join(code.text or "" for code in _named(element, "TextCode")))
        elif name == "Remark" and element.text:
            texts.append(element.text)
    return [text for text in texts if text.strip()]


def _attachments(reading: Reading, package: Package) -> None:
    for base, location in _of_documents(package, "Attachments"):
        index = package.resolve(base, location)
        for attachment in _named(package.read_xml(index), "Attachment") if index else ():
            place = next((e.text for e in _named(attachment, "FileLoc")), None)
            file = package.resolve(index, place)
            name = display_name(attachment.get("Name") or place or "attachment")
            if not file:
                reading.unread(name, 0, Unreadable("missing"))
                continue
            if "." not in name and "." in file:
                name += "." + file.rsplit(".", 1)[1]
            try:
                data = package.read(file)
            except OFDError as error:
                reason = "bomb" if isinstance(error, OFDLimitError) else "parse"
                reading.unread(name, 0, Unreadable(reason))
                continue
            path = reading.new_file()
            path.write_bytes(data)
            reading.member(name, path)


def _of_documents(package: Package, tag: str) -> list[tuple[str, str]]:
    """(document file, location) of an element that each Document.xml has at most once."""
    entry = package.find("OFD.xml")
    found: list[tuple[str, str]] = []
    for root in _named(package.read_xml(entry), "DocRoot") if entry else ():
        document = package.resolve(entry, root.text)
        if document:
            elements = _named(package.read_xml(document), tag)
            found.extend((document, element.text) for element in elements if element.text)
    return found


def _named(element: Any, name: str) -> list[Any]:
    return [found for found in element.iter() if _local(found) == name]


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
