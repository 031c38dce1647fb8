"""Effects: how they are declared, checked, resolved and stored."""

from datetime import UTC, datetime

import pytest
from pydantic import TypeAdapter, ValidationError

from languages.faults import FAULTS
from records.consequences.effect_check import child_faults, effect_faults
from records.consequences.effect_resolution import resolved
from records.consequences.effects import (
    About,
    AskAgain,
    CreateChild,
    Deliver,
    Effect,
    EffectDeclaration,
    Effects,
    FinishParent,
    Notify,
)
from records.flow.declarations import ActionDeclaration
from records.flow.task import Task
from records.identity import KindName, Login, RecordId, Token, UnitCode
from records.people.organisation import Organisation, Person
from records.people.organisation_check import checked
from records.people.unit_tree import Unit
from records.revision import Event, Revision
from records.rights.access import person_token
from records.schema.kind import Kind, Kinds

NOW = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)
KIND = Kind.model_validate(
    {
        "kind": "matter",
        "title": "事项",
        "version": 1,
        "fields": {
            "title": {"label": "标题", "type": "text", "required": True},
            "units": {"label": "承办单位", "type": "units"},
            "readers": {"label": "范围", "type": "audience"},
        },
        "meaning": {"title": "title", "audience": "readers"},
        "start": {"by": ["anyone"]},
    }
)
OFFICE = checked(
    Organisation(
        units=(
            Unit.model_validate({"code": "b", "name": "局", "level": "市"}),
            Unit.model_validate({"code": "law", "name": "法规科", "parent": "b"}),
            Unit.model_validate({"code": "food", "name": "食品科", "parent": "b"}),
        ),
        people=(Person.model_validate({"login": "li", "name": "李", "unit": "law"}),),
    )
)


def task(number: int, holder: str, *, done: bool = False, blocked: bool = False) -> Task:
    return Task(
        number=number,
        holder=Token(holder),
        label="承办",
        state="a",
        opened_at=NOW,
        blocked=blocked,
        done_at=NOW if done else None,
        done_by=Login("li") if done else None,
    )


MATTER = Revision(
    record=RecordId("R1"),
    number=3,
    kind=KindName("matter"),
    kind_version=1,
    previous=None,
    created_at=NOW,
    owner=Login("author"),
    unit=UnitCode("law"),
    fields={"title": "题", "units": ("law", "food"), "readers": ("everyone", "person:li")},
    tasks=(
        task(1, "person:li", done=True),
        task(2, "post:food/督查管理员"),
        task(3, "post:law/督查管理员", blocked=True),
    ),
    participants=frozenset({Token("person:li"), person_token(Login("author"))}),
    event=Event(action="x", actor=Login("li"), at=NOW, write_id="w"),
)


def effects(*declared: object) -> tuple[Effect, ...]:
    declarations = [EffectDeclaration.model_validate(each) for each in declared]
    assert [fault for each in declarations for fault in effect_faults(each, KIND)] == []
    return resolved(declarations, KIND, MATTER, OFFICE)


def test_bare_words_of_schema_1_are_verbs() -> None:
    assert effects("deliver_to_audience", "ask_again") == (Deliver(), AskAgain())


def test_stored_words_of_schema_1_stay_readable() -> None:
    adapter: TypeAdapter[tuple[Effect, ...]] = TypeAdapter(Effects)
    assert adapter.validate_python(["deliver_to_audience", "ask_again"]) == (Deliver(), AskAgain())
    assert adapter.validate_json(b'["ask_again"]') == (AskAgain(),)
    with pytest.raises(ValidationError):
        adapter.validate_python(["launch"])


def test_what_is_stored_is_read_back_the_same() -> None:
    adapter: TypeAdapter[tuple[Effect, ...]] = TypeAdapter(Effects)
    stored = (
        Notify(about=About.RETURNED, to=(Token("person:li"),)),
        CreateChild(kind=KindName("receipt"), number=1, link="分发", fields={"a": ("x",), "b": 1}),
        FinishParent(outcome="refused"),
    )
    assert adapter.validate_json(adapter.dump_json(stored)) == stored


@pytest.mark.parametrize(
    ("whom", "tokens"),
    [
        ("author", ["person:author"]),
        ("participants", ["person:author", "person:li"]),
        ("holders", ["post:food/督查管理员"]),
        ("previous_holders", ["person:li"]),
        ("units", ["unit:law", "unit:food"]),
        ("readers", ["everyone", "person:li"]),
    ],
)
def test_a_notice_goes_to_whom_it_names(whom: str, tokens: list[str]) -> None:
    (notice,) = effects({"notify": whom, "about": "arrived"})
    assert isinstance(notice, Notify)
    assert list(notice.to) == tokens


def test_a_notice_to_nobody_is_left_out() -> None:
    declared = EffectDeclaration.model_validate({"notify": "units", "about": "arrived"})
    nobody = MATTER.model_copy(update={"fields": {"title": "题"}})
    assert resolved([declared], KIND, nobody, OFFICE) == ()


def test_a_child_for_each_unit_is_tied_to_the_task_of_that_unit() -> None:
    fields = {"title": "field:title", "kind_of": "交办"}
    found = effects(
        {"create": {"kind": "answer", "per": "units", "fields": fields, "link": "交办"}},
        {"create": {"kind": "log", "link": "登记"}},
    )
    children = [each for each in found if isinstance(each, CreateChild)]
    assert [(c.kind, c.number, c.unit, c.task) for c in children] == [
        ("answer", 1, "law", 3),
        ("answer", 2, "food", 2),
        ("log", 3, None, None),
    ]
    assert children[0].fields == {"title": "题", "kind_of": "交办"}


def test_the_end_of_a_child_says_how_it_ended() -> None:
    assert effects({"finish": "parent"}, {"finish": "parent", "outcome": "refused"}) == (
        FinishParent(outcome="done"),
        FinishParent(outcome="refused"),
    )


@pytest.mark.parametrize(
    ("declared", "key", "word"),
    [
        ({}, "", "one_verb"),
        ({"deliver": "audience", "finish": "parent"}, "", "one_verb"),
        ({"notify": "holders"}, "about", "about_of_notify"),
        ({"deliver": "audience", "about": "arrived"}, "about", "about_of_notify"),
        ({"deliver": "audience", "outcome": "done"}, "outcome", "outcome_of_finish"),
        ({"notify": "title", "about": "arrived"}, "notify", "no_field_of_type"),
        ({"create": {"kind": "x1", "per": "title", "link": "a"}}, "create.per", "no_field_of_type"),
        ({"create": {"kind": "x1", "to": "nobody", "link": "a"}}, "create.to", "no_field_of_type"),
        (
            {"create": {"kind": "x1", "link": "a", "files": {"p": "nothing"}}},
            "create.files.p",
            "no_part",
        ),
        (
            {"create": {"kind": "x1", "link": "a", "fields": {"t": "field:nothing"}}},
            "create.fields.t",
            "no_field",
        ),
    ],
)
def test_each_fault_of_a_declaration_is_named(declared: object, key: str, word: str) -> None:
    faults = list(effect_faults(EffectDeclaration.model_validate(declared), KIND))
    assert [(fault.key, fault.word) for fault in faults] == [(key, word)]
    assert word in FAULTS


@pytest.mark.parametrize("given", ["launch", {"launch": True}, {"notify": "holders", "about": "x"}])
def test_what_no_verb_is_is_refused(given: object) -> None:
    with pytest.raises(ValidationError):
        EffectDeclaration.model_validate(given)


@pytest.mark.parametrize(
    ("create", "key", "word"),
    [
        ({"kind": "nowhere"}, "kind", "unknown_child"),
        ({"kind": "matter"}, "kind", "child_not_begun"),
        ({"kind": "letter", "fields": {"nobody": "x"}}, "fields.nobody", "no_field"),
        (
            {"kind": "letter", "fields": {"title": "field:units"}},
            "fields.title",
            "no_field_of_type",
        ),
        ({"kind": "letter", "fields": {}}, "fields", "child_field_missing"),
        ({"kind": "letter", "files": {"nowhere": "papers"}}, "files.nowhere", "no_part"),
    ],
)
def test_each_fault_of_a_child_shows_with_all_kinds_known(
    create: dict[str, object], key: str, word: str
) -> None:
    given = {"link": "交办", "fields": {"title": "field:title"}, **create}
    action = {
        "label": "交办",
        "from": ["a"],
        "to": "b",
        "by": ["holder"],
        "effects": [{"create": given}],
    }
    states = {name: {"label": name, "read": "participants"} for name in ("a", "b")}
    parent = KIND.model_copy(
        update={"actions": {"go": ActionDeclaration.model_validate(action)}, "states": states}
    )
    child = KIND.model_copy(
        update={"kind": "letter", "start": KIND.start.model_copy(update={"by": ("clock",)})}
    )
    faults = list(child_faults(parent, Kinds((parent, child))))
    assert (f"actions.go.effects.0.create.{key}", word) in [
        (fault.key, fault.word) for fault in faults
    ]
    assert word in FAULTS
