"""Real Tika servers that are killed, frozen, restarted, and servers that lie."""

import contextlib
import hashlib
import json
import os
import resource
import signal
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from hashlib import sha256
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import urlsplit

import openpyxl
import pytest

from indexers.extraction.embedded_text_extractor import EmbeddedTextExtractor
from indexers.extraction.file_type import Route
from indexers.tika.options import TikaOptions
from indexers.tika.routes import ROUTES, Choice, Via
from indexers.tika.tika_text_extractor import TikaTextExtractor
from records.errors import Unavailable
from records.identity import Login
from records.people.people_rows import PeopleRows
from records.text import ExtractedText, ExtractionStatus
from services.intake.import_walk import walk
from services.intake.importing import ImportOptions
from services.intake.ledger import Ledger, LedgerLine, Outcome
from tests.hostile import files, samples
from tests.servers.lying import lying, send
from tests.servers.program import HOST, free_ports
from tests.servers.server import Running, running
from tests.servers.tika import MINIMUM_TIMEOUT_S, VERSION, Tika
from tests.waiting import until
from wenshu.building.house import installation
from wenshu.settings import Settings

MORE_BY_SERVERS = {
    **ROUTES,
    Route.PDF: Choice(Via.SERVERS, "good material for tests"),
    Route.XLSX: Choice(Via.SERVERS, "can be made as large as a test needs"),
}
QUICK = TikaOptions(routes=MORE_BY_SERVERS, first_rest_s=0.1, patience_s=120)
AT_LEISURE = replace(QUICK, least_reading_s=120)
"""Where a server is to end by something else than the time: also on a machine that is busy."""
IMPATIENT = replace(QUICK, patience_s=0.2, first_rest_s=0.02, longest_rest_s=0.1)


@pytest.fixture(scope="module")
def embedded() -> Iterator[EmbeddedTextExtractor]:
    extractor = EmbeddedTextExtractor(workers=1)
    yield extractor
    extractor.close()


class Lent:
    """The embedded route of the module, which one test alone may not close."""

    def __init__(self, embedded: EmbeddedTextExtractor) -> None:
        self.version = embedded.version
        self.extract = embedded.extract

    def close(self) -> None:
        """Nothing: the module closes it."""


Made = Callable[..., TikaTextExtractor]


@pytest.fixture
def extractor_on(embedded: EmbeddedTextExtractor) -> Iterator[Made]:
    made: list[TikaTextExtractor] = []

    def make(*addresses: str, options: TikaOptions = QUICK) -> TikaTextExtractor:
        made.append(TikaTextExtractor(addresses, embedded=Lent(embedded), options=options))
        return made[-1]

    yield make
    for each in made:
        each.close()


def words(text: ExtractedText) -> str:
    return "\n".join(page.text for part in text.parts for page in part.pages)


def forked(server: Running) -> int:
    """The process that reads, which the watching one started."""
    children = Path(f"/proc/{server.program.pid}/task/{server.program.pid}/children")
    for task in children.parent.parent.iterdir():
        for pid in (task / "children").read_text().split():
            return int(pid)
    raise AssertionError("no forked process")


def read_and_killed(
    server: Running, extractor: TikaTextExtractor, path: Path, *, times: int
) -> ExtractedText:
    """What comes of a file over which the server was killed so many times in one reading."""
    with ThreadPoolExecutor(1) as thread:
        for _ in range(5):  # who is held up himself comes too late, and does it over
            reading = thread.submit(extractor.extract, path, name=path.name)
            if all(kill_in_the_middle(server, path, reading) for _ in range(times)):
                return reading.result()
    pytest.fail("the file was always read before the server could be killed")


def kill_in_the_middle(server: Running, path: Path, reading: Future[ExtractedText]) -> bool:
    """Kill the forked process once it has put the file down whole; False when it has read it."""
    folder = Path(f"/proc/{server.program.pid}/cwd").resolve()
    size_bytes = path.stat().st_size
    known = copies(folder, size_bytes)
    until(lambda: bool(copies(folder, size_bytes) - known) or reading.done(), "it is not read")
    if reading.done():
        return False
    os.kill(forked(server), signal.SIGKILL)
    return True


def copies(folder: Path, size_bytes: int) -> set[Path]:
    """Files of that size that a server made for itself; one of a killed process stays."""
    return {each for each in folder.glob("apache-tika-*") if size_at(each) == size_bytes}


def size_at(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1


# Real servers


@pytest.fixture(scope="module")
def hungry(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """400,000 different cells: a second or two of reading, more than 48 MB of heap."""
    path = tmp_path_factory.mktemp("hungry") / "cells.xlsx"
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("值")
    for row in range(20_000):
        sheet.append([f"值{row}-{column}" for column in range(20)])
    book.save(path)
    return path


def test_a_file_that_exhausts_the_memory_of_servers_is_quarantined_after_two(
    extractor_on: Made, hungry: Path, tmp_path: Path
) -> None:
    with running(Tika(heap_mb=48)) as server:
        extractor = extractor_on(server.address, options=AT_LEISURE)
        first = forked(server)
        found = extractor.extract(hungry, name="cells.xlsx")
        # Out of memory it answers 500 and ends; sometimes it ends before the answer is out.
        assert (found.status, found.reason) in [
            (ExtractionStatus.FAILED, reason) for reason in ("memory", "crash")
        ]
        assert found.parts[0].sha256 == sha256(hungry.read_bytes()).hexdigest()
        assert (found.engine, found.extractor) == (f"tika-{VERSION}", extractor.version)
        # The server has really died of it, and its heir reads the next file.
        good = extractor.extract(samples.rtf(tmp_path / "e.rtf"), name="e.rtf")
        assert (good.engine, words(good)) == (f"tika-{VERSION}", "富文本格式")
        assert forked(server) != first


def test_a_file_over_which_two_servers_are_killed_is_quarantined_and_the_next_is_not(
    extractor_on: Made, hungry: Path, tmp_path: Path
) -> None:
    with running(Tika()) as server:
        extractor = extractor_on(server.address, options=AT_LEISURE)
        found = read_and_killed(server, extractor, hungry, times=2)
        assert (found.status, found.reason) == (ExtractionStatus.FAILED, "crash")
        good = extractor.extract(samples.rtf(tmp_path / "e.rtf"), name="e.rtf")
        assert (good.engine, words(good)) == (f"tika-{VERSION}", "富文本格式")


def test_one_death_is_not_held_against_the_file(extractor_on: Made, hungry: Path) -> None:
    with running(Tika()) as server:
        extractor = extractor_on(server.address, options=AT_LEISURE)
        found = read_and_killed(server, extractor, hungry, times=1)
        assert (found.status, found.engine) == (ExtractionStatus.OK, f"tika-{VERSION}")
        assert "值19999-19" in words(found)


def test_too_much_time_is_told_as_such(extractor_on: Made, tmp_path: Path) -> None:
    slow = tmp_path / "forms.pdf"
    files.pdf_form_bomb(slow)
    granted_s = MINIMUM_TIMEOUT_S  # that the server keeps; we ourselves would wait a minute more
    brief = replace(QUICK, least_reading_s=granted_s, most_reading_s=granted_s, grace_s=60)
    with running(Tika(heap_mb=1024)) as server:
        found = extractor_on(server.address, options=brief).extract(slow, name="forms.pdf")
        assert (found.status, found.reason) == (ExtractionStatus.FAILED, "timeout")
        assert found.elapsed_ms < 60_000


def test_while_one_server_is_frozen_the_other_reads(extractor_on: Made, tmp_path: Path) -> None:
    path = samples.rtf(tmp_path / "e.rtf")
    with running(Tika()) as one, running(Tika()) as other:
        options = TikaOptions(look_s=4, first_rest_s=60)
        extractor = extractor_on(one.address, other.address, options=options)
        one.program.freeze()
        found = [extractor.extract(path, name="e.rtf") for _ in range(4)]
        assert {text.engine for text in found} == {f"tika-{VERSION}"}
        health = extractor.health()
        assert [(each.address, each.well, each.reason) for each in health] == [
            (one.address, False, "no_answer"),
            (other.address, True, None),
        ]


class KilledBetween:
    """An extractor over whose tenth file the server is killed and another one started."""

    def __init__(self, inner: TikaTextExtractor, kill: Callable[[], None]) -> None:
        self._inner = inner
        self._kill = kill
        self._lock = threading.Lock()
        self.asked = 0
        self.read: list[ExtractedText] = []
        self.version = inner.version
        self.close = inner.close

    def extract(self, path: Path, *, name: str) -> ExtractedText:
        with self._lock:
            self.asked += 1
        text = self._inner.extract(path, name=name)
        with self._lock:
            self.read.append(text)
            if len(self.read) == 10:
                self._kill()
        return text


def test_a_restart_of_the_server_during_an_import_costs_nothing(
    extractor_on: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(40):
        samples.pdf(folder / f"{number}.pdf", (f"第{number}号防汛通知",))
    with running(Tika()) as server, ExitStack() as heirs:
        port = urlsplit(server.address).port

        def restart() -> None:
            os.killpg(server.program.pid, signal.SIGKILL)
            heir = threading.Thread(target=lambda: heirs.enter_context(running(Tika(port=port))))
            heir.start()
            heirs.callback(heir.join)

        extractor = KilledBetween(extractor_on(server.address), restart)
        monkeypatch.setattr("wenshu.building.engines.EmbeddedTextExtractor", lambda **_: extractor)
        lines = import_of(folder, tmp_path / "data")
    assert [line.outcome for line in lines] == [Outcome.INDEXED] * 40
    assert [text.status for text in extractor.read] == [ExtractionStatus.OK] * 40
    assert {text.engine for text in extractor.read} == {f"tika-{VERSION}"}


def test_a_quarantined_file_does_not_come_back_by_itself(
    extractor_on: Made, hungry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(Tika(heap_mb=48)) as server:
        extractor = KilledBetween(extractor_on(server.address), lambda: None)
        monkeypatch.setattr("wenshu.building.engines.EmbeddedTextExtractor", lambda **_: extractor)
        (line,) = import_of(hungry, tmp_path / "data")
        assert line.outcome is Outcome.QUARANTINED
        # Neither the drain nor a second import, as by another process, reads it again.
        (again,) = import_of(hungry, tmp_path / "data")
    assert again.outcome is Outcome.DUPLICATE
    assert extractor.asked == 1


def import_of(path: Path, data: Path) -> list[LedgerLine]:
    """The lines of an import into an installation, all worked off."""
    units = [{"code": "bureau", "name": "市局", "level": "市"}]
    people = [{"login": "clerk", "name": "甲一", "unit": "bureau", "password": "Abc#12345"}]
    ledger, lines = Ledger(), []
    candidates = list(walk([path], max_bytes=1 << 30))
    ledger.expect(str(candidate.path) for candidate in candidates)
    with installation(Settings(data=data, workers=2, password_memory_kib=64)) as built:
        built.house.people.load(PeopleRows(units, people), lasting=True)
        caller = built.house.book.caller(Login("clerk"))
        for batch in built.importing.run(candidates, ImportOptions(caller, "library_file", ())):
            lines.extend(batch)
        for line in lines:
            ledger.add(line)
        until(
            lambda: built.drain.round().waiting == 0 and built.drain.empty(),
            "the outbox was not worked off",
            within_s=120,
        )
    assert ledger.balances
    return lines


def test_a_server_without_digests_reads_what_has_no_members(
    extractor_on: Made, tmp_path: Path
) -> None:
    with running(Tika(digests=False)) as server:
        extractor = extractor_on(server.address)
        plain = extractor.extract(samples.pdf(tmp_path / "p.pdf"), name="p.pdf")
        assert plain.engine == f"tika-{VERSION}"
        path = samples.pdf_with_attachment_and_note(tmp_path / "n.pdf")
        whole = extractor.extract(path, name="n.pdf")
        assert whole.engine == "embedded-4"
        assert whole.parts[1].sha256 is not None


# No server


def test_without_a_server_the_embedded_route_reads_and_is_named(
    extractor_on: Made, tmp_path: Path
) -> None:
    extractor = extractor_on(f"http://{HOST}:{free_ports(1)[0]}", options=IMPATIENT)
    found = extractor.extract(samples.rtf(tmp_path / "e.rtf"), name="e.rtf")
    assert words(found) == "富文本格式"
    assert (found.engine, found.extractor) == ("embedded-4", extractor.version)


def test_what_the_embedded_route_cannot_read_waits_for_a_server(
    extractor_on: Made, tmp_path: Path
) -> None:
    path = tmp_path / "a.dat"
    path.write_bytes(bytes(range(256)) * 20)
    port = free_ports(1)[0]
    extractor = extractor_on(f"http://{HOST}:{port}", options=IMPATIENT)
    with pytest.raises(Unavailable) as told:
        extractor.extract(path, name="a.dat")
    assert (told.value.reason, told.value.facts) == ("no_text_server", {"servers": 1})
    with running(Tika(port=port)):
        until(lambda: extractor.health()[0].well, "it stays unwell")
        found = extractor.extract(path, name="a.dat")
    assert (found.status, found.reason) == (ExtractionStatus.UNSUPPORTED, "unknown_type")


def test_a_closed_extractor_says_so(extractor_on: Made, tmp_path: Path) -> None:
    extractor = extractor_on(f"http://{HOST}:{free_ports(1)[0]}")
    extractor.close()
    extractor.close()
    with pytest.raises(Unavailable):
        extractor.extract(samples.rtf(tmp_path / "e.rtf"), name="e.rtf")


# Servers that lie


@pytest.mark.parametrize(
    ("words_of_the_dying", "reason"),
    [((500, None), "memory"), ((None, 500), "memory"), ((None, None), "crash")],
)
def test_of_two_deaths_the_one_that_says_more_is_told(
    extractor_on: Made, tmp_path: Path, words_of_the_dying: tuple[int | None, ...], reason: str
) -> None:
    left = list(words_of_the_dying)

    def answer(handler: BaseHTTPRequestHandler) -> None:
        status = left.pop(0)
        if status is not None:
            send(handler, b"", status)

    with lying(answer) as address:
        found = extractor_on(address).extract(samples.rtf(tmp_path / "e.rtf"), name="e.rtf")
    assert (found.status, found.reason, left) == (ExtractionStatus.FAILED, reason, [])


def endless(opening: str, piece: str) -> Callable[[BaseHTTPRequestHandler], None]:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        with contextlib.suppress(OSError):
            handler.wfile.write(opening.encode())
            while True:
                handler.wfile.write(piece.encode() * (65_536 // len(piece)))

    return answer


_TEXT = '[{"X-TIKA:content":"<html><body><p>'
_PARTS = '[{"X-TIKA:digest:SHA256":"%s"}'
_MEMBER = ',{"X-TIKA:embedded_id_path":"/1"}'


@pytest.mark.parametrize(
    ("opening", "piece", "ending"),
    [
        (_TEXT, "长", ("truncated", "too_long")),
        (_PARTS, _MEMBER, ("truncated", "too_many_parts")),
        # Nothing of use came before the cut: such a server is not believed.
        ('[{"dc:title":"', "x", ("ok", None)),
        ('[{"X-TIKA:content":"', "<b>", ("ok", None)),
    ],
    ids=["text", "parts", "metadata", "depth"],
)
def test_an_endless_answer_is_cut_and_does_not_fill_our_memory(
    extractor_on: Made, tmp_path: Path, opening: str, piece: str, ending: tuple[str, str | None]
) -> None:
    path = samples.rtf(tmp_path / "e.rtf")
    if "%s" in opening:
        opening %= sha256(path.read_bytes()).hexdigest()
    with lying(endless(opening, piece)) as address:
        extractor = extractor_on(address, options=IMPATIENT)
        before = peak_bytes()
        found = extractor.extract(path, name="e.rtf")
        grown = peak_bytes() - before
    assert (found.status, found.reason) == ending
    assert found.engine == ("embedded-4" if ending[0] == "ok" else f"tika-{VERSION}")
    assert grown < 100 << 20


def peak_bytes() -> int:
    """The most memory that this process has taken so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"<html>no</html>",
        b'[{"X-TIKA:content":"<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>"}]',
        b'[{"X-TIKA:digest:SHA256":"%s"}]' % (b"0" * 64),
    ],
    ids=["nothing", "no parts", "no JSON", "entities", "another file"],
)
def test_nonsense_is_not_believed_and_not_held_against_the_file(
    extractor_on: Made, tmp_path: Path, body: bytes
) -> None:
    path = samples.rtf(tmp_path / "e.rtf")
    with lying(lambda handler: send(handler, body)) as address:
        found = extractor_on(address, options=IMPATIENT).extract(path, name="e.rtf")
    assert (words(found), found.engine) == ("富文本格式", "embedded-4")


def test_a_server_of_another_version_is_not_asked(extractor_on: Made, tmp_path: Path) -> None:
    path = samples.rtf(tmp_path / "e.rtf")
    asked: list[object] = []
    with lying(asked.append, greeting="Apache Tika 2.9.1") as address:
        extractor = extractor_on(address, options=IMPATIENT)
        assert extractor.extract(path, name="e.rtf").engine == "embedded-4"
        (health,) = extractor.health()
    assert (health.version, health.well, health.reason) == ("2.9.1", False, "other_version")
    assert asked == []


def test_a_large_file_is_sent_piece_by_piece(extractor_on: Made, tmp_path: Path) -> None:
    path = tmp_path / "large.pdf"
    path.write_bytes(b"%PDF-1.7")
    os.truncate(path, 150 << 20)
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    body = json.dumps([{"X-TIKA:digest:SHA256": digest}]).encode()
    with lying(lambda handler: send(handler, body)) as address:
        extractor = extractor_on(address, options=IMPATIENT)
        tracemalloc.start()
        try:
            found = extractor.extract(path, name="large.pdf")
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert (found.engine, found.parts[0].size_bytes) == (f"tika-{VERSION}", 150 << 20)
    assert peak < 8 << 20
