"""What is wrong with one place of an input: a stable word, and the facts of its sentence.

The sentences stand in ``languages/faults.py``. An error carries the word as its fact ``fault``.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Place = tuple[int | str, ...]
"""The keys and numbers that lead to it."""

_BOUNDS = frozenset({"max_length", "min_length", "ge", "le", "gt", "lt"})
_NAMED = frozenset({"name", "allowed"})
"""What validators of our own name."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: where it is, what it is, and what the sentence about it names."""

    place: Place
    word: str
    named: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The place in one word, as ``actions.go.to``."""
        return ".".join(str(step) for step in self.place)

    @property
    def facts(self) -> dict[str, str]:
        """What an error carries of it, beside the place."""
        return {"fault": self.word, **self.named}


def validation_fault(details: Mapping[str, Any]) -> Fault:
    """What pydantic found: its type of error is the word, its bound or its choice is named.

    `details` is an entry of ``ValidationError.errors()``.
    """
    context = details.get("ctx", {})
    named = {}
    for bound in _BOUNDS & context.keys():
        named["limit"] = str(context[bound])
    for name in _NAMED & context.keys():
        named[name] = str(context[name])
    if "expected" in context:
        named["expected"] = re.sub(" or |, ", "、", str(context["expected"])).replace("'", "")
    return Fault(tuple(details["loc"]), str(details["type"]), named)
