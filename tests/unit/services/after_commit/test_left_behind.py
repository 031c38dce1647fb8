"""A word of an earlier text stands in the newest one, or in what is kept of the earlier one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.after_commit.left_behind import AROUND, NewestTexts

SENTENCES = st.lists(
    st.sampled_from(["甲乙丙。", "丁戊", "己庚辛；", "壬\n", "癸子丑寅卯辰。", "甲", "。"]),
    max_size=20,
).map("".join)


@pytest.mark.feature("SS-07")
@settings(deadline=None, max_examples=500)
@given(old=SENTENCES, newest=SENTENCES, at=st.integers(0, 60), size=st.integers(1, 8))
def test_every_word_of_an_earlier_text_is_found(old: str, newest: str, at: int, size: int) -> None:
    word = old[at : at + size]
    kept = list(NewestTexts([newest], around=8).left_behind(old))
    assert word in newest or any(word in part for part in kept)


@pytest.mark.feature("SS-07")
def test_little_is_kept_of_a_long_text_of_which_one_sentence_changed() -> None:
    lines = [f"第{number}条规定了某种情形下的处理办法。" for number in range(1_000)]
    newest, old = "".join(lines), "".join([*lines[:500], "旧的一条。", *lines[501:]])
    (kept,) = NewestTexts([newest]).left_behind(old)
    assert "旧的一条。" in kept
    assert len(kept) < 4 * AROUND
    assert list(NewestTexts([newest]).left_behind(newest)) == []
