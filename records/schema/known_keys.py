"""The keys that a declaration takes at a place: what a mistyped one could have been."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import get_args, get_origin

from pydantic import BaseModel

from records.faults import Fault, Place

_UNKNOWN = "extra_forbidden"


def with_known_keys(fault: Fault, model: type[BaseModel]) -> Fault:
    """The fault of a key that does not exist, with those that do; any other as it is."""
    if fault.word != _UNKNOWN:
        return fault
    names = dict.fromkeys(_keys_at(model, fault.place[:-1]))
    if not names:
        return fault
    return replace(fault, word="unknown_key", named={"allowed": "、".join(names)})


def _keys_at(annotation: object, place: Place) -> Iterator[str]:
    """Keys of the models that may stand at a place beneath a type."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for name, field in annotation.model_fields.items():
            key = field.alias or name
            if not place:
                yield key
            elif key == place[0]:
                yield from _keys_at(field.annotation, place[1:])
        return
    origin, inner = get_origin(annotation), get_args(annotation)
    if isinstance(origin, type) and issubclass(origin, (Mapping, tuple, list)):
        if place:  # the key, or the number, of an entry
            for each in inner:
                yield from _keys_at(each, place[1:])
        return
    for each in inner:  # this or that
        yield from _keys_at(each, place)
