"""What a mail or an archive holds, as a tree: sizes, counts, and what was not read and why."""

from languages.outcomes import OUTCOMES
from records.text import ContainedPart, ExtractionStatus
from search_ui.formats import count, size
from search_ui.shown.preview.shown_file import ShownFile
from search_ui.shown.words import file_icon
from search_ui.texts import Texts
from search_ui.views import preview as views

ROWS = 500
"""Files of an archive shown at once."""

MOST_DEPTH = 8
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
        rows=_tree(it, shown),
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


def _tree(it: ShownFile, shown: list[tuple[ContainedPart, int]]) -> tuple[views.Holding, ...]:
    """Files as they are given, a folder before the first of its files."""
    rows: list[views.Holding] = []
    told = {part.path for part, _ in shown}
    for part, places in shown:
        segments = part.path.split("/")
        for depth in range(1, len(segments)):
            folder = "/".join(segments[:depth])
            if folder not in told:
                name, at = segments[depth - 1], min(depth - 1, MOST_DEPTH)
                rows.append(views.Holding(name, at, "folder"))
            told.add(folder)
        rows.append(
            views.Holding(
                segments[-1],
                min(len(segments) - 1, MOST_DEPTH),
                file_icon(segments[-1]),
                href=it.href(member=part.path) if part.characters else "",
                size=size(part.size_bytes),
                note=note_of(it.texts, part),
                places=places,
            )
        )
    return tuple(rows)
