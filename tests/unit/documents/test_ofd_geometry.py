"""Numbers and paths of OFD, read without trust."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.ofd.geometry import Matrix, number, numbers, repeated, shown
from documents.ofd.outline_data import svg_path


def test_transforms_follow_one_another() -> None:
    double, moved = Matrix(2, 0, 0, 2), Matrix.shift(10, 20)
    assert double.then(moved).at(1, 1) == (12, 22)
    assert moved.then(double).at(1, 1) == (22, 42)


def test_a_turn_has_its_angle_and_its_scale() -> None:
    turn = Matrix(0, 2, -2, 0)
    assert (turn.angle, turn.scale_x, turn.scale_y) == (90, 2, 2)


def test_steps_are_repeated_and_the_last_goes_on() -> None:
    assert repeated("1 g 3 5", 6) == [1, 5, 5, 5, 5, 5]
    assert repeated("g 999999999 1", 3) == [1, 1, 1]
    assert repeated(None, 3) == []


@given(st.text(max_size=60))
def test_any_text_gives_finite_numbers(text: str) -> None:
    assert all(math.isfinite(value) for value in [number(text), *numbers(text)])
    assert all(math.isfinite(value) for value in repeated(text, 10))


@given(st.text(alphabet="SMLQBACZ 0123456789.-+e<>\"'&x", max_size=80))
def test_any_text_gives_path_data_of_svg_only(text: str) -> None:
    assert set(svg_path(text)) <= set("MLQCAZ 0123456789.-")


@pytest.mark.parametrize(
    ("ofd", "svg"),
    [
        ("S 0 0 L 1 1 C", "M0 0L1 1Z"),
        ("M 0 0 1 1 2 2", "M0 0L1 1L2 2"),
        ("M 0 0 B 1 1 2 2 3 3", "M0 0C1 1 2 2 3 3"),
        ("L 1 1", "M0 0L1 1"),
        ("M 0 0 L 1", "M0 0"),
        ("", ""),
    ],
)
def test_paths_are_translated(ofd: str, svg: str) -> None:
    assert svg_path(ofd) == svg


def test_numbers_are_written_short() -> None:
    assert [shown(value) for value in (1.0, -0.0001, 2.5, 1e5)] == ["1", "0", "2.5", "100000"]
