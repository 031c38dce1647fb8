"""Locked office files are told by what stands at the root of their container."""

import struct
from pathlib import Path

import pytest

from indexers.extraction.locked import holds_encrypted_package
from tests.hostile import office

LOCKED = office.ole({"EncryptionInfo": bytes(4096), "EncryptedPackage": bytes(4096)})
FIRST_OF_DIRECTORY = 48
"""Where the header says in which sector the directory begins."""


def told(folder: Path, content: bytes) -> bool:
    path = folder / "a"
    path.write_bytes(content)
    return holds_encrypted_package(path)


def changed(at: int, *numbers: int) -> bytes:
    content = bytearray(LOCKED)
    struct.pack_into(f"<{len(numbers)}I", content, at, *numbers)
    return bytes(content)


def test_a_locked_file_is_told(tmp_path: Path) -> None:
    assert told(tmp_path, LOCKED)


def test_case_does_not_matter_in_names_of_a_container(tmp_path: Path) -> None:
    assert told(tmp_path, office.ole({"ENCRYPTEDPACKAGE": bytes(4096)}))


def test_a_mail_that_carries_a_locked_file_is_not_locked_itself(tmp_path: Path) -> None:
    mail = {"__properties_version1.0": bytes(4096), "__substg1.0_37010102": LOCKED}
    assert not told(tmp_path, office.ole(mail))


def test_the_directory_of_a_file_may_lie_anywhere(tmp_path: Path) -> None:
    sector = len(LOCKED) // 512 - 1
    moved = changed(FIRST_OF_DIRECTORY, sector) + LOCKED[1024:1536]
    without = moved[:1024] + bytes(512) + moved[1536:]
    assert told(tmp_path, without)


@pytest.mark.parametrize(
    "content",
    [
        LOCKED[:300],
        LOCKED[:1024],
        changed(FIRST_OF_DIRECTORY, 0xFFFFFFF0),  # far behind the end
        changed(FIRST_OF_DIRECTORY, 0xFFFFFFFE),  # no directory
        changed(1024 + 76, 1 << 30),  # the first entry far behind the directory
        changed(28, 0),  # nonsense for the size of a sector
    ],
)
def test_a_broken_container_is_not_told_as_locked(tmp_path: Path, content: bytes) -> None:
    assert not told(tmp_path, content)


def test_a_directory_that_runs_in_a_circle_comes_to_an_end(tmp_path: Path) -> None:
    assert told(tmp_path, changed(512 + 4, 1))
