"""What a mail or an archive holds, as a tree: sizes, counts, and what was not read and why."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice, pairwise

from languages.outcomes import OUTCOMES
from records.text import ContainedPart, ExtractedText, ExtractionStatus
from search_ui.formats import count, size
from search_ui.shown.preview.shown_file import ShownFile
from search_ui.shown.words import file_icon, member_href
from search_ui.texts import Texts
from search_ui.views import preview as views
from services.finding.members import may_be_fetched

ROWS = 500
"""Files of an archive shown at once."""

MOST_DEPTH = 8
_MOST_FOLDERS = 200
_NAMED = 4
"""Folders of a row that are named; between the others and the last stands an ellipsis."""
_READ = (ExtractionStatus.OK, ExtractionStatus.EMPTY, ExtractionStatus.TRUNCATED)
_QUIET = frozenset({"folder", "no_text", "empty"})


def holdings_of(it: ShownFile, parts: list[tuple[ContainedPart, int]]) -> views.Holdings:
    """Some of the parts, those from the row that is asked for, with the folders around them."""
    files = [each for each in parts if each[0].reason != "folder"]
    first = min(max(it.place.row, 1), max(len(files), 1))
    first = 1 + (first - 1) // ROWS * ROWS
    shown = files[first - 1 : first - 1 + ROWS]
    last = first + len(shown) - 1
    kept = it.display.words.extracted(it.revision, it.file)
    whole = kept.parts[0] if kept is not None else None
    return views.Holdings(
        rows=_tree(it, kept, shown),
        files=len(files),
        size=size(_unpacked(files)),
        unread=sum(part.status not in _READ for part, _ in files),
        first=first,
        last=last,
        previous_href=it.href(row=first - ROWS) if first > 1 else None,
        next_href=it.href(row=last + 1) if last < len(files) else None,
        notice=note_of(it.texts, whole) if whole is not None else "",
    )


def _unpacked(files: list[tuple[ContainedPart, int]]) -> int:
    """Bytes of all files, without those of containers whose own files are counted."""
    around = {part.path.rpartition("/")[0] for part, _ in files}
    return sum(part.size_bytes for part, _ in files if part.path not in around)


def note_of(texts: Texts, part: ContainedPart) -> str:
    """What became of the text of a part, when that is worth telling."""
    reason = part.reason or part.status.value
    if part.status is ExtractionStatus.OK or reason in _QUIET:
        return ""
    told = OUTCOMES.get(reason, reason)
    if part.status is ExtractionStatus.TRUNCATED:
        return texts("preview.part_cut", characters=count(part.characters), reason=told)
    return texts("preview.part_unread", reason=told)


def _tree(
    it: ShownFile, kept: ExtractedText | None, shown: list[tuple[ContainedPart, int]]
) -> tuple[views.Holding, ...]:
    """Files as they are given, a folder before the first of its files.

    Folders that hold nothing but one more folder stand in one row with it, so that there are at
    most three rows for each file, however deep it lies.
    """
    rows: list[views.Holding] = []
    files = {part.path for part, _ in shown}
    held = _held(files)
    depths: dict[str, int] = {}
    for part, places in shown:
        depth, chain = 0, list[str]()
        for folder in _folders(part.path):
            if folder in depths or folder in files:
                depth = depths.get(folder, depth) + 1
                continue
            chain.append(folder)
            if len(held[folder]) > 1 or held[folder] & files:
                rows.append(views.Holding(_chain(chain), min(depth, MOST_DEPTH), "folder"))
                depths.update(dict.fromkeys(chain, depth))
                depth, chain = depth + 1, []
        depths[part.path] = depth
        held_file = _file(it, part, places, min(depth, MOST_DEPTH))
        rows.append(replace(held_file, download_href=fetched_href(it, kept, part)))
    return tuple(rows)


def _folders(path: str) -> list[str]:
    """The folders around a file, the outermost first, and no more than a tree can tell."""
    within = (path[:at] for at, sign in enumerate(path) if sign == "/")
    return list(islice(within, _MOST_FOLDERS))


def _held(files: Iterable[str]) -> dict[str, set[str]]:
    """What each folder holds, of these files and the folders around them."""
    held: dict[str, set[str]] = {}
    for path in files:
        around = _folders(path)
        for folder, within in pairwise([*around, path]):
            held.setdefault(folder, set()).add(within)
    return held


def _chain(folders: Sequence[str]) -> str:
    """The names of folders, each the only one in the one before."""
    names = [folder.rpartition("/")[2] for folder in folders]
    return "/".join(names if len(names) <= _NAMED else [*names[: _NAMED - 1], "…", names[-1]])


def _file(it: ShownFile, part: ContainedPart, places: int, depth: int) -> views.Holding:
    name = part.path.rpartition("/")[2]
    return views.Holding(
        name,
        depth,
        file_icon(name),
        href=it.href(member=part.path) if part.characters else "",
        size=size(part.size_bytes),
        note=note_of(it.texts, part),
        places=places,
    )


def fetched_href(it: ShownFile, text: ExtractedText | None, part: ContainedPart) -> str:
    """Where the bytes of a part of the file are; empty where they cannot be had alone."""
    if text is None or not may_be_fetched(text, part):
        return ""
    return member_href(it.revision.record, it.file.name, part.path, it.revision.number)
