"""What a record came from and what came of it, as its page shows them (M10)."""

from collections.abc import Iterable

from languages.notices import NOT_DELIVERED
from records.meaning import number_of, title_of
from records.people.organisation import Organisation
from search_ui.formats import day
from search_ui.shown.words import record_href, state_badge
from search_ui.texts import Texts
from search_ui.views.record import TieRow
from search_ui.views.shell import Badge
from services.finding.listing import Listed
from services.finding.related import Related


def tie_rows(them: Iterable[Related], organisation: Organisation, t: Texts) -> tuple[TieRow, ...]:
    """One row each; of what its reader may not open the unit and how far it is."""
    return tuple(
        TieRow(
            label=each.link or t("record.came_from" if each.is_parent else "record.came_of_it"),
            title=each.title
            or (organisation.full_name(each.unit) if each.unit else t("record.hidden")),
            href=record_href(each.record) if each.title is not None else None,
            state=_state(each),
            note=each.said,
            facts=_facts(each, organisation) if each.title is not None else (),
        )
        for each in them
    )


def _facts(each: Related, organisation: Organisation) -> tuple[str, ...]:
    unit = organisation.full_name(each.unit) if each.unit else ""
    told = (each.number, unit, day(each.dated_on) if each.dated_on else "")
    return tuple(fact for fact in told if fact)


def alike_rows(them: Iterable[Listed]) -> tuple[TieRow, ...]:
    """Records that look the same, each with how far it is."""
    return tuple(
        TieRow(
            label=number_of(row.kind, row.revision),
            title=title_of(row.kind, row.revision),
            href=record_href(row.revision.record),
            state=state_badge(row.kind, row.revision),
        )
        for row in them
    )


def _state(each: Related) -> Badge | None:
    if not each.is_there:
        return Badge(NOT_DELIVERED, "danger")
    return Badge(each.state, "ok" if each.is_done else "warning") if each.state else None
