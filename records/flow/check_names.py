"""Checks that the names which a flow uses exist: actors, fields, anything else."""

from collections.abc import Container, Iterable, Iterator

from records.faults import Fault, Place
from records.kind import Kind
from records.kind_fields import FieldType
from records.organisation import ROLES


def actor_faults(actor: str, place: Place, words: Container[str]) -> Iterator[Fault]:
    """What is wrong with the name of an actor."""
    scheme, _, name = actor.partition(":")
    if actor in words or (scheme == "post" and name):
        return
    if scheme == "role" and name in ROLES:
        return
    yield Fault(place, "unknown_actor", {"name": actor})


def name_faults(
    place: Place, key: str, word: str, names: Iterable[str], known: Container[str]
) -> Iterator[Fault]:
    """Each of `names` that is not known."""
    for name in names:
        if name not in known:
            yield Fault((*place, key), word, {"name": name})


def field_faults(
    kind: Kind, place: Place, name: str, types: Iterable[FieldType]
) -> Iterator[Fault]:
    """A field that is not there, or of another type."""
    if name not in kind.fields or kind.fields[name].type not in types:
        yield Fault(place, "no_field_of_type", {"name": name, "type": "、".join(sorted(types))})
