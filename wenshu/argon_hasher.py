"""Passwords by argon2id."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError


class ArgonPasswordHasher:
    """argon2id with 3 passes (RFC 9106, section 4, second choice) over `memory_kib`.

    Parallelism is 1, not 4: the machines have few cores and several people sign in at once.
    """

    def __init__(self, *, memory_kib: int) -> None:
        self._argon = PasswordHasher(memory_cost=memory_kib, time_cost=3, parallelism=1)

    def hash(self, password: str) -> str:
        """As the port says."""
        return self._argon.hash(password)

    def fits(self, password: str, stored: str) -> bool:
        """As the port says."""
        try:
            return self._argon.verify(stored, password)
        except (VerificationError, InvalidHashError):
            return False
