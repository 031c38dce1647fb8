"""Words of a kind that dictionaries know: posts, flow profiles, dictionaries of fields (E8).

Looked for in what the file says, whatever the schema makes of it: a post misspelt in a new sort of
action is found as well.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from records.faults import Fault, Place
from records.schema.dictionaries import POSTS, PROFILES, Dictionaries
from records.schema.kind import TEND

_FREE = frozenset({"label", "title", "help", "confirm", "fields", "effects", "source"})
"""Keys under which people write what they like, or names of their own."""


def vocabulary_faults(content: Mapping[str, Any], dictionaries: Dictionaries) -> Iterator[Fault]:
    """Each post, profile and dictionary that is named and not known."""
    fields = content.get("fields")
    for name, field in fields.items() if isinstance(fields, dict) else ():
        named = field.get("dictionary") if isinstance(field, dict) else None
        if isinstance(named, str) and named not in dictionaries:
            yield Fault(("fields", name, "dictionary"), "unknown_dictionary", {"name": named})
    actions = content.get("actions")
    if isinstance(actions, dict) and TEND in actions:
        yield Fault(("actions", TEND), "own_tend", {"name": TEND})
    for section in ("start", "states", "actions", "answer"):
        yield from _faults(content.get(section), (section,), dictionaries)


def _faults(value: Any, place: Place, dictionaries: Dictionaries) -> Iterator[Fault]:
    if isinstance(value, dict):
        for key, below in value.items():
            if key not in _FREE:
                yield from _faults(below, (*place, key), dictionaries)
    elif isinstance(value, list):
        for index, below in enumerate(value):
            yield from _faults(below, (*place, index), dictionaries)
    elif isinstance(value, str):
        yield from _word_faults(value, place, dictionaries)


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
