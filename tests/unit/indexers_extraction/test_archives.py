"""Archives that are broken, and methods that are old."""

import gzip
import io
import random
import tarfile
import zipfile
from pathlib import Path

import pytest

from indexers.extraction.limits import ReadingLimits
from indexers.extraction.old_zip import exploded, unshrunk
from records.text import ExtractionStatus
from tests.hostile import pkzip
from tests.reading import lines, read


def a_tar(count: int) -> bytearray:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for number in range(count):
            body = f"第{number}份".encode()
            entry = tarfile.TarInfo(f"{number}.txt")
            entry.size = len(body)
            archive.addfile(entry, io.BytesIO(body))
    return bytearray(out.getvalue())


def test_a_tar_that_breaks_in_the_middle_is_told_with_what_was_read(tmp_path: Path) -> None:
    content = a_tar(4)
    content[2048:2560] = b"A" * 512  # the header of the third member
    path = tmp_path / "a.tar"
    path.write_bytes(content)
    found = read(path)
    assert (found.status, found.reason) == (ExtractionStatus.TRUNCATED, "parse")
    assert [lines(part) for part in found.parts] == [[], ["第0份"], ["第1份"]]


def test_a_whole_tar_is_told_as_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    path.write_bytes(a_tar(2))
    assert read(path).status is ExtractionStatus.OK


def test_a_shrunk_member_is_read(tmp_path: Path) -> None:
    path = pkzip.zip_of(tmp_path / "a.zip", pkzip.SHRUNK, pkzip.shrunk(b"abc"), b"abc")
    found = read(path)
    assert [(part.path, lines(part)) for part in found.parts] == [("", []), ("a.txt", ["abc"])]


def test_an_imploded_member_is_read(tmp_path: Path) -> None:
    packed = pkzip.imploded([*b"abc", (3, 6)])
    path = pkzip.zip_of(tmp_path / "a.zip", pkzip.IMPLODED, packed, b"abcabcabc")
    assert lines(read(path).parts[1]) == ["abcabcabc"]


def test_a_broken_old_member_is_told(tmp_path: Path) -> None:
    path = pkzip.zip_of(tmp_path / "a.zip", pkzip.IMPLODED, b"\x00\x01", b"abcabcabc")
    part = read(path).parts[1]
    assert (part.status, part.reason) == (ExtractionStatus.FAILED, "parse")


def test_what_was_unpacked_of_a_broken_member_counts(tmp_path: Path) -> None:
    path, body = tmp_path / "a.zip", b"a" * (3 << 20)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("1.txt", body)
        archive.writestr("2.txt", body)
    content = bytearray(path.read_bytes())
    content[content.index(b"aaa")] = ord("b")  # its checksum is wrong now
    path.write_bytes(content)
    found = read(path, limits=ReadingLimits(unpacked_bytes=4 << 20))
    assert [part.reason for part in found.parts[1:]] == ["parse", "bomb"]


A, B, AB = ord("a"), ord("b"), 257


@pytest.mark.parametrize(
    ("codes", "text"),
    [
        ([A, B, AB, AB], b"ababab"),  # strings that were met
        ([A, 257, 258], b"aaaaaa"),  # a string that is only being made
        ([A, B, "wider", AB], b"abab"),
        ([A, B, AB, "clear", A, B, 258], b"abababab"),  # ab and ba are forgotten, ab made anew
    ],
)
def test_codes_of_a_shrunk_member(codes: list[int | str], text: bytes) -> None:
    assert b"".join(unshrunk(pkzip.shrunk(codes), len(text))) == text


def test_repetitions_reach_into_themselves_and_over_pieces() -> None:
    text = b"ab" * 100_000
    steps: list[int | tuple[int, int]] = [*b"ab"]
    left = len(text) - 2
    while left:
        length = min(320, left) if left != 321 else 318
        steps.append((2, length))
        left -= length
    unpacked = b"".join(exploded(pkzip.imploded(steps), len(text), flags=0))
    assert unpacked == text


def test_what_stands_before_the_beginning_is_zeros() -> None:
    packed = pkzip.imploded([ord("a"), (100, 3)])
    assert b"".join(exploded(packed, 4, flags=0)) == b"a\0\0\0"


def test_what_is_there_of_a_compressed_file_that_breaks_off_is_read(tmp_path: Path) -> None:
    noise = random.Random(1).randbytes(4000).hex()
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress(f"first {noise} last".encode())[:2000])
    found = read(path)
    assert (found.status, found.reason) == (ExtractionStatus.TRUNCATED, "parse")
    assert lines(found.parts[1])[0].startswith("first")
