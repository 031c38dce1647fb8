"""From a file to its reader, and from a container to the readers of what it contains."""

import hashlib
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from lxml import etree

from indexers.extraction.archives import read_compressed, read_tar, read_zip
from indexers.extraction.file_type import FileType, Route, file_type
from indexers.extraction.foreign import ForeignReader
from indexers.extraction.limits import ReadingLimits
from indexers.extraction.mail import read_mail, read_mailbox
from indexers.extraction.ofd import read_ofd
from indexers.extraction.office.default_password import opened
from indexers.extraction.office.diagrams import read_vsdx
from indexers.extraction.office.document import read_docx
from indexers.extraction.office.slides import read_pptx
from indexers.extraction.office.workbook import read_xlsx
from indexers.extraction.pdf import PdfFile
from indexers.extraction.plain import read_html, read_text, read_xml
from indexers.extraction.reading import Budget, Exhausted, Reading, Unreadable
from indexers.extraction.report import Report
from indexers.extraction.signed import read_signed
from indexers.extraction.unpacking import MadeFiles, display_name, unique_path
from records.text import ExtractionStatus

Reader = Callable[[Reading], None]


class Readers:
    """The reader of each route."""

    def __init__(self, foreign: ForeignReader) -> None:
        self._foreign = foreign
        self.by_route: Mapping[Route, Reader] = {
            Route.PDF: self._pdf,
            Route.DOCX: partial(self._office, read_docx),
            Route.XLSX: partial(self._office, read_xlsx),
            Route.PPTX: partial(self._office, read_pptx),
            Route.VSDX: partial(self._office, read_vsdx),
            Route.LOCKED: self._locked,
            Route.OFD: read_ofd,
            Route.FOREIGN: foreign.read,
            Route.ZIP: read_zip,
            Route.TAR: read_tar,
            Route.COMPRESSED: read_compressed,
            Route.SIGNED: read_signed,
            Route.MAIL: read_mail,
            Route.MAILBOX: read_mailbox,
            Route.HTML: read_html,
            Route.XML: read_xml,
            Route.TEXT: read_text,
            Route.PICTURE: _no_text,
            Route.NONE: _unknown,
        }

    def _pdf(self, reading: Reading) -> None:
        """Tika reads forms that we do not, and files that only its parser makes sense of."""
        try:
            with PdfFile(reading) as file:
                garbled = file.is_garbled()
                if garbled and self._reads_better(reading):
                    return
                file.read()
                unread_form = file.has_unread_form()
            if garbled:
                raise Unreadable("garbled", ExtractionStatus.TRUNCATED)
        except Unreadable as told:
            if told.reason != "parse" or reading.has_text:
                raise
            self._foreign.read(reading)
        else:
            if unread_form:
                self._foreign.read(reading)

    def _reads_better(self, reading: Reading) -> bool:
        """Whether Tika finds text; where it fails nothing was given."""
        try:
            self._foreign.read(reading)
        except Unreadable:
            if reading.has_text:
                raise
        return reading.has_text

    def _office(self, walk: Reader, reading: Reading) -> None:
        """By its parts; what Tika finds where that gives nothing at all is not the whole."""
        try:
            walk(reading)
        except (Exhausted, MemoryError):
            raise
        except Exception as error:
            told = error.reason if isinstance(error, Unreadable) else "parse"
            if told != "parse" or reading.has_text:
                raise
            self._foreign.read(reading)  # it takes what it finds of a zip that was cut off
            if reading.has_text:
                raise Unreadable("parse", ExtractionStatus.TRUNCATED) from error
            raise

    def _locked(self, reading: Reading) -> None:
        """What opens with the default password is read in the place of the file."""
        with opened(reading) as path:
            found = file_type(path, reading.name)
            reading.path, reading.suffix = path, found.suffix
            self.by_route[found.route](reading)


def _no_text(_: Reading) -> None:
    """A picture: there is no text without character recognition."""


def _unknown(_: Reading) -> None:
    raise Unreadable("unknown_type", ExtractionStatus.UNSUPPORTED)


class Router:
    """Reads one file with all it contains, and reports part after part."""

    def __init__(
        self,
        readers: Readers,
        report: Report,
        files: MadeFiles,
        limits: ReadingLimits,
        budget: Budget,
    ) -> None:
        self._readers = readers
        self._report = report
        self._files = files
        self._limits = limits
        self._budget = budget
        self._paths: set[str] = set()

    def read(self, path: Path, name: str) -> None:
        """Read the file itself."""
        self._part(path, display_name(name), at="", depth=0)

    def member(self, inside: Reading, name: str, path: Path) -> None:
        """Read a member that was unpacked to `path`, then remove it."""
        try:
            self._part(path, name, at=self._place(inside, name), depth=inside.depth + 1)
        finally:
            path.unlink(missing_ok=True)

    def unread(
        self, inside: Reading, name: str, size_bytes: int, told: Unreadable, *, skipped: bool
    ) -> None:
        """Account for a member that is not read."""
        self._budget.parts_left -= 1
        place = self._place(inside, name)
        number = self._report.part(place, "application/octet-stream", size_bytes, None)
        self._report.done(number, told.status, told.reason, skipped=skipped)

    def new_file(self, suffix: str) -> Path:
        """As `Containing` says."""
        return self._files.new(suffix)

    def _part(self, path: Path, name: str, *, at: str, depth: int) -> None:
        self._budget.parts_left -= 1
        found = file_type(path, name)
        size_bytes = path.stat().st_size
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        number = self._report.part(at, found.media_type, size_bytes, digest)
        reading = Reading(
            path,
            name=name,
            part=at,
            suffix=found.suffix,
            depth=depth,
            limits=self._limits,
            budget=self._budget,
            containing=self,
            write=partial(self._report.text, number),
        )
        if self._budget.characters_left <= 0:
            self._report.done(number, ExtractionStatus.TRUNCATED, "too_long", skipped=True)
        elif depth > self._limits.depth:
            self._report.done(number, ExtractionStatus.FAILED, "nesting", skipped=True)
        else:
            self._report.done(number, *self._run(reading, found, size_bytes))

    def _run(
        self, reading: Reading, found: FileType, size_bytes: int
    ) -> tuple[ExtractionStatus, str | None]:
        if size_bytes == 0:
            return ExtractionStatus.EMPTY, "empty"
        status, reason = ExtractionStatus.OK, None
        try:
            self._readers.by_route[found.route](reading)
        except Unreadable as told:
            status, reason = told.status, told.reason
        except RecursionError:
            status, reason = ExtractionStatus.FAILED, "nesting"
        except MemoryError:
            raise
        except etree.XMLSyntaxError as error:
            deep = "depth" in str(error).lower()
            status, reason = ExtractionStatus.FAILED, "nesting" if deep else "parse"
        except Exception:  # noqa: BLE001 - a hostile file makes a parser raise anything
            status, reason = ExtractionStatus.FAILED, "parse"
        reading.flush()
        if status is ExtractionStatus.OK and not (reading.has_text or reading.has_members):
            return ExtractionStatus.EMPTY, "no_text"
        if status is ExtractionStatus.OK and reading.is_garbled:
            return ExtractionStatus.TRUNCATED, "garbled"
        if status is ExtractionStatus.FAILED and (reading.has_text or reading.has_members):
            return ExtractionStatus.TRUNCATED, reason
        return status, reason

    def _place(self, inside: Reading, name: str) -> str:
        """The path of a member, made unique where a container holds a name twice."""
        return unique_path(inside.part, name, self._paths)
