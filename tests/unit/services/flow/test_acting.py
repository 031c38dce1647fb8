"""Actions on one's own task: many at once, late, twice, on what has changed meanwhile (C3.1)."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from records.errors import Conflict, Refused, WenshuError
from records.identity import Login, RecordId
from records.people.organisation import Person
from records.ports.record_log import Commit
from records.revision import Revision
from services.flow.act import ActionTaker
from services.flow.action_request import ActionRequest
from services.flow.bin_marks import BinMarks
from services.flow.edit import Edit, RecordEditor
from services.intake.ingest import Draft
from storage.filesystem_store import FilesystemObjectStore
from tests.flow_office import OFFICE
from tests.following import FollowingRig

SIGNERS = tuple(f"s{number:02}" for number in range(50))


@pytest.fixture
def rig(tmp_path: Path) -> FollowingRig:
    rig = FollowingRig(FilesystemObjectStore(tmp_path), kinds=Path("tests/kinds"))
    people = [
        Person.model_validate({"login": login, "name": login, "unit": "bureau"})
        for login in SIGNERS
    ]
    rig.book.merge(OFFICE.units, [*OFFICE.people, *people])
    return rig


def sent(rig: FollowingRig, *signers: str) -> Revision:
    begun = rig.ingest.begin(
        rig.book.caller(Login("author")), Draft("ballot", {"title": "题", "signers": list(signers)})
    )
    request = ActionRequest(begun.number)
    return rig.taker().act(rig.book.caller(Login("author")), begun.record, "to_veto", request)


def act(rig: FollowingRig, by: ActionTaker, record: RecordId, login: str, number: int) -> Revision:
    request = ActionRequest(number)
    return by.act(rig.book.caller(Login(login)), record, "agree", request)


def test_fifty_who_sign_at_once_all_count_and_nobody_is_told_to_try_again(
    rig: FollowingRig,
) -> None:
    before = sent(rig, *SIGNERS)
    processes = [rig.taker(), rig.taker()]  # two that do not know of each other's turns
    ready = threading.Barrier(len(SIGNERS))

    def sign(index: int) -> WenshuError | None:
        ready.wait()
        try:
            act(rig, processes[index % 2], before.record, SIGNERS[index], before.number)
        except WenshuError as error:
            return error
        return None

    with ThreadPoolExecutor(len(SIGNERS)) as pool:
        assert list(pool.map(sign, range(len(SIGNERS)))) == [None] * len(SIGNERS)
    after = rig.truth.log.latest(before.record)
    assert sorted(opinion.by for opinion in after.opinions) == sorted(SIGNERS)
    assert [task.holder for task in after.holding_tasks] == ["role:archivist"]


def test_whoever_saw_another_text_is_told_and_has_signed_nothing(rig: FollowingRig) -> None:
    before = sent(rig, "leader1", "leader2")
    late = rig.taker()
    changed = before.model_copy(update={"fields": {**before.fields, "title": "另一题"}})
    editor = RecordEditor(rig.changes, BinMarks(rig.truth.claims))
    with pytest.raises(Refused, match="may_not_edit"):
        editor.edit(
            rig.book.caller(Login("author")),
            before.record,
            Edit(fields={"title": "另一题"}),
            revision=before.number,
        )
    rig.truth.log.commit(committed(rig, changed))
    with pytest.raises(Conflict, match="stale_revision"):
        act(rig, late, before.record, "leader1", before.number)
    assert not rig.truth.log.latest(before.record).opinions


def committed(rig: FollowingRig, after: Revision) -> Commit:
    event = after.event.model_copy(update={"write_id": "x" * 32})
    return Commit(after.model_copy(update={"number": after.number + 1, "event": event}))


def test_the_same_key_answers_once_though_others_signed_in_between(rig: FollowingRig) -> None:
    before = sent(rig, "leader1", "leader2")
    acting = rig.taker()
    caller = rig.book.caller(Login("leader1"))
    request = ActionRequest(before.number, idempotency_key="k")
    first = acting.act(caller, before.record, "agree", request)
    act(rig, acting, before.record, "leader2", before.number)
    assert acting.act(caller, before.record, "agree", request).number == first.number
    with pytest.raises(Refused):
        acting.act(caller, before.record, "agree", ActionRequest(before.number))


def test_a_number_that_nobody_has_seen_yet_is_no_revision(rig: FollowingRig) -> None:
    before = sent(rig, "leader1", "leader2")
    with pytest.raises(Conflict, match="stale_revision"):
        act(rig, rig.taker(), before.record, "leader1", before.number + 5)
