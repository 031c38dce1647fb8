"""Short lists stand in pages: every row on one of them, none on two."""

import pytest

from search_ui.shown.search.address import PAGE_SIZE
from search_ui.shown.search.found import paged


@pytest.mark.parametrize("total", [0, 1, PAGE_SIZE, PAGE_SIZE + 1, 5 * PAGE_SIZE - 1])
def test_the_pages_hold_every_row_once_and_a_page_that_is_none_is_the_nearest(total: int) -> None:
    rows = list(range(total))
    pages = max(1, -(-total // PAGE_SIZE))
    seen = [each for page in range(1, pages + 1) for each in paged(rows, page, base="/x")[0]]
    assert seen == rows
    assert paged(rows, pages + 7, base="/x") == paged(rows, pages, base="/x")
    assert paged(rows, -3, base="/x") == paged(rows, 1, base="/x")
    assert paged(rows, 1, base="/x")[1].total == total
