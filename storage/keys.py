"""Keys of the store: which object lies where, and how names become segments of keys."""

import re
from urllib.parse import quote, unquote

from records.errors import Invalid
from records.identity import ObjectKey, RecordId, Sha256

_SEGMENT = re.compile(r"[A-Za-z0-9_%@~+=,-][A-Za-z0-9_.%@~+=,-]{0,199}")
OUTBOX = "outbox/"
EFFECTS = "effects/"
SCANS = "scans/"
"""The outbox of records whose pages are to be recognised."""
SCANS_BEYOND = "scans-beyond/"
"""Of those with more pages than are recognised of a file: looked at when that number rises."""
SCAN_LIMIT_KEY = ObjectKey("notes/scan-pages")
"""How many pages of a file were recognised at most when that was looked at last."""
FORMAT_KEY = ObjectKey("format")


def checked_key(key: str) -> ObjectKey:
    """The key itself. Raises Invalid (``bad_key``) unless every segment is plain.

    A segment has 1-200 characters of ASCII letters, digits and ``_.%@~+=,-`` and does not begin
    with a dot, so that it is the same on every store and never leads out of it.
    """
    if not is_key(key):
        raise Invalid("bad_key", key=key)
    return ObjectKey(key)


def is_key(text: str) -> bool:
    """Whether the text could be a key."""
    return all(_SEGMENT.fullmatch(part) for part in text.split("/"))


def segment(name: str) -> str:
    """Any name as one segment of a key; `plain_name` is its reverse."""
    return quote(name, safe="@~+=,-")


def plain_name(text: str) -> str:
    """The name that a segment stands for."""
    return unquote(text)


def revision_key(record: RecordId, number: int) -> ObjectKey:
    """Where revision `number` of the record lies."""
    return ObjectKey(f"records/{record}/r{number:08d}.json")


def blob_key(record: RecordId, sha256: Sha256) -> ObjectKey:
    """Where a file of the record lies."""
    return ObjectKey(f"records/{record}/blobs/{sha256}")


def text_key(record: RecordId, sha256: Sha256, extractor: str) -> ObjectKey:
    """Where the text lies that this extractor version read from the file."""
    return ObjectKey(f"records/{record}/text/{sha256}.{segment(extractor)}")


def scan_key(record: RecordId, sha256: Sha256) -> ObjectKey:
    """Where what was recognised of a file lies: with the texts, since it can be made again."""
    return ObjectKey(f"records/{record}/text/{sha256}.scan")


def scan_pages_prefix(record: RecordId, sha256: Sha256) -> str:
    """What the pages of a file begin with that are not yet part of its scan."""
    return f"records/{record}/text/{sha256}.scan-pages/"


def scan_page_key(record: RecordId, sha256: Sha256, page: int) -> ObjectKey:
    """Where one of them lies."""
    return ObjectKey(f"{scan_pages_prefix(record, sha256)}{page:05d}")


def outbox_key(record: RecordId, number: int, write_id: str, *, root: str = OUTBOX) -> ObjectKey:
    """Where the outbox entry of one attempt to write lies, in the outbox of this root.

    Records begun within the same 17 minutes share a folder: one that has held very many entries
    stays slow to list when they are gone (2.7 ms after 100,000), so it must go with the last.
    """
    return ObjectKey(f"{outbox_prefix(record, root=root)}{number:08d}.{write_id}")


def outbox_prefix(record: RecordId, *, root: str = OUTBOX) -> str:
    """What the outbox entries of one record begin with."""
    return f"{root}{record[:6]}/{record}."


def effect_key(record: RecordId, number: int, place: int, write_id: str) -> ObjectKey:
    """Where the entry lies of one effect of one attempt to write; in folders as `outbox_key`."""
    return ObjectKey(f"{effects_prefix(record)}{number:08d}.{place:03d}.{write_id}")


def effects_prefix(record: RecordId) -> str:
    """What the effect entries of one record begin with."""
    return f"{EFFECTS}{record[:6]}/{record}."
