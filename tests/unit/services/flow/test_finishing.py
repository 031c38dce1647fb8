"""A parent waits for its children and goes on once, as each of them ended (flow scenarios SUB)."""

from pathlib import Path

import pytest

from records.errors import Invalid
from records.flow.decision import ActionInput
from records.flow.task import Verdict
from records.identity import Login, RecordId
from records.kind_loader import load_kinds
from records.revision import Revision
from services.flow.act import ActionRequest, ActionTaker
from services.intake.ingest import Draft
from storage.memory_store import MemoryObjectStore
from tests.flow_office import OFFICE
from tests.following import FollowingRig


class Errand:
    """An errand on its way to two units."""

    def __init__(self) -> None:
        self.rig = rig = FollowingRig(MemoryObjectStore(), kinds=Path("tests/kinds"))
        rig.book.merge(OFFICE.units, OFFICE.people)
        self.acting = ActionTaker(
            rig.changes, reserver=rig.parts.reserver, openers=rig.parts.deliveries.opened_by
        )
        begun = rig.ingest.begin(
            rig.book.caller(Login("author")),
            Draft("errand", {"title": "报送数据", "units": ["food", "price"]}),
        )
        self.record = begun.record
        self.act(self.record, "author", "send")
        self.children = {str(t.unit): t.record for t in rig.parts.children.of(self.record)}

    def act(self, record: RecordId, login: str, name: str) -> None:
        caller = self.rig.book.caller(Login(login))
        number = self.rig.truth.log.latest(record).number
        self.acting.act(caller, record, name, ActionRequest(number, opinion="意见"))
        self.run()

    def run(self) -> None:
        """Everything that follows, until nothing does."""
        while waiting := list(self.rig.truth.effects.onward(None)):
            for entry in waiting:
                self.rig.worker.run(entry.record)

    @property
    def now(self) -> Revision:
        """The parent as it stands."""
        return self.rig.truth.log.latest(self.record)


def test_sub_01_the_parent_goes_on_once_all_children_have_ended() -> None:
    errand = Errand()
    assert set(errand.children) == {"food", "price"}
    errand.act(errand.children["food"], "keeper2", "finish")
    assert errand.now.state == "out"
    errand.act(errand.children["price"], "keeper3", "finish")
    assert errand.now.state == "back"
    assert {t.verdict for t in errand.now.tasks if t.state == "out"} == {Verdict.AGREE}


def test_sub_04_a_child_that_came_to_nothing_is_not_read_as_done() -> None:
    errand = Errand()
    errand.act(errand.children["food"], "keeper2", "finish")
    errand.act(errand.children["price"], "keeper3", "refuse")
    assert errand.now.state == "draft"
    assert [t.holder for t in errand.now.holding_tasks] == ["person:author"]


def test_a_task_that_was_answered_already_is_not_ended_a_second_time() -> None:
    errand = Errand()
    errand.act(errand.record, "keeper2", "answer")
    before = errand.now
    errand.act(errand.children["food"], "keeper2", "finish")
    assert errand.now == before


def test_only_the_system_ends_a_task_for_a_child() -> None:
    errand = Errand()
    with pytest.raises(Exception, match="not_yours"):
        errand.act(errand.record, "author", "child")
    assert ActionInput().refused is False


def test_a_kind_whose_child_cannot_be_begun_is_named_with_its_line(tmp_path: Path) -> None:
    for name in ("errand", "errand_part"):
        text = Path(f"tests/kinds/{name}.yaml").read_text(encoding="utf-8")
        if name == "errand_part":
            text = text.replace("by: [clock, role:staff]", "by: [role:staff]")
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(Invalid) as caught:
        load_kinds(tmp_path)
    assert caught.value.facts["fault"] == "child_not_begun"
    assert caught.value.facts["line"] == 25
