"""Reader of what is wrapped with signatures: p7m, p7s, tsd (CMS, RFC 5652; RFC 5544; RFC 3274)."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from indexers.extraction.reading import Reading, Unreadable
from indexers.extraction.unpacking import display_name
from records.text import ExtractionStatus

_SIGNED = bytes.fromhex("2a864886f70d010702")
_ENVELOPED = bytes.fromhex("2a864886f70d010703")
_ENCRYPTED = bytes.fromhex("2a864886f70d010706")
_AUTH_ENVELOPED = bytes.fromhex("2a864886f70d0109100117")
_STAMPED = bytes.fromhex("2a864886f70d010910011f")
_COMPRESSED = bytes.fromhex("2a864886f70d0109100109")
_LOCKED = frozenset({_ENVELOPED, _ENCRYPTED, _AUTH_ENVELOPED})
_OCTETS, _SEQUENCE, _CONTENT = 0x04, 0x30, 0xA0
_MOST_LEVELS = 20
_SUFFIXES = (".p7m", ".p7s", ".p7z", ".tsd")


def read_signed(reading: Reading) -> None:
    """What was signed, as a part; a signature that stands alone has no text."""
    if reading.path.stat().st_size > reading.limits.foreign_bytes:
        raise Unreadable("too_large")
    content = _content(reading.path.read_bytes(), reading.limits.member_bytes)
    if content is None:
        return
    if len(content) > reading.budget.bytes_left:
        raise Unreadable("bomb")
    reading.budget.bytes_left -= len(content)
    path = reading.new_file()
    path.write_bytes(content)
    reading.member(_inner_name(reading.name, content), path)


def _inner_name(name: str, content: bytes) -> str:
    """The outer name without the suffix of its wrapping; a mail where that leaves none."""
    for suffix in _SUFFIXES:
        name = name[: -len(suffix)] if name.lower().endswith(suffix) else name
    if content[:8].lower() == b"content-":
        name += ".eml"
    return display_name(name)


@dataclass(frozen=True, slots=True)
class _Element:
    """One value of BER (X.690): its tag, where its content stands and where the next begins."""

    tag: int
    begin: int
    end: int
    after: int


def _content(data: bytes, most_bytes: int) -> bytes | None:
    """The innermost wrapped bytes, None for a signature without. Raises Unreadable."""
    try:
        kind, body = _kind(data, _element(data, 0))
        if kind in _LOCKED:
            raise Unreadable("encrypted", ExtractionStatus.ENCRYPTED)
        fields = list(_inside(data, next(_inside(data, body))))
        if kind == _STAMPED:
            octets = next((each for each in fields if each.tag & 0x1F == _OCTETS), None)
            return None if octets is None else _octets(data, octets)
        place = 1 if kind == _COMPRESSED else 0  # the algorithm is a sequence too
        wrapped = [each for each in fields if each.tag == _SEQUENCE][place]
        held = [each for each in _inside(data, wrapped) if each.tag == _CONTENT]
        if not held:
            return None
        content = _octets(data, next(_inside(data, held[0])))
    except (IndexError, StopIteration) as error:
        raise Unreadable("parse") from error
    return _inflated(content, most_bytes) if kind == _COMPRESSED else content


def _kind(data: bytes, whole: _Element) -> tuple[bytes, _Element]:
    inside = _inside(data, whole)
    identifier, body = next(inside), next(inside)
    return data[identifier.begin : identifier.end], body


def _element(data: bytes, at: int, level: int = 0) -> _Element:
    """Raises IndexError where the data end first."""
    if level > _MOST_LEVELS:
        raise Unreadable("nesting")
    tag, length = data[at], data[at + 1]
    begin = at + 2
    if length == 0x80:  # ends where two zeros stand for an element
        place = begin
        while data[place] or data[place + 1]:
            place = _element(data, place, level + 1).after
        return _Element(tag, begin, place, place + 2)
    if length > 0x80:
        count = length & 0x7F
        length = int.from_bytes(data[begin : begin + count])
        begin += count
    if begin + length > len(data):
        raise IndexError
    return _Element(tag, begin, begin + length, begin + length)


def _inside(data: bytes, element: _Element) -> Iterator[_Element]:
    at = element.begin
    while at < element.end:
        inner = _element(data, at)
        yield inner
        at = inner.after


def _octets(data: bytes, element: _Element) -> bytes:
    """An octet string, which may come in pieces."""
    if not element.tag & 0x20:
        return data[element.begin : element.end]
    return b"".join(_octets(data, piece) for piece in _inside(data, element))


def _inflated(content: bytes, most_bytes: int) -> bytes:
    inflate = zlib.decompressobj()
    found = inflate.decompress(content, most_bytes)
    if inflate.unconsumed_tail:
        raise Unreadable("bomb")
    return found
