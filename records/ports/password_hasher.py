"""The port that hashes passwords."""

from typing import Protocol


class PasswordHasher(Protocol):
    """Hashes passwords so that a stolen hash is of little use (argon2id)."""

    def hash(self, password: str) -> str:
        """A hash that carries its own salt and cost."""
        ...

    def hash_random(self, secret: str) -> str:
        """The same, at no cost, of a secret drawn by chance that is too long to be guessed."""
        ...

    def fits(self, password: str, stored: str) -> bool:
        """Whether the password belongs to the hash; takes the same time either way."""
        ...

    def is_outdated(self, stored: str) -> bool:
        """Whether the hash was made at another cost than new ones are."""
        ...
