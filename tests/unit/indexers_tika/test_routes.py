"""Which files go to servers, decided by looks of bounded size."""

import zipfile
from pathlib import Path

import pytest

from indexers.extraction.file_type import Route
from indexers.tika.options import TikaOptions
from indexers.tika.routes import MOST_DIRECTORY_BYTES, ROUTES, Via, choose, sent_name
from tests.hostile import files, samples

MOST_BYTES = 1 << 20


def via(path: Path, name: str) -> Via:
    return choose(path, name, routes=ROUTES, upload_bytes=MOST_BYTES)[1]


def test_every_route_has_a_choice_and_every_choice_a_reason() -> None:
    assert set(ROUTES) == set(Route)
    assert all(len(choice.because) > 5 for choice in ROUTES.values())


def test_office_files_go_where_no_fact_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "a"
    assert via(samples.pdf(path), "a.pdf") is Via.EMBEDDED
    assert via(samples.xlsx(path), "a.xlsx") is Via.EMBEDDED
    assert via(samples.rtf(path), "a.rtf") is Via.SERVERS
    assert via(samples.docx_tracked(path), "a.docx") is Via.EMBEDDED
    assert via(samples.ofd(path), "a.ofd") is Via.EMBEDDED
    assert via(samples.mail(path), "a.eml") is Via.EMBEDDED


def test_what_nobody_knows_is_shown_to_a_server_but_films_are_not(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(bytes(range(256)) * 20)
    assert via(path, "a.pst") is Via.SERVERS
    path.write_bytes(b"\0\0\0\x20ftypmp42" + bytes(100))
    assert via(path, "a.mp4") is Via.EMBEDDED


def test_empty_and_very_large_files_stay(tmp_path: Path) -> None:
    path = tmp_path / "a.rtf"
    path.touch()
    assert via(path, "a.rtf") is Via.EMBEDDED
    path.write_bytes(b"{\\rtf1" + bytes(MOST_BYTES))
    assert via(path, "a.rtf") is Via.EMBEDDED


def test_rtf_whose_text_a_server_would_lose_stays_here(tmp_path: Path) -> None:
    path = tmp_path / "a.rtf"
    path.write_bytes(rb"{\rtf1\ansi text}")
    assert via(path, "a.rtf") is Via.EMBEDDED
    path.write_bytes(rb"{\rtf1\ansi\pard text}")
    assert via(path, "a.rtf") is Via.SERVERS


def test_an_encrypted_office_file_is_not_sent(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    files.docx_encrypted(path)
    assert via(path, "a.docx") is Via.EMBEDDED


def test_a_long_table_of_members_is_not_read_in_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "many.xlsx"
    files.zip_with_many_members(path)
    assert path.stat().st_size > MOST_DIRECTORY_BYTES
    opened: list[object] = []
    monkeypatch.setattr(zipfile, "ZipFile", opened.append)
    found, chosen = choose(path, "many.xlsx", routes=ROUTES, upload_bytes=1 << 30)
    assert (found, chosen, opened) == (None, Via.EMBEDDED, [])


def test_a_server_learns_the_suffix_and_not_the_name(tmp_path: Path) -> None:
    path = tmp_path / "a"
    found, _ = choose(samples.rtf(path), "关于张三.wps", routes=ROUTES, upload_bytes=MOST_BYTES)
    assert found is not None
    assert sent_name(found, "关于张三.wps") == "file.rtf"


def test_the_time_for_reading_grows_with_the_size_between_its_bounds() -> None:
    options = TikaOptions()
    granted = [options.granted_s(size) for size in (0, 5_000_000, 20_000_000, 1_000_000_000)]
    assert granted == [30, 30, 60, 120]
