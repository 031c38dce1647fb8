"""常用意见: kept on a page of their own, and picked, kept and dropped inside a dialogue (SW-04)."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from gate.bounded_request import BoundedRoute
from languages.errors import tell
from records.errors import Conflict, Invalid, NotFound
from search_ui.desk import TheForm, TheVisitor, Visitor, text_of
from search_ui.views.phrases import PhraseMenu, PhraseRow, PhrasesPage

router = APIRouter(route_class=BoundedRoute)

HERE = "/phrases"


@router.get(HERE)
def show(visitor: TheVisitor) -> HTMLResponse:
    """One's own phrases and those of the house."""
    return visitor.show("phrases", _page(visitor))


@router.post(HERE)
def keep(visitor: TheVisitor, form: TheForm) -> Response:
    """A phrase more; what was typed comes back with what is wrong."""
    typed = text_of(form, "text")
    try:
        visitor.desk.house.phrases.keep(visitor.caller.person.login, typed)
    except (Invalid, Conflict) as error:
        page = _page(visitor, problem=str(tell(error)), typed=typed)
        return visitor.show("phrases", page, status=422)
    return visitor.go(HERE, told=visitor.desk.texts("phrase.kept"))


@router.post(HERE + "/{phrase}/drop")
def drop(phrase: str, visitor: TheVisitor) -> Response:
    """One of one's own goes."""
    visitor.desk.house.phrases.drop(visitor.caller.person.login, phrase)
    return visitor.go(HERE, told=visitor.desk.texts("phrase.dropped"))


@router.get(HERE + "/menu")
def menu(visitor: TheVisitor) -> HTMLResponse:
    """What a dialogue offers, loaded when it is asked for."""
    return _menu(visitor)


@router.post(HERE + "/menu")
def keep_opinion(visitor: TheVisitor, form: TheForm) -> HTMLResponse:
    """保存至常用意见: what stands in the dialogue."""
    try:
        visitor.desk.house.phrases.keep(visitor.caller.person.login, text_of(form, "opinion"))
    except (Invalid, Conflict) as error:
        return _menu(visitor, told=str(tell(error)), wrong=True)
    return _menu(visitor, told=visitor.desk.texts("phrase.kept"))


@router.post(HERE + "/menu/{phrase}/drop")
def drop_from_menu(phrase: str, visitor: TheVisitor) -> HTMLResponse:
    """One goes, from inside a dialogue; one that is gone already is gone."""
    try:
        visitor.desk.house.phrases.drop(visitor.caller.person.login, phrase)
    except NotFound:
        return _menu(visitor)
    return _menu(visitor, told=visitor.desk.texts("phrase.dropped"))


def _menu(visitor: Visitor, *, told: str = "", wrong: bool = False) -> HTMLResponse:
    rows = (*_rows(visitor, f"{HERE}/menu", own=True), *_rows(visitor, "", own=False))
    view = PhraseMenu(rows, told, wrong)
    return HTMLResponse(visitor.desk.pages.part("phrases", "phrases", view))


def _page(visitor: Visitor, *, problem: str = "", typed: str = "") -> PhrasesPage:
    return PhrasesPage(
        own=_rows(visitor, HERE, own=True),
        house=_rows(visitor, "", own=False),
        problem=problem,
        typed=typed,
    )


def _rows(visitor: Visitor, base: str, *, own: bool) -> tuple[PhraseRow, ...]:
    found = visitor.desk.house.phrases.of(visitor.caller.person.login)
    return tuple(
        PhraseRow(each.id, each.text, f"{base}/{each.id}/drop" if own else None, each.used)
        for each in found
        if each.own is own
    )
