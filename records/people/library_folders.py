"""目录 of 文件库 and 资料库: a tree of folders for each, and who reads and keeps each (WJ-03).

A folder's rights are looked at when somebody asks, never copied to what lies in it: records carry
the token of their folder, and a person carries those of the folders that he may read now. So a
folder that moves or gets other readers changes what is found at once, however much it holds.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property

from pydantic import BaseModel, ConfigDict, Field

from records.errors import Invalid
from records.identity import FolderCode, KindName, Token
from records.rights.access import folder_token, keeper_token

MOST = 500
"""Folders of a house that stand: each that somebody reads is a token of his, asked for with every
search."""

MOST_EVER = 2_000
"""With those that were merged: records go on bearing their codes, so they are tokens as well."""

DEEPEST = 8
"""Levels of a tree."""


class LibraryFolder(BaseModel):
    """One folder; who reads it may read all above it, who keeps it keeps all below it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: FolderCode = Field(pattern=r"^[A-Z0-9]{1,26}$")
    library: KindName = Field(description="The kind of the records that lie in it")
    name: str = Field(min_length=1, max_length=60)
    parent: FolderCode | None = None
    readers: tuple[Token, ...] = Field(
        default=(), description="None: who reads the folder above; at the top its keepers alone"
    )
    keepers: tuple[Token, ...] = Field(default=(), description="库管理员, besides those above")
    merged_into: FolderCode | None = Field(
        default=None, description="The folder that holds what it held"
    )


class FolderTree:
    """The folders of a house."""

    def __init__(self, folders: Iterable[LibraryFolder]) -> None:
        self.all = tuple(folders)
        self._by_code = {folder.code: folder for folder in self.all}

    @cached_property
    def _below(self) -> Mapping[FolderCode | None, tuple[LibraryFolder, ...]]:
        found: dict[FolderCode | None, list[LibraryFolder]] = {}
        for folder in self.all:
            if folder.merged_into is None:
                above = None if folder.parent is None else self.successor(folder.parent)
                found.setdefault(above, []).append(folder)
        return {code: tuple(sorted(each, key=_by_name)) for code, each in found.items()}

    @cached_property
    def _codes(self) -> Mapping[FolderCode, tuple[FolderCode, ...]]:
        """A folder's own code, and those of all that were merged into it."""
        found: dict[FolderCode, list[FolderCode]] = {}
        for folder in self.all:
            found.setdefault(self.successor(folder.code), []).append(folder.code)
        return {code: tuple(codes) for code, codes in found.items()}

    def find(self, code: str) -> LibraryFolder | None:
        """The folder of that code, or what holds its records now; None for no folder."""
        return self._by_code.get(self.successor(FolderCode(code)))

    def successor(self, code: FolderCode) -> FolderCode:
        """The folder that stands for this one now: itself, unless it was merged."""
        folder = self._by_code.get(code)
        while folder is not None and folder.merged_into is not None:
            code = folder.merged_into
            folder = self._by_code.get(code)
        return code

    def upward(self, code: FolderCode) -> tuple[LibraryFolder, ...]:
        """The folder and all above it, nearest first."""
        chain: list[LibraryFolder] = []
        folder = self.find(code)
        while folder is not None and folder not in chain:
            chain.append(folder)
            folder = self.find(folder.parent) if folder.parent else None
        return tuple(chain)

    def path(self, code: FolderCode, carried: Collection[Token] | None = None) -> str:
        """Its name behind those above it: 制度 / 财务; of those alone that the tokens open."""
        chain = reversed(self.upward(code))
        return " / ".join(
            folder.name
            for folder in chain
            if carried is None or folder_token(folder.code) in carried
        )

    def below(self, code: FolderCode | None) -> tuple[LibraryFolder, ...]:
        """The folders right below one, by name; those at the top for None."""
        return self._below.get(code, ())

    def subtree(self, code: FolderCode) -> frozenset[FolderCode]:
        """Codes of the folder and of all below it, with those merged into them."""
        found: set[FolderCode] = set()
        ahead = [self.successor(code)]
        while ahead:
            each = ahead.pop()
            found.update(self._codes.get(each, (each,)))
            ahead += [folder.code for folder in self.below(each)]
        return frozenset(found)

    def walk(self, library: KindName) -> Iterator[tuple[int, LibraryFolder]]:
        """Every folder of a library behind the one in which it lies, with how deep it lies."""

        def lines(code: FolderCode | None, depth: int) -> Iterator[tuple[int, LibraryFolder]]:
            for folder in self.below(code):
                if folder.library == library:
                    yield depth, folder
                    yield from lines(folder.code, depth + 1)

        return lines(None, 0)

    def keepers(self, code: FolderCode) -> tuple[Token, ...]:
        """Who keeps a folder: its own keepers and those of all above it."""
        return tuple(dict.fromkeys(t for each in self.upward(code) for t in each.keepers))

    def tokens(self, carried: Collection[Token]) -> frozenset[Token]:
        """Tokens of all folders that somebody who carries these may read, and of those he keeps."""
        own, found = frozenset(carried), set[Token]()
        ahead = [(folder, False, False) for folder in self.below(None)]
        while ahead:
            folder, reads, keeps = ahead.pop()
            above = folder.parent is None or reads
            keeps = keeps or not own.isdisjoint(folder.keepers)
            open_here = not own.isdisjoint(folder.readers) if folder.readers else reads
            reads = keeps or (above and open_here)
            codes = self._codes[folder.code]
            found.update(map(folder_token, codes) if reads else ())
            found.update(map(keeper_token, codes) if keeps else ())
            ahead += [(each, reads, keeps) for each in self.below(folder.code)]
        return frozenset(found)


def checked_folders(folders: tuple[LibraryFolder, ...]) -> tuple[LibraryFolder, ...]:
    """The folders themselves when they are sound.

    Raises Invalid (``too_many_folders``, ``too_many_folders_ever``, ``unknown_folder``,
    ``folder_cycle``, ``folder_too_deep``, ``same_folder`` for two beside each other of one name).
    """
    if sum(folder.merged_into is None for folder in folders) > MOST:
        raise Invalid("too_many_folders", most=MOST, field="name")
    if len(folders) > MOST_EVER:
        raise Invalid("too_many_folders_ever", most=MOST_EVER, field="name")
    tree, known = FolderTree(folders), {folder.code: folder for folder in folders}
    for folder in folders:
        for named in (folder.parent, folder.merged_into):
            if named is not None and getattr(known.get(named), "library", "") != folder.library:
                raise Invalid("unknown_folder", given=named, field="parent")
        _refuse_cycle(folder, known)
        if len(tree.upward(folder.code)) > DEEPEST:
            raise Invalid("folder_too_deep", most=DEEPEST, field="parent")
        if folder.merged_into is None:
            beside = tree.below(tree.successor(folder.parent) if folder.parent else None)
            for each in beside:
                same = each.library == folder.library and each.name == folder.name
                if same and each.code != folder.code:
                    raise Invalid("same_folder", given=folder.name, field="name")
    return folders


def _refuse_cycle(folder: LibraryFolder, known: Mapping[FolderCode, LibraryFolder]) -> None:
    seen: set[FolderCode] = set()
    code: FolderCode | None = folder.code
    while code is not None:
        if code in seen:
            raise Invalid("folder_cycle", given=folder.name, field="parent")
        seen.add(code)
        code = known[code].merged_into or known[code].parent


def _by_name(folder: LibraryFolder) -> tuple[str, str]:
    return folder.name, folder.code
