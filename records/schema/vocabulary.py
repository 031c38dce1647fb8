"""Words of a kind that an installation knows: posts, roles, flow profiles, dictionaries (E8).

Looked for in what the file says, whatever the schema makes of it: a post misspelt in a new sort of
action is found as well.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from records.faults import Fault, Place
from records.people.roles import Roles
from records.schema.dictionaries import POSTS, PROFILES, Dictionaries
from records.schema.kind import TEND

_FREE = frozenset({"label", "title", "help", "confirm", "fields", "effects", "source"})
"""Keys under which people write what they like, or names of their own."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What an installation knows."""

    dictionaries: Dictionaries
    roles: Roles


def vocabulary_faults(content: Mapping[str, Any], known: Vocabulary) -> Iterator[Fault]:
    """Each post, role, profile and dictionary that is named and not known."""
    fields = content.get("fields")
    for name, field in fields.items() if isinstance(fields, dict) else ():
        named = field.get("dictionary") if isinstance(field, dict) else None
        if isinstance(named, str) and named not in known.dictionaries:
            yield Fault(("fields", name, "dictionary"), "unknown_dictionary", {"name": named})
    actions = content.get("actions")
    if isinstance(actions, dict) and TEND in actions:
        yield Fault(("actions", TEND), "own_tend", {"name": TEND})
    for section, value in content.items():
        if section not in _FREE:
            yield from _faults(value, (section,), known)


def _faults(value: Any, place: Place, known: Vocabulary) -> Iterator[Fault]:
    if isinstance(value, dict):
        for key, below in value.items():
            if key not in _FREE:
                yield from _faults(below, (*place, key), known)
    elif isinstance(value, list):
        for index, below in enumerate(value):
            yield from _faults(below, (*place, index), known)
    elif isinstance(value, str):
        yield from _word_faults(value, place, known.dictionaries)
        role = value if place[-1] == "role" else value.removeprefix("role:")
        named = place[-1] == "role" or value.startswith("role:")
        if named and not known.roles.has(role):
            allowed = "、".join(f"role:{name}" for name in known.roles.names)
            yield Fault(place, "unknown_actor", {"name": f"role:{role}", "allowed": allowed})


def _word_faults(word: str, place: Place, dictionaries: Dictionaries) -> Iterator[Fault]:
    post = word.removeprefix("post:") if word.startswith("post:") else None
    if place[-1] == "post":
        post = word
    if post is not None and not dictionaries.has(POSTS, post):
        yield Fault(place, "unknown_post", {"name": post})
    listed = place[-2] if isinstance(place[-1], int) else None
    if listed == "posts" and not dictionaries.has(POSTS, word):
        yield Fault(place, "unknown_post", {"name": word})
    if listed == "profiles" and not dictionaries.has(PROFILES, word):
        yield Fault(place, "unknown_profile", {"name": word})
