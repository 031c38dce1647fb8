"""Listings in key order, also from servers that list like a tree of folders.

S3 lists by the bytes of the whole key: ``a-b`` before ``a/b``, since ``-`` sorts before the slash.
A server that keeps folders, as SeaweedFS does (measured, 4.48), lists all of ``a/`` before ``a-b``.
Here the neighbours that sort before a folder's slash are given before the folder. On a listing
that is in key order already nothing changes.
"""

from collections import deque
from collections.abc import Callable, Iterator
from itertools import islice, takewhile

from records.ports.object_store import ObjectStat

RawListing = Callable[[str, str], Iterator[ObjectStat]]
"""(prefix, start) → what the server lists, in its own order, after `start`; both may be empty."""

_AHEAD = 1000
"""So many entries are looked at before the server is asked about a folder: one page."""

_LAST = "~"
"""No character of a key sorts after it."""

_BEFORE_SLASH = "%+,-."
"""Characters of keys that sort before the slash (storage/keys.py)."""


def in_key_order(raw: RawListing, prefix: str, after: str) -> Iterator[ObjectStat]:
    """All objects below the prefix that sort after `after`, by code point of the whole key."""
    start = _start(after)
    ahead = _Ahead(raw(prefix, start if start > prefix else ""))
    given: tuple[str, ...] = ()
    before = ""
    for entry in ahead:
        if entry.key.startswith(given) and given:
            continue
        given = tuple(early for early in given if entry.key.startswith(f"{early[:-1]}/"))
        for folder in _entered(entry.key, before, prefix):
            if _has_early_neighbours(raw, ahead, folder):
                early = tuple(folder + sign for sign in _BEFORE_SLASH)
                for name in early:
                    yield from in_key_order(raw, name, after)
                given += early
        before = entry.key
        if entry.key > after:
            yield entry


class _Ahead:
    """Entries of a listing, of which the next can be looked at before they are taken."""

    def __init__(self, entries: Iterator[ObjectStat]) -> None:
        self._entries = entries
        self._held: deque[ObjectStat] = deque()

    def __iter__(self) -> Iterator[ObjectStat]:
        return self

    def __next__(self) -> ObjectStat:
        return self._held.popleft() if self._held else next(self._entries)

    def beyond(self, folder: str) -> str | None:
        """The next key outside `folder`, empty at the end, None when it is not near."""
        for entry in self._held:
            if not entry.key.startswith(folder):
                return entry.key
        for entry in islice(self._entries, _AHEAD - len(self._held)):
            self._held.append(entry)
            if not entry.key.startswith(folder):
                return entry.key
        return None if len(self._held) == _AHEAD else ""


def _entered(key: str, before: str, prefix: str) -> Iterator[str]:
    """Folders, without their slash, that this key lies in and the one before it did not."""
    at = key.find("/", len(prefix))
    while at >= 0:
        if not before.startswith(key[: at + 1]):
            yield key[:at]
        at = key.find("/", at + 1)


def _has_early_neighbours(raw: RawListing, ahead: _Ahead, folder: str) -> bool:
    inside = f"{folder}/"
    following = ahead.beyond(inside)
    if following is None:
        rest = (entry.key for entry in raw(folder, inside + _LAST))
        following = next((key for key in rest if not key.startswith(inside)), "")
    sign = following.removeprefix(folder)[:1] if following.startswith(folder) else ""
    return sign != "" and sign in _BEFORE_SLASH


def _start(after: str) -> str:
    """Where a listing in either order must begin so as to miss no key that sorts after `after`.

    A key that sorts after ``a-b`` may lie in the folder ``a``, which a tree lists before: the name
    is cut before its first such sign. SeaweedFS leaves out a folder that is itself named as the
    start, so the start lies just before the name. All keys sort after a slash at the beginning;
    given one, SeaweedFS lists names with another. MinIO refuses a start with a segment of dots, and
    no key has a segment that begins with one.
    """
    plain = takewhile(lambda part: not part.startswith("."), after.split("/"))
    whole = "/".join(plain).rstrip("/")
    if not whole or whole.startswith("/"):
        return ""
    head = _cut(whole)
    lower = chr(ord(head[-1]) - 1)
    return head[:-1] + ("." if lower == "/" else lower) + _LAST


def _cut(after: str) -> str:
    for at, sign in enumerate(after):
        if sign in _BEFORE_SLASH and at and after[at - 1] != "/":
            return after[:at]
    return after
