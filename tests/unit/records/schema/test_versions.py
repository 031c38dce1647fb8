"""Running records when their kind changes: carried over, or counted as unplaced."""

from datetime import UTC, datetime

from records.flow.task import Step, Task
from records.identity import KindName, Login, RecordId, Token, UnitCode
from records.revision import Event, Revision
from records.schema.kind import Kind, Kinds
from records.schema.versions import (
    Standing,
    carried_over,
    counted,
    standing_of,
    state_now,
    unplaced,
)

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


def kind(version: int, middle: str, *was: str) -> Kind:
    held = {"label": "办", "read": "participants", "was": was}
    done = {"label": "完", "read": "participants", "done": True}
    ways = {"label": "走", "by": ["holder"]}
    return Kind.model_validate(
        {
            "kind": "slip",
            "title": "单子",
            "version": version,
            "fields": {"title": {"label": "标题", "type": "text"}},
            "meaning": {"title": "title"},
            "states": {middle: held, "end": done},
            "start": {"state": middle, "by": ["role:staff"]},
            "actions": {"go": {**ways, "from": [middle], "to": "end"}},
        }
    )


def revision(state: str, version: int = 1) -> Revision:
    return Revision(
        record=RecordId("R"),
        number=1,
        kind=KindName("slip"),
        kind_version=version,
        previous=None,
        created_at=NOW,
        owner=Login("author"),
        unit=UnitCode("law"),
        fields={},
        state=state,
        tasks=(Task(number=1, holder=Token("person:a"), label="办", state=state, opened_at=NOW),),
        trail=(Step(state=state, by=Login("author")),),
        event=Event(action="go", actor=Login("a"), at=NOW, to_state=state, write_id="w"),
    )


def test_a_renamed_state_is_carried_over_with_its_tasks_and_the_way_back() -> None:
    now = kind(2, "handling", "review")
    carried = carried_over(now, revision("review"))
    assert carried.state == carried.tasks[0].state == carried.trail[0].state == "handling"
    assert carried.event.to_state == "review"


def test_nothing_is_touched_where_nothing_was_renamed() -> None:
    before = revision("handling", 2)
    assert carried_over(kind(2, "handling"), before) is before
    assert carried_over(kind(2, "handling", "review"), before) is before


def test_the_state_of_now_is_itself_or_what_took_its_place() -> None:
    now = kind(2, "handling", "review")
    assert state_now(now, "handling") == state_now(now, "review") == "handling"
    assert state_now(now, "gone") is None
    assert state_now(now, None) is None


def test_records_that_no_kind_has_a_state_for_are_counted_most_first() -> None:
    gone = Standing(KindName("gone"), 1, "x")
    lost, kept = standing_of(revision("review")), standing_of(revision("handling", 2))
    counts = {lost: 2, kept: 7, gone: 5}
    found = list(unplaced(Kinds((kind(2, "handling"),)), counts))
    assert [(each.standing, each.records, each.kind is None) for each in found] == [
        (gone, 5, True),
        (lost, 2, False),
    ]


def test_a_kept_version_or_a_new_name_strands_nobody() -> None:
    counts = {standing_of(revision("review")): 2}
    now = kind(2, "handling")
    assert list(unplaced(Kinds((now,), (kind(1, "review"),)), counts)) == []
    assert list(unplaced(Kinds((kind(2, "handling", "review"),)), counts)) == []


def test_a_deleted_record_stands_nowhere() -> None:
    deleted = revision("review").model_copy(update={"deleted": True})
    assert counted([revision("review"), deleted]) == {standing_of(revision("review")): 1}
