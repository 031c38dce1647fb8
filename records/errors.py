"""The one tree of errors.

WenshuError
├── NotFound      the thing is not there, or the caller may not know that it is
├── Refused       a policy says no: right, state, limit, retention
├── Conflict      somebody else was first: the revision is stale, the name is taken
├── Invalid       the input is wrong; says which field and what would be right
├── Unavailable   a part is down or full for now; the same call may succeed later
├── Unknown       the call was sent and its outcome is not known; read back before repeating
└── Corrupt       what the store returned is not what was put there

Errors carry facts. `reason` is a stable word (``stale_revision``, ``opinion_required`` …) that
the drivers turn into the reader's language; nothing here knows of HTTP or of a vendor.
"""

from collections.abc import Mapping

Fact = str | int | None | tuple[str, ...]


class WenshuError(Exception):
    """An error of this system: a stable reason and the facts that go with it."""

    def __init__(self, reason: str, **facts: Fact) -> None:
        super().__init__(reason)
        self.reason = reason
        self.facts: Mapping[str, Fact] = facts

    def __str__(self) -> str:
        """Reason and facts in one line, for logs."""
        told = ", ".join(f"{name}={value!r}" for name, value in self.facts.items())
        return f"{self.reason} ({told})" if told else self.reason


class NotFound(WenshuError):
    """The thing is not there, or the caller may not know that it is."""


class Refused(WenshuError):
    """A policy says no: a missing right, a state, a limit, a retention rule."""


class Conflict(WenshuError):
    """Somebody else was first: the revision is stale or the name is taken."""


class Invalid(WenshuError):
    """The input is wrong. Facts name the field and what would be right."""


class Unavailable(WenshuError):
    """A part is down or full for now; the same call may succeed later."""


class Unknown(WenshuError):
    """The outcome of a call is not known; read back before repeating it."""


class Corrupt(WenshuError):
    """What the store returned is not what was put there. Facts name the object."""
