"""Office files locked with the password that Excel tries by itself."""

from pathlib import Path

import msoffcrypto
from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError

from indexers.extraction.reading import Reading, Unreadable
from records.text import ExtractionStatus

_PASSWORD = "VelvetSweatshop"  # noqa: S105 - known to all ([MS-OFFCRYPTO] 2.4.2.3), it locks nothing
_LOCKED = Unreadable("encrypted", ExtractionStatus.ENCRYPTED)


def opened(reading: Reading) -> Path:
    """The file without its lock, in the private folder. Raises Unreadable (``encrypted``)."""
    if reading.path.stat().st_size > reading.limits.foreign_bytes:
        raise Unreadable("too_large")
    path = reading.new_file(reading.suffix)
    try:
        with reading.path.open("rb") as stream, path.open("xb") as out:
            file = msoffcrypto.OfficeFile(stream)
            file.load_key(password=_PASSWORD, verify_password=True)
            file.decrypt(out)
    except (DecryptionError, FileFormatError, InvalidKeyError):
        raise _LOCKED from None
    except Exception as error:  # a broken container makes the library raise anything
        raise _LOCKED from error
    return path
