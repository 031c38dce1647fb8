"""A directory of a few people in memory: for tests of what stands on the port."""

from collections.abc import Mapping

from records.errors import Unavailable
from records.identity import Login


class MemoryDirectory:
    """Knows the passwords that it is given, until it is said to be down."""

    def __init__(self, passwords: Mapping[str, str]) -> None:
        self._passwords = dict(passwords)
        self.is_down = False

    def fits(self, login: Login, password: str) -> bool:
        """As the port says."""
        self.look()
        return bool(password) and self._passwords.get(login) == password

    def look(self) -> None:
        """As the port says."""
        if self.is_down:
            raise Unavailable("directory_down")
