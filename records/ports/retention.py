"""What may not be deleted yet: objects held for a time or until further notice."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from records.identity import ObjectKey


@dataclass(frozen=True, slots=True)
class Holding:
    """What holds an object: a last day, a legal hold, both or neither."""

    until_on: date | None = None
    """The last day, in office time, on which it may not be deleted."""
    legal_hold: bool = False
    """Held until somebody releases it, whatever the day."""

    def holds_on(self, today: date) -> bool:
        """Whether it may not be deleted on that day."""
        return self.legal_hold or (self.until_on is not None and today <= self.until_on)


class Retention(Protocol):
    """Holds objects of one store against deletion and replacement.

    While an object is held, `delete` and `replace` of its store raise Refused (``object_held``,
    with ``until`` and ``legal_hold``) and change nothing. Every method raises NotFound
    (``unknown_object``) where there is no object, Unavailable where the store cannot be reached,
    and Refused (``store_no_object_lock``) where the store cannot hold anything.
    """

    def retain(self, key: ObjectKey, *, until_on: date) -> None:
        """Hold the object through that day, counted in office time. A day is only put off.

        Raises Refused (``retention_shortened``) for a day before the one that is set, and Invalid
        (``retain_in_past``) for a day before today.
        """
        ...

    def hold(self, key: ObjectKey) -> None:
        """Hold the object until it is released; nothing changes when it is held already."""
        ...

    def release(self, key: ObjectKey) -> None:
        """End the legal hold; a day that is set goes on holding."""
        ...

    def holding(self, key: ObjectKey) -> Holding:
        """What holds the object, past days included."""
        ...
