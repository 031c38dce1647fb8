"""检索用词: synonyms and the words that units are offered, tried before they are saved (SS-05)."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData

from gate.bounded_request import BoundedRoute
from languages.errors import tell
from records.errors import Conflict, Invalid, WenshuError
from records.identity import UnitCode
from records.people.organisation import Organisation
from search_ui.desk import TheForm, TheVisitor, Visitor, text_of, whole_number
from search_ui.formats import moment
from search_ui.shown.search.address import address
from search_ui.views.shell import Tab
from search_ui.views.words import TriedRow, WordsPage
from services.searching.word_book import SearchWords, WordVersion
from services.vocabulary.word_desk import BETWEEN_HOT, Given, TriedQuery

router = APIRouter(route_class=BoundedRoute)

HERE = "/words"
_EQUALS = re.compile("[=＝]")
_AFTER_UNIT = re.compile("[:：]")
_BETWEEN = re.compile(f"[{BETWEEN_HOT}]+")


@router.get(HERE)
def show(visitor: TheVisitor, version: int | None = None) -> HTMLResponse:
    """The newest version, or an older one to be saved again."""
    desk = visitor.desk.house.search_aids.words
    shown, newest = desk.shown(visitor.caller, version), desk.shown(visitor.caller)
    page = _page(visitor, *_texts(shown.words, visitor.caller.organisation), seen=newest.number)
    return visitor.show("words", page, current="words")


@router.post(HERE)
def save(visitor: TheVisitor, form: TheForm) -> Response:
    """Saves both texts, or says what is wrong and gives them back."""
    desk, seen = visitor.desk.house.search_aids.words, whole_number(text_of(form, "seen")) or 0
    try:
        given = _given(form, visitor.caller.organisation)
        kept = desk.keep(visitor.caller, given, seen=seen)
    except (Invalid, Conflict) as error:
        return _refused(visitor, form, error)
    told = "words.same" if kept.number == seen else "words.kept"
    return visitor.go(HERE, told=visitor.desk.texts(told, n=kept.number))


@router.post(HERE + "/trial")
def trial(visitor: TheVisitor, form: TheForm) -> HTMLResponse:
    """What would change; nothing is saved."""
    desk = visitor.desk.house.search_aids.words
    try:
        tried = desk.tried(visitor.caller, _given(form, visitor.caller.organisation))
    except Invalid as error:
        return _refused(visitor, form, error)
    seen = whole_number(text_of(form, "seen")) or 0
    page = _page(visitor, text_of(form, "groups"), text_of(form, "hot"), seen=seen, tried=tried)
    return visitor.show("words", page, current="words")


def _refused(visitor: Visitor, form: FormData, error: WenshuError) -> HTMLResponse:
    """Of what somebody else changed the newest version is the one to replace from now on."""
    seen = whole_number(text_of(form, "seen")) or 0
    if isinstance(error, Conflict):
        seen = visitor.desk.house.search_aids.words.shown(visitor.caller).number
    groups, hot = text_of(form, "groups"), text_of(form, "hot")
    page = _page(visitor, groups, hot, seen=seen, error=error)
    return visitor.show("words", page, current="words", status=422)


def _page(
    visitor: Visitor,
    groups: str,
    hot: str,
    *,
    seen: int,
    tried: Sequence[TriedQuery] | None = None,
    error: WenshuError | None = None,
) -> WordsPage:
    told = tell(error) if error else None
    rows = None if tried is None else tuple(map(_tried, tried))
    versions = visitor.desk.house.search_aids.words.versions(visitor.caller)
    return WordsPage(
        groups=groups,
        hot=hot,
        seen=seen,
        versions=tuple(_version(visitor, each) for each in versions),
        tried=rows,
        problem=told.what if told else "",
        advice=told.advice if told else "",
        wrong=str(error.facts.get("field", "")) if error else "",
    )


def _tried(each: TriedQuery) -> TriedRow:
    return TriedRow(each.words, address((("q", each.words),)), each.before, each.after)


def _version(visitor: Visitor, each: WordVersion) -> Tab:
    t, words = visitor.desk.texts, each.words
    by = visitor.caller.organisation.name_of(words.by) if words.by else ""
    label = t("words.version", n=each.number, who=by, at=moment(words.at) if words.at else "")
    return Tab(label, f"{HERE}?version={each.number}", current=False, count=len(words.groups))


def _texts(words: SearchWords, organisation: Organisation) -> tuple[str, str]:
    groups = "\n".join("=".join(group) for group in words.groups)
    called = _called(organisation)
    hot = "\n".join(
        f"{_label(unit, organisation, called)}：{'、'.join(some)}"
        for unit, some in words.hot.items()
    )
    return groups, hot


def _called(organisation: Organisation) -> Mapping[str, set[UnitCode]]:
    """Units that stand, by name, by name behind that of the organ, and all by their code."""
    found: dict[str, set[UnitCode]] = defaultdict(set)
    for unit in organisation.units:
        stands = unit.merged_into is None and not unit.closed
        names = (unit.name, organisation.full_name(unit.code)) if stands else ()
        for each in (unit.code, *names):
            found[each].add(unit.code)
    return found


def _label(code: UnitCode, organisation: Organisation, called: Mapping[str, set[UnitCode]]) -> str:
    """What the unit alone is called, as it is read again; its code where names say too little."""
    names = organisation.unit_name(code), organisation.full_name(code)
    return next(
        (n for n in names if called.get(n) == {code} and not _AFTER_UNIT.search(n)), str(code)
    )


def _given(form: FormData, organisation: Organisation) -> Given:
    groups = [_EQUALS.split(line) for line in text_of(form, "groups").splitlines()]
    return Given(groups, _hot(text_of(form, "hot"), organisation))


def _hot(text: str, organisation: Organisation) -> Mapping[str, Sequence[str]]:
    """Lines of a unit, by name or code, and its words; of two lines of one unit both count.

    Raises Invalid (``ambiguous_hot_unit``) for a name that several units bear.
    """
    called = _called(organisation)
    hot: dict[str, list[str]] = {}
    for line in filter(str.strip, text.splitlines()):
        unit, *words = _AFTER_UNIT.split(line.strip(), maxsplit=1)
        given = unit.strip()
        meant = sorted(called.get(given, (UnitCode(given),)))
        if len(meant) > 1:
            raise Invalid("ambiguous_hot_unit", given=given, allowed=tuple(meant), field="hot")
        hot.setdefault(meant[0], []).extend(_BETWEEN.split("".join(words)))
    return hot
