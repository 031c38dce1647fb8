"""One word, one meaning, and a place in the code for each."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
TEXT = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
ROWS = [line.strip("| ").split(" | ") for line in TEXT.splitlines() if line.startswith("| ")][1:]
CODE = re.compile(r"`([^`]+)`")


def defined(path: Path) -> set[str]:
    """Classes, functions and constants of a module, and those inside its classes."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named = (ast.ClassDef, ast.FunctionDef)
    found = {node.name for node in ast.walk(tree) if isinstance(node, named)}
    targets = (node.targets for node in tree.body if isinstance(node, ast.Assign))
    return found | {each.id for them in targets for each in them if isinstance(each, ast.Name)}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_every_word_stands_where_the_glossary_says(row: list[str]) -> None:
    where = CODE.findall(row[3])
    assert where, "each word has a place"
    place = ROOT
    for name in where:
        if "/" in name:
            place = ROOT / name
            assert place.exists(), name
        else:
            assert name in defined(place), f"{place.name} has no {name}"


def test_no_word_is_explained_twice() -> None:
    words = [word for row in ROWS for word in row[0].split(", ")]
    assert sorted(set(words)) == sorted(words)
