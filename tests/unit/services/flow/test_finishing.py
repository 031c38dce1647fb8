"""A parent waits for its children and goes on once, as each of them ended (flow scenarios SUB)."""

import shutil
from pathlib import Path

import pytest

from records.consequences.effects import About, CallChildren
from records.errors import Invalid
from records.flow.decision import ActionInput
from records.flow.task import Verdict
from records.identity import Login, RecordId
from records.revision import Revision
from records.rights.reading import may_read
from records.schema.loader import load_kinds
from services.after_commit.deliveries import Receipt
from services.flow.action_request import ActionRequest
from services.intake.ingest import Draft
from storage.memory_store import MemoryObjectStore
from tests.flow_office import OFFICE
from tests.following import FollowingRig

PAPER = Path("tests/kinds")


class Errand:
    """An errand on its way to two units."""

    def __init__(self) -> None:
        self.store = MemoryObjectStore()
        self.rig = rig = FollowingRig(self.store, kinds=PAPER)
        rig.book.merge(OFFICE.units, OFFICE.people)
        self.acting = rig.taker()
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


def test_a_child_ends_the_task_of_a_parent_whose_state_was_renamed_meanwhile(
    tmp_path: Path,
) -> None:
    errand = Errand()
    shutil.copytree(PAPER, tmp_path / "kinds")
    text = (PAPER / "errand.yaml").read_text(encoding="utf-8")
    for old, new in (("  out:\n", "  away:\n    was: [out]\n"), ("to: out", "to: away")):
        text = text.replace(old, new)
    text = text.replace("[out]", "[away]").replace("was: [away]", "was: [out]")
    text = text.replace("[draft, out]", "[draft, away]")
    (tmp_path / "kinds" / "errand.yaml").write_text(text, encoding="utf-8")
    errand.rig = FollowingRig(errand.store, kinds=tmp_path / "kinds")
    errand.acting = errand.rig.taker()
    errand.act(errand.children["food"], "keeper2", "finish")
    errand.act(errand.children["price"], "keeper3", "finish")
    assert errand.now.state == "back"


def standing(errand: Errand, unit: str) -> Revision:
    return errand.rig.truth.log.latest(errand.children[unit])


def opened(errand: Errand, unit: str, login: str) -> None:
    errand.rig.parts.deliveries.give(
        errand.children[unit], Login(login), Receipt.READ, "2026-11-30T09:00:00+00:00"
    )


def told(errand: Errand, login: str) -> list[About]:
    stream = errand.rig.parts.teller._stream
    return [notice.about for notice in stream.page(Login(login), after=None, size=10)]


def test_wdr_13_what_nobody_opened_vanishes_and_what_was_opened_stays_void_and_is_told() -> None:
    errand = Errand()
    opened(errand, "food", "keeper2")
    errand.act(errand.record, "author", "give_up")
    assert (standing(errand, "price").state, standing(errand, "food").state) == ("gone", "void")
    assert standing(errand, "price").event.reason == "意见", "it says why"
    organisation = errand.rig.book.current()
    kind = errand.rig.kinds.get("errand_part")

    def may(login: str, unit: str) -> bool:
        access = errand.rig.book.caller(Login(login)).access
        return may_read(kind, standing(errand, unit), access)

    assert organisation.find_person(Login("keeper3")) is not None
    assert not may("keeper3", "price"), "vanished for who never opened it"
    assert may("keeper2", "food")
    assert About.WITHDRAWN in told(errand, "keeper2")
    assert standing(errand, "food").holding_tasks == ()


def test_sub_03_no_child_of_a_void_parent_stays_in_anybodys_work_and_no_call_counts_twice() -> None:
    errand = Errand()
    errand.act(errand.children["food"], "keeper2", "finish")
    errand.act(errand.record, "author", "give_up")
    assert standing(errand, "food").state == "void", "one that had ended, too"
    before = standing(errand, "food").number, standing(errand, "price").number
    effect = errand.now.effects[0]
    assert isinstance(effect, CallChildren)
    errand.rig.parts.children.call(errand.now, 1, effect)
    assert (standing(errand, "food").number, standing(errand, "price").number) == before


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("take: [take_back, void]", "take: [take_back, no_such]", "not_called"),
        ("take: [take_back, void]", "take: [finish]", "not_called"),
        ("children: {link: 交办,", "children: {link: 分发,", "no_children_so_linked"),
    ],
)
def test_what_a_parent_calls_for_is_checked_when_kinds_are_loaded(
    tmp_path: Path, old: str, new: str, fault: str
) -> None:
    for name in ("errand", "errand_part"):
        text = (PAPER / f"{name}.yaml").read_text(encoding="utf-8")
        (tmp_path / f"{name}.yaml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(Invalid) as caught:
        load_kinds(tmp_path)
    assert caught.value.facts["fault"] == fault
