"""Names of members, fit to be shown."""

from hypothesis import given
from hypothesis import strategies as st

from indexers.extraction.unpacking import display_name, is_system_file


@given(st.text(max_size=400))
def test_any_name_becomes_a_plain_relative_path(name: str) -> None:
    shown = display_name(name)
    segments = shown.split("/")
    assert shown
    assert all(segment and segment not in (".", "..") for segment in segments)
    assert all(len(segment) <= 200 for segment in segments)
    assert not set(shown) & set("\0\r\n\t\\\u202e\u2066\u200f")
    shown.encode("utf-8")


def test_a_plain_name_stays_as_it_is() -> None:
    assert display_name("方案/防汛 (终稿).docx") == "方案/防汛 (终稿).docx"


def test_a_long_name_keeps_its_suffix() -> None:
    assert display_name("长" * 300 + ".docx").endswith("长.docx")


def test_files_of_operating_systems_are_known() -> None:
    assert is_system_file("__MACOSX/a.txt")
    assert is_system_file("a/Thumbs.db")
    assert not is_system_file("a/desktop.ini.docx")
