"""Reading part after part of a package, so that a broken one costs nothing but itself."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from indexers.extraction.office.embedded import read_embedded
from indexers.extraction.office.markup import MarkupTaker
from indexers.extraction.office.package import OfficePackage, Relation
from indexers.extraction.reading import Exhausted, Reading, Unreadable
from records.text import ExtractionStatus

_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, LookupError, struct.error)
_NEVER_READ = frozenset({"image", "theme", "vbaProject", "audio", "video", "media", "font"})


class OfficeParts:
    """The parts of one file, each read once at most.

    What cannot be read is remembered and told at the end by `finish`.
    """

    def __init__(self, package: OfficePackage, reading: Reading) -> None:
        self.package = package
        self.reading = reading
        self._taken: set[str] = set()
        self._related: dict[str, list[Relation]] = {}
        self._failure: str | None = None

    def read(self, part: str, taker: MarkupTaker) -> None:
        """Feed `taker` with a part, unless it was read before or there is none."""
        if self.package.holds(part) and self._take(part):
            with self._remembering():
                self.package.feed(part, taker)

    def must_read(self, part: str, taker: MarkupTaker) -> None:
        """As `read`; that there is no such part is a failure to be told."""
        if not self.package.holds(part):
            self._failure = self._failure or "parse"
        self.read(part, taker)

    def related(self, part: str) -> list[Relation]:
        """What `part` refers to, without pictures and such."""
        found = self._related.get(part)
        if found is None:
            relations = self.package.related(part)
            found = [each for each in relations if each.kind not in _NEVER_READ]
            self._related[part] = found
        return found

    def embedded(self, part: str) -> None:
        """Read the files that `part` holds within it, as parts of the ledger."""
        for relation in self.related(part):
            if relation.kind in ("package", "oleObject", "aFChunk") and self._take(relation.part):
                with self._remembering():
                    read_embedded(self.reading, self.package, relation.part)

    def finish(self) -> None:
        """Raises what failed first, now that all else is read."""
        if self._failure:
            told = ExtractionStatus
            status = told.TRUNCATED if self.reading.has_text else told.FAILED
            raise Unreadable(self._failure, status)

    def _take(self, part: str) -> bool:
        fresh = part.lower() not in self._taken
        self._taken.add(part.lower())
        return fresh

    @contextmanager
    def _remembering(self) -> Iterator[None]:
        try:
            yield
        except Exhausted:
            raise
        except Unreadable as told:
            if told.reason == "dtd":  # no honest writer makes one
                raise
            self._failure = self._failure or told.reason
        except _BROKEN:
            self._failure = self._failure or "parse"
