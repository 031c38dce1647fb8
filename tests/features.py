"""Writes docs/features.md: every feature of the catalogue, and the tests that prove it.

``python -m tests.features`` writes it; with ``--check`` it only says whether it is up to date.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "docs" / "catalogue.md"
STATUS = ROOT / "docs" / "features.md"

_AREA = re.compile(r"^## (?P<title>.+)$")
_FEATURE = re.compile(r"^- \*\*(?P<id>[A-Z]{2}-\d{2})\*\* (?P<told>[^。.;；:：(（]+)")

_HEAD = """\
# Features and their proof

Made by `make features` from the IDs of [the catalogue](catalogue.md) and the marks
`@pytest.mark.feature` of the tests; `make check` fails when it is out of date. A feature without
a test counts as open, whatever the code may do. A test proves what it asserts; a feature that is
only begun says so in the catalogue.

"""


def catalogue() -> Iterator[tuple[str, str, str]]:
    """(area, ID, title) of every feature, in order of the catalogue."""
    area = ""
    for line in CATALOGUE.read_text(encoding="utf-8").splitlines():
        if match := _AREA.match(line):
            area = match["title"]
        elif match := _FEATURE.match(line):
            yield area, match["id"], match["told"].strip()


def marks() -> dict[str, list[str]]:
    """ID → names of the tests that carry it, as ``path::test``."""
    proofs: dict[str, list[str]] = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef):
                for feature in _marked(function):
                    name = f"{path.relative_to(ROOT)}::{function.name}"
                    proofs.setdefault(feature, []).append(name)
    return proofs


def _marked(function: ast.FunctionDef) -> Iterator[str]:
    for decorator in function.decorator_list:
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "pytest.mark.feature":
            for argument in decorator.args:
                if isinstance(argument, ast.Constant):
                    yield str(argument.value)


def status() -> str:
    """The text of docs/features.md. Raises SystemExit for a mark that the catalogue lacks."""
    known = list(catalogue())
    proofs = marks()
    unknown = sorted(set(proofs) - {feature for _, feature, _ in known})
    if unknown:
        sys.exit(f"marks of features that the catalogue does not know: {', '.join(unknown)}")
    proved = sum(1 for _, feature, _ in known if feature in proofs)
    parts = [_HEAD, f"{proved} of {len(known)} features have a test.\n"]
    area = ""
    for at, feature, told in known:
        if at != area:
            area = at
            parts.append(f"\n## {area}\n\n| ID | Feature | State | Proof |\n|---|---|---|---|\n")
        tests = "<br>".join(f"`{name}`" for name in proofs.get(feature, []))
        state = "tested" if feature in proofs else "open"
        parts.append(f"| {feature} | {told} | {state} | {tests} |\n")
    return "".join(parts)


def main() -> int:
    """Write the file, or compare it."""
    text = status()
    if "--check" in sys.argv[1:]:
        if not STATUS.exists() or STATUS.read_text(encoding="utf-8") != text:
            sys.stderr.write("docs/features.md is out of date: run make features\n")
            return 1
        return 0
    STATUS.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
