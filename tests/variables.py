"""The variables of the environment that the program declares."""

import re
from collections.abc import Iterator
from typing import get_args

from pydantic import SecretStr

from wenshu.command_line import command_line
from wenshu.variables import Variables

OURS = re.compile(r"WENSHU_\w+")


def declared_variables() -> set[str]:
    """All, with the ``…_FILE`` of each secret; the command line imports every room."""
    assert callable(command_line)
    read: set[str] = set()
    for declared in _declarations(Variables):
        for name, field in declared.model_fields.items():
            variable = declared.name_of(name)
            read |= {variable, f"{variable}_FILE"} if _is_secret(field.annotation) else {variable}
    return {name for name in read if OURS.fullmatch(name)}


def _is_secret(annotation: object) -> bool:
    return SecretStr in (annotation, *get_args(annotation))


def _declarations(of: type[Variables]) -> Iterator[type[Variables]]:
    for declared in of.__subclasses__():
        yield declared
        yield from _declarations(declared)
