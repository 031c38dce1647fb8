"""Office files with a password."""

from pathlib import Path

from msoffcrypto.format.ooxml import OOXMLFile

from records.text import ExtractionStatus
from tests.hostile import files, samples
from tests.reading import read, words


def locked(path: Path, sample: Path, password: str) -> Path:
    with sample.open("rb") as stream, path.open("wb") as out:
        OOXMLFile(stream).encrypt(password, out)
    return path


def test_a_workbook_that_excel_opens_without_asking_is_read(tmp_path: Path) -> None:
    sample = samples.xlsx(tmp_path / "sample.xlsx")
    found = read(locked(tmp_path / "a.xlsx", sample, "VelvetSweatshop"))
    assert (found.status, found.reason) == (ExtractionStatus.OK, None)
    assert "水泵" in words(found.parts[0])


def test_another_password_is_told_whatever_the_name(tmp_path: Path) -> None:
    sample = samples.docx_plain(tmp_path / "sample.docx")
    path = locked(tmp_path / "a.docx", sample, "another")
    for name in ("a.docx", "b"):
        path = path.rename(tmp_path / name)
        found = read(path)
        assert (found.status, found.reason) == (ExtractionStatus.ENCRYPTED, "encrypted")


def test_a_broken_lock_is_a_lock(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    files.docx_encrypted(path)
    found = read(path)
    assert (found.status, found.reason) == (ExtractionStatus.ENCRYPTED, "encrypted")
