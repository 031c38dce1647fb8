"""Runs ``wenshu`` as a process of its own."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

WENSHU = Path(sys.executable).with_name("wenshu")

PEOPLE = """
units: [{code: bureau, name: 渝州市市场监督管理局, level: 市}]
people:
  - {login: clerk, name: 甲一, unit: bureau, password: "Abc#12345"}
  - {login: other, name: 乙二, unit: bureau, password: "Abc#12345"}
"""


def wenshu(
    data: Path, *arguments: str | Path, timeout_s: float = 240
) -> subprocess.CompletedProcess[str]:
    """One command, run to its end."""
    return subprocess.run(
        [WENSHU, *arguments, "--data", data],
        capture_output=True,
        text=True,
        timeout=timeout_s,
        check=False,
    )


def prepare(data: Path) -> None:
    """A data folder with two people."""
    file = data.with_suffix(".yaml")
    file.write_text(PEOPLE, encoding="utf-8")
    done = wenshu(data, "people", "load", file)
    assert done.returncode == 0, done.stderr


def start_import(data: Path, folder: Path, report: Path) -> subprocess.Popen[bytes]:
    """An import that goes on by itself, in a group of its own as a terminal gives it one.

    It heeds Ctrl+C, also where the tests run behind a shell that has them ignore it.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return subprocess.Popen(
            [WENSHU, "import", folder, "--as", "clerk", "--report", report, "--data", data],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    finally:
        signal.signal(signal.SIGINT, before)


def lines(report: Path) -> list[dict[str, Any]]:
    """The lines of a report."""
    return [json.loads(line) for line in report.read_text(encoding="utf-8").splitlines()]


def search(data: Path, words: str, login: str = "clerk") -> dict[str, Any]:
    """The answer of ``wenshu search --json``."""
    done = wenshu(data, "search", words, "--as", login, "--json")
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found
