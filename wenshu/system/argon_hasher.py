"""Passwords by argon2id."""

from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

AT_ONCE = 2
"""128 MiB; no fewer than the lane of signing in lets in (gate.lanes), so none waits here."""


class ArgonPasswordHasher:
    """argon2id with 3 passes (RFC 9106, section 4, second choice) over `memory_kib`.

    Parallelism is 1, not 4: the machines have few cores and several people sign in at once. At
    most `AT_ONCE` are hashed at a time, whoever asks, so that the memory is bounded.
    """

    def __init__(self, *, memory_kib: int) -> None:
        self._places = BoundedSemaphore(AT_ONCE)
        self._argon = PasswordHasher(memory_cost=memory_kib, time_cost=3, parallelism=1)
        self._cheap = PasswordHasher(memory_cost=8, time_cost=1, parallelism=1)

    def hash(self, password: str) -> str:
        """As the port says."""
        with self._places:
            return self._argon.hash(password)

    def hash_random(self, secret: str) -> str:
        """As the port says: chance of 69 bits needs no slowing down, and 3,000 of them no hour."""
        return self._cheap.hash(secret)

    def fits(self, password: str, stored: str) -> bool:
        """As the port says."""
        try:
            with self._places:
                if not self._cheap.check_needs_rehash(stored):
                    self._argon.hash(password)  # so that time does not tell who has a code
                return self._argon.verify(stored, password)
        except (VerificationError, InvalidHashError):
            return False

    def is_outdated(self, stored: str) -> bool:
        """As the port says."""
        return self._argon.check_needs_rehash(stored)
