"""The names by which things are known: typed strings, so that no two can be mixed up."""

from typing import NewType

RecordId = NewType("RecordId", str)
"""26 characters of Crockford base 32: 48 bits of milliseconds, 80 random bits (ULID layout).

Sorting by identifier is sorting by the time of creation.
"""

KindName = NewType("KindName", str)
"""The name of a kind file in records/kinds, such as ``notice``."""

Sha256 = NewType("Sha256", str)
"""A SHA-256 digest, 64 lower-case hexadecimal digits."""

Login = NewType("Login", str)
"""The sign-in name of a person, unique in the organisation."""

CLOCK = Login("clock")
"""The actor of what time and the system do; nobody can sign in as it."""

UnitCode = NewType("UnitCode", str)
"""The code of a unit of the organisation, unique in its tree."""

FolderCode = NewType("FolderCode", str)
"""The code of a folder of a library (目录 of 文件库, 资料库)."""

RoleName = NewType("RoleName", str)
"""A role, such as ``staff`` or ``archivist``."""

PostName = NewType("PostName", str)
"""A post that a person holds in a unit, such as 科室负责人 or 机要室."""

Token = NewType("Token", str)
"""Whom something is granted to: ``everyone``, ``unit:CODE``, ``role:NAME``, ``person:LOGIN``,
``post:UNIT/NAME``. A unit stands for itself and all units below it."""

Recipient = NewType("Recipient", str)
"""Of whom an answer is wanted: a login, or ``unit:CODE`` where a unit answers as one."""

ObjectKey = NewType("ObjectKey", str)
"""The key of an object in the store: segments joined by ``/``, none of them empty or dotted."""

DictionaryName = NewType("DictionaryName", str)
"""The name of a dictionary, such as ``posts`` or ``urgency``."""


def is_identifier(text: str) -> bool:
    """Whether the text could be one that was drawn here: ASCII letters and digits, not many."""
    return text.isascii() and text.isalnum() and len(text) <= 40
