"""Signing in, one's own account, the organisation, and the pages that say what went wrong."""

from dataclasses import dataclass
from datetime import date, datetime

from search_ui.views.shell import Badge, Choice, Crumb


@dataclass(frozen=True, slots=True)
class SignInPage:
    """The sign-in form; `problem` is a sentence, `advice` what to do about it."""

    organisation: str
    next_href: str = "/"
    login: str = ""
    problem: str = ""
    advice: str = ""
    expired: bool = False
    signed_out: bool = False
    reset: bool = False
    """A lost password was just set anew."""
    keep_days: int = 0
    """For how long one may stay signed in; 0 for no such offer."""
    applies: bool = False
    """Whether accounts may be applied for."""
    by_code: bool = False
    """Whether one may sign in by a code that is sent."""
    unified: str = ""
    """What the provider is called at which one may sign in as well; empty for none."""
    hints: tuple[tuple[str, str, str], ...] = ()
    """Login, password and a word about each sign-in of a demo; empty elsewhere."""


@dataclass(frozen=True, slots=True)
class SetPasswordPage:
    """A new password: after a one-time code, or because the old one must go."""

    organisation: str
    login: str
    code: str
    next_href: str = "/"
    problem: str = ""
    min_length: int = 8
    expired: bool = False


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One place where a person is signed in."""

    key: str
    device: str
    address: str
    began_at: datetime
    seen_at: datetime
    current: bool = False
    kept_until: datetime | None = None
    """保持登录: until when."""


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token; `owner` is told where tokens of several people stand together."""

    name: str
    scopes: str
    made_at: datetime
    last_on: date
    revoke_href: str
    owner: str = ""
    over: bool = False


@dataclass(frozen=True, slots=True)
class TokenForm:
    """What is asked for of a new one, and what was wrong with it."""

    scopes: tuple[Choice, ...]
    last_on: date
    name: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class TokensPage:
    """Everybody's tokens, for administrators."""

    tokens: tuple[TokenRow, ...]


@dataclass(frozen=True, slots=True)
class SecurityPage:
    """A person's own sessions, password and tokens for programs."""

    sessions: tuple[SessionRow, ...]
    problem: str = ""
    tokens: tuple[TokenRow, ...] = ()
    token_form: TokenForm | None = None
    min_length: int = 8
    made: str = ""
    """A token that was just made, shown once."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact about an error: a label and what it is."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Way:
    """A way on from an error page."""

    label: str
    href: str
    primary: bool = False


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What went wrong and what to do next; `request` finds the call in the log."""

    status: int
    title: str
    text: str
    advice: tuple[str, ...]
    ways: tuple[Way, ...]
    facts: tuple[Fact, ...] = ()
    request: str = ""


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One thing that the environment check looked at."""

    name: str
    status: Badge
    found: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class ProbeLine:
    """One thing that the browser tries itself, and what to do when it fails."""

    key: str
    name: str
    advice: str


@dataclass(frozen=True, slots=True)
class CheckPage:
    """The environment of the server and of this browser."""

    server: tuple[CheckLine, ...]
    browser: tuple[CheckLine, ...]
    checked_at: datetime
    probes: tuple[ProbeLine, ...] = ()
    """What the browser tries by itself once the page stands."""
    crumbs: tuple[Crumb, ...] = ()
