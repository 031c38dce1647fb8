"""A directory of people outside of the house that knows their passwords (LG-09)."""

from typing import Protocol

from records.identity import Login


class Directory(Protocol):
    """Tells whether a password is somebody's. Who there is stays kept in the house."""

    def fits(self, login: Login, password: str) -> bool:
        """Whether the directory lets that person in by that password.

        False for whatever it does not know, an empty password included. Neither is kept or logged.
        Raises Unavailable (``directory_down``).
        """
        ...

    def look(self) -> None:
        """Whether it answers. Raises Unavailable (``directory_down``)."""
        ...
