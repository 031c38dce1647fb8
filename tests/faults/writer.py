"""A process that takes files in until it is killed, and says what it acknowledged."""

import os
import random
import signal
import sys
import time
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from records.identity import Login, RecordId
from records.people.people_rows import PeopleRows
from services.flow.change import NewFile
from services.intake.ingest import Draft
from wenshu.building.house import installation
from wenshu.building.installation import Installation
from wenshu.settings import Settings

LOGIN = Login("writer")
ADMIN = Login("admin")


def settings_for(folder: Path) -> Settings:
    """Settings of a small installation for fault tests."""
    return Settings(data=folder, password_memory_kib=64, workers=1)


def prepare(folder: Path) -> None:
    """An organisation of two."""
    with installation(settings_for(folder)) as built:
        load_people(built)


def load_people(built: Installation) -> None:
    """A writer and an administrator."""
    rows = PeopleRows(
        [{"code": "u", "name": "局", "level": "市"}],
        [
            {"login": LOGIN, "name": "甲一", "unit": "u", "password": "Abc#12345"},
            {"login": ADMIN, "name": "庚七", "unit": "u", "roles": ["administrator"]},
        ],
    )
    built.house.people.load(rows, lasting=True)


def take_in(built: Installation, word: str) -> RecordId:
    """One small file with a word of its own; the record it became, acknowledged."""
    house = built.house
    caller = house.book.caller(LOGIN)
    staged = house.staging.receive([f"内容 {word} 完".encode()], name=f"{word}.txt")
    draft = Draft(kind="library_file", files=[NewFile(f"{word}.txt", staged)])
    return house.ingest.begin(caller, draft).record


def write_until_killed(folder: Path, told: Connection, *, drains: bool, seed: int) -> None:
    """Take files in as fast as it goes; each one is told only after it was acknowledged."""
    with installation(settings_for(folder)) as built:
        if drains:
            built.start()
        for count in range(1_000_000):
            word = f"w{seed}x{count}"
            told.send((take_in(built, word), word))


def kill_once(folder: Path, *, seed: int) -> dict[str, str]:
    """Start a writer, kill it -9 at a random moment; what it acknowledged before."""
    chance = random.Random(seed)
    context = get_context("fork")
    heard, told = context.Pipe(duplex=False)
    options = {"drains": seed % 2 == 0, "seed": seed}
    process = context.Process(target=write_until_killed, args=(folder, told), kwargs=options)
    process.start()
    told.close()
    acknowledged: dict[str, str] = {}
    end: float | None = None
    while end is None or time.monotonic() < end:
        if heard.poll(0.005):
            record, word = heard.recv()
            acknowledged[record] = word
            end = end or time.monotonic() + chance.uniform(0, 0.25)
        elif not process.is_alive():
            sys.exit(f"the writer ended by itself with {process.exitcode}")
    os.kill(process.pid or 0, signal.SIGKILL)
    process.join()
    while heard.poll():
        try:
            record, word = heard.recv()
        except EOFError:
            break
        acknowledged[record] = word
    return acknowledged
