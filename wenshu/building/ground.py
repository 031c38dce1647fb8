"""What every use case stands on: the calendar, the parameters, the organisation, its words."""

from dataclasses import dataclass

from records.parameters.catalogue import FILE_MIB
from records.ports.clock import Clock
from records.ports.identities import Identities
from records.schema.loader import LoadedKinds
from services.administration.parameter_book import ParameterBook
from services.administration.people_drafts import PeopleDrafts
from services.flow.calendar_book import CalendarBook
from services.intake.staging import Staging
from services.people.dictionary_book import DictionaryBook
from services.people.organisation_book import OrganisationBook
from services.people.sessions import Sessions
from services.searching.word_book import WordBook
from wenshu.building.engines import Engines
from wenshu.building.following import office_calendar
from wenshu.building.truth import Truth
from wenshu.settings import Settings


@dataclass(frozen=True, slots=True)
class Ground:
    """Built once, before anything else over the engines."""

    calendar: CalendarBook
    parameters: ParameterBook
    book: OrganisationBook
    dictionaries: DictionaryBook
    sessions: Sessions
    staging: Staging
    drafts: PeopleDrafts
    words: WordBook


def ground_of(
    settings: Settings,
    engines: Engines,
    truth: Truth,
    *,
    known: LoadedKinds,
    identities: Identities,
    clock: Clock,
) -> Ground:
    """All of it; the dictionaries and roles that are `known` are declared."""
    calendar, parameters = office_calendar(truth), ParameterBook(truth.chains, clock)
    current = parameters.current
    return Ground(
        calendar=calendar,
        parameters=parameters,
        book=OrganisationBook(
            truth.chains,
            clock,
            work_days=calendar.current,
            parameters=current,
            own_roles=known.roles,
        ),
        dictionaries=DictionaryBook(known.dictionaries, truth.chains, clock),
        sessions=Sessions(engines.store, identities, clock, parameters=current),
        staging=Staging(
            settings.staging,
            max_bytes=settings.max_file_bytes,
            lowered=lambda: current()[FILE_MIB] << 20,
        ),
        drafts=PeopleDrafts(engines.store, identities, clock),
        words=WordBook(truth.chains, engines.analyser.fold),
    )
