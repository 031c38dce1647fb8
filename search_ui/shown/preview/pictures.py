"""A picture, turned by quarters and in the size that was chosen; upright with its text on it."""

from search_ui.shown.preview.pages import recognised_view
from search_ui.shown.preview.place import ZOOMS
from search_ui.shown.preview.shown_file import ShownFile
from search_ui.views import preview as views
from search_ui.views.shell import Tab


def picture_view(it: ShownFile) -> views.PicturePreview | views.PagePicture:
    """The picture upright as its camera says, and turned from there.

    Text that was recognised on it can be chosen and is marked while it is not turned.
    """
    place, state = it.place, it.display.scanned(it.revision, it.file)
    if state is not None and state.done and not place.turn:
        return recognised_view(it)
    return views.PicturePreview(
        it.drawn_href("picture", **({"turn": place.turn} if place.turn else {})),
        it.file.name,
        left_href=it.href(turn=(place.turn - 1) % 4 or ""),
        right_href=it.href(turn=(place.turn + 1) % 4 or ""),
        zooms=tuple(
            Tab(
                it.texts(f"preview.picture_{each}"),
                it.href(zoom=each),
                current=each == place.zoom,
            )
            for each in (() if place.in_pane else ZOOMS)
        ),
        zoom=ZOOMS[0] if place.in_pane else place.zoom,
    )
