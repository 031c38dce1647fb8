"""目录管理 (WJ-03): folders of a library looked at, added, moved, opened to others, merged.

What changes is one link of the organisation's chain: it is true of the next request of everybody,
whatever lies in the folder, and no record is written. Who is not told of a folder may not see it:
it is to him as if it were not there.
"""

import hashlib
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from records.errors import Conflict, Invalid, NotFound, Refused
from records.identity import FolderCode, KindName, RecordId, Token
from records.people.library_folders import FolderTree, LibraryFolder
from records.people.organisation import Organisation, parse_token
from records.people.roles import Power
from records.rights.access import folder_token, keeper_token
from records.schema.kind import Kind, Kinds
from services.people.caller import Caller
from services.people.organisation_book import OrganisationBook

_LOG = logging.getLogger(__name__)

_LONGEST = 60
_MOST_TOKENS = 200


@dataclass(frozen=True, slots=True)
class FolderLine:
    """A folder as its caller sees it in the tree."""

    folder: LibraryFolder
    depth: int
    keeps: bool
    """The caller keeps it."""


@dataclass(frozen=True, slots=True)
class FolderChange:
    """What shall stand of a folder; tokens are as given, unread."""

    name: str
    parent: FolderCode | None = None
    readers: Sequence[str] = ()
    keepers: Sequence[str] = ()


def seen(folder: LibraryFolder) -> str:
    """What stood of a folder when a form was made of it, in short."""
    return hashlib.sha256(folder.model_dump_json().encode()).hexdigest()[:16]


class FolderDesk:
    """Keeps the trees of libraries."""

    def __init__(self, book: OrganisationBook, kinds: Kinds, fresh: Callable[[], RecordId]) -> None:
        """`fresh` draws an identifier."""
        self._book = book
        self._kinds = kinds
        self._fresh = fresh

    def library(self, name: str) -> Kind:
        """The kind of a library. Raises NotFound (``no_such_list``)."""
        kind = self._kinds.find(name)
        if kind is None or kind.meaning.folder is None:
            raise NotFound("no_such_list", kind=name[:40])
        return kind

    def tree(self, caller: Caller, library: KindName) -> list[FolderLine]:
        """Every folder that the caller may see, behind the one in which it lies.

        One whose keeper he is without reading what is above stands at the top.
        """
        seen_here = self._seen(caller, library)
        depths: dict[FolderCode, int] = {}
        lines = []
        for folder in seen_here:
            above = caller.organisation.library.find(folder.parent) if folder.parent else None
            depth = depths[above.code] + 1 if above and above.code in depths else 0
            depths[folder.code] = depth
            lines.append(FolderLine(folder, depth, _keeps(caller, folder.code)))
        return lines

    def kept(self, caller: Caller, library: KindName) -> list[FolderLine]:
        """Those of the tree into which the caller may put something."""
        return [line for line in self.tree(caller, library) if line.keeps]

    def one(self, caller: Caller, library: KindName, code: str) -> LibraryFolder:
        """A folder that the caller keeps. Raises NotFound (``unknown_folder``), also for others."""
        folder = caller.organisation.library.find(code)
        if folder is None or folder.library != library or not self.may_keep(caller, folder):
            raise NotFound("unknown_folder", given=code[:60])
        return folder

    def may_keep(self, caller: Caller, folder: LibraryFolder) -> bool:
        """Whether the caller keeps it, or names keepers since nobody in office is one."""
        if _keeps(caller, folder.code):
            return True
        return caller.may(Power.LIBRARIES) and _is_left_alone(caller.organisation, folder)

    def may_begin(self, caller: Caller, library: KindName) -> bool:
        """Whether the caller may add a folder anywhere in the tree."""
        return caller.may(Power.LIBRARIES) or bool(self.kept(caller, library))

    def add(self, caller: Caller, library: KindName, change: FolderChange) -> LibraryFolder:
        """A new folder, at the top by who has 库管理员, below another by who keeps that.

        Raises NotFound (``unknown_folder``), Refused (``librarians_only``), Invalid as
        `records.people.library_folders.checked_folders` and for its name and tokens.
        """
        self.library(library)
        self._refuse_place(caller, library, change.parent)
        made = _read(
            caller,
            change,
            LibraryFolder(code=FolderCode(self._fresh()), library=library, name="-"),
        )
        self._put(caller, lambda folders: (*folders, made))
        return made

    def change(
        self, caller: Caller, library: KindName, code: str, change: FolderChange, *, was: str
    ) -> LibraryFolder:
        """Another name, place, other readers or keepers; `was` is what stood, by `seen`.

        Raises as `one` and `add`, Conflict (``folder_changed``).
        """
        before = self.one(caller, library, code)
        tree = caller.organisation.library
        above, stood = (each and tree.successor(each) for each in (change.parent, before.parent))
        if above != stood:
            self._refuse_place(caller, library, change.parent)
        after = _read(caller, change, before)
        self._put(caller, lambda folders: _replaced(_standing(folders, before, was), after))
        return after

    def merge(
        self, caller: Caller, library: KindName, code: str, into: str, *, was: str
    ) -> LibraryFolder:
        """并入: another folder holds from now on what it held, by its own rights.

        So a folder goes without a record being left behind; `was` is what stood of it, by `seen`.
        Raises as `one`, for both, Conflict (``folder_changed``, also for one that was merged
        meanwhile) and Invalid (``folder_cycle``).
        """
        gone = self.one(caller, library, code)
        target = self.one(caller, library, into)
        tree = caller.organisation.library
        if target.code in tree.subtree(gone.code):
            raise Invalid("folder_cycle", given=gone.name, field="into")
        after = gone.model_copy(update={"merged_into": target.code})
        self._put(caller, lambda folders: _replaced(_standing(folders, gone, was), after))
        return target

    def _put(
        self,
        caller: Caller,
        change: Callable[[tuple[LibraryFolder, ...]], Iterable[LibraryFolder]],
    ) -> None:
        self._book.shelve(lambda folders: tuple(change(folders)))
        _LOG.info("%s changed the folders of a library", caller.person.login)

    def _seen(self, caller: Caller, library: KindName) -> list[LibraryFolder]:
        walked = caller.organisation.library.walk(library)
        return [
            folder
            for _, folder in walked
            if folder_token(folder.code) in caller.reader.folders or self.may_keep(caller, folder)
        ]

    def _refuse_place(self, caller: Caller, library: KindName, parent: FolderCode | None) -> None:
        if parent is not None:
            self.one(caller, library, parent)
        elif not caller.may(Power.LIBRARIES):
            raise Refused("librarians_only", field="parent")


def _keeps(caller: Caller, code: FolderCode) -> bool:
    return keeper_token(code) in caller.reader.folders


def _is_left_alone(organisation: Organisation, folder: LibraryFolder) -> bool:
    keepers = organisation.library.keepers(folder.code)
    return not any(organisation.holders(token) for token in keepers)


def _standing(
    folders: tuple[LibraryFolder, ...], known: LibraryFolder, was: str
) -> tuple[LibraryFolder, ...]:
    """The folders, if that one still stands as it was seen. Raises Conflict."""
    now = next((each for each in folders if each.code == known.code), None)
    if now is None or seen(now) != was:
        raise Conflict("folder_changed", given=known.name)
    return folders


def _replaced(
    folders: tuple[LibraryFolder, ...], after: LibraryFolder
) -> tuple[LibraryFolder, ...]:
    return tuple(after if each.code == after.code else each for each in folders)


def _read(caller: Caller, change: FolderChange, known: LibraryFolder) -> LibraryFolder:
    name = " ".join(change.name.split())
    if not name:
        raise Invalid("no_folder_name", field="name")
    if len(name) > _LONGEST:
        raise Invalid("too_long", field="name", label="目录名称", max=_LONGEST, given=len(name))
    if "/" in name or not name.isprintable():
        raise Invalid("bad_folder_name", given=name, field="name")
    tree: FolderTree = caller.organisation.library
    parent = tree.successor(change.parent) if change.parent is not None else None
    keepers = _tokens(caller, change.keepers, "keepers", known.keepers)
    if parent is None and not keepers:
        raise Invalid("no_keepers", field="keepers")
    return known.model_copy(
        update={
            "name": name,
            "parent": parent,
            "readers": _tokens(caller, change.readers, "readers", known.readers),
            "keepers": keepers,
        }
    )


def _tokens(
    caller: Caller, given: Sequence[str], field: str, standing: Sequence[Token]
) -> tuple[Token, ...]:
    """Tokens that are known, or stood there already: somebody who left keeps no form from saving.

    Raises Invalid (``unknown_token``, ``too_long``).
    """
    if len(given) > _MOST_TOKENS:
        raise Invalid("too_many_readers", most=_MOST_TOKENS, field=field)
    found: list[Token] = []
    for each in dict.fromkeys(given):
        if each in standing:
            found.append(Token(each))
            continue
        try:
            found.append(parse_token(each, caller.organisation))
        except Invalid as error:
            raise Invalid("unknown_token", given=each[:100], field=field) from error
    return tuple(found)
