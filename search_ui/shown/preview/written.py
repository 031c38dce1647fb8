"""Documents, mails and slides as text with structure, and archives by what they hold."""

from datetime import datetime

from records.preview import MailHead, Outline, PreviewKind, Section, Written
from records.text import ContainedPart
from search_ui.formats import moment
from search_ui.shown.preview.captions import Captions
from search_ui.shown.preview.holdings import fetched_href, holdings_of, note_of
from search_ui.shown.preview.marker import Marker
from search_ui.shown.preview.place_bar import Places
from search_ui.shown.preview.shown_file import ShownFile
from search_ui.shown.words import download_href
from search_ui.views import preview as views
from search_ui.views.shell import Tab
from services.finding.file_words import text_of

SHOWN = 1_000_000
"""Characters of a part of a file that are shown."""

Counted = list[tuple[ContainedPart, int]]


def written_view(it: ShownFile, outline: Outline, notice: str) -> views.Preview:
    """The document, or the body of a mail with what it carries; or one part of those.

    Places of the words stand in the file itself first, then in one part after the other.
    """
    holds = outline.kind in (PreviewKind.MAIL, PreviewKind.HOLDINGS)
    parts = _parts(it) if holds else []
    marker = Marker(it, max(it.place.at - 1, 0))
    made, recognised = _made(it, outline), _recognised(it, outline)
    captions = Captions(recognised, it.texts)
    heads = tuple((it.texts(f"preview.mail.{h}"), marker.text(_head(h, v))) for h, v in made.heads)
    sections = tuple(_section(it, each, captions, marker) for each in made.sections)
    beside = captions.not_shown()
    if beside:
        sections = (*sections, views.WrittenSection("", marker.html(beside)))
    counts = {0: marker.seen, **{n: count for n, (_, count) in enumerate(parts, 1)}}
    found = Places({n: count for n, count in counts.items() if count})
    asked = _asked(it, parts, found)
    if asked:
        return _part_view(it, parts[asked - 1][0], asked, found)
    told = [
        notice,
        *([it.texts("preview.cut")] if made.cut else []),
        *([it.texts("preview.recognised_pictures")] if recognised else []),
    ]
    return views.WrittenPreview(
        heads=heads,
        sections=sections,
        notice="".join(told),
        empty="" if sections or outline.kind is PreviewKind.HOLDINGS else _empty(outline.kind),
        holdings=holdings_of(it, parts) if holds else None,
        waiting=holds and it.display.words.extracted(it.revision, it.file) is None,
        looks=_looks(it) if made.tracked else (),
        original_href=download_href(it.revision.record, it.file.name, it.revision.number)
        if outline.kind is PreviewKind.HTML
        else "",
        original_bytes=it.file.size_bytes,
        changes=it.place.changes,
        places=found.bar(it.place.at, 0, 1, it.place_href),
        shape=outline.kind.value,
    )


def _made(it: ShownFile, outline: Outline) -> Written:
    if outline.kind is PreviewKind.HOLDINGS:
        return Written(sections=())
    return it.display.written(it.revision, it.file, changes=it.place.changes)


def _parts(it: ShownFile) -> Counted:
    """What the file holds, folder by folder, each with how often the words stand in it."""
    kept = it.display.words.extracted(it.revision, it.file)
    found = it.display.words.parts(kept, it.place.sought) if kept is not None else []
    return sorted(found, key=lambda each: each[0].path.split("/"))


def _asked(it: ShownFile, parts: Counted, found: Places[int]) -> int:
    """The number of the part that is asked for, 0 for the file itself."""
    if it.place.at:
        return found.stop(it.place.at) or 0
    paths = (n for n, (part, _) in enumerate(parts, 1) if part.path == it.place.member)
    return next(paths, 0) if it.place.member else 0


def _part_view(
    it: ShownFile, part: ContainedPart, number: int, found: Places[int]
) -> views.TextPreview:
    text = text_of(part)
    marker = Marker(it, found.index(it.place.at, number))
    return views.TextPreview(
        marker.text(text[:SHOWN]),
        cut=len(text) > SHOWN,
        part=views.PartHead(
            path=tuple(part.path.split("/")),
            back_href=it.href(member=""),
            back=it.file.name,
            note=note_of(it.texts, part),
            download_href=fetched_href(it, it.display.words.extracted(it.revision, it.file), part),
        ),
        places=found.bar(it.place.at, number, number + 1, it.place_href),
    )


def _recognised(it: ShownFile, outline: Outline) -> dict[int, str]:
    if outline.kind not in (PreviewKind.HTML, PreviewKind.SLIDES):
        return {}
    return it.display.captions(it.revision, it.file)


def _section(
    it: ShownFile, section: Section, captions: Captions, marker: Marker
) -> views.WrittenSection:
    label = it.texts("preview.slide", n=section.number) if section.number else ""
    if section.hidden:
        label = it.texts("preview.slide_hidden", n=section.number)
    body = marker.html(captions.under(section.html))
    return views.WrittenSection(label, body, marker.html(section.notes) or None)


def _looks(it: ShownFile) -> tuple[Tab, ...]:
    """What a document with tracked changes can be seen as."""
    return (
        Tab(it.texts("preview.final"), it.href(changes=""), current=not it.place.changes),
        Tab(it.texts("preview.changes"), it.href(changes=1), current=it.place.changes),
    )


def _head(head: MailHead, value: str) -> str:
    if head is not MailHead.DATE:
        return value
    try:
        return moment(datetime.fromisoformat(value))
    except (ValueError, OverflowError):
        return value


def _empty(kind: PreviewKind) -> str:
    return {PreviewKind.MAIL: "no_body", PreviewKind.SLIDES: "no_slides"}.get(kind, "")
