"""What the documents say of files, commands, settings and kinds is so."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from records.schema.loader import load_kind
from tests.features import catalogue, marks
from tests.variables import declared_variables
from wenshu.command_line import command_line

ROOT = Path(__file__).resolve().parents[3]
PACKAGES = (
    "records",
    "services",
    "storage",
    "indexers",
    "documents",
    "notation",
    "sandbox",
    "workers",
    "gate",
    "api",
    "search_ui",
    "languages",
    "wenshu",
    "tools",
    "tests",
    "bench",
)
READMES = [ROOT / package / "README.md" for package in PACKAGES]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *READMES])
PROOFS = [ROOT / "docs" / name for name in ("bad-input.md", "reliability.md")]
FEATURES = 311
README_LINES = 40
PICTURE_BYTES = 250_000

LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
INLINE = re.compile(r"`([^`\n]+)`")
FENCE = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TEST_NAME = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?")
VARIABLE = re.compile(r"WENSHU_[A-Z][A-Z0-9_]*")
COMMAND = re.compile(r"(?:^|\s)(?:\.venv/bin/)?wenshu (?P<rest>[a-z].*)")


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_every_relative_link_leads_to_a_file(path: Path) -> None:
    broken = [
        link
        for link in LINK.findall(path.read_text(encoding="utf-8"))
        if not (path.parent / link).exists()
    ]
    assert broken == []


@pytest.mark.parametrize("path", READMES, ids=name_of)
def test_every_package_says_in_few_lines_what_it_owns(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= README_LINES
    assert re.search(r"\b[Mm]ay import\b", text)
    assert re.search(r"\badd\b|\bAdd\b|\bOne more\b", text)


@pytest.mark.parametrize("path", READMES, ids=name_of)
def test_modules_that_a_readme_names_exist(path: Path) -> None:
    places = (path.parent, ROOT)
    named = {
        name
        for name in INLINE.findall(path.read_text(encoding="utf-8"))
        if re.fullmatch(r"[\w/.-]+\.(py|yaml|toml|json|css|md)", name)
        if name.isascii() and "NAME" not in name
    }
    missing = {
        name
        for name in named
        if not any((place / name).exists() for place in places) and not any(path.parent.rglob(name))
    }
    assert missing == set()


def spoken(path: Path) -> Iterator[str]:
    """Command lines as a document writes them, without their comments."""
    text = path.read_text(encoding="utf-8")
    for line in [*INLINE.findall(text), *"\n".join(FENCE.findall(text)).splitlines()]:
        if match := COMMAND.search(line.partition("  #")[0]):
            yield match["rest"].strip()


def commands() -> dict[str, set[str]]:
    """Command → its options, as the command line knows them."""
    known: dict[str, set[str]] = {}

    def add(name: str, command: Any) -> None:
        known[name] = {opt for parameter in command.params for opt in parameter.opts}
        for sub, below in getattr(command, "commands", {}).items():
            add(f"{name} {sub}".strip(), below)

    add("", typer.main.get_command(command_line()))
    return known


@pytest.mark.parametrize(
    "path",
    [ROOT / "README.md", ROOT / "README.zh-CN.md", ROOT / "docs" / "operations.md"],
    ids=name_of,
)
def test_commands_and_options_are_known_to_the_command_line(path: Path) -> None:
    known = commands()
    told = list(spoken(path))
    assert told
    for line in told:
        # `verify | reconcile [--repair] | rebuild` names several commands.
        for each in line.split(" | "):
            words = each.replace("[", " ").replace("]", " ").split()
            command = " ".join(words[:2]) if " ".join(words[:2]) in known else words[0]
            assert command in known, each
            options = {word.strip("…") for word in words if word.startswith("--")}
            assert options <= known[command], each


def test_every_command_is_told_of_in_operations() -> None:
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    groups = {name.rpartition(" ")[0] for name in commands() if " " in name}
    for command, options in commands().items():
        if command and command not in groups:
            assert f"`wenshu {command}" in text, command
            shown = options - {"--help", "--data"}
            assert [o for o in shown if o.startswith("--") and o not in text] == [], command


def test_every_variable_that_is_read_is_told_of_and_no_other() -> None:
    read: set[str] = set()
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            for line in path.read_text(encoding="utf-8").splitlines():
                if re.search(r"environ|envvar|getenv", line):
                    read |= set(VARIABLE.findall(line))
    read |= declared_variables()
    assert "WENSHU_DATA" in read
    told = set(VARIABLE.findall((ROOT / "docs" / "operations.md").read_text(encoding="utf-8")))
    assert told == read


@pytest.mark.feature("GI-02", "GI-03")
def test_the_kind_of_the_how_to_loads_and_passes_the_check(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "how-to" / "add-a-kind.md").read_text(encoding="utf-8")
    (example,) = [block for block in FENCE.findall(text) if block.startswith("kind:")]
    name = example.partition("\n")[0].removeprefix("kind:").strip()
    path = tmp_path / f"{name}.yaml"
    path.write_text(example, encoding="utf-8")
    kind = load_kind(path)
    assert kind.kind == name
    assert kind.source
    assert set(kind.source.split(", ")) <= {feature for _, feature, _ in catalogue()}


@pytest.mark.parametrize("path", PROOFS, ids=name_of)
def test_every_test_that_is_named_as_a_proof_exists(path: Path) -> None:
    named = TEST_NAME.findall(path.read_text(encoding="utf-8"))
    assert len(named) > 10
    for file, function in named:
        source = (ROOT / file).read_text(encoding="utf-8")
        assert not function or f"def {function}(" in source, f"{file}::{function}"


def test_the_catalogue_holds_every_feature_once_and_every_mark_is_in_it() -> None:
    features = [feature for _, feature, _ in catalogue()]
    assert len(features) == len(set(features)) == FEATURES
    assert set(marks()) <= set(features)


def test_every_picture_is_shown_and_small() -> None:
    shown = (ROOT / "docs" / "pages.md").read_text(encoding="utf-8")
    pictures = sorted((ROOT / "docs" / "screenshots").glob("*.png"))
    assert pictures
    assert [name_of(p) for p in pictures if f"screenshots/{p.name}" not in shown] == []
    assert [name_of(p) for p in pictures if p.stat().st_size >= PICTURE_BYTES] == []
