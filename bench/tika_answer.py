"""What a Tika server reads of a file, sorted by where it stands: ``/rmeta/xml``."""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Event
from time import monotonic, perf_counter
from typing import Any
from urllib.parse import quote, urlsplit

from lxml import etree

from tests.servers.tika import version_at

_TIMEOUT_S = 30
_RESTART_S = 30
_NOTE = re.compile(r"note|comment|annotation|header|footer|popup", re.IGNORECASE)
"""Classes of Tika's elements for what stands beside the text: ``footnote``, ``slide-notes``…"""
_WORD = re.compile(r"[㐀-鿿\U00020000-\U000323af]+|[^\W_㐀-鿿\U00020000-\U000323af]+")
_NAMES = frozenset({"package-entry", "embedded"})
"""Of these elements the text is the name of a contained file, which is no text of the file."""


@dataclass(slots=True)
class TikaAnswer:
    """Distinct words by where they stand, and the time that the server took."""

    seconds: float
    failed: bool
    words: dict[str, set[str]] = field(
        default_factory=lambda: {"text": set(), "embedded": set(), "notes": set(), "numbers": set()}
    )


def words_of(text: str) -> Iterator[str]:
    """Runs of letters and digits in one case, and each two hanzi that stand side by side."""
    for found in _WORD.findall(unicodedata.normalize("NFKC", text).lower()):
        if found[0] < "㐀" or found[0] > "鿿" or len(found) == 1:
            yield found
        else:
            yield from (found[at : at + 2] for at in range(len(found) - 1))


def bare(text: str) -> str:
    """Letters, digits and hanzi of a text in one run: where `words_of` another are looked for."""
    return "".join(_WORD.findall(unicodedata.normalize("NFKC", text).lower()))


def ask_tika(address: str, path: Path) -> TikaAnswer:
    """Read one file on the server; a file that it refuses is told as failed.

    A server that died of a file before, or dies of this one, is waited for, and asked once more.
    """
    answer = _ask(address, path) or (_is_back(address) and _ask(address, path))
    if answer:
        return answer
    _is_back(address)
    return TikaAnswer(float(_TIMEOUT_S), failed=True)


def _is_back(address: str) -> bool:
    deadline = monotonic() + _RESTART_S
    while monotonic() < deadline:
        Event().wait(0.5)
        try:
            if version_at(address):
                return True
        except OSError:
            continue
    return False


def _ask(address: str, path: Path) -> TikaAnswer | None:
    """The answer, None where the server gave none."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=_TIMEOUT_S)
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(path.name)}"}
    began = perf_counter()
    try:
        connection.request("PUT", "/rmeta/xml", body=path.read_bytes(), headers=headers)
        response = connection.getresponse()
        body = response.read()
        seconds = perf_counter() - began
    except (OSError, HTTPException):
        return None
    finally:
        connection.close()
    if response.status == 503:  # it is being started again
        return None
    parts = json.loads(body) if response.status == 200 else []
    failed = not parts or "X-TIKA:EXCEPTION:container_exception" in parts[0]
    answer = TikaAnswer(seconds, failed)
    for number, part in enumerate(parts):
        _sort(part.get("X-TIKA:content") or "", answer, embedded=number > 0)
    return answer


def _sort(xhtml: str, answer: TikaAnswer, *, embedded: bool) -> None:
    parser = etree.XMLParser(recover=True, huge_tree=True)
    root = etree.fromstring(xhtml.encode("utf-8", "replace"), parser) if xhtml.strip() else None
    body = None if root is None else root.find("{*}body")
    if body is None:
        return
    if embedded:
        places = {"embedded": list(_texts(body, notes=None))}
    else:
        places = {
            "text": list(_texts(body, notes=False)),
            "notes": list(_texts(body, notes=True)),
        }
    for place, texts in places.items():
        found = set(words_of("".join(texts)))
        answer.words[place] |= found
        answer.words["numbers"] |= {word for word in found if not embedded and _is_number(word)}


def _is_number(word: str) -> bool:
    return any(character.isdecimal() for character in word)


def _texts(element: Any, *, notes: bool | None, inside: bool = False) -> Iterator[str]:
    """Texts of an element: of notes only, of all but notes, or (None) all."""
    kind = str(element.get("class") or "")
    if kind in _NAMES or not isinstance(element.tag, str):
        return
    if kind == "acroform":  # of "name: value" the name is a program's
        yield from (f"{line.partition(': ')[2]}\n" for line in element.itertext())
        return
    inside = inside or bool(_NOTE.search(kind))
    wanted = notes is None or inside is notes
    inline = element.tag.rpartition("}")[2] in ("b", "i", "u", "a", "span", "s", "strike")
    if wanted:
        yield element.text or ""
    for child in element:
        yield from _texts(child, notes=notes, inside=inside)
        if wanted:
            yield child.tail or ""
    if wanted and not inline:
        yield "\n"
