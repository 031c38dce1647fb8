"""Columns of hits: of the table on the page, and of exports."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from records.file_names import file_type_of
from records.lists.search_facts import issuers_of
from records.meaning import dated_on
from records.times.office_time import OFFICE_ZONE
from services.people.caller import Caller
from services.searching.facets import issuer_name
from services.searching.matches import Match
from services.searching.search_page import Found


@dataclass(frozen=True, slots=True)
class HitColumn:
    """A column by name; `text` is what a hit has in it, in words."""

    name: str
    label: str
    text: Callable[[Found, Caller], str]


def _issuer(found: Found, caller: Caller) -> str:
    names = (
        issuer_name(caller.organisation, each) for each in issuers_of(found.kind, found.revision)
    )
    return "、".join(names)


def _state(found: Found, _: Caller) -> str:
    state, repeal = found.kind.state(found.revision.state), found.repealed_by
    told = [state.label] if state else []
    if repeal:
        told.append(repeal.words)
    return "；".join(told)


def _changed(found: Found, _: Caller) -> str:
    return f"{found.revision.event.at.astimezone(OFFICE_ZONE):%Y-%m-%d %H:%M}"


def _types(found: Found, _: Caller) -> str:
    return "、".join(sorted({file_type_of(file.name) for file in found.revision.files}))


def _passage(found: Found, _: Caller) -> str:
    return plain(found.matches[0]) if found.matches else ""


def _where(found: Found, _: Caller) -> str:
    return where(found, found.matches[0]) if found.matches else ""


_EVERY = (
    HitColumn("title", "标题", lambda found, _: found.title),
    HitColumn("number", "文号", lambda found, _: found.number),
    HitColumn("kind", "类别", lambda found, _: found.kind.title),
    HitColumn("unit", "单位", lambda f, who: who.organisation.full_name(f.revision.unit)),
    HitColumn("issuer", "发文机关", _issuer),
    HitColumn("author", "起草人", lambda f, who: who.organisation.name_of(f.revision.owner)),
    HitColumn("dated_on", "成文日期", lambda f, _: dated_on(f.kind, f.revision).isoformat()),
    HitColumn("level", "密级", lambda found, _: found.revision.level.label),
    HitColumn("state", "状态", _state),
    HitColumn("changed", "最后更新", _changed),
    HitColumn("files", "文件格式", _types),
    HitColumn("passage", "命中内容", _passage),
    HitColumn("where", "命中位置", _where),
)
HIT_COLUMNS: Mapping[str, HitColumn] = {column.name: column for column in _EVERY}
"""All there are, in their order."""

SHOWN = ("title", "number", "kind", "unit", "dated_on", "state")
"""Columns of who has chosen none."""


def columns_of(chosen: tuple[str, ...]) -> tuple[HitColumn, ...]:
    """Those chosen, in their order, and the title in any case; those of `SHOWN` where none is."""
    wanted = {"title", *chosen} if set(chosen) & set(HIT_COLUMNS) else set(SHOWN)
    return tuple(column for name, column in HIT_COLUMNS.items() if name in wanted)


def plain(match: Match) -> str:
    """A passage without its marks."""
    return "".join(piece.text for piece in match.pieces)


def where(found: Found, match: Match) -> str:
    """Where a passage stands."""
    return match.place.words(found.kind)
