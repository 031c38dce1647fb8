"""What a record cites, what cites it and what it is like, row by row, in words."""

from languages.citing import RELATIONS
from records.meaning import dated_on, number_of, title_of
from records.people.organisation import Organisation
from records.revision import Revision
from records.schema.kind import Kinds
from search_ui.formats import day
from search_ui.shown.words import between_href, record_href, state_badge
from search_ui.texts import Texts
from search_ui.views.record import TieRow
from services.relations.alike import Alike
from services.relations.citations import Cited
from services.relations.look_alikes import LookAlike


class CitedShowing:
    """Makes the rows for one reader; every record in them is one that he may read."""

    def __init__(self, kinds: Kinds, organisation: Organisation, texts: Texts) -> None:
        self._kinds = kinds
        self._organisation = organisation
        self._t = texts

    def cited(self, each: Cited) -> TieRow:
        """The other end of a citation; as it is written where no record is found for it."""
        label = RELATIONS[each.relation]
        return self._row(label, each.revision) if each.revision else TieRow(label, each.text, None)

    def same(self, each: LookAlike, beside: Revision) -> TieRow:
        """What looks the same as the record beside it."""
        href = between_href(each.revision.record, beside.record)
        return self._row("、".join(each.why), each.revision, compare_href=href)

    def alike(self, each: Alike) -> TieRow:
        """What is on the same matter: by titles, by what both cite, or by both."""
        why = []
        if each.both_cite:
            why.append(self._t("record.both_cite", papers="、".join(each.both_cite)))
        if each.why:
            why.append(self._t("record.both_say", words="”“".join(each.why)))
        return self._row("", each.revision, note="；".join(why))

    def _row(
        self,
        label: str,
        revision: Revision,
        *,
        note: str | None = None,
        compare_href: str | None = None,
    ) -> TieRow:
        kind = self._kinds.of(revision)
        unit = self._organisation.full_name(revision.unit)
        told = (number_of(kind, revision), unit, day(dated_on(kind, revision)))
        return TieRow(
            label,
            title_of(kind, revision),
            record_href(revision.record),
            state=state_badge(kind, revision),
            note=note,
            facts=tuple(each for each in told if each),
            compare_href=compare_href,
        )
