"""Members on their way out: by turns, within bounds, and what failed not tried again."""

import errno
import hashlib
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast

import pytest

from records.errors import Invalid, Refused, Unavailable
from records.identity import Sha256
from records.revision import FileVersion
from records.text import ContainedPart, ExtractedText, ExtractionStatus
from services.asker import ASKER, Asker
from services.finding import members
from services.finding.drawings import Drawings
from services.finding.members import FetchedMember, MemberFetcher
from services.turns import Share, Turns
from tests.waiting import until

BODY = "甲一、乙二".encode()
DIGEST = Sha256(hashlib.sha256(BODY).hexdigest())
FILE = FileVersion(
    part="attachments", name="包.zip", sha256=DIGEST, size_bytes=1, media_type="", since=1
)


def part(path: str) -> ContainedPart:
    return ContainedPart(
        path=path, media_type="", size_bytes=1, sha256=DIGEST, status=ExtractionStatus.OK
    )


class Kept:
    """Texts and shelf in one: every file holds two members."""

    record = "r"

    def kept(self, *_: object) -> ExtractedText:
        return ExtractedText(
            extractor="e",
            media_type="",
            status=ExtractionStatus.OK,
            parts=(part(""), part("夹/甲.txt"), part("乙.txt")),
            elapsed_ms=0,
        )

    @contextmanager
    def local(self, *_: object) -> Iterator[Path]:
        yield Path("/nowhere")


class Reader:
    """Writes the body, or does what it is told."""

    def __init__(self, instead: Callable[[], None] = lambda: None) -> None:
        self.instead = instead
        self.asked = 0
        self.places: list[str] = []

    def take(self, path: Path, *, name: str, member: str, into: BinaryIO) -> str:
        del path, name, member
        self.asked += 1
        self.places.append(str(Path(f"/proc/self/fd/{into.fileno()}").readlink()))
        self.instead()
        into.write(BODY)
        return DIGEST

    def close(self) -> None:
        """Nothing runs."""


def fetcher(reader: Reader, folder: Path) -> Callable[..., FetchedMember]:
    kept = cast("Any", Kept())
    drawings = Drawings(Turns(Share(1, 1, 9, 9)))
    made = MemberFetcher(kept, kept, reader, drawings, folder=folder)

    def fetch(member: str = "夹/甲.txt", *, asker: str = "person:one") -> FetchedMember:
        token = ASKER.set(Asker(asker))
        try:
            return made.fetch(kept, FILE, member)
        finally:
            ASKER.reset(token)

    return fetch


def test_a_member_lies_where_uploads_do_and_is_gone_with_its_last_piece(tmp_path: Path) -> None:
    reader = Reader()
    fetched = fetcher(reader, tmp_path / "staging")()
    assert (fetched.name, fetched.size_bytes, b"".join(fetched.pieces)) == ("甲.txt", 15, BODY)
    assert reader.places[0].startswith(str(tmp_path / "staging"))
    assert list((tmp_path / "staging").iterdir()) == []


def test_what_could_not_be_taken_is_not_tried_again_for_a_while(tmp_path: Path) -> None:
    def fail() -> None:
        raise Invalid("member_unreadable", name="包.zip", member="夹/甲.txt", outcome="timeout")

    reader = Reader(fail)
    fetch = fetcher(reader, tmp_path)
    for _ in range(2):
        with pytest.raises(Invalid, match="timeout"):
            fetch()
    assert reader.asked == 1


def test_nobody_waits_for_long_behind_a_slow_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(members, "_PATIENCE_S", 0.2)
    may_end = threading.Event()
    reader = Reader(lambda: cast("None", may_end.wait(10)))
    fetch = fetcher(reader, tmp_path)
    with ThreadPoolExecutor(1) as threads:
        slow = threads.submit(fetch)
        until(lambda: reader.asked == 1, "nothing happened", within_s=10)
        try:
            with pytest.raises(Unavailable, match="busy"):
                fetch("乙.txt", asker="person:two")
        finally:
            may_end.set()
        assert b"".join(slow.result().pieces) == BODY


def test_a_full_disk_is_told_in_words(tmp_path: Path) -> None:
    def fail() -> None:
        raise OSError(errno.ENOSPC, "full")

    fetch = fetcher(Reader(fail), tmp_path)
    with pytest.raises(Unavailable, match="no_room_to_unpack"):
        fetch()
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Unavailable, match="no_room_to_unpack"):
        fetcher(Reader(), tmp_path / "file")()


def test_nobody_has_more_than_so_many_on_their_way_at_once(tmp_path: Path) -> None:
    fetch = fetcher(Reader(), tmp_path)
    held = [fetch(), fetch("乙.txt")]
    with pytest.raises(Refused, match="too_many_at_once"):
        fetch()
    assert b"".join(held[0].pieces) == BODY
    fetch()  # thrown away unread, it takes up no place either
    assert b"".join(fetch().pieces) == BODY
