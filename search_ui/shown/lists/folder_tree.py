"""The folders of a library beside its list: a tree to narrow by, each with what lies below it."""

from collections.abc import Callable, Collection, Mapping, Sequence

from records.identity import FolderCode
from records.people.library_folders import FolderTree
from search_ui.views.search import FacetValue
from services.library import FolderLine


def folder_tree(
    lines: Sequence[FolderLine],
    tree: FolderTree,
    counts: Mapping[str, int],
    *,
    chosen: Collection[str],
    narrowed: Callable[[str], str],
) -> tuple[FacetValue, ...]:
    """The folders that the caller may see, opened down to those chosen.

    `narrowed` gives the address of the list of one folder; of none for an empty code.
    """
    opened = {above.code for code in chosen for above in tree.upward(FolderCode(code))}

    def branch(at: int) -> tuple[FacetValue, int]:
        """The folder at that place of the lines with all below it, and where the next one is."""
        line, following = lines[at], at + 1
        below: list[FacetValue] = []
        while following < len(lines) and lines[following].depth > line.depth:
            value, following = branch(following)
            below.append(value)
        code = line.folder.code
        is_on = code in chosen
        value = FacetValue(
            line.folder.name,
            sum(counts.get(each, 0) for each in tree.subtree(code)),
            narrowed("" if is_on else code),
            chosen=is_on,
            below=tuple(below),
            is_open=code in opened,
        )
        return value, following

    values: list[FacetValue] = []
    at = 0
    while at < len(lines):
        value, at = branch(at)
        values.append(value)
    return tuple(values)
