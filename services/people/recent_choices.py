"""Whom a person chose lately in actions, so that he finds them again (FW-07).

One short list beside each login, ``recent-choices/{login}``; it may be lost and decides nothing.
"""

import json
import logging
from collections.abc import Iterable

from records.errors import WenshuError
from records.identity import Login, Token
from records.ports.claims import Claims

_LOG = logging.getLogger(__name__)

MOST = 20
"""So many are remembered: what one looks over at a glance."""


class RecentChoices:
    """Remembers what everybody chose last."""

    def __init__(self, claims: Claims) -> None:
        self._claims = claims

    def of(self, login: Login) -> tuple[Token, ...]:
        """Tokens of people and units, the last chosen first."""
        value = self._claims.read(_name(login))
        return () if value is None else tuple(map(Token, json.loads(value)))

    def chose(self, login: Login, tokens: Iterable[Token]) -> None:
        """He chose these now. Raises nothing: what he chose them for is done."""
        now = tuple(dict.fromkeys(tokens))
        if not now:
            return
        try:
            kept = list(dict.fromkeys((*now, *self.of(login))))[:MOST]
            self._claims.free(_name(login))
            self._claims.take(_name(login), json.dumps(kept).encode())
        except WenshuError as error:
            _LOG.warning("what %s chose is not remembered: %s", login, error)


def _name(login: Login) -> str:
    return f"recent-choices/{login}"
