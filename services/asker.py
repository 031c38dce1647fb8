"""On whose behalf work is done, as far as shares go: it follows a request into its threads."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Asker:
    """Who takes up a share of the house. It counts what he uses, and never decides what he may.

    `key` is ``person:LOGIN`` for somebody signed in, else ``address:IP``. `gone` is set when
    nobody waits for the answer any more; work that takes long looks at it.

    Within `outside` somebody outside of the house is asked: the share of what was done so far is
    given back for good, and one among those who wait for others is taken. Entering it raises
    Unavailable (``busy``) and Refused (``too_many_at_once``) where there is none.
    """

    key: str
    gone: threading.Event = field(default_factory=threading.Event)
    outside: Callable[[], AbstractContextManager[None]] = field(
        default=nullcontext, repr=False, compare=False
    )

    @property
    def is_person(self) -> bool:
        """Whether somebody has signed in."""
        return self.key.startswith("person:")


ASKER: ContextVar[Asker] = ContextVar("asker")
"""Unset where nobody asked: what the clock or an operator does."""


def asker_now() -> Asker:
    """Whoever this thread works for; the house itself where nobody asked."""
    return ASKER.get(None) or Asker("house")
