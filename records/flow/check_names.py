"""Checks that the names which a flow uses exist: actors, fields, anything else."""

from collections.abc import Collection, Container, Iterable, Iterator

from records.faults import Fault, Place
from records.people.roles import PRODUCT_ROLES
from records.schema.kind import Kind
from records.schema.kind_fields import FieldType


def actor_faults(actor: str, place: Place, words: Collection[str]) -> Iterator[Fault]:
    """What is wrong with the name of an actor, and which there are at this place.

    Whether there is such a post or role `records.schema.vocabulary` says, which knows those of the
    installation.
    """
    scheme, _, name = actor.partition(":")
    if actor in words or (scheme in {"post", "role"} and name):
        return
    roles = (f"role:{each.role}" for each in PRODUCT_ROLES)
    allowed = "、".join((*sorted(words), "post:…", *roles))
    yield Fault(place, "unknown_actor", {"name": actor, "allowed": allowed})


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
