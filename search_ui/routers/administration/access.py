"""权限说明: which rule opens a record to somebody, for its owner and for security officers."""

import re
from collections.abc import Iterable

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from gate.bounded_request import BoundedRoute
from languages.errors import tell
from records.errors import Invalid, NotFound
from records.identity import Login, RecordId
from records.rights.explaining import AccessRule
from search_ui.desk import TheVisitor, Visitor
from search_ui.formats import day
from search_ui.shown.form_reading import token_named
from search_ui.views.access import AccessPage, RuleRow
from search_ui.views.fields import FormField, Picked
from search_ui.views.shell import Badge
from services.administration.access_explained import AccessExplained

router = APIRouter(route_class=BoundedRoute)

_RECORD = re.compile(r"[0-9A-HJKMNP-TV-Z]{26}")


@router.get("/access")
def explain(
    visitor: TheVisitor,
    record: str = Query(default="", max_length=500),
    person: str = Query(default="", max_length=200),
    person_add: str = Query(default="", max_length=200),
) -> HTMLResponse:
    """The form, and the answer where both are named; it changes nothing."""
    found = _RECORD.search(record)
    asked, desk = found.group() if found else record.strip(), visitor.desk.house.administration
    try:
        login = _login(visitor, person_add.strip() or person)
        if not asked or login is None:
            page = AccessPage(_fields(visitor, asked, login))
            return visitor.show("access", page, current="access")
        told = desk.access.explain(visitor.caller, RecordId(asked), login)
    except (NotFound, Invalid) as error:
        fields = _fields(visitor, asked, None)
        page = AccessPage(fields, problem=str(tell(error)))
        return visitor.show("access", page, current="access", status=404)
    return visitor.show("access", _answer(visitor, asked, told), current="access")


def _login(visitor: Visitor, named: str) -> Login | None:
    """Who was picked, or typed by name or login. Raises Invalid (``unknown_token``)."""
    if not named:
        return None
    organisation = visitor.caller.organisation
    if organisation.find_person(Login(named)) is not None:
        return Login(named)
    token = token_named(named, organisation, field="person")
    return Login(token.removeprefix("person:"))


def _fields(visitor: Visitor, record: str, login: Login | None) -> tuple[FormField, ...]:
    t, organisation = visitor.desk.texts, visitor.caller.organisation
    picked: tuple[Picked, ...] = ()
    if login is not None:
        picked = (Picked(f"person:{login}", organisation.name_of(login)),)
    return (
        FormField(
            "record", t("access.record"), "text", record, required=True, help=t("access.help")
        ),
        FormField("person", t("access.person"), "person", picked=picked, required=True),
    )


def _answer(visitor: Visitor, record: str, told: AccessExplained) -> AccessPage:
    t, explanation = visitor.desk.texts, told.explanation
    fitting = [rule for rule in explanation.rules if rule.opens]
    return AccessPage(
        fields=_fields(visitor, record, told.person.login),
        title=told.title if told.title is not None else t("access.hidden", kind=told.kind.title),
        is_open=explanation.is_open,
        verdict=t("access.open" if explanation.is_open else "access.closed", who=told.person.name),
        why=_why(visitor, told, fitting),
        facts=(
            (t("access.level"), explanation.level.label),
            *(((t("access.clearance"), told.clearance.label),) if told.clearance else ()),
            (t("keeping.unit"), visitor.caller.organisation.full_name(told.person.unit)),
            (t("people.posts"), "、".join(told.person.posts) or "—"),
        ),
        rules=tuple(_rows(visitor, explanation.rules)),
    )


def _why(visitor: Visitor, told: AccessExplained, fitting: list[AccessRule]) -> str:
    """The first thing that decides it."""
    t, explanation = visitor.desk.texts, told.explanation
    if told.person.disabled:
        return t("access.why_disabled")
    if explanation.deleted:
        return t("access.why_deleted")
    if not explanation.clears:
        return t("access.why_level", level=explanation.level.label)
    if fitting:
        rule = fitting[0]
        to = visitor.caller.organisation.describe(rule.token)
        return t("access.why_open", source=t(f"access.source.{rule.source}"), to=to)
    if any(rule.carried and rule.over for rule in explanation.rules):
        return t("access.why_over")
    return t("access.why_none")


def _rows(visitor: Visitor, rules: Iterable[AccessRule]) -> Iterable[RuleRow]:
    t, organisation = visitor.desk.texts, visitor.caller.organisation
    for rule in rules:
        badge = Badge(t("access.not_his"))
        if rule.opens:
            badge = Badge(t("access.fits"), "ok")
        elif rule.over:
            badge = Badge(t("access.over"), "warning")
        until = day(rule.until) if rule.until else t("access.for_ever")
        to = organisation.describe(rule.token)
        yield RuleRow(t(f"access.source.{rule.source}"), to, until, badge)
