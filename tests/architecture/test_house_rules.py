"""Rules of the house that no linter knows."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

import records.ports
from api.problems import STATUS
from languages.errors import SENTENCES
from languages.faults import FAULTS
from languages.sentences.accounts import ACCOUNTS
from languages.sentences.inputs import INPUTS
from languages.sentences.parts import PARTS
from languages.sentences.records import RECORDS
from records import errors

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = (
    "records",
    "services",
    "storage",
    "indexers",
    "documents",
    "notation",
    "sandbox",
    "workers",
    "api",
    "search_ui",
    "languages",
    "wenshu",
)
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
MAX_LINES = 300
MOST_MODULES = 29
"""STYLE 35a: a package grows rooms before it grows a thirtieth file."""
MAX_METHODS = 8
MAX_COLUMNS = 140
"""Of a template."""
BLOCK_START = re.compile(
    r"<(?:article|aside|d[dlt]|dialog|div|fieldset|figure|footer|form|h[1-6]|header|li|main|nav|ol|p"
    r"|section|table|tbody|thead|tr|ul)\b"
)
"""Of an element that the browser sets on a line of its own, as the template does."""
DRAWERS = {"utils", "helpers", "common", "misc", "manager", "base"}


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_no_module_is_longer_than_the_style_allows() -> None:
    long = {
        name_of(path): lines
        for path in MODULES
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MAX_LINES
    }
    assert long == {}


def test_a_line_of_a_template_is_short_and_begins_one_element() -> None:
    crowded = [
        f"{name_of(path)}:{number}"
        for path in sorted((ROOT / "search_ui" / "templates").rglob("*.html"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if len(line) > MAX_COLUMNS or len(BLOCK_START.findall(line)) > 1
    ]
    assert crowded == []


def test_no_module_is_a_drawer() -> None:
    assert [name_of(path) for path in MODULES if path.stem in DRAWERS] == []


def test_packages_hold_a_docstring_and_their_public_names_only() -> None:
    allowed = (ast.ImportFrom, ast.Assign, ast.Expr, ast.Import, ast.AnnAssign)
    for path in MODULES:
        if path.name == "__init__.py":
            body = tree(path).body
            assert body, name_of(path)
            assert all(isinstance(node, allowed) for node in body), name_of(path)


def test_nothing_is_imported_inside_a_function() -> None:
    found = [
        f"{name_of(path)}:{inner.lineno}"
        for path in MODULES
        for function in ast.walk(tree(path))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(function)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert found == []


def test_the_environment_is_read_in_one_place() -> None:
    # Three libraries read variables when they are imported; there they are given or kept from them.
    libraries = {
        "indexers/tika/client.py",
        "indexers/phrases.py",
        "wenshu/measures/worker_figures.py",
    }
    allowed = {"wenshu/variables.py", *libraries}
    found = {
        name_of(path)
        for path in MODULES
        if re.search(r"\b(environ|getenv|BaseSettings)\b", path.read_text(encoding="utf-8"))
    }
    assert found == allowed


def protocols() -> Iterator[tuple[str, int]]:
    for path in sorted(Path(records.ports.__path__[0]).glob("*.py")):
        for node in tree(path).body:
            if isinstance(node, ast.ClassDef) and "Protocol" in map(ast.unparse, node.bases):
                methods = [each for each in node.body if isinstance(each, ast.FunctionDef)]
                yield node.name, len(methods)


def test_ports_are_small() -> None:
    found = dict(protocols())
    assert len(found) >= 10
    assert {name: count for name, count in found.items() if count > MAX_METHODS} == {}


def subclasses(of: type[errors.WenshuError]) -> set[type[errors.WenshuError]]:
    return {each for each in of.__subclasses__() if each.__module__ == errors.__name__}


def test_every_class_of_error_has_a_status() -> None:
    assert set(STATUS) == subclasses(errors.WenshuError)


def reasons() -> Iterator[tuple[str, str]]:
    classes = {each.__name__ for each in subclasses(errors.WenshuError)}
    for path in MODULES:
        for node in ast.walk(tree(path)):
            if (
                isinstance(node, ast.Call)
                and ast.unparse(node.func) in classes
                and node.args
                and isinstance(node.args[0], ast.Constant)
            ):
                yield str(node.args[0].value), f"{name_of(path)}:{node.lineno}"


UNTOLD = {
    # Caught where they arise, or told through another reason.
    "torn_object",
    "unknown_object",
    "unknown_account",
    "unsettled",
    "exists",
    "bad_key",
    "closed",
    "rebuild_abandoned",
    "no_page",
    "no_sheet",
    "unreadable",
}


def test_every_reason_has_a_sentence() -> None:
    missing = {reason: place for reason, place in reasons() if reason not in SENTENCES}
    assert set(missing) <= UNTOLD, {r: p for r, p in missing.items() if r not in UNTOLD}


WORD_AT = {"Fault": 1, "_name_faults": 2, "_unreadable": 1}
"""Where the word of a fault stands among the arguments of a call."""


def fault_words() -> Iterator[str]:
    for path in MODULES:
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.Call):
                continue
            called = node.func.id if isinstance(node.func, ast.Name) else ""
            words = [node.args[WORD_AT[called]]] if called in WORD_AT else []
            words += [keyword.value for keyword in node.keywords if keyword.arg == "fault"]
            yield from (str(word.value) for word in words if isinstance(word, ast.Constant))


def test_every_fault_has_words() -> None:
    found = set(fault_words())
    assert {"dead_end", "unknown_guard", "not_text", "not_json"} <= found
    assert found <= set(FAULTS)


def test_no_reason_has_two_sentences() -> None:
    assert len(SENTENCES) == sum(map(len, (ACCOUNTS, INPUTS, PARTS, RECORDS)))


def test_every_sentence_tells_what_to_do_next() -> None:
    for reason, (what, advice) in SENTENCES.items():
        assert what.endswith(("。", "}")), reason
        assert len(advice) > 4, reason


@pytest.mark.parametrize(
    "pattern",
    [
        r"pythonhosted|pypi\.org|registry\.npmjs|repo1\.maven|proxy\.golang|deb\.debian",
        r"/wor[k]/(mai[n]|share[d]|steerin[g])|/tm[p]/bash_job[s]",
        r"BEGIN [A-Z ]*PRIVATE KEY",
    ],
)
def test_nothing_of_this_machine_stands_in_tracked_files(pattern: str) -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout.split("\0")
    own = name_of(Path(__file__))
    found = []
    for name in filter(None, tracked):
        path = ROOT / name
        if name != own and path.is_file() and path.suffix not in (".png", ".json"):
            text = path.read_text(encoding="utf-8", errors="replace")
            if re.search(pattern, text):
                found.append(name)
    assert found == []


TOLD_WHOLE = frozenset({"records", "services"})
"""Packages whose README tells of the modules in rooms without a README of their own as well."""


def _told_of(package: str, module: Path) -> str:
    """What the READMEs of its room, and of the package, say; ports tell of themselves."""
    rooms = {ROOT / package / "README.md", module.parent / "README.md"}
    return " ".join(room.read_text(encoding="utf-8") for room in rooms if room.exists())


@pytest.mark.parametrize("package", PACKAGES)
def test_every_module_is_named_where_a_stranger_looks_for_it(package: str) -> None:
    modules = [
        path
        for path in (ROOT / package).glob("**/*.py")
        if path.parent.name != "ports"
        and (package in TOLD_WHOLE or (path.parent / "README.md").exists())
    ]
    untold = {
        str(path.relative_to(ROOT))
        for path in modules
        if path.stem != "__init__" and not re.search(rf"\b{path.stem}\b", _told_of(package, path))
    }
    assert untold == set()


def test_no_room_holds_more_modules_than_a_stranger_can_look_through() -> None:
    crowded = {
        str(room): len(list(room.glob("*.py")))
        for package in PACKAGES
        for room in (ROOT / package).glob("**/")
        if len(list(room.glob("*.py"))) > MOST_MODULES
    }
    assert crowded == {}
