"""Rows of what a search finds: with passages, pages, numbers and links (CX-06, SS-03)."""

import logging
from collections.abc import Iterator
from dataclasses import replace

from records.errors import Invalid
from services.exporting.exports import ExportAsked, ExportRows
from services.people.caller import Caller
from services.searching.hit_columns import HIT_COLUMNS, plain, where
from services.searching.record_finder import MAX_PAGE_SIZE, MAX_REACH, RecordFinder
from services.searching.search_page import Asked, Found, SearchPage

_LOG = logging.getLogger(__name__)

_COLUMNS = [column for name, column in HIT_COLUMNS.items() if name not in {"passage", "where"}]
HEADER = ("序号", *(column.label for column in _COLUMNS), "命中内容", "命中位置", "链接")


class HitRows:
    """As `RowSource` says; and all rows at once."""

    def __init__(self, finder: RecordFinder) -> None:
        self._finder = finder

    def page(self, caller: Caller, asked: ExportAsked, before: ExportRows | None) -> ExportRows:
        """As the protocol says. Raises Invalid (``nothing_asked``) for an export of lists."""
        if asked.search is None:
            raise Invalid("nothing_asked")
        if before is None:
            _LOG.info("%s exports hits of %s", asked.login, asked.search)
        number = int(before.after or 1) if before else 1
        found = self._found(caller, asked.search, number)
        done = before.done if before else 0
        rows = [_row(done + n, hit, caller, asked.base) for n, hit in enumerate(found.hits, 1)]
        done += len(rows)
        ends = number * MAX_PAGE_SIZE
        more = ends < min(found.total, MAX_REACH)
        if not more and found.total > MAX_REACH:
            rows.append(_cut(found.total))
        return ExportRows(
            header=HEADER,
            rows=tuple(rows),
            after=str(number + 1) if more else None,
            done=done,
            total=max(min(found.total, MAX_REACH), done),
        )

    def every(
        self, caller: Caller, asked: Asked, *, base: str, most: int
    ) -> Iterator[tuple[str, ...]]:
        """The rows of a short export, each decided on as it is read. Raises as the search does."""
        found = self._found(caller, asked, 1)
        _LOG.info("%s exports hits of %s", caller.person.login, asked)
        return self._rows(caller, asked, found, base=base, most=most)

    def _rows(
        self, caller: Caller, asked: Asked, found: SearchPage, *, base: str, most: int
    ) -> Iterator[tuple[str, ...]]:
        given, number = 0, 1
        while True:
            for hit in found.hits[: most - given]:
                given += 1
                yield _row(given, hit, caller, base)
            if given >= most or number * MAX_PAGE_SIZE >= min(found.total, MAX_REACH):
                return
            number += 1
            found = self._found(caller, asked, number)

    def _found(self, caller: Caller, asked: Asked, number: int) -> SearchPage:
        wanted = replace(asked, page=number, size=MAX_PAGE_SIZE)
        return self._finder.search(caller, wanted, facets=())


def _row(number: int, found: Found, caller: Caller, base: str) -> tuple[str, ...]:
    """A hit; its passages stand below each other in one cell, and so do their places."""
    return (
        str(number),
        *(column.text(found, caller) for column in _COLUMNS),
        "\n".join(map(plain, found.matches)),
        "\n".join(where(found, match) for match in found.matches),
        f"{base}/records/{found.revision.record}",
    )


def _cut(total: int) -> tuple[str, ...]:
    return (f"只导出了前 {MAX_REACH} 条，共 {total} 条。请缩小检索范围后再导出其余部分。",)
