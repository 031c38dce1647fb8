"""The list of other people's files that the pages use: assets.toml, read strictly."""

import base64
import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

LIST = Path(__file__).with_name("assets.toml")

Scope = Literal["page", "test"]


class AssetError(Exception):
    """The assets cannot be installed; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Sprite:
    """Single pictures of a package that become one SVG file, each a `<symbol>` by its name."""

    to: str
    folder: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Package:
    """One npm package: its exact version, its integrity, and the files wanted of it.

    `files` maps a path inside the package to the name of the copy.
    """

    name: str
    version: str
    integrity: str
    licence: str
    scope: Scope
    files: dict[str, str]
    sprite: Sprite | None = None

    @property
    def targets(self) -> tuple[str, ...]:
        """Names of all files that an installation leaves behind."""
        return (*self.files.values(), *((self.sprite.to,) if self.sprite else ()))

    def check(self, tarball: bytes) -> None:
        """Nothing, when these are the pinned bytes. Raises AssetError otherwise."""
        algorithm, _, wanted = self.integrity.partition("-")
        found = base64.b64encode(hashlib.new(algorithm, tarball).digest()).decode()
        if found != wanted:
            raise AssetError(
                f"{self.name} {self.version} is not what assets.toml pins.\n"
                f"  pinned: {self.integrity}\n  found:  {algorithm}-{found}\n"
                "Do not use it. Ask where it came from, or delete npm's cache and try again."
            )


def read_list(path: Path = LIST) -> tuple[Package, ...]:
    """The packages of a list. Raises AssetError, naming the package and key, for a bad entry."""
    tables: list[dict[str, Any]] = tomllib.loads(path.read_text("utf-8"))["package"]
    return tuple(_package(table) for table in tables)


def _package(table: dict[str, Any]) -> Package:
    sprite = table.get("sprite")
    try:
        return Package(
            **{
                **table,
                "files": {entry["from"]: entry["to"] for entry in table["files"]},
                "sprite": sprite and Sprite(**{**sprite, "names": tuple(sprite["names"])}),
            }
        )
    except (TypeError, KeyError) as error:
        raise AssetError(f"{table.get('name', 'a package')} in assets.toml: {error}") from error
