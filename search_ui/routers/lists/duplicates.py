"""疑似重复: records of the same content, number or text, for who watches the house (SS-08)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import islice

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from gate.bounded_request import BoundedRoute
from languages.errors import tell
from records.errors import Invalid, Refused
from records.people.roles import Power
from search_ui.desk import TheForm, TheVisitor, Visitor, text_of
from search_ui.formats import count
from search_ui.routers.search.files import base_of
from search_ui.views.fields import FormField
from search_ui.views.lists.duplicates import DuplicateRow, DuplicatesPage
from search_ui.views.shell import Badge, Choice
from services.exporting.duplicate_rows import HEADER, MOST
from services.exporting.exports import ExportPhase, ExportSource
from services.searching.search_page import Asked

router = APIRouter(route_class=BoundedRoute)

HERE = "/duplicates"
SHOWN = 100
_NAMES = ("kind", "from", "to")


@router.get(HERE)
def show(visitor: TheVisitor) -> HTMLResponse:
    """The form, and what the last comparison found; what is looked at is gone on with."""
    if not visitor.caller.may(Power.WATCH):
        raise Refused("administrators_only")
    page = _page(visitor)
    if page.is_open:
        visitor.desk.house.write_exports()
    return visitor.show("duplicates", page, current="duplicates")


@router.post(HERE)
def begin(request: Request, visitor: TheVisitor, form: TheForm) -> Response:
    """Orders a comparison of what the form is narrowed to; one that is wrong comes back."""
    house, given = visitor.desk.house, {name: text_of(form, name) for name in _NAMES}
    try:
        within = Asked(
            kinds=(given["kind"],) if given["kind"] else (),
            first=_day(given, "from"),
            last=_day(given, "to"),
        )
        house.lists.exports.begin_duplicates(visitor.caller, within, base=base_of(request))
    except Invalid as error:
        page = replace(_page(visitor), fields=_fields(visitor, given, error))
        return visitor.show("duplicates", page, current="duplicates", status=422)
    except Refused as error:
        return visitor.go(HERE, told=str(tell(error)), tone="warning")
    house.write_exports()
    return visitor.go(HERE, told=visitor.desk.texts("duplicates.begun"))


def _day(given: Mapping[str, str], name: str) -> date | None:
    """A day of the form, None for an empty one. Raises Invalid (``not_a_day``) at the field."""
    text = given[name].strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Invalid("not_a_day", given=text[:20], field=name) from error


def _page(visitor: Visitor) -> DuplicatesPage:
    exports, t = visitor.desk.house.lists.exports, visitor.desk.texts
    own = (e for e in exports.of(visitor.caller) if e.asked.source is ExportSource.DUPLICATES)
    state = next(own, None)
    fields = _fields(visitor, {}, None)
    if state is None:
        return DuplicatesPage(fields, (), MOST)
    done = state.phase is ExportPhase.DONE
    rows: list[tuple[str, ...]] = []
    if done:
        _, every = exports.rows(visitor.caller, state.id)
        rows = list(islice(every, SHOWN + 1))
    looked_at = state.last.done if state.last else 0
    shown = rows[:SHOWN]
    return DuplicatesPage(
        fields=fields,
        rows=tuple(_row(row) for row in shown if len(row) == len(HEADER)),
        most=MOST,
        notes=tuple("".join(row) for row in shown if len(row) != len(HEADER)),
        more=t("duplicates.more", n=count(SHOWN)) if len(rows) > SHOWN else "",
        state=Badge(t(f"duplicates.phase.{state.phase}"), "ok" if done else "info"),
        looked_at=t("duplicates.looked_at", n=count(looked_at)),
        within=_within(visitor, state.asked.search),
        xlsx_href=f"/exports/{state.id}/file?format=xlsx" if done else None,
        is_open=state.is_open,
    )


def _within(visitor: Visitor, asked: Asked | None) -> str:
    """What was compared, in words: kinds and days; other conditions by that they are there."""
    t, kinds = visitor.desk.texts, visitor.desk.house.kinds
    if asked is None:
        return ""
    named = [kinds.find(each) for each in asked.kinds]
    told = ["、".join(kind.title for kind in named if kind)] if any(named) else []
    if asked.first or asked.last:
        days = (each.isoformat() if each else "" for each in (asked.first, asked.last))
        first, last = (each or t("duplicates.open_end") for each in days)
        told.append(t("duplicates.days", first=first, last=last))
    if asked != Asked(kinds=asked.kinds, first=asked.first, last=asked.last):
        told.append(t("duplicates.narrowed"))
    return t("duplicates.within", what="，".join(told) or t("duplicates.everything"))


def _fields(
    visitor: Visitor, given: Mapping[str, str], error: Invalid | None
) -> tuple[FormField, ...]:
    t = visitor.desk.texts
    kinds = tuple(Choice(kind.kind, kind.title) for kind in visitor.desk.house.kinds)
    wrong, told = (error.facts.get("field"), str(tell(error))) if error else (None, "")
    labels = (t("facet.kind"), t("duplicates.from"), t("duplicates.to"))
    return tuple(
        FormField(
            name,
            label,
            "choice" if name == "kind" else "date",
            given.get(name, "")[:40],
            choices=kinds if name == "kind" else (),
            error=told if name == wrong else "",
        )
        for name, label in zip(_NAMES, labels, strict=True)
    )


def _row(row: tuple[str, ...]) -> DuplicateRow:
    _, why, title, number, _, _, other, other_number, href, other_href = row
    return DuplicateRow(why, title, number, _here(href), other, other_number, _here(other_href))


def _here(href: str) -> str:
    """The address within this house, whatever it was called by when the rows were written."""
    return href and f"/records/{href.rpartition('/')[2]}"
