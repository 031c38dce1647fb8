"""One word, one meaning, and a place in the code for each; and for what newcomers look for."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
CODE = re.compile(r"`([^`]+)`")


def rows_of(document: str, heading: str) -> list[list[str]]:
    """The rows of the table below a heading."""
    text = (ROOT / "docs" / document).read_text(encoding="utf-8")
    section = text.partition(f"{heading}\n")[2].partition("\n#")[0]
    lines = [line for line in section.splitlines() if line.startswith("| ")]
    return [line.strip("| ").split(" | ") for line in lines[1:]]


WORDS = rows_of("glossary.md", "# Glossary")
LOOKED_FOR = rows_of("architecture.md", "## Where to look")


def defined(path: Path) -> set[str]:
    """Classes, functions and constants of a module, and those inside its classes."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named = (ast.ClassDef, ast.FunctionDef)
    found = {node.name for node in ast.walk(tree) if isinstance(node, named)}
    targets = (node.targets for node in tree.body if isinstance(node, ast.Assign))
    return found | {each.id for them in targets for each in them if isinstance(each, ast.Name)}


@pytest.mark.parametrize("row", [*WORDS, *LOOKED_FOR], ids=lambda row: row[0])
def test_every_word_stands_where_the_document_says(row: list[str]) -> None:
    where = CODE.findall(row[-1])
    assert where, "each word has a place"
    place = ROOT
    for name in where:
        if "/" in name:
            place = ROOT / name
            assert place.exists(), name
        elif place.suffix == ".py":
            assert name in defined(place), f"{place.name} has no {name}"


def test_no_word_is_explained_twice() -> None:
    words = [word for row in WORDS for word in row[0].split(", ")]
    assert sorted(set(words)) == sorted(words)


def test_newcomers_find_twenty_things() -> None:
    assert len(LOOKED_FOR) >= 20
    assert len(WORDS) >= 60
