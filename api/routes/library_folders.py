"""目录 of libraries: the tree as the caller may see it, and its changes by who keeps it (WJ-03)."""

from dataclasses import replace

from fastapi import APIRouter
from pydantic import Field

from api.access import TheCaller, TheHouse
from api.requests import Wire
from gate.bounded_request import BoundedRoute
from records.identity import FolderCode, KindName
from records.people.library_folders import LibraryFolder
from services.house import House
from services.library import FolderChange
from services.library.folder_desk import seen
from services.people.caller import Caller

router = APIRouter(prefix="/api/v1/libraries", tags=["lists"], route_class=BoundedRoute)


class FolderRequest(Wire):
    """A folder as it shall stand; tokens as grants have them: ``unit:CODE``, ``everyone``."""

    name: str = Field(max_length=200)
    parent: str | None = Field(default=None, max_length=60)
    readers: list[str] = Field(
        default=[], max_length=200, description="None: who reads the folder above"
    )
    keepers: list[str] = Field(default=[], max_length=200, description="Besides those above")

    def change(self) -> FolderChange:
        """As the desk takes it."""
        parent = FolderCode(self.parent) if self.parent else None
        return FolderChange(self.name, parent, self.readers, self.keepers)


class FolderEdit(FolderRequest):
    """The same, and what was seen of the folder before."""

    seen: str = Field(max_length=60)


class MergeRequest(Wire):
    """The folder that holds from now on what this one held, and what was seen of this one."""

    into: str = Field(max_length=60)
    seen: str = Field(max_length=60)


class FolderShape(Wire):
    """A folder; readers and keepers are told to who keeps it alone."""

    code: str
    name: str
    parent: str | None
    keeps: bool
    readers: list[str]
    keepers: list[str]
    seen: str


@router.get("/{kind}/folders")
def show(kind: str, caller: TheCaller, house: TheHouse) -> list[FolderShape]:
    """Every folder that the caller may see, each behind the one in which it lies."""
    library = house.lists.folders.library(kind)
    lines = house.lists.folders.tree(caller, library.kind)
    shown = {line.folder.code for line in lines}
    return [_shape(line.folder, keeps=line.keeps, shown=shown) for line in lines]


@router.post("/{kind}/folders", status_code=201)
def add(kind: str, given: FolderRequest, caller: TheCaller, house: TheHouse) -> FolderShape:
    """A new folder: at the top by 库管理员, below another by who keeps that."""
    library = house.lists.folders.library(kind)
    made = house.lists.folders.add(caller, library.kind, given.change())
    return _shape(made, keeps=True, shown=_shown(caller, house, library.kind))


@router.put("/{kind}/folders/{code}")
def change(
    kind: str, code: str, given: FolderEdit, caller: TheCaller, house: TheHouse
) -> FolderShape:
    """Another name, place, other readers or keepers; true of the next request of everybody."""
    library = house.lists.folders.library(kind)
    desk, wanted = house.lists.folders, given.change()
    before = desk.one(caller, library.kind, code)
    if given.parent is None and before.parent not in _shown(caller, house, library.kind):
        wanted = replace(wanted, parent=before.parent)  # one that he is not told of stays above it
    made = desk.change(caller, library.kind, code, wanted, was=given.seen)
    return _shape(made, keeps=True, shown=_shown(caller, house, library.kind))


@router.post("/{kind}/folders/{code}/merge")
def merge(
    kind: str, code: str, given: MergeRequest, caller: TheCaller, house: TheHouse
) -> FolderShape:
    """The folder goes, and another one that the caller keeps holds what it held."""
    library = house.lists.folders.library(kind)
    desk = house.lists.folders
    target = desk.merge(caller, library.kind, code, given.into, was=given.seen)
    return _shape(target, keeps=True, shown=_shown(caller, house, library.kind))


def _shown(caller: Caller, house: House, library: KindName) -> set[FolderCode]:
    """Codes of the folders that the caller is told of."""
    return {line.folder.code for line in house.lists.folders.tree(caller, library)}


def _shape(folder: LibraryFolder, *, keeps: bool, shown: set[FolderCode]) -> FolderShape:
    """`shown` are those that the caller sees: no other is named as the one above."""
    above = folder.parent if folder.parent in shown else None
    return FolderShape(
        code=folder.code,
        name=folder.name,
        parent=above,
        keeps=keeps,
        readers=list(folder.readers) if keeps else [],
        keepers=list(folder.keepers) if keeps else [],
        seen=seen(folder) if keeps else "",
    )
