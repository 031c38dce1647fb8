"""Guards that actions may name: each tells why the action is not possible now, or nothing."""

from collections.abc import Callable, Mapping

from records.errors import Refused
from records.fields import missing_fields
from records.kind import Kind
from records.revision import Revision

Guard = Callable[[Kind, Revision], Refused | None]


def complete(kind: Kind, revision: Revision) -> Refused | None:
    """Every required field and part is filled (``incomplete``, with the labels missing)."""
    missing = missing_fields(kind, revision.fields)
    held = {file.part for file in revision.files}
    missing += tuple(
        part.label for name, part in kind.parts.items() if part.required and name not in held
    )
    return Refused("incomplete", missing=missing) if missing else None


GUARDS: Mapping[str, Guard] = {"complete": complete}
"""All guards that a kind may name."""
