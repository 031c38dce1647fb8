"""A citation with the form that corrects it, in words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from languages.citing import RELATIONS
from records.meaning import number_of, title_of
from records.people.organisation import Organisation
from records.queries.relations import Relation
from records.revision import Revision
from records.schema.kind import Kinds
from search_ui.formats import moment
from search_ui.shown.words import record_href
from search_ui.texts import Texts
from search_ui.views.relations.corrections import CorrectedRow
from search_ui.views.shell import Choice
from services.relations.citation_desk import Correctable

NONE = "none"
"""In the place of a sort: it is no citation."""


def corrected_row(
    it: Correctable, kinds: Kinds, organisation: Organisation, t: Texts
) -> CorrectedRow:
    """What can be said of one citation, and what was."""
    target = it.meant or (it.fitting[0] if len(it.fitting) == 1 else None)
    title = it.text or (title_of(kinds.of(target), target) if target else "")
    stands = it.relation is not None
    return CorrectedRow(
        anchor=it.anchor,
        title=title,
        href=record_href(target.record) if target else None,
        read=t("citation_corrections.read", relation=RELATIONS[it.relation]) if it.relation else "",
        said=_said(it, kinds, organisation, t),
        relations=_choices(it, t) if stands else (),
        records=_records(it, kinds) if stands else (),
    )


@dataclass(frozen=True, slots=True)
class Sent:
    """What was filled in, and why it was refused; without an anchor it was to be added."""

    anchor: str
    relation: str
    means: str
    typed: str
    problem: str


def filled(row: CorrectedRow, sent: Sent) -> CorrectedRow:
    """The row with what was filled in, if it was in its form."""
    if row.anchor != sent.anchor:
        return row
    return replace(
        row,
        relations=chosen(row.relations, sent.relation),
        records=chosen(row.records, sent.means),
        typed=sent.typed,
        is_open=True,
    )


def chosen(choices: Sequence[Choice], value: str | None) -> tuple[Choice, ...]:
    """The choices, of which this one is chosen; as they are where none has the value."""
    if all(each.value != value for each in choices):
        return tuple(choices)
    return tuple(replace(each, chosen=each.value == value) for each in choices)


def _records(it: Correctable, kinds: Kinds) -> tuple[Choice, ...]:
    """Those that bear its number or title where there are several, and the one that was said."""
    meant = it.meant.record if it.meant else None
    offered = {each.record: each for each in (*it.fitting, *((it.meant,) if it.meant else ()))}
    if meant is None and len(offered) < 2:
        return ()
    return tuple(
        Choice(record, _named(kinds, each), chosen=record == meant)
        for record, each in offered.items()
    )


def relation_choices(one: Relation | None) -> tuple[Choice, ...]:
    """The sorts, as they are usually thought of."""
    order = (*reversed(Relation),)
    return tuple(Choice(each, RELATIONS[each], chosen=each is one) for each in order)


def _choices(it: Correctable, t: Texts) -> tuple[Choice, ...]:
    said = it.said
    is_none = said is not None and said.is_none
    as_read = Choice("", t("citation_corrections.as_read"), chosen=said is None)
    sorts = relation_choices(said.relation if said else None)
    return (as_read, *sorts, Choice(NONE, t("citation_corrections.none"), chosen=is_none))


def _said(it: Correctable, kinds: Kinds, organisation: Organisation, t: Texts) -> str:
    if it.said is None:
        return ""
    what = [t("citation_corrections.none")] if it.said.is_none else []
    if it.said.relation:
        what.append(RELATIONS[it.said.relation])
    if it.meant is not None:
        what.append(_named(kinds, it.meant))
    who, at = organisation.name_of(it.said.by), moment(it.said.at)
    way = "added" if it.said.is_added else "said" if it.relation else "resting"
    return t(f"citation_corrections.{way}", who=who, at=at, what="，".join(what))


def _named(kinds: Kinds, revision: Revision) -> str:
    kind = kinds.of(revision)
    number = number_of(kind, revision)
    return f"《{title_of(kind, revision)}》{f'（{number}）' if number else ''}"
