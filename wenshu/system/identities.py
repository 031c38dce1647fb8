"""Fresh names from the clock and the system's randomness."""

import secrets
import threading
import time

from records.identity import RecordId

_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U, which people misread."""

_CODE_DIGITS = "23456789ABCDEFGHJKMNPQRSTVWXYZabcdefghijkmnpqrstuvwxyz"


class RandomIdentities:
    """Names as the port says; record identifiers in the layout of a ULID."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = 0

    def record_id(self) -> RecordId:
        """As the port says: rising within a process, also within one millisecond."""
        with self._lock:
            fresh = (time.time_ns() // 1_000_000 << 80) | secrets.randbits(80)
            self._last = max(fresh, self._last + 1)
            value = self._last
        return RecordId("".join(_DIGITS[value >> shift & 31] for shift in range(125, -1, -5)))

    def write_id(self) -> str:
        """As the port says."""
        return secrets.token_hex(16)

    def secret(self) -> str:
        """As the port says."""
        return secrets.token_urlsafe(32)

    def sent_code(self) -> str:
        """As the port says."""
        return f"{secrets.randbelow(100_000_000):08d}"

    def one_time_code(self) -> str:
        """As the port says."""
        return "".join(secrets.choice(_CODE_DIGITS) for _ in range(12))
