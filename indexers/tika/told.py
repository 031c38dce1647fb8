"""What a server tells of one part besides its text, and what became of the part."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from records.text import ExtractionStatus

CONTENT = "X-TIKA:content"
WANTED: Mapping[str, int] = MappingProxyType(
    {
        "Content-Type": 200,
        "Content-Length": 30,
        "resourceName": 2_000,
        "embeddedResourceType": 50,
        "X-TIKA:internalPath": 4_000,
        "X-TIKA:embedded_id_path": 2_000,
        "X-TIKA:digest:SHA256": 100,
        "X-TIKA:Parsed-By": 2_000,
        "X-TIKA:EXCEPTION:container_exception": 1_000,
        "X-TIKA:EXCEPTION:embedded_exception": 1_000,
        "X-TIKA:EXCEPTION:warn": 1_000,
        "X-TIKA:EXCEPTION:write_limit_reached": 10,
        "X-TIKA:EXCEPTION:embedded_resource_limit_reached": 10,
    }
)
"""Keys that are read, and how many characters of each."""

_FAULTS: tuple[tuple[str, ExtractionStatus, str], ...] = (
    ("EncryptedDocumentException", ExtractionStatus.ENCRYPTED, "encrypted"),
    ("ZeroByteFileException", ExtractionStatus.EMPTY, "empty"),
    ("UnsupportedFormatException", ExtractionStatus.UNSUPPORTED, "unknown_type"),
    ("levels of XML element nesting", ExtractionStatus.FAILED, "nesting"),
    ("StackOverflowError", ExtractionStatus.FAILED, "nesting"),
    ("Suspected zip bomb", ExtractionStatus.FAILED, "bomb"),
    ("OutOfMemoryError", ExtractionStatus.FAILED, "memory"),
    ("TikaMemoryLimitException", ExtractionStatus.FAILED, "memory"),
    ("DOCTYPE is disallowed", ExtractionStatus.FAILED, "dtd"),
    ("entity expansions", ExtractionStatus.FAILED, "dtd"),
)
"""Words of an exception, and what they mean; the first that fits. Another one is ``parse``."""

_NOT_READ = "EmptyParser"
_ACCOMPANYING = frozenset({"INLINE", "THUMBNAIL", "MACRO", "FONT", "METADATA", "RENDERING"})
_HEX = re.compile(r"[0-9a-f]{64}")
_ID_PATH = re.compile(r"(?:/\d{1,9})+")
_OCTETS = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Told:
    """The metadata of one part as the server wrote them. None of it is believed unchecked."""

    values: Mapping[str, str]

    @property
    def place(self) -> tuple[int, ...]:
        """The numbers of the part and all it stands in; empty for the file itself."""
        path = self.values.get("X-TIKA:embedded_id_path", "")
        return tuple(map(int, path[1:].split("/"))) if _ID_PATH.fullmatch(path) else ()

    @property
    def name(self) -> str:
        """Its name with the folders it lies in; empty when it has none."""
        return self.values.get("X-TIKA:internalPath") or self.values.get("resourceName", "")

    @property
    def media_type(self) -> str:
        """Without parameters."""
        told = self.values.get("Content-Type", "").partition(";")[0].strip().lower()
        return told if "/" in told else _OCTETS

    @property
    def size_bytes(self) -> int:
        """0 when it is not told."""
        told = self.values.get("Content-Length", "")
        return int(told) if told.isascii() and told.isdigit() else 0

    @property
    def sha256(self) -> str | None:
        """None when the server makes no digests, or could not."""
        told = self.values.get("X-TIKA:digest:SHA256", "").lower()
        return told if _HEX.fullmatch(told) else None

    @property
    def accompanies(self) -> bool:
        """Whether it belongs to the look of its container: a picture in the text, a preview."""
        return self.values.get("embeddedResourceType") in _ACCOMPANYING

    @property
    def parts_were_left_out(self) -> bool:
        """Whether there were more parts than the server was asked for."""
        return self.values.get("X-TIKA:EXCEPTION:embedded_resource_limit_reached") == "true"

    def ending(self, *, has_text: bool) -> tuple[ExtractionStatus, str | None]:
        """Status and reason."""
        if self.values.get("X-TIKA:EXCEPTION:write_limit_reached") == "true":
            return ExtractionStatus.TRUNCATED, "too_long"
        fault = self.values.get("X-TIKA:EXCEPTION:container_exception") or self.values.get(
            "X-TIKA:EXCEPTION:embedded_exception"
        )
        warned = self.values.get("X-TIKA:EXCEPTION:warn")
        if fault or (warned and not has_text):
            return _meaning(fault or warned or "")
        if has_text:
            return ExtractionStatus.OK, None
        if _NOT_READ in self.values.get("X-TIKA:Parsed-By", ""):
            return ExtractionStatus.UNSUPPORTED, "unknown_type"
        return ExtractionStatus.EMPTY, "no_text"


def _meaning(fault: str) -> tuple[ExtractionStatus, str]:
    for words, status, reason in _FAULTS:
        if words in fault:
            return status, reason
    return ExtractionStatus.FAILED, "parse"
