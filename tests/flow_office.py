"""An office of made-up people and papers that go through it, for tests of the engine of actions."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from records.flow.acting import act, offers
from records.flow.choosing import sorted_out
from records.flow.decision import ActionInput, Office, Situation
from records.flow.marks import still_true
from records.flow.task import Task
from records.flow.task_list import Holder, opened
from records.identity import CLOCK, KindName, Login, RecordId, Token
from records.people.library_folders import LibraryFolder
from records.people.organisation import Organisation, Person
from records.people.organisation_check import checked
from records.people.unit_tree import Unit
from records.revision import Event, FieldValue, FileVersion, Revision
from records.rights.access import Level, Reader, person_token
from records.rights.reading import read_rule
from records.schema.kind import Kind
from records.schema.kind_fields import FieldType
from records.schema.loader import load_kinds
from records.times.office_time import Weekdays

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
ROOT = Path(__file__).parents[1]
KINDS = {
    kind.kind: kind
    for folder in ("records/kinds", "tests/kinds")
    for kind in load_kinds(ROOT / folder)
    if kind.has_flow
}
CLOCK_READER = Reader(login=CLOCK, tokens=frozenset(), clearance=Level.PUBLIC)


def person(login: str, unit: str, *posts: str, roles: tuple[str, ...] = ("staff",)) -> Person:
    """Somebody of the office."""
    return Person.model_validate(
        {"login": login, "name": f"{login}氏", "unit": unit, "posts": posts, "roles": roles}
    )


OFFICE = checked(
    Organisation(
        units=(
            Unit.model_validate({"code": "bureau", "name": "局", "level": "市", "profile": "市局"}),
            Unit.model_validate({"code": "law", "name": "法规科", "parent": "bureau"}),
            Unit.model_validate({"code": "food", "name": "食品科", "parent": "bureau"}),
            Unit.model_validate({"code": "price", "name": "价格科", "parent": "bureau"}),
        ),
        people=(
            person("author", "law"),
            person("head", "law", "科室负责人"),
            person("watch2", "bureau", "督查室"),
            person("registry", "bureau", "机要室"),
            person("registry2", "bureau", "机要室"),
            person("keeper", "law", "督查管理员"),
            person("keeper2", "food", "督查管理员"),
            person("keeper3", "price", "督查管理员"),
            person("watch", "bureau", "督查室"),
            person("rooms", "bureau", "会议室管理员"),
            person("cars", "bureau", "车管员"),
            person("leader1", "bureau"),
            person("leader2", "bureau"),
            person("leader3", "bureau"),
            person("filer", "bureau", roles=("staff", "archivist")),
            person("admin", "bureau", roles=("administrator",)),
            person("officer", "bureau", roles=("security_officer",)),
        ),
        folders=tuple(
            LibraryFolder.model_validate(
                {"code": code, "library": kind, "name": "目录", "keepers": ("role:staff",)}
            )
            for code, kind in (("D1", "library_document"), ("D2", "reference_material"))
        ),
    )
)

VALUES: Mapping[str, FieldValue] = {
    "title": "题",
    "audience": ("everyone",),
    "receivers": ("everyone",),
    "body": "文",
    "main_unit": "law",
    "assisting": ("food", "price"),
    "signers": ("leader1", "leader2"),
    "source": "公文",
    "requirement": "请按期办理",
    "way": "督查办理",
    "contact": "甲",
    "phone": "1",
    "wanted_until": "2026-12-20",
    "given_on": "2026-11-20",
    "due_on": "2026-12-10",
    "ends_on": "2026-12-01",
    "room": "R",
    "piece": "R",
    "reason": "补到",
    "departs": "2026-11-21T01:00:00+00:00",
    "returns": "2026-11-21T02:00:00+00:00",
    "persons": 3,
    "car": "R",
    "driver": "R",
    "seats": 4,
    "inspect_by": "2026-12-31",
    "insured_until": "2026-12-31",
    "licensed_until": "2026-12-31",
    "begins": "2026-11-21T01:00:00+00:00",
    "ends": "2026-11-21T02:00:00+00:00",
    "category": "工作动态",
    "content": "文",
    "units": ("law",),
    "journal": "政务信息",
    "issued_on": "2026-12-04",
    "points": 5,
}


def without(organisation: Organisation, *logins: str) -> Organisation:
    """The office once these people are disabled."""
    people = (
        p.model_copy(update={"disabled": True}) if p.login in logins else p
        for p in organisation.people
    )
    return Organisation(
        units=organisation.units,
        people=tuple(people),
        delegations=organisation.delegations,
        folders=organisation.folders,
    )


def merged(organisation: Organisation, code: str, into: str) -> Organisation:
    """The office once this unit is merged into another (机构合并)."""
    units = tuple(
        u.model_copy(update={"merged_into": into}) if u.code == code else u
        for u in organisation.units
    )
    return checked(
        Organisation(
            units=units,
            people=organisation.people,
            delegations=organisation.delegations,
            folders=organisation.folders,
        )
    )


def bereft(organisation: Organisation, login: str) -> Organisation:
    """The office once this person has neither posts nor roles any more."""
    people = (
        p.model_copy(update={"posts": (), "roles": ("staff",)}) if p.login == login else p
        for p in organisation.people
    )
    return Organisation(
        units=organisation.units,
        people=tuple(people),
        delegations=organisation.delegations,
        folders=organisation.folders,
    )


def a_file(part: str, digest: str = "0", *, since: int = 1) -> FileVersion:
    """A file of a part, its bytes told apart by one digit."""
    return FileVersion.model_validate(
        {
            "part": part,
            "name": f"{part}.docx",
            "sha256": digest * 64,
            "size_bytes": 1,
            "media_type": "text/plain",
            "since": since,
        }
    )


def _of_type(kind: Kind) -> dict[str, FieldValue]:
    """Values of required fields that `VALUES` does not know, or of another type than it has."""
    made: dict[str, FieldValue] = {}
    for name, declared in kind.fields.items():
        if declared.type is FieldType.UNITS and (declared.required or name == "receivers"):
            made[name] = ("food",)
        if name in VALUES or not (declared.required or declared.required_if):
            continue
        if declared.type is FieldType.CHOICE:
            made[name] = declared.default or declared.options[0]
        elif declared.type is FieldType.TERM:
            made[name] = "渝市监发"
        elif declared.type is FieldType.FOLDER:
            made[name] = next(each.code for each in OFFICE.folders if each.library == kind.kind)
        elif declared.type in {FieldType.TEXT, FieldType.LONG_TEXT}:
            made[name] = "文"
    return made


def begun(
    kind: Kind,
    *,
    owner: str = "author",
    fields: Mapping[str, FieldValue] | None = None,
    organisation: Organisation = OFFICE,
    received: bool = False,
) -> Revision:
    """A record of the kind in its first state; `fields` replace those that a test seldom minds.

    One `received` begins as those that other records send here.
    """
    values = {**VALUES, **_of_type(kind), **(fields or {})}
    named = next(iter(kind.start.holder), "")
    holder = Token(named if named.startswith("role:") else person_token(Login(owner)))
    state = str(kind.start.received if received else kind.start.state)
    blank = Revision(
        record=RecordId("R"),
        number=1,
        kind=kind.kind,
        kind_version=1,
        previous=None,
        created_at=NOW,
        owner=Login(owner),
        unit=organisation.person(Login(owner)).unit,
        fields={name: value for name, value in values.items() if name in kind.fields},
        files=tuple(a_file(part) for part in kind.parts),
        state=state,
        entered=1,
        entered_at=NOW,
        participants=frozenset({holder}),
        event=Event(action="create", actor=Login(owner), at=NOW, write_id="w"),
    )
    office = Office(kind, organisation, NOW, Weekdays())
    holders = () if kind.states[state].done else [Holder(holder)]
    tasks = opened(office, blank, holders, state=state, tasks=(), by=Login(owner))
    return blank.model_copy(update={"tasks": tasks})


A_ROOM = begun(KINDS[KindName("room")], owner="rooms")

A_PIECE = begun(
    KINDS[KindName("manuscript")],
    fields={"filed_year": "2026", "retention": "永久", "piece_no": "7", "filed_under": "法规"},
).model_copy(update={"state": "archived"})
"""A piece of the archive, for 补充件."""

OTHERS: Mapping[str, Revision] = {
    "room": A_ROOM,
    "car": begun(KINDS[KindName("car")], owner="cars"),
    "driver": begun(KINDS[KindName("driver")], owner="cars"),
    "piece": A_PIECE,
    "red_head": begun(KINDS[KindName("red_head")], fields={"units": ("bureau",)}),
    "info_issue": begun(KINDS[KindName("info_issue")]).model_copy(update={"state": "open"}),
    "info_item": begun(KINDS[KindName("info_item")]).model_copy(update={"state": "adopted"}),
}
"""Records that fields of others name, by the kind of the field or its name."""


@dataclass
class Paper:
    """A record on its way; `act` takes an action as somebody and keeps what comes of it."""

    kind: Kind
    now: Revision
    organisation: Organisation = OFFICE
    clock: datetime = NOW
    opened_by: frozenset[Login] | None = field(default_factory=frozenset)

    @classmethod
    def of(cls, name: str, **begin: object) -> "Paper":
        """A new record of a kind by its name."""
        kind = KINDS[KindName(name)]
        return cls(kind, begun(kind, **begin))  # type: ignore[arg-type]

    @property
    def office(self) -> Office:
        """The surroundings as they stand."""
        related = {
            name: OTHERS[field.of or name]
            for name, field in self.kind.fields.items()
            if (field.of or name) in OTHERS
        }
        return Office(
            kind=self.kind,
            organisation=self.organisation,
            now=self.clock,
            work_days=Weekdays(),
            opened_by=self.opened_by,
            related=related,
            rules={name: read_rule(KINDS[each.kind], each) for name, each in related.items()},
            kinds={name: KINDS[each.kind] for name, each in related.items()},
        )

    def reader(self, login: str) -> Reader:
        """Somebody as the engine sees him."""
        return (
            CLOCK_READER if login == CLOCK else self.organisation.reader(Login(login), self.today)
        )

    def tried(
        self,
        login: str,
        name: str,
        chosen: object = (),
        *,
        opinion: str | None = None,
        fields: Mapping[str, FieldValue] | None = None,
        **given: object,
    ) -> Revision:
        """What the action would make of the record; words are given where they are asked for."""
        action = self.kind.action(name)
        if opinion is None:
            opinion = "意见" if action.opinion == "required" else ""
        reader = self.reader(login)
        people, tasks, step = sorted_out(
            Situation(self.office, self.now, reader, name),
            chosen,  # type: ignore[arg-type]
        )
        given_in = ActionInput(
            opinion=opinion, chosen=people, tasks=tasks, step=step, fields=fields or {}
        )
        given_in = replace(given_in, **given)  # type: ignore[arg-type]
        after = act(self.office, self.now, reader, name, given_in).after
        return after.model_copy(update={"number": self.now.number + 1})

    def act(self, login: str, name: str, chosen: object = (), **given: object) -> "Paper":
        """Take the action; the paper itself, to go on with."""
        self.now = self.tried(login, name, chosen, **given)  # type: ignore[arg-type]
        return self

    def edit(self, *files: FileVersion, **fields: FieldValue) -> "Paper":
        """Contents changed, as `services.flow.edit` does it."""
        kept = [f for f in self.now.files if f.part not in {new.part for new in files}]
        after = self.now.model_copy(
            update={
                "files": (*kept, *files),
                "fields": {**self.now.fields, **fields},
                "number": self.now.number + 1,
            }
        )
        marks = still_true(self.kind, self.now, after)
        self.now = after.model_copy(update={"marks": marks})
        return self

    def later(self, **delta: float) -> "Paper":
        """The clock, so much later."""
        self.clock += timedelta(**delta)
        return self

    def may(self, login: str) -> set[str]:
        """The actions that somebody can take now."""
        return {
            offer.name
            for offer in offers(self.office, self.now, self.reader(login))
            if offer.why_not is None
        }

    def holders(self) -> list[str]:
        """Who holds the record and is not blocked, in order of their tasks."""
        return [str(t.holder) for t in self.now.holding_tasks if not t.blocked]

    def task_of(self, login: str) -> Task:
        """The open task of a person's own."""
        tokens = self.reader(login).tokens
        return next(task for task in self.now.open_tasks if task.holder in tokens)

    def outcomes(self) -> dict[str, str | None]:
        """How the tasks of everybody stand who has ever held one: the last of each."""
        return {str(t.holder).removeprefix("person:"): t.outcome for t in self.now.tasks}

    @property
    def today(self) -> date:
        """The day in Beijing."""
        return self.office.today
