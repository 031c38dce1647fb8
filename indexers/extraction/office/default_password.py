"""Office files locked with the password that Excel tries by itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msoffcrypto.format.ooxml import OOXMLFile

from indexers.extraction.reading import Reading, Unreadable
from records.text import ExtractionStatus

_PASSWORD = "VelvetSweatshop"  # noqa: S105 - known to all ([MS-OFFCRYPTO] 2.4.2.3), it locks nothing

_ZIP_HEAD = b"PK\x03\x04"


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
            # The library's own check refuses the right password where the hash is SHA-1.
            file.load_key(password=_PASSWORD, verify_password=False)
            file.decrypt(out)
        except MemoryError:
            raise
        except Exception as error:  # a broken container makes the library raise anything
            raise Unreadable("encrypted", ExtractionStatus.ENCRYPTED) from error
    with path.open("rb") as unlocked:
        if unlocked.read(len(_ZIP_HEAD)) != _ZIP_HEAD:
            raise Unreadable("encrypted", ExtractionStatus.ENCRYPTED)
