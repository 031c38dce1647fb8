"""What a person is shown once: the tour of the interface (GT-10), closed for ever by one click."""

from records.identity import Login
from records.ports.claims import Claims


class FirstVisit:
    """Remembers who has closed the tour, ``toured/LOGIN``."""

    def __init__(self, claims: Claims) -> None:
        self._claims = claims
        self._over = set[Login]()

    def is_over(self, login: Login) -> bool:
        """Whether he has closed it, in whatever browser; asked of the store until he has.

        Who has is remembered, one login each: as many as there are people.
        """
        if login not in self._over and self._claims.read(_name(login)) is not None:
            self._over.add(login)
        return login in self._over

    def close(self, login: Login) -> None:
        """It is not shown again; a second time changes nothing."""
        self._claims.take(_name(login), b"{}")
        self._over.add(login)


def _name(login: Login) -> str:
    return f"toured/{login}"
