"""Where the text of an RTF begins, when nothing has ended its header."""

from pathlib import Path

import pytest

from indexers.extraction.rtf import end_header, text_within_header

TABLES = (
    rb"{\fonttbl{\f0\fnil\fcharset134 SimSun;}}{\colortbl;\red0\green0\blue0;}"
    rb"{\stylesheet{\s0 Normal;}}{\*\generator x 1;}{\info{\title T}}"
)


@pytest.mark.parametrize("header", [rb"{\rtf1\ansi ", rb"{\rtf1\ansi" + TABLES, b"{\\rtf1\r\n"])
@pytest.mark.parametrize("body", [rb"text}", rb"\'b8\'bb}", rb"\u23500?}", rb"\{}", rb"{\b text}}"])
def test_text_after_nothing_but_a_header_is_found(
    tmp_path: Path, header: bytes, body: bytes
) -> None:
    path, copy = tmp_path / "a.rtf", tmp_path / "b.rtf"
    path.write_bytes(header + body)
    assert text_within_header(path) == len(header)
    end_header(path, len(header), copy)
    assert copy.read_bytes() == header + rb"\pard " + body
    assert text_within_header(copy) is None


@pytest.mark.parametrize(
    "content",
    [
        rb"{\rtf1\ansi" + TABLES + rb"\pard text\par}",
        rb"{\rtf1\ansi" + TABLES + rb"{\pard text\par}}",
        rb"{\rtf1\ansi\plain text}",
        rb"{\rtf1\ansi" + TABLES + rb"\paperw11906 }",
        rb"{\rtf1\ansi{\fonttbl" + rb"{\f0 name;}" * 10_000,
        rb"{\rtf1",
        b"{\\rtf1\\",
        b"",
    ],
)
def test_what_ends_its_header_or_holds_no_text_is_left_as_it_is(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "a.rtf"
    path.write_bytes(content)
    assert text_within_header(path) is None
