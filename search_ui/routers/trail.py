"""The way to a record: the place one came through, else where records of its sort are kept."""

from urllib.parse import urlencode

from records.errors import NotFound
from records.meaning import title_of
from records.schema.kind import Kind
from search_ui.desk import Visitor
from search_ui.routers.drive.folders import crumbs_of
from search_ui.views.shell import Crumb
from services.finding.browse import OpenRecord
from services.finding.own_records import FILE

_PLACES = {
    "/": "nav.home",
    "/search": "nav.search",
    "/tasks": "nav.tasks",
    "/notices": "nav.notices",
    "/notifications": "notification.title",
    "/rooms": "nav.rooms",
    "/archive": "nav.archive",
    "/assistant": "nav.assistant",
    "/favourites": "nav.favourites",
}
"""Pages that list records, with the key of their name."""
_KINDS = "/kinds/"
_LONGEST = 2000
"""Characters of an address that is led back to."""


def crumbs_to(visitor: Visitor, opened: OpenRecord, *, words: str) -> tuple[Crumb, ...]:
    """The way to the page of the record, which is its last step; `words` were searched for."""
    title = Crumb(title_of(opened.kind, opened.revision))
    if words:
        label = visitor.desk.texts("search.title_of", query=words)
        return (Crumb(label, f"/search?{urlencode({'q': words})}"), title)
    passed = _passed(visitor)
    if passed is not None:
        return (passed, title)
    if opened.revision.kind == FILE:
        return (*_folders(visitor, opened), title)
    return (_kept_in(visitor, opened.kind), title)


def _passed(visitor: Visitor) -> Crumb | None:
    """The page of ours that the link stood on, as it was; None for any that lists no records."""
    headers = visitor.request.headers
    came, host = headers.get("referer", ""), headers.get("host", "")
    ours = next(
        (at for at in (f"http://{host}", f"https://{host}") if came.startswith(f"{at}/")), ""
    )
    place = came[len(ours) :] if ours else ""
    label = _label(visitor, place.partition("?")[0])
    return Crumb(label, place) if label and len(place) <= _LONGEST else None


def _label(visitor: Visitor, path: str) -> str:
    key, kinds = _PLACES.get(path), visitor.desk.house.kinds
    if key is not None:
        return visitor.desk.texts(key)
    name = path.removeprefix(_KINDS) if path.startswith(_KINDS) else ""
    return next((_list_name(kind) for kind in kinds if kind.kind == name), "")


def _folders(visitor: Visitor, opened: OpenRecord) -> tuple[Crumb, ...]:
    """Where a file of a drive lies; of somebody else's, as far as one may see its folder."""
    revision, t = opened.revision, visitor.desk.texts
    folder = str(revision.fields.get("folder") or "")
    shared = revision.owner != visitor.caller.person.login
    try:
        if folder or not shared:
            return crumbs_of(visitor, folder)
    except NotFound:
        pass
    root = crumbs_of(visitor, "")
    return (*root, Crumb(t("drive.shared"), "/drive/shared")) if shared else root


def _kept_in(visitor: Visitor, kind: Kind) -> Crumb:
    if kind.announces:
        return Crumb(visitor.desk.texts("nav.notices"), "/notices")
    return Crumb(_list_name(kind), f"{_KINDS}{kind.kind}")


def _list_name(kind: Kind) -> str:
    return kind.menu.title if kind.menu is not None else kind.title
