"""The catalogue of words: complete, and used."""

import re
from pathlib import Path

import pytest

from search_ui.pages import HERE
from search_ui.texts import read_texts

TEMPLATES = sorted((HERE / "templates").rglob("*.html"))
HAN = re.compile(r"[\u4e00-\u9fff]")
CALL = re.compile(r"""\bt\(\s*['"]([a-z0-9_.]+)['"]""")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_holds_a_word_of_its_own(template: Path) -> None:
    without_comments = re.sub(r"\{#.*?#\}", "", template.read_text("utf-8"), flags=re.DOTALL)
    assert not HAN.findall(without_comments.replace("'、'", ""))


def test_every_word_that_templates_ask_for_is_in_the_catalogue() -> None:
    texts = read_texts()
    asked = {key for path in TEMPLATES for key in CALL.findall(path.read_text("utf-8"))}
    # A key that ends in a stop or underscore is completed by the template; samples render those.
    assert {key for key in asked if key not in texts and not key.endswith((".", "_"))} == set()


def test_an_unknown_key_and_a_missing_fact_are_errors() -> None:
    texts = read_texts()
    with pytest.raises(KeyError):
        texts("no.such.key")
    with pytest.raises(KeyError):
        texts("search.total")


def test_every_word_of_the_catalogue_is_used() -> None:
    sources = [*TEMPLATES, *HERE.rglob("*.py")]
    written = "\n".join(path.read_text("utf-8") for path in sources)
    # Whole keys, and beginnings of keys that the code completes: "facet." ~ name, f"role.{role}".
    whole = set(re.findall(r"""['"]([a-z0-9_.]+)['"]""", written))
    begun = set(re.findall(r"""['"]([a-z_0-9]+\.[a-z_.0-9]*[._])['"{]""", written))
    begun |= set(re.findall(r"""['"]([a-z_]+\.)['"{]""", written))
    unused = [key for key in read_texts() if key not in whole and not key.startswith(tuple(begun))]
    assert unused == []
