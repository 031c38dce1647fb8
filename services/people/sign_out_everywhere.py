"""Ends whatever somebody may be signed in by in a person's name, programs included."""

from records.identity import Login
from services.people.app_tokens import AppTokens
from services.people.sessions import Sessions


class SignOutEverywhere:
    """Sessions and tokens, all at once."""

    def __init__(self, sessions: Sessions, app_tokens: AppTokens) -> None:
        self._sessions = sessions
        self._app_tokens = app_tokens

    def of(self, login: Login) -> None:
        """None of them is good any more."""
        self._sessions.end_others(login, keep=None)
        self._app_tokens.end_all(login)
