"""Every page renders from its view, escaped and free of what the policy forbids."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from markupsafe import Markup

from search_ui.gallery import render_sample
from search_ui.pages import HERE, STATIC, Pages
from search_ui.samples import SAMPLES, shell
from search_ui.samples.search import FOUND, HITS
from search_ui.texts import read_texts

NAMES = ("design", *SAMPLES)
OWN_CSS = sorted(STATIC.glob("*.css"))
OWN_JS = sorted(STATIC.glob("*.js"))


@pytest.fixture(scope="module")
def pages() -> Pages:
    return Pages(read_texts())


@pytest.mark.parametrize("name", NAMES)
def test_every_sample_renders(pages: Pages, name: str) -> None:
    page = render_sample(pages, name)
    assert page.startswith("<!doctype html>")
    assert page.rstrip().endswith("</html>")


@pytest.mark.parametrize("name", NAMES)
def test_no_page_holds_inline_script_or_style(pages: Pages, name: str) -> None:
    page = render_sample(pages, name)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|hx-on|hx-vals", page)
    assert not re.search(r"<script(?![^>]*\ssrc=)", page)


@pytest.mark.parametrize("name", NAMES)
def test_no_identifier_stands_twice_in_a_page(pages: Pages, name: str) -> None:
    found = re.findall(r'\sid="([^"]+)"', render_sample(pages, name))
    assert sorted(found) == sorted(set(found))


def test_every_page_template_has_a_sample() -> None:
    templates = {path.stem for path in (HERE / "templates" / "pages").glob("*.html")}
    assert templates == {sample.template for sample in SAMPLES.values()} | {"design"}


def test_what_a_person_wrote_is_escaped(pages: Pages) -> None:
    sample = SAMPLES["search"]
    page = replace(FOUND, query='"><script>alert(1)</script>')
    written = pages.render("search", page, shell=shell(sample))
    assert "<script>alert" not in written
    assert "&lt;script&gt;alert" in written


def test_marks_made_by_the_house_are_kept(pages: Pages) -> None:
    page = replace(FOUND, hits=(replace(HITS[0], title=Markup("甲<mark>乙</mark>")),))
    assert "甲<mark>乙</mark>" in pages.render("search", page, shell=shell(SAMPLES["search"]))


def test_an_asset_keeps_its_address_until_it_changes(pages: Pages) -> None:
    page = render_sample(pages, "sign-in")
    assert re.search(r"/static/tokens\.css\?v=[0-9a-f]{12}", page)


@pytest.mark.parametrize("path", OWN_CSS, ids=lambda path: path.name)
def test_styles_run_in_chromium_86(path: Path) -> None:
    """Preview research, section 0: what 86 does not know is named there with its first version."""
    text = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
    selectors = r":has\(|:is\(|:where\(|:not\([^)]*,|&[\s:.]"
    values = r"color-mix|[{;\s]inset:|@container|@layer|\bdvh\b"
    assert not re.findall(f"{selectors}|{values}", text)


@pytest.mark.parametrize("path", OWN_JS, ids=lambda path: path.name)
def test_scripts_run_in_chromium_86_and_need_no_eval(path: Path) -> None:
    text = path.read_text("utf-8")
    newer = r"\.at\(|randomUUID|structuredClone|\.findLast|\.hasOwn\(|\.replaceAll\(|static \{"
    assert not re.findall(newer + r"|\beval\(|new Function|innerHTML|insertAdjacentHTML", text)


@pytest.mark.parametrize("path", OWN_JS, ids=lambda path: path.name)
def test_scripts_ask_and_tell_in_dialogs_of_the_house(path: Path) -> None:
    assert not re.findall(
        r"(?<![.\w])(?:window\.)?(?:confirm|alert|prompt)\(", path.read_text("utf-8")
    )


def test_colours_stand_only_among_the_tokens() -> None:
    for path in OWN_CSS:
        if path.name in {"tokens.css", "print.css"}:
            continue
        found = re.findall(r"#[0-9a-fA-F]{3,8}\b", path.read_text("utf-8"))
        # Paper stays white and marks yellow in both themes: they lie over pictures of pages.
        assert set(found) <= {"#fff", "#ffcf33"}, path.name


def test_every_class_of_a_template_is_styled_or_looked_for() -> None:
    sheets = [*OWN_CSS, *(STATIC / "vendor").glob("*.css")]
    styled = _names_after_dots(re.sub(r"/\*.*?\*/", "", _all(sheets), flags=re.DOTALL))
    templates = sorted((HERE / "templates").rglob("*.html"))
    looked_for = _names_after_dots(" ".join(re.findall(r'hx-target="[^"]*"', _all(templates))))
    looked_for |= _names_after_dots(" ".join(re.findall(r'"[^"\n]*"', _all(OWN_JS))))
    known = styled | looked_for
    unknown = {
        f"{path.name}: {name}"
        for path in templates
        for name in _classes(path.read_text("utf-8"))
        if name not in known
    }
    assert not unknown


def _classes(template: str) -> set[str]:
    """Those that stand in a template in full; what is put together is left out."""
    filled = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "\0", template, flags=re.DOTALL)
    values = re.findall(r'\bclass="([^"]*)"', filled)
    return {name for value in values for name in value.split() if "\0" not in name}


def _names_after_dots(text: str) -> set[str]:
    return set(re.findall(r"\.(-?[A-Za-z_][\w-]*)", text))


def _all(paths: list[Path]) -> str:
    return "\n".join(path.read_text("utf-8") for path in paths)
