"""The report of an import: a line of the ledger a line, as JSON."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import ValidationError

from records.errors import Invalid
from services.intake.ledger import LedgerLine


@contextmanager
def report_at(path: Path | None) -> Iterator[Callable[[LedgerLine], object]]:
    """What writes a line of the report, as long as the import goes on; nothing without a path.

    Raises Invalid (``unusable_report``), also the writing.
    """
    if path is None:
        yield lambda _: None
        return
    with _told(path):
        file = path.open("w", encoding="utf-8", buffering=1)

    def write(line: LedgerLine) -> None:
        with _told(path):
            file.write(f"{line.model_dump_json()}\n")

    try:
        yield write
    finally:
        with _told(path):
            file.close()


def read_report(path: Path) -> list[LedgerLine]:
    """The lines of a report. Raises Invalid: ``unusable_report``, ``bad_report`` with ``line``.

    A line ends where JSON ends it: names may hold other separators of lines, such as U+2028.
    """
    with _told(path):
        lines = path.read_bytes().splitlines()
    return [_line(path, number, line) for number, line in enumerate(lines, start=1)]


def _line(path: Path, number: int, line: bytes) -> LedgerLine:
    try:
        return LedgerLine.model_validate_json(line)
    except ValidationError as error:
        raise Invalid("bad_report", name=str(path), line=number) from error


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Invalid("unusable_report", name=str(path)) from error
