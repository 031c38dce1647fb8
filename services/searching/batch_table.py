"""What a batch search found as lines of a table."""

from collections.abc import Iterable, Sequence

from records.meaning import dated_on
from services.people.caller import Caller
from services.searching.batch import SHOWN, BatchRow, Outcome
from services.searching.hit_columns import HIT_COLUMNS
from services.searching.matches import Match
from services.searching.search_page import Found

HEADER = (
    *("序号", "检索词", "结果", "条数", "是不是要找"),
    *("标题", "文号", "单位", "日期", "状态", "出处", "页", "摘录", "地址"),
)
WORDS = {
    Outcome.EMPTY: "空行，未检索",
    Outcome.FOUND: "找到",
    Outcome.MANY: f"过多，只列前 {SHOWN} 条",
    Outcome.NEAR: "没有完全一致的，以下相近",
    Outcome.NOTHING: "没有找到",
    Outcome.FORMULA: "公式未存结果，未检索",
    Outcome.FAULT: "公式结果有错，未检索",
}


def lines_of(row: BatchRow, caller: Caller, *, base: str = "") -> Iterable[tuple[str, ...]]:
    """A line for each hit, one for a row without; addresses begin with `base`."""
    begins = (
        *(f"{row.number}", row.words, WORDS[row.outcome], f"{row.total}"),
        "、".join(row.guesses),
    )
    if not row.hits:
        yield (*begins, *("" for _ in HEADER[len(begins) :]))
    for found in row.hits:
        yield (*begins, *_hit(found, caller, base))


def _hit(found: Found, caller: Caller, base: str) -> Sequence[str]:
    revision, match = found.revision, next(iter(found.matches), None)
    return (
        found.title,
        found.number,
        caller.organisation.full_name(revision.unit),
        f"{dated_on(found.kind, revision):%Y-%m-%d}",
        HIT_COLUMNS["state"].text(found, caller),
        *_place(found, match),
        f"{base}/records/{revision.record}",
    )


def _place(found: Found, match: Match | None) -> Sequence[str]:
    if match is None:
        return "", "", ""
    place = match.place
    return (
        place.part_words(found.kind),
        place.page_words,
        "".join(piece.text for piece in match.pieces),
    )
