"""Who is asking: the person, what is true of him now, and the organisation of this moment."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from records.errors import Invalid
from records.flow.decision import WorkDays
from records.identity import UnitCode
from records.parameters.parameter import Parameters
from records.people.organisation import Organisation, Person
from records.people.roles import Power
from records.revision import Revision
from records.rights.access import AccessFilter, Reader
from records.rights.editing import may_add, may_edit
from records.rights.reading import filter_for
from records.schema.kind import Kind
from records.times.office_time import Weekdays, office_day


@dataclass(frozen=True, slots=True)
class Caller:
    """The person on whose behalf a use case runs. Made anew for every request."""

    person: Person
    reader: Reader
    organisation: Organisation
    now: datetime
    work_days: WorkDays = field(default_factory=Weekdays)
    parameters: Parameters = field(default_factory=Parameters)
    """The limits of this moment (AQ-11)."""

    @property
    def today(self) -> date:
        """The calendar day of the office."""
        return office_day(self.now)

    @property
    def access(self) -> AccessFilter:
        """What this person may find."""
        return filter_for(self.reader, self.today)

    def at(self, unit: UnitCode) -> "Caller":
        """The same person as he acts for one of his units (兼职, SY-07).

        Raises Invalid (``not_your_place``) for a unit in which he has no place.
        """
        if unit == self.person.unit:
            return self
        if unit not in dict(self.person.places):
            raise Invalid(
                "not_your_place", field="unit", unit=self.organisation.unit_name(unit)[:60]
            )
        return replace(self, person=self.person.at(unit))

    def may_edit(self, kind: Kind, revision: Revision) -> bool:
        """Whether the person may change the content of a record now."""
        return may_edit(
            kind, revision, self.reader, today=self.today, organisation=self.organisation
        )

    def may_add(self, kind: Kind, revision: Revision) -> frozenset[str]:
        """The parts of a record to which the person may add files now."""
        return may_add(
            kind, revision, self.reader, today=self.today, organisation=self.organisation
        )

    def may(self, power: Power) -> bool:
        """Whether one of the person's roles has this power."""
        return power in self.organisation.powers(self.person)
