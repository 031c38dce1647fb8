"""kill -9 of who recognises a scan, in the middle: another goes on, and reads no page twice."""

import os
import signal
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from documents.scans.embedded_text_recogniser import EmbeddedTextRecogniser
from documents.scans.installed import model_folder
from records.identity import RecordId
from records.scans import ScannedPage
from services.flow.change import NewFile
from services.intake.ingest import Draft
from services.searching.search_page import Asked
from tests.faults.writer import LOGIN, prepare, settings_for
from tests.scans import drawn, installed_with, read_all, work_off
from tests.waiting import until
from wenshu.building.installation import Installation

PAGES = 4
WORDS = "北湖县防汛抗旱预案"


class Watched(EmbeddedTextRecogniser):
    """Takes down which pages it reads."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[int] = []

    def page(self, path: Path, *, name: str, page: int) -> ScannedPage:
        self.asked.append(page)
        return super().page(path, name=name, page=page)


def take_in_scan(built: Installation, scan: Path) -> RecordId:
    house = built.house
    staged = house.staging.receive([scan.read_bytes()], name="a.tif")
    draft = Draft(kind="library_file", files=[NewFile("a.tif", staged)])
    return house.ingest.begin(house.book.caller(LOGIN), draft).record


def read_until_killed(folder: Path, scan: Path, told: Connection) -> None:
    """Take a scan in and recognise it; tell who works for it."""
    recogniser = Watched()
    with installed_with(settings_for(folder), recogniser) as built:
        take_in_scan(built, scan)
        work_off(built)
        told.send(recogniser.worker_pids)
        built.scanning.turns.run()


def kept(folder: Path) -> list[Path]:
    return sorted((folder / "store" / "records").glob("*/text/*.scan-pages/*"))


@pytest.mark.feature("SS-03")
@pytest.mark.skipif(model_folder() is None, reason="no engine is installed")
def test_a_scan_whose_reader_is_killed_is_read_on_from_the_page_he_was_at(tmp_path: Path) -> None:
    prepare(tmp_path)
    scan = tmp_path / "scan.tif"
    # Each page has a size of its own, so that none is another's copy.
    paper = drawn(tmp_path, [WORDS])
    pages = [paper.crop((0, 0, paper.width - n, paper.height)) for n in range(PAGES)]
    pages[0].save(scan, save_all=True, append_images=pages[1:])
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=read_until_killed, args=(tmp_path, scan, there))
    process.start()
    here.recv()
    until(lambda: len(kept(tmp_path)) >= 1, "a page is kept", within_s=120)
    assert process.pid is not None
    workers = children_of(process.pid)
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    until(lambda: not any(map(lives, workers)), "its worker ends with it")
    before = {int(page.name): page.read_bytes() for page in kept(tmp_path)}
    assert 1 <= len(before) < PAGES
    again = Watched()
    with installed_with(settings_for(tmp_path), again) as built:
        read_all(built)
        page = built.house.searching.search(built.house.book.caller(LOGIN), Asked(words=WORDS))
        assert page.total == 1
        assert [match.page for match in page.hits[0].matches][:1] == [1]
        assert built.house.scans.waiting() == 0
    assert again.asked == [number for number in range(1, PAGES + 1) if number not in before]
    assert kept(tmp_path) == []


def children_of(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for path in found for child in path.read_text().split()]


def lives(pid: int) -> bool:
    """Whether it runs: one that waits to be buried does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False
