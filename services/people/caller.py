"""Who is asking: the person, what is true of him now, and the organisation of this moment."""

from dataclasses import dataclass, field
from datetime import date, datetime

from records.access import AccessFilter, Reader
from records.flow.decision import WorkDays
from records.office_time import Weekdays, office_day
from records.organisation import Organisation, Person
from records.reading import filter_for


@dataclass(frozen=True, slots=True)
class Caller:
    """The person on whose behalf a use case runs. Made anew for every request."""

    person: Person
    reader: Reader
    organisation: Organisation
    now: datetime
    work_days: WorkDays = field(default_factory=Weekdays)

    @property
    def today(self) -> date:
        """The calendar day of the office."""
        return office_day(self.now)

    @property
    def access(self) -> AccessFilter:
        """What this person may find."""
        return filter_for(self.reader, self.today)

    def has_role(self, name: str) -> bool:
        """Whether the person holds the role."""
        return name in self.person.roles
