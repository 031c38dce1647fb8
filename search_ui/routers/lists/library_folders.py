"""目录管理 of libraries: the tree, a folder added, moved, opened, merged (WJ-03)."""

from dataclasses import dataclass
from urllib.parse import quote

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData

from gate.bounded_request import BoundedRoute
from languages.errors import tell
from records.errors import Conflict, Invalid, NotFound, Refused, WenshuError
from records.identity import FolderCode, Token
from records.people.library_folders import LibraryFolder
from records.people.roles import Power
from records.schema.kind import Kind
from records.schema.kind_fields import FieldDeclaration, FieldType
from search_ui.desk import TheForm, TheVisitor, Visitor, text_of
from search_ui.shown.fields import entry_label
from search_ui.shown.form_reading import read_control
from search_ui.views.fields import FormField, Picked
from search_ui.views.lists.library_folders import FolderRow, FoldersPage
from search_ui.views.organisation import KeepingPage, Step
from search_ui.views.shell import Choice
from services.finding.list_columns import folder_path
from services.library import FolderChange
from services.library.folder_desk import seen

router = APIRouter(route_class=BoundedRoute)


@router.get("/kinds/{kind}/folders")
def tree(kind: str, visitor: TheVisitor) -> HTMLResponse:
    """Every folder that the caller may see, with who reads and who keeps it."""
    desk, caller, t = visitor.desk.house.lists.folders, visitor.caller, visitor.desk.texts
    library, organisation = desk.library(kind), caller.organisation

    def named(tokens: tuple[Token, ...], otherwise: str) -> str:
        return "、".join(map(organisation.describe, tokens)) or t(otherwise)

    rows = tuple(
        FolderRow(
            name=line.folder.name,
            depth=min(line.depth, 7),
            readers=named(
                line.folder.readers, "folders.as_above" if line.folder.parent else "folders.nobody"
            ),
            keepers=named(line.folder.keepers, "folders.as_above"),
            list_href=f"/kinds/{kind}?filter={library.meaning.folder}:{line.folder.code}",
            edit_href=(
                f"/kinds/{kind}/folders/{line.folder.code}"
                if desk.may_keep(caller, line.folder)
                else None
            ),
            new_href=(
                f"/kinds/{kind}/folders/new?parent={line.folder.code}" if line.keeps else None
            ),
        )
        for line in desk.tree(caller, library.kind)
    )
    begins = caller.may(Power.LIBRARIES)
    new_href = f"/kinds/{kind}/folders/new" if begins else None
    page = FoldersPage(library.title, f"/kinds/{kind}", rows, new_href)
    return visitor.show("library_folders", page, current=f"kind-{kind}")


@router.get("/kinds/{kind}/folders/new")
def begin(kind: str, visitor: TheVisitor, parent: str = "") -> HTMLResponse:
    """An empty form, below the folder that was looked at."""
    forms = _Forms(visitor, visitor.desk.house.lists.folders.library(kind))
    if not visitor.desk.house.lists.folders.may_begin(visitor.caller, forms.kind.kind):
        raise Refused("librarians_only")
    blank = FolderChange("", FolderCode(parent) if parent else None, keepers=forms.first_keepers())
    return visitor.show("keeping", forms.new_page(blank), current=f"kind-{kind}")


@router.post("/kinds/{kind}/folders/new")
def add(kind: str, visitor: TheVisitor, form: TheForm) -> Response:
    """A new folder."""
    desk = visitor.desk.house.lists.folders
    forms = _Forms(visitor, desk.library(kind))
    change = forms.typed(form)
    try:
        made = desk.add(visitor.caller, forms.kind.kind, forms.read(form))
    except (Invalid, Refused) as error:
        page = forms.new_page(change, error)
        return visitor.show("keeping", page, current=f"kind-{kind}", status=422)
    return visitor.go(
        f"/kinds/{kind}/folders", told=visitor.desk.texts("folders.made", name=made.name)
    )


@router.get("/kinds/{kind}/folders/{code}")
def show(kind: str, code: str, visitor: TheVisitor) -> HTMLResponse:
    """The form of a folder, and where it can be merged into."""
    desk = visitor.desk.house.lists.folders
    forms = _Forms(visitor, desk.library(kind))
    folder = desk.one(visitor.caller, forms.kind.kind, code)
    return visitor.show("keeping", forms.page(folder, _standing(folder)), current=f"kind-{kind}")


@router.post("/kinds/{kind}/folders/{code}")
def change(kind: str, code: str, visitor: TheVisitor, form: TheForm) -> Response:
    """Another name, place, other readers, other keepers."""
    desk = visitor.desk.house.lists.folders
    forms = _Forms(visitor, desk.library(kind))
    folder = desk.one(visitor.caller, forms.kind.kind, code)
    try:
        wanted, was = forms.read(form), text_of(form, "seen")
        desk.change(visitor.caller, forms.kind.kind, code, wanted, was=was)
    except (Invalid, Refused, Conflict, NotFound) as error:
        page = forms.page(folder, forms.typed(form), error)
        return visitor.show("keeping", page, current=f"kind-{kind}", status=422)
    return visitor.go(f"/kinds/{kind}/folders", told=visitor.desk.texts("folders.kept"))


@router.post("/kinds/{kind}/folders/{code}/merge")
def merge(kind: str, code: str, visitor: TheVisitor, form: TheForm) -> Response:
    """Another folder holds what this one held."""
    desk, t = visitor.desk.house.lists.folders, visitor.desk.texts
    forms = _Forms(visitor, desk.library(kind))
    folder = desk.one(visitor.caller, forms.kind.kind, code)
    try:
        into = text_of(form, "into")
        if not into:
            raise Invalid("must_be_filled", field="into", label=t("folders.into"))
        was = text_of(form, "seen")
        target = desk.merge(visitor.caller, forms.kind.kind, code, into, was=was)
    except (Invalid, Refused, Conflict, NotFound) as error:
        page = forms.page(folder, _standing(folder), error)
        return visitor.show("keeping", page, current=f"kind-{kind}", status=422)
    told = t("folders.merged", name=folder.name, into=target.name)
    return visitor.go(f"/kinds/{kind}/folders", told=told)


def _standing(folder: LibraryFolder) -> FolderChange:
    return FolderChange(folder.name, folder.parent, folder.readers, folder.keepers)


_TOP = "top"
_AUDIENCE = FieldDeclaration(label="-", type=FieldType.AUDIENCE, max=200)


@dataclass(frozen=True, slots=True)
class _Forms:
    """Draws and reads the form of a folder for one keeper."""

    visitor: Visitor
    kind: Kind

    @property
    def _base(self) -> str:
        return f"/kinds/{quote(self.kind.kind)}/folders"

    def first_keepers(self) -> tuple[str, ...]:
        """Who keeps a new folder at the top, unless somebody else is named: who makes it."""
        return (f"person:{self.visitor.caller.person.login}",)

    def read(self, form: FormData) -> FolderChange:
        """What was filled in. Raises Invalid where a name fits nobody."""
        organisation = self.visitor.caller.organisation
        tokens = {
            name: read_control(_AUDIENCE, form, organisation, name=name, control=name)
            for name in ("readers", "keepers")
        }
        return FolderChange(
            text_of(form, "name"),
            _place_of(form),
            readers=_several(tokens["readers"]),
            keepers=_several(tokens["keepers"]),
        )

    def typed(self, form: FormData) -> FolderChange:
        """What can be taken of a form that is wrong, to be shown again."""
        try:
            return self.read(form)
        except Invalid:
            return FolderChange(text_of(form, "name")[:200], _place_of(form))

    def new_page(self, change: FolderChange, error: WenshuError | None = None) -> KeepingPage:
        """The form of a new folder."""
        t = self.visitor.desk.texts
        fields = self._fields(change, None, error)
        return KeepingPage(
            title=t("folders.new"),
            action=f"{self._base}/new",
            seen="",
            fields=fields,
            back=self._base,
            problem=_beside(fields, error),
        )

    def page(
        self, folder: LibraryFolder, change: FolderChange, error: WenshuError | None = None
    ) -> KeepingPage:
        """The form of a folder that stands."""
        t = self.visitor.desk.texts
        fields = self._fields(change, folder, error)
        into = FormField(
            "into",
            t("folders.into"),
            "choice",
            required=True,
            choices=self._kept(folder),
            error=_error_of("into", error),
        )
        step = Step(
            t("folders.merge"),
            f"{self._base}/{folder.code}/merge",
            t("folders.merge_question", name=folder.name),
            (into,),
            hidden=(("seen", seen(folder)),),
            help=t("folders.merge_help"),
        )
        return KeepingPage(
            title=folder.name,
            action=f"{self._base}/{folder.code}",
            seen=seen(folder),
            fields=fields,
            back=self._base,
            problem=_beside((*fields, into), error),
            steps=(step,) if into.choices else (),
        )

    def _fields(
        self, change: FolderChange, folder: LibraryFolder | None, error: WenshuError | None
    ) -> tuple[FormField, ...]:
        t, caller = self.visitor.desk.texts, self.visitor.caller
        tree = caller.organisation.library
        parent = str(tree.successor(change.parent)) if change.parent else ""
        places = list(self._kept(folder))
        if parent and parent not in {each.value for each in places}:
            path = folder_path(parent, caller) or t("folders.above_hidden")
            places.append(Choice(parent, path))
        begins = caller.may(Power.LIBRARIES) or (folder is not None and folder.parent is None)
        top = (Choice(_TOP, t("folders.at_top"), chosen=not parent),) if begins else ()
        return (
            FormField(
                "name", t("folders.name"), "text", change.name,
                required=True, max=60, error=_error_of("name", error),
            ),
            FormField(
                "parent", t("folders.parent"), "choice", "-", required=True,
                error=_error_of("parent", error),
                choices=(
                    *top,
                    *(Choice(p.value, p.label, chosen=p.value == parent) for p in places),
                ),
            ),
            self._picker("readers", change.readers, error),
            self._picker("keepers", change.keepers, error),
        )  # fmt: skip

    def _picker(self, name: str, tokens: object, error: WenshuError | None) -> FormField:
        t, organisation = self.visitor.desk.texts, self.visitor.caller.organisation
        picked = tuple(
            Picked(each, entry_label(FieldType.AUDIENCE, each, organisation))
            for each in _several(tokens)
        )
        return FormField(
            name, t(f"folders.{name}"), "audience", picked=picked, wide=True,
            help=t(f"folders.{name}_help"), error=_error_of(name, error),
        )  # fmt: skip

    def _kept(self, folder: LibraryFolder | None) -> tuple[Choice, ...]:
        """Folders into which this one can go: kept by the caller, and not within it."""
        caller = self.visitor.caller
        inside = caller.organisation.library.subtree(folder.code) if folder else frozenset()
        lines = self.visitor.desk.house.lists.folders.kept(caller, self.kind.kind)
        return tuple(
            Choice(line.folder.code, folder_path(line.folder.code, caller))
            for line in lines
            if line.folder.code not in inside
        )


def _place_of(form: FormData) -> FolderCode | None:
    """The folder above; None at the top. A choice that must be made has a value there too."""
    parent = text_of(form, "parent")
    return FolderCode(parent) if parent not in ("", _TOP) else None


def _several(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list | tuple) else ()


def _error_of(name: str, error: WenshuError | None) -> str:
    return str(tell(error)) if error and error.facts.get("field") == name else ""


def _beside(fields: tuple[FormField, ...], error: WenshuError | None) -> str:
    """What is amiss with no field of the form."""
    named = error.facts.get("field") if error else None
    return str(tell(error)) if error and named not in {each.name for each in fields} else ""
