"""Records that effects begin: each once, tied both ways, held by whom they go to."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from records.consequences.effects import CreateChild
from records.errors import Refused
from records.identity import KindName, Login, RecordId, Token, UnitCode
from records.revision import Revision
from records.rights.access import Level
from services.after_commit.child_drafts import ChildDrafter
from services.after_commit.children import ChildCall, Children
from services.flow.bin_marks import BinMarks
from services.flow.change import NewFile
from services.flow.edit import Edit, RecordEditor
from services.intake.ingest import Draft
from services.intake.staging import Staging
from storage.memory_store import MemoryObjectStore
from tests.following import FollowingRig
from wenshu.system.identities import RandomIdentities


class Finisher:
    """Keeps which tasks were closed."""

    def __init__(self) -> None:
        self.closed: list[tuple[RecordId, int, str, RecordId]] = []

    def finish(self, parent: RecordId, task: int, *, outcome: str, child: RecordId) -> None:
        self.closed.append((parent, task, outcome, child))


class Nobody:
    """Calls for nothing."""

    def take(self, child: RecordId, call: ChildCall) -> None:
        raise AssertionError(child)


@pytest.fixture
def rig() -> FollowingRig:
    return FollowingRig(MemoryObjectStore())


def children(rig: FollowingRig, finisher: Finisher | None = None) -> Children:
    return Children(
        claims=rig.truth.claims,
        log=rig.truth.log,
        drafts=ChildDrafter(
            shelf=rig.truth.shelf,
            kinds=rig.kinds,
            ingest=rig.ingest,
            book=rig.book,
            clock=rig.clock,
        ),
        changes=rig.changes,
        identities=RandomIdentities(),
        finisher=finisher or Finisher(),
        caller=Nobody(),
    )


def parent(rig: FollowingRig) -> Revision:
    fields = {"title": "题", "body": "文", "audience": ["everyone"]}
    return rig.ingest.begin(rig.book.caller(Login("li")), Draft("notice", fields))


def effect(number: int = 1, **given: object) -> CreateChild:
    fields: Mapping[str, object] = {
        "title": "未完成",
        "job": "x",
        "reason": "y",
        "failed_on": "2026-11-30",
    }
    told = {"kind": "failed_job", "number": number, "link": "交办", "fields": fields, **given}
    return CreateChild.model_validate(told)


def test_a_second_run_begins_no_second_child(rig: FollowingRig) -> None:
    before, begun = parent(rig), children(rig)
    child = begun.begin(before, effect())
    assert begun.begin(before, effect()) == child
    assert begun.begin(before, effect(2)) != child
    assert len(list(rig.truth.log.records())) == 3


def test_a_run_that_was_killed_before_the_child_is_taken_up(rig: FollowingRig) -> None:
    before, begun = parent(rig), children(rig)
    named = begun._named(before, [effect()])[0][0]
    assert [tie.record for tie in begun.of(before.record)] == [named]
    assert begun.begin(before, effect()) == named
    assert rig.truth.log.latest(named).fields["title"] == "未完成"


@pytest.mark.feature("FW-12")
def test_both_ends_know_both(rig: FollowingRig) -> None:
    before, begun = parent(rig), children(rig)
    child = begun.begin(before, effect(unit="b", task=3))
    (down,) = begun.of(before.record)
    up = begun.parent_of(child)
    assert (down.record, down.link, down.unit, down.task) == (child, "交办", "b", 3)
    assert up is not None
    assert (up.record, up.link) == (before.record, "交办")
    assert begun.parent_of(before.record) is None


def test_a_child_is_held_by_whom_it_goes_to_and_is_of_its_parents_level(
    rig: FollowingRig,
) -> None:
    before = parent(rig).model_copy(update={"level": Level.SECRET})
    tokens = (Token("person:li"), Token("person:wang"))
    child = rig.truth.log.latest(children(rig).begin(before, effect(to=tokens, unit="b")))
    assert tuple(task.holder for task in child.open_tasks) == tokens
    assert child.participants == set(tokens)
    assert (child.level, child.unit, child.owner) == (Level.SECRET, "b", "clock")
    assert (child.record, 1, 0) in rig.waiting()  # whoever holds it is told


def test_a_child_for_a_vacant_post_waits_until_somebody_holds_it(rig: FollowingRig) -> None:
    kind = rig.kinds.get(KindName("failed_job"))
    start = kind.start.model_copy(update={"holder": ("post:督查管理员",)})
    rig.kinds._kinds[kind.kind] = kind.model_copy(update={"start": start})
    before, begun = parent(rig), children(rig)
    with pytest.raises(Refused, match="vacant_post"):
        begun.begin(before, effect(unit=UnitCode("b")))
    person = rig.book.current().person(Login("wang"))
    rig.book.merge((), [person.model_copy(update={"posts": ("督查管理员",)})])
    child = rig.truth.log.latest(begun.begin(before, effect(unit=UnitCode("b"))))
    assert [task.holder for task in child.open_tasks] == ["post:b/督查管理员"]


def test_sub_04_the_end_of_a_child_closes_the_task_that_waits_for_it_as_it_ended(
    rig: FollowingRig,
) -> None:
    finisher = Finisher()
    before, begun = parent(rig), children(rig, finisher)
    child = rig.truth.log.latest(begun.begin(before, effect(task=3)))
    begun.finish(child, outcome="refused")
    assert finisher.closed == [(before.record, 3, "refused", child.record)]
    begun.finish(before, outcome="done")  # has no parent
    untied = rig.truth.log.latest(begun.begin(before, effect(2)))
    begun.finish(untied, outcome="done")  # nothing waits for it
    assert len(finisher.closed) == 1


@pytest.mark.feature("FW-25")
def test_sub_05_a_child_gets_the_files_of_the_decision_as_its_own(
    rig: FollowingRig, tmp_path: Path
) -> None:
    kind = rig.kinds.get(KindName("library_file"))
    start = kind.start.model_copy(update={"by": ("clock",)})
    rig.kinds._kinds[kind.kind] = kind.model_copy(update={"start": start})
    caller = rig.book.caller(Login("li"))
    staging = Staging(tmp_path / "staging", max_bytes=1_000)
    fields = {"title": "题", "body": "文", "audience": ["everyone"]}
    files = [NewFile("通知.txt", staging.receive([b"first"], name="x"))]
    before = rig.ingest.begin(caller, Draft("notice", fields, files=files))
    made = effect(
        kind="library_file", fields={"title": "题"}, files={"files": "attachments"}, unit="b"
    )
    child = rig.truth.log.latest(children(rig).begin(before, made))
    changed = [NewFile("通知.txt", staging.receive([b"second"], name="x"))]
    RecordEditor(rig.changes, BinMarks(rig.truth.claims)).edit(
        caller, before.record, Edit(files=changed), revision=1
    )
    (file,) = child.files
    assert (file.part, file.name) == ("files", "通知.txt")
    pieces = rig.truth.shelf.stream(child.record, file.sha256, start=0, length=99)
    assert b"".join(pieces) == b"first"


def test_a_record_is_tied_to_one_that_was_there_before_once_and_behind_its_own_children(
    rig: FollowingRig,
) -> None:
    before, begun = parent(rig), children(rig)
    late = parent(rig).record
    child = begun.begin(before, effect())
    for _ in range(2):
        begun.tie(late, before.record, link="补充件")
    assert [(tie.record, tie.link) for tie in begun.of(before.record)] == [
        (child, "交办"),
        (late, "补充件"),
    ]
    back = begun.parent_of(late)
    assert back is not None
    assert (back.record, back.task) == (before.record, None)
    assert rig.truth.log.latest(before.record).number == before.number


@pytest.mark.feature("FW-25")
def test_many_children_are_begun_together_once_and_one_that_cannot_be_holds_up_no_other(
    rig: FollowingRig,
) -> None:
    before, begun = parent(rig), children(rig)
    kind = rig.kinds.get(KindName("failed_job"))
    start = kind.start.model_copy(update={"holder": ("post:督查管理员",)})
    rig.kinds._kinds[kind.kind] = kind.model_copy(update={"start": start})
    vacant = effect(2, unit="b")
    wanted = [effect(1, to=("person:wang",)), vacant, effect(3, to=("person:li",))]
    there = begun.begin_all(before, wanted)
    assert sorted(there) == [1, 3]
    assert begun.begin_all(before, wanted) == there
    assert len(list(rig.truth.log.records())) == 3
    with pytest.raises(Refused, match="vacant_post"):
        begun.begin(before, vacant)
    for number, holder in ((1, "person:wang"), (3, "person:li")):
        child = rig.truth.log.latest(there[number])
        assert [task.holder for task in child.tasks] == [holder]
        tie = begun.parent_of(child.record)
        assert tie is not None
        assert tie.record == before.record


def test_children_that_a_killed_process_had_named_are_the_ones_that_are_begun(
    rig: FollowingRig,
) -> None:
    before, begun = parent(rig), children(rig)
    wanted = [effect(n, to=("person:wang",)) for n in (1, 2, 3)]
    named = [child for child, _ in begun._named(before, wanted)]
    assert list(begun.begin_all(before, wanted).values()) == named
