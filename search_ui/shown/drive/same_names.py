"""A file that has the name of another one of its owner: what is there, how else to call it."""

from dataclasses import dataclass
from enum import StrEnum

from records.file_names import free_name, stem_of
from records.identity import KindName, RecordId
from records.revision import FileVersion, Revision
from services.house import House
from services.people.caller import Caller

_TRIES = 100


class OnSame(StrEnum):
    """What is to be done with a file whose name is taken."""

    ASK = "ask"
    VERSION = "version"
    BOTH = "both"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Standing:
    """A record that holds a file of that name."""

    revision: Revision
    file: FileVersion


@dataclass(frozen=True, slots=True)
class SameNames:
    """Looks among what the caller has of one kind, of the drive in one folder."""

    house: House
    caller: Caller
    kind: KindName
    folder: RecordId | None

    def of(self, name: str, *, besides: RecordId | None = None) -> Standing | None:
        """The record with a file of that name that the caller may change; None for none."""
        title = stem_of(name)[:200]
        for each in self.house.lists.own.named(self.caller, self.kind, title, self.folder):
            found = each.file(name)
            if found is not None and each.record != besides:
                return Standing(each, found)
        return None

    def free(self, name: str) -> str:
        """The name with the first number behind it that is free."""
        taken = {name}
        for _ in range(_TRIES):
            candidate = free_name(name, taken)
            if self.of(candidate) is None:
                return candidate
            taken.add(candidate)
        return free_name(name, taken)
