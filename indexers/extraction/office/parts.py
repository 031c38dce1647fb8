"""Reading part after part of a package, so that a broken one costs nothing but itself."""

from collections.abc import Iterator
from contextlib import contextmanager

from indexers.extraction.office.embedded import read_embedded
from indexers.extraction.office.markup import MarkupTaker
from indexers.extraction.office.package import BROKEN, OfficePackage, Relation
from indexers.extraction.reading import Exhausted, Reading, Unreadable
from records.text import ExtractionStatus

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
            self.miss()
        self.read(part, taker)

    def miss(self) -> None:
        """What should be there is not: a failure to be told."""
        self._failure = self._failure or "parse"

    def related(self, part: str) -> list[Relation]:
        """What `part` refers to, without pictures and such."""
        found = self._related.get(part)
        if found is None:
            found = self._related[part] = []
            with self._remembering():
                relations = self.package.related(part)
                found += [each for each in relations if each.kind not in _NEVER_READ]
        return found

    def main(self, default: str) -> str:
        """Name of the part that the package is about."""
        found = [each.part for each in self.related("") if each.kind == "officeDocument"]
        return found[0] if found else default

    def embedded(self, part: str) -> None:
        """Read the files that `part` holds within it, as parts of the ledger."""
        for relation in self.related(part):
            if relation.kind in ("package", "oleObject", "aFChunk") and self._take(relation.part):
                read_embedded(self.reading, self.package, relation.part)
                if self.reading.budget.parts_left <= 0:
                    raise Exhausted("too_many_parts")

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
        except BROKEN:
            self.miss()
