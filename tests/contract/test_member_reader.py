"""The contract of `MemberReader`, for the embedded one: every member that extraction names."""

import hashlib
import io
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from indexers.extraction.embedded_member_reader import EmbeddedMemberReader
from indexers.extraction.embedded_text_extractor import EmbeddedTextExtractor
from records.errors import Invalid, Unavailable
from records.text import ExtractedText
from sandbox.worker_pool import WorkerPool
from sandbox.worker_process import Ending
from services.finding.members import MemberReader
from tests.hostile import files, samples


@pytest.fixture(scope="module")
def extractor() -> Iterator[EmbeddedTextExtractor]:
    made = EmbeddedTextExtractor(workers=1)
    yield made
    made.close()


@pytest.fixture(scope="module")
def reader() -> Iterator[MemberReader]:
    made = EmbeddedMemberReader()
    yield made
    made.close()


def taken(reader: MemberReader, path: Path, member: str) -> bytes:
    into = io.BytesIO()
    digest = reader.take(path, name=path.name, member=member, into=into)
    assert digest == hashlib.sha256(into.getvalue()).hexdigest()
    return into.getvalue()


def refused(reader: MemberReader, path: Path, member: str) -> str:
    into = io.BytesIO()
    with pytest.raises(Invalid) as failed:
        reader.take(path, name=path.name, member=member, into=into)
    assert (failed.value.reason, into.getvalue()) == ("member_unreadable", b"")
    return str(failed.value.facts["outcome"])


def nested(folder: Path) -> Path:
    """A zip that holds a mail, a tar and the same name twice."""
    mail = samples.mail(folder / "m.eml", (("名单.txt", "甲乙".encode()), ("表.bin", b"\0\1\2")))
    tar = samples.tar_gz(folder / "t.tgz", {"深/里.txt": "里面".encode()})
    path = folder / "套.zip"
    with zipfile.ZipFile(path, "w") as out:
        out.write(mail, "夹/信.eml")
        out.write(tar, "包.tgz")
        out.writestr("夹/说明.txt", "说明")
        out.writestr("二.txt", "先")
        with pytest.warns(UserWarning, match="Duplicate"):
            out.writestr("二.txt", "后")
    return path


@pytest.mark.feature("YP-01", "SS-03")
def test_every_member_that_extraction_names_comes_in_its_own_bytes(
    reader: MemberReader, extractor: EmbeddedTextExtractor, tmp_path: Path
) -> None:
    path = nested(tmp_path)
    parts = extractor.extract(path, name=path.name).parts[1:]
    assert {part.path for part in parts} >= {
        *("夹/信.eml/名单.txt", "夹/信.eml/表.bin", "包.tgz/包.tar/深/里.txt"),
        *("夹/说明.txt", "二.txt", "二 (2).txt"),
    }
    for part in parts:
        if part.sha256 is not None:
            body = taken(reader, path, part.path)
            assert hashlib.sha256(body).hexdigest() == part.sha256, part.path
    assert taken(reader, path, "二 (2).txt").decode() == "后"
    assert taken(reader, path, "夹/信.eml/表.bin") == b"\0\1\2"


@pytest.mark.feature("YP-01")
@pytest.mark.parametrize(
    ("make", "outcome"),
    [(files.zip_encrypted, "encrypted"), (files.zip_bomb, "bomb")],
)
def test_what_may_not_be_unpacked_says_why(
    reader: MemberReader,
    extractor: EmbeddedTextExtractor,
    tmp_path: Path,
    make: Callable[[Path], None],
    outcome: str,
) -> None:
    path = tmp_path / "a.zip"
    make(path)
    (part,) = extractor.extract(path, name="a.zip").parts[1:2]
    assert refused(reader, path, part.path) == outcome


@pytest.mark.feature("YP-01")
def test_names_that_lead_out_of_an_archive_lead_nowhere(
    reader: MemberReader, extractor: EmbeddedTextExtractor, tmp_path: Path
) -> None:
    path = tmp_path / "a.zip"
    files.zip_with_evil_names(path)
    parts = extractor.extract(path, name="a.zip").parts[1:]
    assert all(".." not in part.path.split("/") and part.path[0] != "/" for part in parts)
    assert {taken(reader, path, part.path).decode() for part in parts} == {"恶意名称"}
    assert refused(reader, path, "../../outside.txt") == "missing"
    assert refused(reader, path, "/etc/passwd") == "missing"


@pytest.mark.feature("YP-01")
def test_a_link_in_an_archive_is_followed_by_nobody(reader: MemberReader, tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w") as out:
        link = tarfile.TarInfo("去.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        out.addfile(link)
    assert refused(reader, path, "去.txt") == "link"


def test_archives_within_archives_are_opened_so_deep_and_no_deeper(
    reader: MemberReader, extractor: EmbeddedTextExtractor, tmp_path: Path
) -> None:
    path = tmp_path / "a.zip"
    files.zip_of_zips(path)
    whole: ExtractedText = extractor.extract(path, name="a.zip")
    deepest = max((part.path for part in whole.parts), key=lambda each: each.count("/"))
    assert refused(reader, path, f"{deepest}/a.txt") == "nesting"


def test_a_broken_archive_and_a_file_that_holds_nothing_say_so(
    reader: MemberReader, tmp_path: Path
) -> None:
    broken = tmp_path / "a.zip"
    broken.write_bytes(
        samples.zip_gbk(tmp_path / "b.zip", {"甲.txt": b"x" * 900}).read_bytes()[:40]
    )
    assert refused(reader, broken, "甲.txt") in {"parse", "missing"}
    text = tmp_path / "a.txt"
    text.write_text("文字", "utf-8")
    assert refused(reader, text, "甲.txt") == "missing"


def test_what_nobody_waits_for_any_more_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask(*_: object, wanted: Callable[[], bool] = lambda: True, **__: object) -> Ending:
        return Ending.DONE if wanted() else Ending.UNWANTED

    monkeypatch.setattr(WorkerPool, "ask", ask)
    path = samples.zip_gbk(tmp_path / "a.zip", {"甲.txt": b"x"})
    reader = EmbeddedMemberReader(wanted=lambda: False)
    with pytest.raises(Unavailable, match="busy"):
        reader.take(path, name="a.zip", member="甲.txt", into=io.BytesIO())
