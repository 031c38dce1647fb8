"""Accounts: passwords and one-time codes (LG-01, LG-03, LG-04, LG-06, LG-13)."""

from collections.abc import Callable
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from records.errors import Conflict, Invalid, Refused
from records.identity import Login
from records.organisation import Organisation
from records.ports.chains import Chains
from records.ports.clock import Clock
from records.ports.identities import Identities
from records.ports.password_hasher import PasswordHasher
from services.people.passwords import check_password
from services.people.sign_in_guard import Origin, SignInGuard

_REMEMBERED = 5
"""A new password may not be one of the last five (LG-05)."""
_TRIES = 20


class Account(BaseModel):
    """What is kept of one account; the person stands in the organisation."""

    # Earlier programs kept count of failures here.
    model_config = ConfigDict(frozen=True, extra="ignore")

    login: Login
    password_hash: str
    must_change: bool
    """Somebody else knows the password, or it is a one-time code: the next sign-in sets another
    (LG-04)."""
    changed_at: datetime
    earlier: tuple[str, ...] = ()
    event: Literal["set", "failed", "cleared", "changed"] = "set"


class Accounts:
    """Checks and changes passwords."""

    def __init__(
        self,
        chains: Chains,
        hasher: PasswordHasher,
        identities: Identities,
        clock: Clock,
        guard: SignInGuard,
    ) -> None:
        self._chains = chains
        self._hasher = hasher
        self._identities = identities
        self._clock = clock
        self._guard = guard
        self._decoy = hasher.hash("no account has this password")

    def exists(self, login: Login) -> bool:
        """Whether the person has an account."""
        return self._chains.latest(_chain(login)) is not None

    def open(self, login: Login, password: str | None, *, lasting: bool = False) -> str | None:
        """Open the account, or set it anew. Without a password a one-time code is returned.

        A password given here is known to somebody else, so it too is good for setting another and
        nothing else, unless it is `lasting`. Raises Invalid (``weak_password``).
        """
        code = None
        if password is None:
            code = self._identities.one_time_code()
        else:
            check_password(password, login=login)
        self._write(
            login,
            lambda _: Account(
                login=login,
                password_hash=self._hasher.hash(password or code or ""),
                must_change=code is not None or not lasting,
                changed_at=self._clock.now(),
            ),
        )
        self._guard.forget(login)
        return code

    def verify(
        self, login: Login, password: str, organisation: Organisation, *, origin: Origin
    ) -> Account:
        """The account when login and password fit.

        Raises Refused: ``wrong_password`` for everything that does not fit, an unknown login
        included; ``account_locked`` with ``minutes`` and ``wait_s`` after too many failures
        (`services.people.sign_in_guard`). An unknown login costs the same time as a wrong password.
        """
        attempt = self._guard.admit(login, origin)
        person = organisation.find_person(login)
        account = self._account(login) if person is not None and not person.disabled else None
        fits = self._hasher.fits(password, account.password_hash if account else self._decoy)
        if account is None or not fits:
            self._guard.failed(attempt)
            raise Refused("wrong_password")
        self._guard.passed(attempt)
        return account

    def change(
        self, login: Login, old: str, new: str, organisation: Organisation, *, origin: Origin
    ) -> None:
        """Set another password. Raises as `verify`, and Invalid (``weak_password``, ``reused``)."""
        account = self.verify(login, old, organisation, origin=origin)
        check_password(new, login=login)
        earlier = (account.password_hash, *account.earlier)[:_REMEMBERED]
        if any(self._hasher.fits(new, stored) for stored in earlier):
            raise Invalid("reused_password", field="password")
        fresh = Account(
            login=login,
            password_hash=self._hasher.hash(new),
            must_change=False,
            changed_at=self._clock.now(),
            earlier=earlier,
            event="changed",
        )
        self._write(login, lambda _: fresh)

    def remember_device(self, login: Login, secret: str) -> None:
        """The person has signed in from the device that keeps this secret."""
        self._guard.remember(login, secret)

    def _account(self, login: Login) -> Account | None:
        link = self._chains.latest(_chain(login))
        return Account.model_validate_json(link.value) if link else None

    def _write(self, login: Login, change: Callable[[Account | None], Account]) -> Account:
        """Apply a change to the newest link, again when somebody was faster."""
        for _ in range(_TRIES):
            link = self._chains.latest(_chain(login))
            account = change(Account.model_validate_json(link.value) if link else None)
            try:
                self._chains.append(
                    _chain(login),
                    link.number + 1 if link else 1,
                    account.model_dump_json().encode(),
                )
            except Conflict:
                continue
            return account
        raise Conflict("account_busy", login=login)


def _chain(login: Login) -> str:
    return f"accounts/{login}"
