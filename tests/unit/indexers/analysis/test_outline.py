"""Outlines of texts: each sign and the raw characters it stands for."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexers.analysis import Fold
from indexers.analysis.outline import Outlines

FOLD = Fold.load()
OUTLINES = Outlines(FOLD)
SIGNS = "甲龍 \n、|aＡ1①㎡ﬁ\u200b\u0301\u0323\u3099カか각\u1100\u1161\u11a8\ud800𠀀"


@settings(deadline=None, max_examples=500)
@given(st.text(st.sampled_from(SIGNS), max_size=14))
def test_an_outline_has_the_signs_of_the_whole_text_folded_at_once(text: str) -> None:
    folded = FOLD.fold_with_origins(text)
    outline = OUTLINES.of(text)
    assert len(outline.signs) == len(folded.text)
    for place, sign in enumerate(folded.text):
        assert outline.signs[place] in (sign, "|", " ")
        span = outline.span(place, place + 1)
        assert (span.start, span.end) == (folded.starts[place], folded.ends[place])


@pytest.mark.parametrize(("text", "signs"), [("甲、b 1", "甲|b 1"), ("①㎡", "1m2"), ("", "")])
def test_letters_stand_for_themselves_and_the_rest_is_blank_or_bar(text: str, signs: str) -> None:
    assert OUTLINES.of(text).signs == signs
