"""The use cases of who people are: accounts, people files, dictionaries."""

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from indexers.name_spelling import NameSpelling
from languages.codes import code_message, replaced_message
from records.people.people_rows import PeopleRows
from records.ports.clock import Clock
from records.ports.identities import Identities
from records.schema.kind import Kinds
from services.administration.access_explained import AccessExplainer
from services.administration.applications import Applications
from services.administration.parameter_desk import ParameterDesk
from services.administration.people_changes import PeopleChanges
from services.administration.people_desk import PeopleDesk
from services.administration.people_preview import PeopleFiles
from services.administration.role_list import RoleList
from services.administration.unit_desk import UnitDesk
from services.administration.untold_changes import UntoldChanges
from services.directory import ContactBook, Corrections, Directory
from services.house_parts.administration import Administration
from services.house_parts.entry import Entry
from services.house_parts.rosters import Rosters
from services.intake.ingest import RecordIntake
from services.people.accounts import Accounts
from services.people.app_tokens import AppTokens
from services.people.delegations import DelegationDesk
from services.people.devices import Devices
from services.people.door.code_limits import CodeLimits
from services.people.door.code_sign_in import CodeSignIn
from services.people.door.door_codes import DoorCodes
from services.people.door.recovery import Recovery
from services.people.door.sent_codes import SentCodes
from services.people.door.unified_sign_in import ErrandSeal, UnifiedSignIn
from services.people.first_visit import FirstVisit
from services.people.groups import GroupBook
from services.people.name_finder import NameFinder
from services.people.particulars import ParticularsBook
from services.people.people_file import PeopleLoader
from services.people.phrases import PhraseBook
from services.people.recent_choices import RecentChoices
from services.people.rights_news import RightsNews
from services.people.sign_in_guard import SignInGuard
from services.people.sign_out_everywhere import SignOutEverywhere
from wenshu.building.engines import Engines
from wenshu.building.ground import Ground
from wenshu.building.outside import Outside
from wenshu.building.truth import Truth
from wenshu.settings import Settings
from wenshu.system.argon_hasher import ArgonPasswordHasher
from wenshu.system.couriers import couriers


@dataclass(frozen=True, slots=True)
class PeopleFloor:
    """What the house is handed of it."""

    accounts: Accounts
    app_tokens: AppTokens
    people: PeopleLoader
    untold: UntoldChanges
    sent_codes: SentCodes
    delegations: DelegationDesk
    phrases: PhraseBook
    first_visit: FirstVisit
    rosters: Rosters
    administration: Administration
    entry: Entry


def people_floor(
    settings: Settings,
    engines: Engines,
    truth: Truth,
    *,
    identities: Identities,
    clock: Clock,
    ground: Ground,
    ingest: RecordIntake,
    kinds: Kinds,
    outside: Outside,
) -> PeopleFloor:
    """All of it, built once."""
    book, dictionaries, limits = ground.book, ground.dictionaries, ground.parameters.current
    devices = Devices(truth.claims, clock)
    accounts = Accounts(
        truth.chains,
        ArgonPasswordHasher(memory_kib=settings.password_memory_kib),
        identities,
        clock,
        SignInGuard(engines.limiter, devices, parameters=limits),
        parameters=limits,
        directory=outside.directory,
    )
    news = RightsNews(ingest, book=book, clock=clock)
    app_tokens = AppTokens(truth.claims, identities, clock)
    out = SignOutEverywhere(ground.sessions, app_tokens)
    ways = {each.channel: each for each in couriers(settings.couriers)}
    codes = SentCodes(
        truth.claims,
        identities,
        clock,
        limiter=engines.limiter,
        couriers=ways,
        wording=code_message,
        parameters=limits,
    )
    code_limits = CodeLimits(engines.limiter, devices)
    particulars = ParticularsBook(
        truth.chains,
        clock,
        codes,
        accounts,
        limits=code_limits,
        news=news,
        wording=replaced_message,
    )
    door_codes = DoorCodes(accounts, codes, particulars, book=book, limits=code_limits)
    untold = UntoldChanges(truth.claims, identities, clock, book=book, news=news)
    changes = PeopleChanges(book, accounts, out, news, particulars=particulars, untold=untold)
    loader = PeopleLoader(changes, accounts, dictionaries)
    applications = Applications(
        truth.claims, identities, clock, limiter=engines.limiter, parameters=limits
    )
    spelling, desk = NameSpelling().matcher, PeopleDesk(book, changes)
    names = NameFinder(spelling)
    return PeopleFloor(
        accounts=accounts,
        app_tokens=app_tokens,
        people=loader,
        untold=untold,
        sent_codes=codes,
        delegations=DelegationDesk(book, kinds, clock, news),
        phrases=PhraseBook(truth.chains, truth.claims, dictionaries.current),
        first_visit=FirstVisit(truth.claims),
        rosters=Rosters(
            names=names,
            directory=Directory(names),
            contacts=ContactBook(truth.chains, spelling),
            groups=GroupBook(truth.chains),
            recent=RecentChoices(truth.claims),
        ),
        entry=Entry(
            applications=applications,
            particulars=particulars,
            codes=door_codes,
            recovery=Recovery(accounts, door_codes, out=out, news=news),
            by_code=CodeSignIn(accounts, door_codes, parameters=limits),
            unified=UnifiedSignIn(
                outside.provider,
                identities=identities,
                book=book,
                seal=ErrandSeal(truth.claims, identities, clock),
                limiter=engines.limiter,
            ),
        ),
        administration=Administration(
            parameters=ParameterDesk(ground.parameters, news),
            people=desk,
            units=UnitDesk(changes),
            access=AccessExplainer(truth.log, kinds),
            roles=RoleList(kinds),
            corrections=Corrections(truth.claims, desk),
            files=PeopleFiles(ground.drafts, loader, read=_read_people_file, clock=clock),
        ),
    )


def _read_people_file(path: Path, name: str) -> PeopleRows:
    """The reader is loaded by the first file: a worker should not hold what reads spreadsheets."""
    rows: PeopleRows = import_module("documents.people_files").read_people_file(path, name)
    return rows
