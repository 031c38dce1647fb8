"""The page on which an exchange file is given."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExchangePage:
    """The form; with what was amiss when it comes back."""

    problem: str = ""
    known_href: str | None = None
    """The record that the same file began before."""
