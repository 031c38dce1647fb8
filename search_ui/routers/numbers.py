"""编号台账: which numbers are in use, void and why, for those who keep it (M14)."""

from urllib.parse import urlencode

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from gate.bounded_request import BoundedRoute
from search_ui.desk import TheVisitor
from search_ui.texts import Texts
from search_ui.views.numbers import NumberRow, NumbersPage
from search_ui.views.shell import Badge, Tab, Tone
from services.flow.number_desk import NumberPage, ShownNumber
from services.flow.number_ledger import NumberState

router = APIRouter(route_class=BoundedRoute)

HERE = "/numbers"
PAGE_SIZE = 100
_TONES: dict[NumberState, Tone] = {
    NumberState.USED: "ok",
    NumberState.VOID: "danger",
    NumberState.FREE: "neutral",
    NumberState.RESERVED: "warning",
}


@router.get(HERE)
def numbers(
    visitor: TheVisitor,
    series: str = "",
    year: int = 0,
    after: int = Query(default=0, ge=0, le=999_999_999),
) -> HTMLResponse:
    """The numbers of a series and year; of the first where none is named."""
    desk, t = visitor.desk.house.numbers, visitor.desk.texts
    known = desk.series(visitor.caller)
    chosen = (series, year) if (series, year) in known else next(iter(known), None)
    found = NumberPage((), None)
    if chosen is not None:
        found = desk.page(visitor.caller, *chosen, after=after, size=PAGE_SIZE)
    page = NumbersPage(
        tabs=tuple(
            Tab(f"{name}〔{of}〕", _address(name, of), current=(name, of) == chosen)
            for name, of in known
        ),
        rows=tuple(_row(each, t) for each in found.rows),
        next_href=_address(*chosen, found.following) if found.following and chosen else None,
    )
    return visitor.show("numbers", page, current="numbers")


def _row(each: ShownNumber, t: Texts) -> NumberRow:
    row = each.row
    reason = f"number.reason.{row.reason}"
    return NumberRow(
        number=row.number,
        state=Badge(t(f"number.{row.state}"), _TONES[row.state]),
        title=t("number.hidden") if each.title is None else each.title,
        href=None if each.title is None else f"/records/{row.record}",
        reason=(t(reason) if reason in t else row.reason) if row.reason else "",
    )


def _address(series: str, year: int, after: int = 0) -> str:
    return f"{HERE}?{urlencode({'series': series, 'year': year, 'after': after})}"
