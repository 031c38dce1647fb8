"""The catalogue of words: complete, and used."""

import re
from pathlib import Path

import pytest

from records.errors import Conflict, Invalid, NotFound, WenshuError
from search_ui.pages import HERE
from search_ui.texts import CLASS_WORDS, read_texts

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


def test_every_class_of_error_has_its_sentence() -> None:
    texts = read_texts()
    assert {kind for kind, _ in CLASS_WORDS} == set(WenshuError.__subclasses__())
    assert all(f"reason.{word}" in texts for _, word in CLASS_WORDS)


def test_a_known_reason_is_told_with_its_facts() -> None:
    told = read_texts().sentence(Invalid("too_long", label="标题", max=200))
    assert told == "“标题”太长，最多 200 个字。"


def test_an_unknown_reason_falls_back_to_its_class() -> None:
    texts = read_texts()
    assert texts.sentence(NotFound("no_such_reason")) == texts("reason.not_found")


def test_a_fact_that_the_error_lacks_does_not_break_the_sentence() -> None:
    assert "…" in read_texts().sentence(Conflict("too_long"))
