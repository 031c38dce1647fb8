"""A kind for tests of lists, with a field of every sort that lists know, and records of it."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from records.flow.task import Task
from records.identity import KindName, Login, RecordId, Token, UnitCode
from records.people.organisation import Organisation, Person
from records.people.unit_tree import Unit
from records.revision import Event, FieldValue, Grant, Revision
from records.rights.access import EVERYONE, person_token
from records.schema.kind import Kind

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)

MATTER = Kind.model_validate(
    {
        "kind": "matter",
        "title": "事项",
        "version": 1,
        "fields": {
            "title": {"label": "标题", "type": "text", "required": True},
            "urgency": {"label": "紧急程度", "type": "choice", "options": ["特急", "加急", "一般"]},
            "sort": {"label": "业务类型", "type": "choice", "options": ["批示", "信箱", "会议"]},
            "open": {"label": "公开", "type": "flag"},
            "units": {"label": "主办单位", "type": "units"},
            "due": {"label": "办结时间", "type": "date"},
            "begins": {"label": "开始时间", "type": "instant"},
            "pages": {"label": "页数", "type": "integer"},
            "body": {"label": "要求", "type": "long_text"},
            "to": {"label": "范围", "type": "audience"},
        },
        "meaning": {"title": "title", "audience": "to"},
        "states": {
            "handling": {"label": "承办中", "read": "participants"},
            "told": {"label": "已通报", "read": "audience"},
            "closed": {"label": "已办结", "read": "participants", "done": True},
        },
        "start": {"state": "handling", "by": ["anyone"]},
        "actions": {
            "tell": {"label": "通报", "from": ["handling"], "to": "told", "by": ["author"]},
            "close": {"label": "办结", "from": ["told"], "to": "closed", "by": ["author"]},
        },
        "list": {
            "columns": ["title", "urgency", "due", "pages", "units"],
            "sort": ["-open", "due", "title"],
        },
    }
)

LI, WANG = Login("li"), Login("wang")
UNIT = UnitCode("office")
OFFICE = Organisation(
    units=(Unit(code=UNIT, name="办公室"),),
    people=tuple(Person(login=login, name=login, unit=UNIT) for login in (LI, WANG)),
)


def held(
    *holders: Token, due_on: date | None = None, opened_at: datetime = NOW
) -> tuple[Task, ...]:
    """Open tasks, one for each holder."""
    return tuple(
        Task(
            number=number,
            holder=holder,
            label="承办",
            state="handling",
            opened_at=opened_at,
            due_on=due_on,
        )
        for number, holder in enumerate(holders, 1)
    )


def matter(
    name: str,
    *,
    tasks: Iterable[Task] = (),
    state: str = "handling",
    number: int = 1,
    owner: Login = WANG,
    minutes: int = 0,
    grants: tuple[Token, ...] = (EVERYONE,),
    kind: str = "matter",
    **fields: FieldValue,
) -> Revision:
    """A revision; `minutes` after `NOW` it was changed."""
    return Revision(
        record=RecordId(name),
        number=number,
        kind=KindName(kind),
        kind_version=1,
        previous=None,
        created_at=NOW,
        owner=owner,
        unit=UNIT,
        fields={"title": name, **fields},
        grants=tuple(Grant(to=token) for token in grants),
        state=state,
        tasks=tuple(tasks),
        participants=frozenset({person_token(owner), *(task.holder for task in tasks)}),
        event=Event(
            action="create",
            actor=owner,
            at=NOW + timedelta(minutes=minutes),
            write_id=f"{name}-{number}",
        ),
    )
