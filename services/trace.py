"""The name of the request that work is done for: it goes along from the browser to the last log."""

import re
import secrets
from contextvars import ContextVar

REQUEST: ContextVar[str] = ContextVar("request", default="")
"""Empty where nobody asked: what the clock or an operator does."""

_NAME = re.compile(r"[A-Za-z0-9._-]{1,64}")


def request_name(given: str | None) -> str:
    """The given name when it is a plain one, else a fresh one of 16 digits."""
    return given if given and _NAME.fullmatch(given) else secrets.token_hex(8)
