"""What the program loads is what `make setup` installs: tests have more, and would not miss it."""

import re
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OURS = {each.name for each in ROOT.iterdir() if (each / "__init__.py").exists()}

DONE_WITHOUT = {"greenlet", "_distutils_hack", "numpy"}
"""Packages of the tests, and of the recognition of scans, that libraries use where they are and do
without where they are not."""

LOADED = """
import sys
from wenshu.command_line import command_line
command_line()
print(*sorted({name.partition('.')[0] for name in sys.modules}))
"""


def test_every_package_that_the_program_loads_is_installed_without_those_of_the_tests() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED], capture_output=True, text=True, check=True
    )
    locked = (ROOT / "requirements" / "runtime.txt").read_text(encoding="utf-8")
    installed = {plain(name) for name in re.findall(r"^([\w.-]+)==", locked, re.MULTILINE)}
    known = packages_distributions()
    loaded = {name: known[name] for name in done.stdout.split() if name in known}
    missing = {
        name: places
        for name, places in loaded.items()
        if name not in OURS | DONE_WITHOUT and not installed & {plain(each) for each in places}
    }
    assert len(loaded) > 40
    assert missing == {}


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
