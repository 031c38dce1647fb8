"""目录 of libraries: who reads what when rights pass down, and which trees are none (WJ-03)."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.errors import Invalid
from records.identity import FolderCode, KindName, Token
from records.people.library_folders import (
    DEEPEST,
    MOST,
    MOST_EVER,
    FolderTree,
    LibraryFolder,
    checked_folders,
)
from records.rights.access import folder_token, keeper_token

pytestmark = pytest.mark.feature("WJ-03")

WHO = ("person:a", "person:b", "person:c")


def folder(code: str, **more: Any) -> LibraryFolder:
    return LibraryFolder.model_validate({"code": code, "library": "x", "name": code, **more})


def reason(*folders: LibraryFolder) -> str:
    with pytest.raises(Invalid) as raised:
        checked_folders(folders)
    return raised.value.reason


@pytest.mark.feature("WJ-03")
@pytest.mark.parametrize(
    ("folders", "word"),
    [
        ((folder("A", parent="A"),), "folder_cycle"),
        ((folder("A", parent="B"), folder("B", parent="A")), "folder_cycle"),
        ((folder("A", parent="B"), folder("B", merged_into="A")), "folder_cycle"),
        ((folder("A", merged_into="B"), folder("B", merged_into="A")), "folder_cycle"),
        ((folder("A", parent="B"),), "unknown_folder"),
        ((folder("A", parent="B"), folder("B", library="y")), "unknown_folder"),
        ((folder("A"), folder("B", name="A")), "same_folder"),
    ],
)
def test_a_tree_that_is_none_is_refused(folders: tuple[LibraryFolder, ...], word: str) -> None:
    assert reason(*folders) == word


@pytest.mark.feature("WJ-03")
def test_a_tree_is_so_deep_and_so_large_and_no_more() -> None:
    chain = [folder("D0"), *(folder(f"D{n}", parent=f"D{n - 1}") for n in range(1, DEEPEST + 1))]
    assert len(checked_folders(tuple(chain[:-1]))) == DEEPEST
    assert reason(*chain) == "folder_too_deep"
    assert reason(*(folder(f"F{n}") for n in range(MOST + 1))) == "too_many_folders"
    merged = [folder(f"M{n}", merged_into="D0") for n in range(MOST)]
    assert len(checked_folders((chain[0], *merged))) == MOST + 1
    gone = [folder(f"M{n}", merged_into="D0") for n in range(MOST_EVER)]
    assert reason(chain[0], *gone) == "too_many_folders_ever"


@pytest.mark.feature("WJ-03")
def test_one_name_stands_once_beside_another_and_again_elsewhere() -> None:
    other = folder("C", name="A", library="y")
    below = folder("B", name="A", parent="A")
    gone = folder("D", name="A", merged_into="A")
    assert len(checked_folders((folder("A"), below, other, gone))) == 4


@st.composite
def trees(draw: st.DrawFn) -> FolderTree:
    """Folders, each below an earlier one or none, some merged into an earlier one."""
    made: list[LibraryFolder] = []
    for number in range(draw(st.integers(1, 8))):
        earlier = [None, *(each.code for each in made)]
        tokens = st.lists(st.sampled_from(WHO), max_size=2, unique=True)
        into = draw(st.sampled_from(earlier)) if draw(st.integers(0, 4)) == 0 else None
        made.append(
            folder(
                f"F{number}",
                parent=draw(st.sampled_from(earlier)),
                readers=tuple(draw(tokens)),
                keepers=tuple(draw(tokens)),
                merged_into=into,
            )
        )
    return FolderTree(made)


@pytest.mark.feature("WJ-03")
@given(trees(), st.sampled_from(WHO))
def test_who_reads_is_what_the_way_up_says(tree: FolderTree, who: str) -> None:
    """Against the rule told folder by folder, from below."""
    token = Token(who)
    carried = tree.tokens({token})
    for each in tree.all:
        chain = tree.upward(each.code)
        keeps = any(token in above.keepers for above in chain)

        def reads(at: int, chain: tuple[LibraryFolder, ...] = chain) -> bool:
            if any(token in above.keepers for above in chain[at:]):
                return True
            here, above = chain[at], at + 1 < len(chain)
            if above and not reads(at + 1):
                return False
            return token in here.readers if here.readers else above and reads(at + 1)

        assert (keeper_token(each.code) in carried) == keeps
        assert (folder_token(each.code) in carried) == reads(0)


@pytest.mark.feature("WJ-03")
def test_what_was_merged_is_found_below_what_took_its_place() -> None:
    tree = FolderTree((folder("A"), folder("B", merged_into="A"), folder("C", parent="B")))
    assert tree.subtree(FolderCode("A")) == {"A", "B", "C"}
    assert tree.path(FolderCode("C")) == "A / C"
    assert tree.path(FolderCode("C"), {folder_token(FolderCode("C"))}) == "C"
    assert [each.code for _, each in tree.walk(KindName("x"))] == ["A", "C"]
