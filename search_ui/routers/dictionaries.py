"""字典维护: words to choose from, kept by administrators and by posts (SY-09, DC-12)."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from gate.bounded_request import BoundedRoute
from languages.errors import tell
from records.errors import Conflict, Invalid, Refused
from records.identity import DictionaryName
from search_ui.desk import TheForm, TheVisitor, Visitor, text_of
from search_ui.views.dictionaries import DictionaryPage, WordRow
from search_ui.views.shell import Badge, Tab

router = APIRouter(route_class=BoundedRoute)

HERE = "/dictionaries"


@router.get(HERE)
def first(visitor: TheVisitor) -> Response:
    """To the first dictionary that the visitor keeps."""
    kept = visitor.desk.house.dictionaries.kept_by(visitor.caller)
    if not kept:
        raise Refused("administrators_only")
    return visitor.go(f"{HERE}/{kept[0].dictionary}")


@router.get(HERE + "/{name}")
def show(name: str, visitor: TheVisitor) -> HTMLResponse:
    """One dictionary."""
    return visitor.show("dictionary", _page(visitor, name), current="dictionaries")


@router.post(HERE + "/{name}")
def change(name: str, visitor: TheVisitor, form: TheForm) -> Response:
    """Adds a word, or switches one off or on."""
    visitor.desk.house.dictionaries.kept(visitor.caller, DictionaryName(name))
    book, by = visitor.desk.house.dictionaries, visitor.caller.person.login
    word, switch = text_of(form, "word"), text_of(form, "switch")
    try:
        if switch:
            book.switch(DictionaryName(name), word, disabled=switch == "off", by=by)
        else:
            book.add(DictionaryName(name), word, by=by)
    except (Invalid, Conflict) as error:
        page = _page(visitor, name, problem=str(tell(error)), typed="" if switch else word)
        return visitor.show("dictionary", page, current="dictionaries", status=422)
    return visitor.go(f"{HERE}/{name}", told=visitor.desk.texts("dictionary.kept"))


def _page(visitor: Visitor, name: str, *, problem: str = "", typed: str = "") -> DictionaryPage:
    """Raises NotFound (``unknown_dictionary``) and Refused (``not_your_dictionary``)."""
    t, book = visitor.desk.texts, visitor.desk.house.dictionaries
    shown, kept = book.kept(visitor.caller, DictionaryName(name)), book.kept_by(visitor.caller)
    off, on = Badge(t("dictionary.out_of_use")), Badge(t("dictionary.in_use"), "ok")
    return DictionaryPage(
        tabs=tuple(
            Tab(each.title, f"{HERE}/{each.dictionary}", current=each.dictionary == name)
            for each in kept
        ),
        name=name,
        title=shown.title,
        words=tuple(
            WordRow(entry.word, off if entry.disabled else on, entry.disabled)
            for entry in shown.entries
        ),
        problem=problem,
        typed=typed,
    )
