"""The XML parts of an office file: bounded, without entities, names without their namespaces."""

import posixpath
import re
import zipfile
import zlib
from codecs import BOM_UTF16_BE, BOM_UTF16_LE, EncodedFile
from collections.abc import Iterator
from typing import IO, Any, cast

from lxml import etree

from documents.failing import Unshowable

MOST_PART_BYTES = 64 << 20
"""Of a part that is read whole; sheets are read in pieces."""

UNREADABLE = (OSError, ValueError, RuntimeError, zipfile.BadZipFile, zlib.error, EOFError)
"""What reading a part may raise beside KeyError, where the zip is broken or locked."""

_DECLARATION_BYTES = 200
_DECLARED = re.compile(
    rb"""(?:\xef\xbb\xbf)?<\?xml\s[^<>]*?encoding\s*=\s*["']([A-Za-z0-9_-]+)["']"""
)
_CHARSETS = frozenset({"utf-16", "gbk", "gb2312", "gb18030", "big5", "iso-8859-1", "windows-1252"})
"""Besides UTF-8; the format allows UTF-16 alone (ECMA-376 part 2, 8.1.4), programs write more."""

Element = etree._Element  # noqa: SLF001 - the library has no public name for it


def parsed(data: bytes) -> Element:
    """The root of an XML text. Raises Unshowable (``parse``)."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unshowable("parse") from error


def as_utf8(stream: IO[bytes]) -> IO[bytes]:
    """A part that is cut without being parsed, in UTF-8 whatever its declaration says.

    Raises Unshowable (``parse``) for charsets that no office writes.
    """
    head = stream.read(_DECLARATION_BYTES)
    stream.seek(0)
    declared = _DECLARED.match(head)
    name = "utf-16" if head[:2] in (BOM_UTF16_LE, BOM_UTF16_BE) else "utf-8"
    if name == "utf-8" and declared:
        name = declared[1].decode("ascii").lower()
    if name in ("utf-8", "us-ascii"):
        return stream
    if name not in _CHARSETS:
        raise Unshowable("parse")
    return cast("IO[bytes]", EncodedFile(cast("Any", stream), "utf-8", name))


def read_part(archive: zipfile.ZipFile, name: str) -> bytes | None:
    """A part whole; None where there is none. Raises Unshowable."""
    try:
        with archive.open(name) as part:
            data = part.read(MOST_PART_BYTES + 1)
    except KeyError:
        return None
    except UNREADABLE as error:
        raise Unshowable("parse") from error
    if len(data) > MOST_PART_BYTES:
        raise Unshowable("too_large")
    return data


def elements(stream: IO[bytes], *names: str) -> Iterator[Element]:
    """Elements of these names as they end, each forgotten afterwards. Raises Unshowable."""
    try:
        found = etree.iterparse(
            stream,
            events=("end",),
            tag=[f"{{*}}{name}" for name in names],
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
        )
        for _, element in found:
            yield element
            element.clear()
    except (etree.XMLSyntaxError, ValueError, OSError, zipfile.BadZipFile, EOFError) as error:
        raise Unshowable("parse") from error


def local(element: Element) -> str:
    """The name of an element without its namespace; empty for comments and instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """An attribute by its name without a namespace; empty where there is none."""
    plain = element.get(name)
    if plain is not None:
        return str(plain)
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""


def attributes(element: Element) -> dict[str, str]:
    """All attributes by their names without namespaces, of two of one name the plain one."""
    found: dict[str, str] = {}
    for key, value in element.attrib.items():
        space, _, name = str(key).rpartition("}")
        if not space or name not in found:
            found[name] = str(value)
    return found


def targets(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """What a part refers to inside the file: by identifier its kind and the name of the part."""
    folder, name = posixpath.split(part)
    data = read_part(archive, f"{folder}/_rels/{name}.rels".lstrip("/"))
    if data is None:
        return {}
    found: dict[str, tuple[str, str]] = {}
    for each in parsed(data):
        if local(each) != "Relationship" or attribute(each, "TargetMode") == "External":
            continue
        target = attribute(each, "Target")
        path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        kind = attribute(each, "Type").rpartition("/")[2]
        found[attribute(each, "Id")] = (kind, posixpath.normpath(path))
    return found
