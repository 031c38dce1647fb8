"""Small words of records: badges, icons, addresses."""

from urllib.parse import quote, urlencode

from records.errors import Conflict, WenshuError
from records.file_names import file_type_of
from records.flow.declarations import ReadBy
from records.flow.task import Opinion
from records.identity import Login
from records.people.organisation import Organisation
from records.revision import Revision
from records.rights.access import Level
from records.schema.kind import Kind
from search_ui.views.shell import Badge, Tone
from services.searching.search_page import Repeal

_ICONS = {
    "pdf": "file-type-pdf", "ofd": "file-type-ofd", "doc": "file-type-doc", "wps": "file-type-doc",
    "docx": "file-type-doc", "docm": "file-type-doc", "rtf": "file-type-doc",
    "txt": "file-type-txt",
    "xls": "file-type-xls", "xlsx": "file-type-xls", "xlsm": "file-type-xls", "et": "file-type-xls",
    "csv": "table", "ppt": "file-type-ppt", "pptx": "file-type-ppt", "dps": "file-type-ppt",
    "eml": "mail", "msg": "mail", "zip": "file-zip", "rar": "file-zip", "7z": "file-zip",
    "png": "photo", "jpg": "photo", "jpeg": "photo", "gif": "photo", "bmp": "photo",
    "tif": "photo", "tiff": "photo", "webp": "photo",
}  # fmt: skip
_DRAWN = frozenset(
    {"pdf", "ofd", "png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "webp"}
)  # fmt: skip
"""Types of which the previewer makes a small page; others have a picture of their type."""

_LEVEL_TONES: dict[Level, Tone] = {
    Level.PUBLIC: "ok",
    Level.INTERNAL: "neutral",
    Level.SECRET: "danger",
    Level.CONFIDENTIAL: "danger",
    Level.TOP_SECRET: "danger",
}


def file_icon(name: str) -> str:
    """The picture for a file of that name."""
    return _ICONS.get(file_type_of(name), "file")


def kind_icon(kind: Kind) -> str:
    """The picture for a kind: published to readers, a place, a file."""
    if kind.announces:
        return "speakerphone"
    return "file-text" if kind.parts or kind.has_flow else "folder"


def level_badge(level: Level) -> Badge:
    """The level of a record, louder from 秘密 on."""
    return Badge(level.label, _LEVEL_TONES[level])


def repeal_badge(repeal: Repeal | None) -> tuple[Badge, ...]:
    """That a record is repealed, and by what; none where it is not."""
    return (Badge(repeal.words, "danger"),) if repeal else ()


def state_badge(kind: Kind, revision: Revision) -> Badge | None:
    """The state a record stands in; None for kinds without a flow."""
    state = kind.state(revision.state)
    if state is None:
        return None
    if state.done:
        return Badge(state.label, "ok" if state.read is ReadBy.AUDIENCE else "neutral")
    return Badge(state.label, "info" if revision.state == kind.start.state else "warning")


def calendar_href(kind: str, of: str = "") -> str:
    """The calendar of a kind of bookings, of one thing that is booked where `of` names it."""
    return f"/kinds/{quote(kind)}/calendar{'?' + urlencode({'of': of}) if of else ''}"


def drawn_href(record: str, opinion: Opinion) -> str:
    """Where the picture of an opinion written by pen is; empty for one that was typed."""
    drawn = opinion.handwriting
    return f"{record_href(record)}/handwriting/{drawn.sha256}" if drawn else ""


def record_href(record: str, **query: object) -> str:
    """The address of a record's page; parameters that are None or empty stay out."""
    given = {name: value for name, value in query.items() if value not in (None, "")}
    return f"/records/{quote(record)}" + (f"?{urlencode(given)}" if given else "")


def compare_href(record: str, older: int, newer: int, view: str = "") -> str:
    """Where two versions of a record stand beside each other."""
    way = f"&view={view}" if view else ""
    return f"/records/{quote(record)}/comparison?older={max(1, older)}&newer={newer}{way}"


def small_href(revision: Revision, name: str) -> str | None:
    """Where the first page of a file is drawn in small; None for a type that is not drawn."""
    if file_type_of(name) not in _DRAWN:
        return None
    at = urlencode({"file": name, "revision": revision.number})
    return f"{record_href(revision.record)}/thumbnail?{at}"


def between_href(record: str, other: str) -> str:
    """Where two records stand beside each other."""
    return f"/records/{quote(record)}/beside/{quote(other)}"


def download_href(record: str, name: str, number: int | None = None) -> str:
    """The address of a file's bytes."""
    at = f"&revision={number}" if number is not None else ""
    return f"/records/{quote(record)}/download?{urlencode({'file': name})}{at}"


def member_href(record: str, name: str, member: str, number: int) -> str:
    """The address of the bytes of what a file holds."""
    asked = urlencode({"file": name, "member": member, "revision": number})
    return f"/records/{quote(record)}/member?{asked}"


def with_name(error: WenshuError, organisation: Organisation) -> WenshuError:
    """The error with the name of who was faster, in the place of his login."""
    by = error.facts.get("by")
    if error.reason != "stale_revision" or not isinstance(by, str):
        return error
    return Conflict("stale_revision", **{**error.facts, "by": organisation.name_of(Login(by))})
