"""Whether a page is a picture of a page."""

FEW_CHARACTERS = 30
"""A page number, a stamp of the day it came in, a line that a scanner prints on each page."""
_COVERED = 0.4
"""Of the page, by pictures: a letterhead or a seal is less, a scan is nearly all."""


def is_picture_page(characters: int, objects: int, covered: float) -> bool:
    """By how much text it has, how many objects are drawn, which share of it pictures cover.

    A page without any character that something is drawn on may have letters as outlines.
    """
    if characters == 0:
        return objects > 0
    return characters < FEW_CHARACTERS and covered >= _COVERED
