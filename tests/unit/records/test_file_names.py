"""Names of files: whatever is handed in, what is kept is plain."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.file_names import MAX_LENGTH, clean_name, file_type_of, free_name


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("报告.docx", "报告.docx"),
        ("a\0b.txt", "ab.txt"),
        ("\0", "未命名"),
        ("一\r\n二.txt", "一二.txt"),
        ("../../etc/passwd", "passwd"),
        ("C:\\文件\\报告.docx", "报告.docx"),
        ("exe.\u202egpj", "exe.gpj"),
        ("长" * 300 + ".pdf", "长" * 196 + ".pdf"),
        ("名" * 300, "名" * 200),
    ],
)
def test_a_name_is_made_plain(given_name: str, kept: str) -> None:
    assert clean_name(given_name) == kept


@given(st.text(max_size=400))
def test_any_name_becomes_one_short_segment_without_controls(name: str) -> None:
    kept = clean_name(name)
    assert 0 < len(kept) <= MAX_LENGTH
    assert kept not in (".", "..")
    assert "/" not in kept
    assert "\\" not in kept
    assert not any(unicodedata.category(character) == "Cc" for character in kept)


@given(st.text(max_size=400))
def test_a_name_that_is_plain_stays_as_it_is(name: str) -> None:
    assert clean_name(clean_name(name)) == clean_name(name)


@pytest.mark.parametrize(
    ("name", "file_type"),
    [
        ("报告.DOCX", "docx"),
        ("无后缀", "other"),
        ("a.很长", "other"),
        ("a.toolonganending", "other"),
    ],
)
def test_the_type_is_the_ending_or_other(name: str, file_type: str) -> None:
    assert file_type_of(name) == file_type


@pytest.mark.parametrize(
    ("name", "free"),
    [
        ("丙.txt", "丙.txt"),
        ("甲.txt", "甲（3）.txt"),
        ("乙", "乙（2）"),
        ("长" * 196 + ".pdf", "长" * 193 + "（2）.pdf"),
    ],
)
def test_a_name_that_is_taken_gets_the_first_number_that_is_free(name: str, free: str) -> None:
    taken = {"甲.txt", "甲（2）.txt", "乙", "长" * 196 + ".pdf"}
    assert free_name(name, taken) == free
    assert len(free) <= MAX_LENGTH
