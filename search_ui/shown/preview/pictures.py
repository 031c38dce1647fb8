"""A picture, turned by quarters and in the size that was chosen."""

from search_ui.shown.preview.place import ZOOMS
from search_ui.shown.preview.shown_file import ShownFile
from search_ui.views import preview as views
from search_ui.views.shell import Tab


def picture_view(it: ShownFile) -> views.PicturePreview:
    """The picture upright as its camera says, and turned from there."""
    place = it.place
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
