"""The way to a record: the place one came through, else where records of its sort are kept."""

from urllib.parse import parse_qsl, urlencode

from fastapi.responses import Response

from records.errors import NotFound
from records.identity import RecordId
from records.meaning import title_of
from records.schema.kind import Kind
from search_ui.desk import Visitor
from search_ui.passed_places import keep_place, place_before
from search_ui.routers.drive.folders import crumbs_of
from search_ui.shown.search.understood import shortened
from search_ui.views.shell import Crumb
from services.finding.browse import OpenRecord
from services.finding.own_records import FILE

_PLACES = {
    "/": "nav.home",
    "/tasks": "nav.tasks",
    "/notices": "nav.notices",
    "/notifications": "notification.title",
    "/archive": "nav.archive",
    "/assistant": "nav.assistant",
    "/favourites": "nav.favourites",
}
"""Pages that list records, with the key of their name."""
_SEARCH = "/search"
_KINDS = "/kinds/"
_CALENDAR = "/calendar"
_LONGEST = 2000
"""Characters of an address that is led back to."""


def crumbs_to(visitor: Visitor, opened: OpenRecord, *, words: str) -> tuple[Crumb, ...]:
    """The way to the page of the record, which is its last step; `words` were searched for."""
    title = Crumb(title_of(opened.kind, opened.revision))
    passed = _passed(visitor)
    if words:
        search = _search(visitor, f"/search?{urlencode({'q': words})}")
        return (passed if passed and passed.label == search.label else search, title)
    if passed is not None:
        return (passed, title)
    if opened.revision.kind == FILE:
        return (*_folders(visitor, opened), title)
    return (_kept_in(visitor, opened.kind), title)


def with_way_kept(visitor: Visitor, answer: Response, record: RecordId) -> Response:
    """The answer, after which the record still knows the place, whatever is done on its page."""
    passed = _passed(visitor)
    return keep_place(visitor.request, answer, record, passed.href or "" if passed else "")


def _passed(visitor: Visitor) -> Crumb | None:
    """The page of ours that one came through, as it was; None for any that lists no records."""
    place = place_before(visitor.request)
    if len(place) > _LONGEST:
        return None
    path = place.partition("?")[0]
    if path == _SEARCH:
        return _search(visitor, place)
    label = _label(visitor, path)
    return Crumb(label, place) if label else None


def _search(visitor: Visitor, place: str) -> Crumb:
    """A search, by its words where it had some."""
    words, t = dict(parse_qsl(place.partition("?")[2])).get("q", ""), visitor.desk.texts
    return Crumb(t("search.title_of", query=shortened(words)) if words else t("nav.search"), place)


def _label(visitor: Visitor, path: str) -> str:
    key, kinds = _PLACES.get(path), visitor.desk.house.kinds
    if key is not None:
        return visitor.desk.texts(key)
    name = path.removeprefix(_KINDS).removesuffix(_CALENDAR) if path.startswith(_KINDS) else ""
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
