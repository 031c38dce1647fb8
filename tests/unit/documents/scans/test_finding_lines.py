"""Regions, rectangles around them, and the order in which lines are read."""

import numpy as np
import pytest

from documents.scans.line_reader import corners_read, is_tall
from documents.scans.page_reader import in_order
from documents.scans.quads import Quad, quad_of_corners, smallest_quad
from documents.scans.regions import regions
from documents.scans.wanting import is_picture_page


def level(x: float, y: float, length: float = 100, height: float = 20) -> Quad:
    return Quad(np.array([x, y]), np.array([1.0, 0.0]), length, height)


def bitmap(*rows: str) -> np.ndarray:
    return np.array([[mark == "#" for mark in row] for row in rows])


@pytest.mark.feature("SS-03")
def test_what_touches_by_a_corner_is_one_region_and_what_does_not_is_another() -> None:
    found = list(regions(bitmap("##..#", "..#.#", "#...."), most=9))
    boxes = sorted((tuple(each.min(axis=0)), tuple(each.max(axis=0))) for each in found)
    assert boxes == [((0, 0), (2, 1)), ((0, 2), (0, 2)), ((4, 0), (4, 1))]


def test_arms_that_meet_below_are_one_region() -> None:
    (found,) = regions(bitmap("#...#", "#...#", "#####"), most=9)
    assert (tuple(found.min(axis=0)), tuple(found.max(axis=0))) == ((0, 0), (4, 2))


def test_of_too_many_regions_the_largest_are_given() -> None:
    found = list(regions(bitmap("#.#.#", "#....", "#...."), most=1))
    assert [each[:, 0].max() for each in found] == [0]
    assert list(regions(bitmap("...", "..."), most=9)) == []


@pytest.mark.parametrize("degrees", [-30, -3, 0, 7, 44])
def test_the_smallest_rectangle_has_the_slant_of_what_it_holds(degrees: float) -> None:
    turn = np.radians(degrees)
    along, down = np.array([np.cos(turn), np.sin(turn)]), np.array([-np.sin(turn), np.cos(turn)])
    points = [along * x + down * y for x in np.linspace(0, 200, 60) for y in np.linspace(0, 20, 9)]
    quad = smallest_quad(np.array(points))
    assert np.degrees(np.arctan2(quad.along[1], quad.along[0])) == pytest.approx(degrees, abs=0.5)
    assert [quad.length, quad.height] == pytest.approx([201, 21], abs=1)


def test_a_rectangle_is_that_of_its_corners() -> None:
    quad = Quad(np.array([50.0, 30.0]), np.array([0.8, 0.6]), 40.0, 10.0)
    again = quad_of_corners(quad.corners())
    assert again.centre == pytest.approx(quad.centre)
    assert again.along == pytest.approx(quad.along)
    assert [again.length, again.height] == pytest.approx([40, 10])


def test_one_point_has_a_rectangle_too() -> None:
    quad = smallest_quad(np.array([[3, 4], [3, 4]]))
    assert (quad.length, quad.height) == (1, 1)


@pytest.mark.feature("SS-03")
def test_lines_are_read_row_by_row_and_each_row_from_the_left() -> None:
    title, left, right, last = level(200, 30), level(80, 101), level(300, 98), level(90, 150)
    assert in_order([last, right, title, left]) == [title, left, right, last]
    assert in_order([]) == []


@pytest.mark.feature("SS-03")
def test_rows_of_a_page_that_is_askew_are_followed_along_their_slant() -> None:
    turn = np.radians(5)
    along, down = np.array([np.cos(turn), np.sin(turn)]), np.array([-np.sin(turn), np.cos(turn)])
    rows = [
        [Quad(along * x + down * y, along, 100.0, 20.0) for x in (60, 900)] for y in (50, 90, 130)
    ]
    mixed = [rows[2][1], rows[0][1], rows[1][0], rows[0][0], rows[2][0], rows[1][1]]
    assert in_order(mixed) == [quad for row in rows for quad in row]


def test_what_is_written_downwards_begins_at_its_upper_right() -> None:
    quad = level(50, 100, length=20, height=100)
    assert is_tall(quad)
    assert corners_read(quad)[0] == pytest.approx([60, 50])
    assert corners_read(quad)[1] == pytest.approx([60, 150])


@pytest.mark.feature("SS-03")
@pytest.mark.parametrize(
    ("characters", "objects", "covered", "wanted"),
    [
        (0, 0, 0.0, False),  # an empty sheet
        (0, 1, 1.0, True),  # a scan
        (0, 500, 0.0, True),  # letters as outlines
        (3, 2, 0.95, True),  # a scan with the number of its page
        (3, 2, 0.1, False),  # a cover with a small emblem
        (400, 3, 1.0, False),  # a scan with text behind it, or text on a picture
    ],
)
def test_a_page_is_a_picture_by_its_text_and_by_what_covers_it(
    characters: int, objects: int, covered: float, *, wanted: bool
) -> None:
    assert is_picture_page(characters, objects, covered) is wanted
