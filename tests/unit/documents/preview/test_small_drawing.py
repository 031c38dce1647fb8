"""Drawings of ours as small pictures."""

import base64
import io

import pytest
from PIL import Image

from documents.failing import Unshowable
from documents.preview.small_drawing import small_drawing

WHITE, RED, GREEN = (255, 255, 255), (255, 0, 0), (0, 128, 0)


def drawn(inside: str, defined: str = "") -> Image.Image:
    """100 × 50 millimetres on white, two pixels each."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50">'
        f"<defs>{defined}</defs>"
        f'<rect x="0" y="0" width="100" height="50" fill="#fff"/>{inside}</svg>'
    )
    return small_drawing(svg.encode(), most_side=200)


def at(picture: Image.Image, x: float, y: float) -> tuple[int, ...]:
    found = picture.getpixel((int(x * 2), int(y * 2)))
    assert isinstance(found, tuple)
    return found


def close(one: tuple[int, ...], other: tuple[int, ...], by: int = 12) -> bool:
    return all(abs(a - b) <= by for a, b in zip(one, other, strict=True))


@pytest.mark.feature("YP-06")
def test_paths_stand_where_and_in_the_colours_that_they_are_drawn_in() -> None:
    picture = drawn(
        '<path d="M0 0L10 0L10 10L0 10Z" transform="matrix(1 0 0 1 60 10)" fill="#f00"/>'
        '<path d="M5 40L95 40" stroke="#008000" stroke-width="4" fill="none"/>'
    )
    assert picture.size == (200, 100)
    assert close(at(picture, 65, 15), RED)
    assert close(at(picture, 50, 40), GREEN)
    assert close(at(picture, 65, 25), WHITE)


@pytest.mark.feature("YP-06")
def test_definitions_are_used_and_clips_cut() -> None:
    picture = drawn(
        '<g fill="#f00"><use href="#g" transform="matrix(1 0 0 -1 10 30)"/></g>'
        '<g clip-path="url(#c)"><path d="M60 0L100 0L100 50L60 50Z" fill="#008000"/></g>',
        '<path id="g" d="M0 0H10V10H0Z"/><clipPath id="c"><path d="M70 10L80 10L80 20L70 20Z"'
        ' transform="matrix(1 0 0 1 0 0)"/></clipPath>',
    )
    assert close(at(picture, 15, 25), RED)
    assert close(at(picture, 75, 15), GREEN)
    assert close(at(picture, 90, 40), WHITE)


@pytest.mark.feature("YP-06")
def test_pictures_lie_upright_in_their_square_and_clear_parts_show_the_paper() -> None:
    held = Image.new("RGBA", (20, 20), (255, 0, 0, 255))
    held.paste((0, 0, 0, 0), (0, 10, 20, 20))
    out = io.BytesIO()
    held.save(out, "PNG")
    href = f"data:image/png;base64,{base64.b64encode(out.getvalue()).decode()}"
    picture = drawn(
        f'<image width="1" height="1" href="{href}" transform="matrix(20 0 0 20 40 10)"/>'
    )
    assert close(at(picture, 50, 14), RED)
    assert close(at(picture, 50, 26), WHITE)


@pytest.mark.feature("YP-06")
def test_letters_of_a_font_that_is_not_there_are_bars() -> None:
    picture = drawn(
        '<text transform="matrix(1 0 0 1 10 30)" font-size="10" x="0 10" y="0 0">防汛</text>'
    )
    assert not close(at(picture, 14, 26), WHITE)
    assert close(at(picture, 14, 34), WHITE)
    assert not close(at(picture, 24, 26), WHITE)


@pytest.mark.feature("YP-06")
def test_what_is_faint_in_the_drawing_is_faint_in_the_picture() -> None:
    picture = drawn(
        '<g opacity="0.5"><path d="M0 0L50 0L50 50L0 50Z" fill="#f00" fill-opacity="0.5"/></g>'
    )
    assert close(at(picture, 25, 25), (255, 191, 191))


def test_a_path_that_is_broken_keeps_nothing_else_from_being_drawn() -> None:
    picture = drawn('<path d="Mx" fill="#000"/><path d="M0 0L50 0L50 50L0 50Z" fill="#f00"/>')
    assert close(at(picture, 25, 25), RED)


def test_what_is_no_drawing_says_so() -> None:
    with pytest.raises(Unshowable, match="parse"):
        small_drawing(b"<svg", most_side=200)
    with pytest.raises(Unshowable, match="parse"):
        small_drawing(b'<svg viewBox="0 0 0 0"/>', most_side=200)
