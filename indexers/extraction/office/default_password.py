"""Office files locked with the password that Excel tries by itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msoffcrypto.format.ooxml import OOXMLFile

from indexers.extraction.reading import Reading, Unreadable
from records.text import ExtractionStatus

_PASSWORD = "VelvetSweatshop"  # noqa: S105 - known to all ([MS-OFFCRYPTO] 2.4.2.3), it locks nothing


@contextmanager
def opened(reading: Reading) -> Iterator[Path]:
    """The file without its lock, for so long. Raises Unreadable (``encrypted``)."""
    if reading.path.stat().st_size > reading.limits.foreign_bytes:
        raise Unreadable("too_large")
    path = reading.new_file(reading.suffix)
    try:
        _open(reading.path, path)
        yield path
    finally:
        path.unlink(missing_ok=True)


def _open(locked: Path, path: Path) -> None:
    with locked.open("rb") as stream, path.open("xb") as out:
        try:
            file = OOXMLFile(stream)
            file.load_key(password=_PASSWORD, verify_password=True)
            file.decrypt(out)
        except MemoryError:
            raise
        except Exception as error:  # a broken container makes the library raise anything
            raise Unreadable("encrypted", ExtractionStatus.ENCRYPTED) from error
