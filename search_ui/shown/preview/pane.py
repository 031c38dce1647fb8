"""What the preview pane shows of a file, whatever its type."""

from dataclasses import replace

from records.errors import Invalid, Refused, Unavailable
from records.preview import Outline, PreviewKind
from records.revision import FileVersion, Revision
from search_ui.shown.preview.pages import page_view
from search_ui.shown.preview.pictures import picture_view
from search_ui.shown.preview.place import Place
from search_ui.shown.preview.plain_texts import text_view
from search_ui.shown.preview.sheets import table_view
from search_ui.shown.preview.shown_file import ShownFile
from search_ui.shown.preview.written import written_view
from search_ui.texts import Texts
from search_ui.views import preview as views
from services.finding.previewing import FileDisplay
from services.relations.citation_links import CitationLinks

_WRITTEN = frozenset({PreviewKind.HTML, PreviewKind.MAIL, PreviewKind.SLIDES, PreviewKind.HOLDINGS})
_WITHOUT_WORDS = frozenset({"picture", "none"})


class PreviewPane:
    """Makes the view of a file in a revision that its reader has opened."""

    def __init__(self, previewing: FileDisplay, texts: Texts) -> None:
        self._display = previewing
        self._t = texts

    def of(
        self,
        revision: Revision,
        file: FileVersion,
        place: Place,
        links: CitationLinks | None = None,
    ) -> views.Preview:
        """The best that can be shown; a file that cannot be read is told so, in words.

        What the record cites leads where `links` say.
        """
        it = ShownFile(self._display, self._t, revision, file, place, links or CitationLinks())
        try:
            return _with_find(it, self._shown(it, self._display.outline(revision, file)))
        except Invalid as error:
            return views.NoPreview(self._reason(str(error.facts.get("why"))))
        except (Unavailable, Refused) as error:
            if error.reason not in {"busy", "too_many_at_once"}:
                raise
            return views.NoPreview("busy")

    def _shown(self, it: ShownFile, outline: Outline) -> views.Preview:
        if outline.kind is PreviewKind.PAGES:
            return page_view(it, outline)
        if outline.kind in _WRITTEN:
            return written_view(it, outline, self._notice(outline))
        if outline.kind is PreviewKind.TABLE:
            return table_view(it, outline)
        if outline.kind is PreviewKind.PICTURE:
            return picture_view(it)
        if outline.kind is PreviewKind.TEXT:
            return text_view(it)
        return views.NoPreview(self._reason(outline.reason))

    def _reason(self, why: str | None) -> str:
        known = {"encrypted": "encrypted", "too_large": "too_big", "bomb": "too_big"}
        broken = {"parse", "crash", "timeout", "memory"}
        return "failed" if why in broken else known.get(why or "", "unsupported")

    def _notice(self, outline: Outline) -> str:
        return "".join(self._t(f"preview.notice.{notice}") for notice in outline.notices)


def _with_find(it: ShownFile, shown: views.Preview) -> views.Preview:
    """With the field that looks for words in the file, where there are any."""
    if shown.shape in _WITHOUT_WORDS or it.place.in_pane:
        return shown
    typed = it.place.find.strip()
    return replace(
        shown,
        find=views.FindField(
            action=f"/records/{it.revision.record}#preview",
            words=typed,
            fields=tuple((name, value) for name, value in it.fields if name != "find"),
            nothing=bool(typed) and shown.places is None,
            clear_href=it.href(find="") if typed else "",
        ),
    )
