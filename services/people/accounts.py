"""Accounts: passwords and one-time codes (LG-01, LG-03, LG-04, LG-06, LG-13)."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from records.errors import Conflict, Invalid, Refused, Unavailable
from records.identity import Login
from records.parameters.catalogue import PASSWORD_DAYS, PASSWORD_HISTORY, PASSWORD_LENGTH
from records.parameters.parameter import Parameters
from records.people.organisation import Organisation
from records.ports.chains import Chains
from records.ports.clock import Clock
from records.ports.directory import Directory
from records.ports.identities import Identities
from records.ports.password_hasher import PasswordHasher
from services.asker import asker_now
from services.chain_changes import change_newest
from services.people.devices import Origin
from services.people.passwords import check_password
from services.people.sign_in_guard import SignInAttempt, SignInGuard


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
    expired: bool = Field(default=False, exclude=True)
    """It has lasted longer than a password may, so that `must_change` holds (LG-05)."""
    by_directory: bool = Field(default=False, exclude=True)
    """A directory vouched for its password, which is none of the house's (LG-09)."""

    @property
    def used(self) -> tuple[str, ...]:
        """Passwords of the person himself that a later one is compared with, the newest first."""
        own = () if self.must_change else (self.password_hash,)
        return (*own, *self.earlier)[: PASSWORD_HISTORY.most]


class Accounts:
    """Checks and changes passwords."""

    def __init__(
        self,
        chains: Chains,
        hasher: PasswordHasher,
        identities: Identities,
        clock: Clock,
        guard: SignInGuard,
        *,
        parameters: Callable[[], Parameters] = Parameters,
        directory: Directory | None = None,
    ) -> None:
        """With a `directory`, passwords that are none of the house's are asked for there."""
        self._parameters = parameters
        self._directory = directory
        self._chains = chains
        self._hasher = hasher
        self._identities = identities
        self._clock = clock
        self._guard = guard
        self._decoy = hasher.hash("no account has this password")

    @property
    def min_length(self) -> int:
        """Characters that a password must have now."""
        return self._parameters()[PASSWORD_LENGTH]

    def exists(self, login: Login) -> bool:
        """Whether the person has an account."""
        return self._chains.begun([_chain(login)])[0]

    def opened(self, logins: Sequence[Login]) -> frozenset[Login]:
        """Those of them who have an account: one question for each, all at once."""
        begun = self._chains.begun([_chain(login) for login in logins])
        return frozenset(login for login, is_open in zip(logins, begun, strict=True) if is_open)

    def open(self, login: Login, password: str | None, *, lasting: bool = False) -> str | None:
        """Open the account, or set it anew. Without a password a one-time code is returned.

        A password given here is known to somebody else, so it too is good for setting another and
        nothing else, unless it is `lasting`. Raises Invalid (``weak_password``).
        """
        code = None
        if password is None:
            code = self._identities.one_time_code()
        else:
            self.check(password, login=login)
        self._write(
            login,
            lambda before: Account(
                login=login,
                password_hash=self._hasher.hash(password)
                if password is not None
                else self._hasher.hash_random(code or ""),
                must_change=code is not None or not lasting,
                changed_at=self._clock.now(),
                earlier=before.used if before else (),
            ),
        )
        self._guard.forget(login)
        return code

    def verify(
        self, login: Login, password: str, organisation: Organisation, *, origin: Origin
    ) -> Account:
        """The account when login and password fit, here or in the directory.

        Raises Refused: ``wrong_password`` for everything that does not fit, an unknown login
        included; ``account_locked`` with ``minutes`` and ``wait_s`` after too many failures
        (`services.people.sign_in_guard`); Unavailable (``directory_down``) when the password is
        none of the house's and the directory does not answer; as
        `Asker.outside`. An unknown login costs the same time as a wrong password.
        """
        attempt = self._guard.admit(login, origin)
        person = organisation.find_person(login)
        is_known = person is not None and not person.disabled
        account = self._account(login) if is_known else None
        fits = self._hasher.fits(password, account.password_hash if account else self._decoy)
        if account is None or not fits:
            # Strangers are asked for as well, so that nothing tells who is none.
            if not (self._directory_knows(login, password, attempt) and is_known):
                self._guard.failed(attempt)
                raise Refused("wrong_password")
            self._guard.passed(attempt)
            return Account(
                login=login,
                password_hash="",
                must_change=False,
                changed_at=self._clock.now(),
                by_directory=True,
            )
        self._guard.passed(attempt)
        if self._hasher.is_outdated(account.password_hash):
            self._hash_anew(account, password)
        if self.days_left(account) == 0:
            return account.model_copy(update={"must_change": True, "expired": True})
        return account

    def days_left(self, account: Account) -> int | None:
        """Days for which the password is still good, begun ones counted; None for ever (LG-05)."""
        days = self._parameters()[PASSWORD_DAYS]
        if not days or account.by_directory:
            return None
        left = account.changed_at + timedelta(days=days) - self._clock.now()
        return max(0, -(-left // timedelta(days=1)))

    def is_password_due(self, login: Login) -> bool:
        """Whether it must be set before anything else: it never was, or it has expired.

        True as well where there is no account.
        """
        account = self._account(login)
        return account is None or account.must_change or self.days_left(account) == 0

    def check(self, password: str, *, login: str) -> None:
        """Whether it may be anybody's. Raises Invalid as `services.people.passwords` says."""
        check_password(password, login=login, min_length=self._parameters()[PASSWORD_LENGTH])

    def change(
        self, login: Login, old: str, new: str, organisation: Organisation, *, origin: Origin
    ) -> None:
        """Set another password.

        Raises as `verify`, Invalid (``weak_password``, ``reused_password``) and Refused
        (``password_elsewhere``: it is the directory's).
        """
        account = self.verify(login, old, organisation, origin=origin)
        if account.by_directory:
            raise Refused("password_elsewhere")
        self._set_own(account, new)

    def recover(self, login: Login, new: str, *, once: Callable[[], None]) -> None:
        """The person's own password in the place of a lost one; `once` is the last word.

        Raises Invalid (``weak_password``, ``reused_password``), Refused (``wrong_code`` where there
        is no account) and what `once` raises.
        """
        account = self._account(login)
        if account is None:
            raise Refused("wrong_code", field="code")
        self._set_own(account, new, once=once)
        self._guard.forget(login)

    def _set_own(
        self, account: Account, new: str, *, once: Callable[[], None] = lambda: None
    ) -> None:
        """The person's own password in the place of another. Raises Invalid."""
        self.check(new, login=account.login)
        known = (account.password_hash, *account.earlier)[: self._parameters()[PASSWORD_HISTORY]]
        if any(self._hasher.fits(new, stored) for stored in known):
            raise Invalid("reused_password", field="password")
        fresh = Account(
            login=account.login,
            password_hash=self._hasher.hash(new),
            must_change=False,
            changed_at=self._clock.now(),
            earlier=account.used,
            event="changed",
        )
        once()
        self._write(account.login, lambda _: fresh)

    def remember_device(self, login: Login, secret: str) -> None:
        """The person has signed in from the device that keeps this secret."""
        self._guard.remember(login, secret)

    def _directory_knows(self, login: Login, password: str, attempt: SignInAttempt) -> bool:
        """Whether the directory lets him in.

        A try that it did not answer, or for which there was no room, counts as a failed one: it
        was a guess of a password of the house's all the same.
        """
        if self._directory is None:
            return False
        try:
            with asker_now().outside():
                return self._directory.fits(login, password)
        except (Refused, Unavailable):
            self._guard.failed(attempt)
            raise

    def _account(self, login: Login) -> Account | None:
        link = self._chains.latest(_chain(login))
        return Account.model_validate_json(link.value) if link else None

    def _hash_anew(self, account: Account, password: str) -> None:
        """Keep the password at the cost of today, unless another was set meanwhile."""
        stronger = self._hasher.hash(password)

        def change(newest: Account | None) -> Account:
            if newest is None or newest.password_hash != account.password_hash:
                raise Conflict("account_busy", login=account.login)
            return newest.model_copy(update={"password_hash": stronger})

        with suppress(Conflict):
            self._write(account.login, change)

    def _write(self, login: Login, change: Callable[[Account | None], Account]) -> Account:
        """Apply a change to the newest link, again when somebody was faster."""
        written: list[Account] = []

        def changed(value: bytes | None) -> bytes:
            account = change(Account.model_validate_json(value) if value else None)
            written.append(account)
            return account.model_dump_json().encode()

        busy = Conflict("account_busy", login=login)
        change_newest(self._chains, _chain(login), changed, busy=busy)
        return written[-1]


def _chain(login: Login) -> str:
    return f"accounts/{login}"
