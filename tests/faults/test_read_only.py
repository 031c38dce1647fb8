"""A data folder that nobody may write any more: everything says so, and nothing calls it damage."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from records.errors import Unavailable
from services.searching.search_page import Asked
from tests.faults.writer import LOGIN, prepare, settings_for, take_in
from tests.small_disk import make_read_only, small_disk
from wenshu.building.house import installation
from wenshu.building.installation import Installation
from wenshu.command_line import run


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    """One with a record that was found, before its disk was made read-only."""
    with small_disk(tmp_path / "disk", size_kib=32 * 1024) as place:
        folder = place / "data"
        prepare(folder)
        with installation(settings_for(folder)) as built:
            take_in(built, "before")
            while not built.drain.empty():
                built.drain.round()
            assert finds(built, "before") == 1
        make_read_only(place)
        yield folder


def finds(built: Installation, word: str) -> int:
    caller = built.house.book.caller(LOGIN)
    return built.house.searching.search(caller, Asked(words=f'"{word}"')).total


def test_search_and_rebuild_say_that_nothing_may_be_written(data: Path) -> None:
    with installation(settings_for(data)) as built:
        with pytest.raises(Unavailable, match="index_read_only"):
            finds(built, "before")
        with pytest.raises(Unavailable, match="index_read_only"):
            list(built.rebuilding.run())
        assert not built.upkeep.mend()


def test_taking_in_says_that_nothing_may_be_written(data: Path) -> None:
    with (
        installation(settings_for(data)) as built,
        pytest.raises(Unavailable, match="store_read_only"),
    ):
        take_in(built, "after")


@pytest.mark.parametrize(
    "command", [["search", "before", "--as", LOGIN], ["import", ".", "--as", LOGIN], ["rebuild"]]
)
def test_commands_say_it_in_words(
    data: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*command, "--data", str(data)]) == 1
    assert "不可写" in capsys.readouterr().err
