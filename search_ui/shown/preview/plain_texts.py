"""The text that extraction kept of a file, with the places of the words marked."""

from collections.abc import Sequence

from records.queries.search import Span
from search_ui.shown.marking import of_places
from search_ui.shown.preview.place_bar import Places
from search_ui.shown.preview.shown_file import ShownFile
from search_ui.views import preview as views
from services.finding.file_words import MOST_CHARACTERS

PIECE = 200_000
"""Characters of a text shown at once."""


def text_view(it: ShownFile) -> views.TextPreview | views.NoPreview:
    """The text that extraction kept, in pieces."""
    text, place = it.display.words.text(it.revision, it.file), it.place
    if not text:
        return views.NoPreview("waiting" if text is None else "unsupported")
    pieces = cut_text(text)
    spans = it.display.words.spans(text, place.sought)
    found = Places(_counted(pieces, spans))
    number = found.stop(place.at) or place.page or next(iter(found.stops), 1)
    number = min(max(number, 1), len(pieces))
    begin, end = pieces[number - 1]
    own = [
        Span(span.start - begin, min(span.end, end) - begin)
        for span in spans
        if begin <= span.start < end
    ]
    return views.TextPreview(
        of_places(
            text[begin:end],
            own,
            it.links_of(text[begin:end]),
            at=found.index(place.at, number),
        ),
        cut=len(text) >= MOST_CHARACTERS,
        piece=number,
        pieces=len(pieces),
        previous_href=it.href(page=number - 1) if number > 1 else None,
        next_href=it.href(page=number + 1) if number < len(pieces) else None,
        places=found.bar(place.at, number, number + 1, it.place_href),
    )


def cut_text(text: str) -> list[tuple[int, int]]:
    """Where each piece begins and ends: at the end of a line where there is one."""
    pieces: list[tuple[int, int]] = []
    begin = 0
    while begin < len(text):
        end = min(begin + PIECE, len(text))
        if end < len(text):
            line = text.rfind("\n", begin + PIECE // 2, end)
            end = line + 1 if line >= 0 else end
        pieces.append((begin, end))
        begin = end
    return pieces


def _counted(pieces: Sequence[tuple[int, int]], spans: Sequence[Span]) -> dict[int, int]:
    counts = (
        (n, sum(begin <= span.start < end for span in spans))
        for n, (begin, end) in enumerate(pieces, 1)
    )
    return {n: count for n, count in counts if count}
