"""How indexes and aliases are called.

{prefix}-{format}-{fingerprint}            what is read and written
{prefix}-{format}-{fingerprint}-building   an index that is being filled beside it
{prefix}-{format}-{fingerprint}-{n}-{key}  an index; both names above are aliases of such

A process of another version has other names, so it never reads what it does not understand.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from indexers.analysis import Analyser
from indexers.elasticsearch_index.schema import FORMAT, fingerprint


@dataclass(frozen=True, slots=True)
class Names:
    """Names of one installation in one version of the program."""

    prefix: str
    format: int
    fingerprint: str

    @classmethod
    def of(cls, prefix: str, analyser: Analyser) -> "Names":
        """The names this version uses."""
        return cls(prefix, FORMAT, fingerprint(analyser))

    @property
    def current(self) -> str:
        """The alias that is read and written."""
        return f"{self.prefix}-{self.format}-{self.fingerprint}"

    @property
    def building(self) -> str:
        """The alias of an index that is being filled."""
        return f"{self.current}-building"

    @property
    def every(self) -> str:
        """A pattern of all indexes of the installation, of every version."""
        return f"{self.prefix}-*"

    def next_index(self, house: "House") -> str:
        """The name of a new index; the number is for people, the key lets no name come twice.

        Else a rebuild that slept could take the index of a later one for its own.
        """
        number = 1 + max((int(name.split("-")[-2]) for name in house.indexes), default=0)
        return f"{self.current}-{number:06}-{uuid4().hex[:8]}"

    def house(self, told: Mapping[str, Any]) -> "House":
        """What stands, out of the server's list of indexes with their aliases."""
        own = re.compile(rf"{re.escape(self.prefix)}-(\d+)-[0-9a-f]{{12}}-\d+-[0-9a-f]{{8}}")
        found = {
            name: frozenset(about["aliases"]) for name, about in told.items() if own.fullmatch(name)
        }
        others = {
            name: int(own.fullmatch(name)[1])  # type: ignore[index]  # it matched above
            for name, aliases in found.items()
            if aliases and not name.startswith(f"{self.current}-")
        }
        return House(
            indexes=found,
            current=_named(found, self.current),
            building=_named(found, self.building),
            idle=frozenset(name for name, aliases in found.items() if not aliases),
            formats=frozenset(others.values()),
        )


@dataclass(frozen=True, slots=True)
class House:
    """The indexes that stand at one moment."""

    indexes: Mapping[str, frozenset[str]]
    """All, of every version, with their aliases."""
    current: str | None
    building: str | None
    idle: frozenset[str]
    """Those without an alias: what a rebuild left that was pushed aside."""
    formats: frozenset[int]
    """Formats of indexes of other versions that are in use or being built."""


def _named(found: Mapping[str, frozenset[str]], alias: str) -> str | None:
    return next((name for name, aliases in found.items() if alias in aliases), None)
