"""Dictionaries: what can be chosen, what only stands, and what an administrator changes."""

from pathlib import Path

import pytest

from records.errors import Invalid, NotFound
from records.identity import DictionaryName
from records.schema.dictionaries import POSTS, Changes, Dictionaries, Dictionary
from records.schema.loader import load_installation

NAME = DictionaryName("category")


def dictionary(*entries: object) -> Dictionary:
    return Dictionary.model_validate({"dictionary": NAME, "title": "类别", "entries": entries})


KNOWN = Dictionaries([dictionary("甲", "乙", {"word": "丙", "disabled": True})])


@pytest.mark.feature("SY-09")
def test_a_disabled_word_stands_and_cannot_be_chosen() -> None:
    assert KNOWN.active(NAME) == ("甲", "乙")
    assert KNOWN.has(NAME, "丙")
    assert not KNOWN.has(NAME, "丁")
    assert not KNOWN.has("nothing", "甲")
    with pytest.raises(NotFound, match="unknown_dictionary"):
        KNOWN.active("nothing")


@pytest.mark.feature("SY-09")
def test_changes_add_disable_and_enable_and_take_nothing_away() -> None:
    changes = Changes().adding(NAME, "丁").switching(NAME, "甲", disabled=True)
    changed = KNOWN.changed(changes)
    assert changed.active(NAME) == ("乙", "丁")
    assert changed.get(NAME).words == ("甲", "乙", "丙", "丁")
    assert KNOWN.changed(changes.switching(NAME, "甲", disabled=False)).active(NAME) == (
        "甲",
        "乙",
        "丁",
    )


def test_a_word_that_a_file_disables_can_be_enabled_by_an_administrator() -> None:
    changed = KNOWN.changed(Changes().switching(NAME, "丙", disabled=False))
    assert changed.active(NAME) == ("甲", "乙", "丙")


def test_a_word_that_was_added_and_is_declared_later_stands_once() -> None:
    assert KNOWN.changed(Changes().adding(NAME, "甲")).get(NAME).words == ("甲", "乙", "丙")


def test_a_file_of_an_installation_adds_words_and_may_disable_some() -> None:
    joined = KNOWN.and_more(dictionary("戊", {"word": "甲", "disabled": True}))
    assert joined.get(NAME).words == ("甲", "乙", "丙", "戊")
    assert joined.active(NAME) == ("乙", "戊")
    assert KNOWN.active(NAME) == ("甲", "乙")


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("  ", "bad_entry"),
        ("长" * 61, "bad_entry"),
        ("甲", "repeated_entry"),
        (" 丙 ", "repeated_entry"),
    ],
)
def test_what_is_no_new_word_is_refused(word: str, reason: str) -> None:
    with pytest.raises(Invalid, match=reason):
        KNOWN.checked_word(NAME, word)


def test_every_dictionary_of_the_program_is_read_and_offers_something() -> None:
    shipped = load_installation(None).dictionaries
    names = {each.dictionary for each in shipped}
    files = {path.stem for path in Path("records/kinds/dictionaries").glob("*.yaml")}
    assert names == files
    assert all(shipped.active(name) for name in names)
    assert {"机要室", "督查室", "督查管理员", "会议室管理员"} <= set(shipped.active(POSTS))
