"""XML of office parts, told element by element."""

from collections.abc import Iterator

import pytest

from indexers.extraction.office.markup import Attributes, MarkupTaker, feed
from indexers.extraction.reading import Unreadable


class Told(MarkupTaker):
    """Writes down what it is told."""

    tags = frozenset({"p", "id"})
    texts = frozenset({"t"})

    def __init__(self) -> None:
        self.found: list[object] = []

    def start(self, tag: str, attributes: Attributes, /) -> None:
        self.found.append((tag, dict(attributes)))

    def end(self, tag: str, /) -> None:
        self.found.append(f"/{tag}")

    def text(self, text: str, /) -> None:
        self.found.append(text)


def told(xml: bytes, size: int = 7) -> list[object]:
    taker = Told()
    feed((xml[at : at + size] for at in range(0, len(xml), size)), taker)
    return taker.found


def refused(pieces: Iterator[bytes]) -> str:
    with pytest.raises(Unreadable) as why:
        feed(pieces, Told())
    return why.value.reason


def test_only_what_was_asked_for_is_told() -> None:
    xml = "<a xmlns:w='x'>空<w:p><w:t>防<b>汛</b></w:t>不要</w:p><t>通知</t></a>"
    assert told(xml.encode()) == [("p", {}), "防", "汛", "/p", "通知"]
    assert told(xml.encode("utf-16")) == told(xml.encode())


def test_a_relationship_is_told_from_an_identifier() -> None:
    related = "http://purl.oclc.org/ooxml/officeDocument/relationships"
    xml = f"<id xmlns:r='{related}' id='256' r:id='rId2'/>"
    assert told(xml.encode()) == [("id", {"id": "256", "r:id": "rId2"}), "/id"]


def test_a_long_text_comes_in_pieces() -> None:
    pieces = told(b"<t>" + b"x" * 1_000_000 + b"</t>", size=65_536)
    assert max(len(str(piece)) for piece in pieces) <= 65_536
    assert "".join(map(str, pieces)) == "x" * 1_000_000


def test_a_document_type_is_refused_however_late_it_comes() -> None:
    xml = b"<!--" + b" " * 100_000 + b"--><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"
    assert refused(iter([xml])) == "dtd"


def test_too_many_elements_in_each_other_are_refused() -> None:
    assert refused(b"<a>" for _ in range(100_000)) == "nesting"


@pytest.mark.parametrize("xml", [b"", b"<a>", b"<a></b>", b"\0\1\2", b"<a>&unknown;</a>"])
def test_what_is_no_xml_is_told_as_broken(xml: bytes) -> None:
    assert refused(iter([xml])) == "parse"
