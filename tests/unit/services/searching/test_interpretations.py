"""Other ways to read what was typed."""

from typing import cast

import pytest

from records.ports.search_index import SearchIndex
from records.queries.query import And, Words
from services.people.caller import Caller
from services.searching.interpretations import SPELLINGS, by_pinyin


@pytest.mark.feature("SS-05")
def test_of_many_words_in_letters_none_is_looked_for_as_pinyin() -> None:
    words = And(tuple(Words(letter) for letter in "abcdefgh"[: SPELLINGS + 1]))
    nobody = cast("Caller", None)  # neither is asked for anything
    assert by_pinyin(cast("SearchIndex", None), nobody, words) is None
    assert by_pinyin(cast("SearchIndex", None), nobody, Words("业务")) is None
