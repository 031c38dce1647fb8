"""A number that decisions take is had by taking it, and by no other way (CON-06)."""

from pathlib import Path

import pytest

from records.errors import Invalid
from records.identity import Login
from records.revision import Revision
from services.flow.action_request import ActionRequest
from services.flow.bin_marks import BinMarks
from services.flow.edit import Edit, RecordEditor
from services.intake.ingest import Draft
from services.people.caller import Caller
from storage.filesystem_store import FilesystemObjectStore
from tests.flow_office import OFFICE
from tests.following import FollowingRig

NUMBERED = """\
kind: numbered
title: 编号
version: 1
fields:
  title: {label: 标题, type: text, required: true}
  number: {label: 文号, type: text}
meaning: {title: title, number: number}
states:
  draft: {label: 起草, read: participants, edit: [author]}
  hub: {label: 编号, read: participants, edit: [author]}
  out: {label: 已发, read: participants, done: true}
start: {state: draft, by: [role:staff]}
actions:
  take: {label: 编号, from: [draft], to: hub, by: [holder], next: [{author: true}],
         takes: {number: {series: 市监, field: number}}}
  send: {label: 发文, from: [hub], to: out, by: [holder]}
"""


@pytest.fixture
def rig(tmp_path: Path) -> FollowingRig:
    (tmp_path / "numbered.yaml").write_text(NUMBERED, encoding="utf-8")
    rig = FollowingRig(FilesystemObjectStore(tmp_path / "store"), kinds=tmp_path)
    rig.book.merge(OFFICE.units, OFFICE.people)
    return rig


def author(rig: FollowingRig) -> Caller:
    return rig.book.caller(Login("author"))


def numbered(rig: FollowingRig) -> Revision:
    taker = rig.taker()
    begun = rig.ingest.begin(author(rig), Draft("numbered", {"title": "题"}))
    return taker.act(author(rig), begun.record, "take", ActionRequest(1))


def test_a_number_cannot_be_typed_into_a_new_record(rig: FollowingRig) -> None:
    taken = numbered(rig)
    assert str(taken.fields["number"]).endswith("〕1号")
    with pytest.raises(Invalid, match="typed_number"):
        rig.ingest.begin(author(rig), Draft("numbered", {"title": "题", **taken.fields}))
    assert str(numbered(rig).fields["number"]).endswith("〕2号")


@pytest.mark.parametrize("typed", ["市监〔2026〕9号", ""])
def test_a_number_that_was_taken_is_neither_changed_nor_emptied(
    rig: FollowingRig, typed: str
) -> None:
    taken, editor = numbered(rig), RecordEditor(rig.changes, BinMarks(rig.truth.claims))
    with pytest.raises(Invalid, match="typed_number"):
        editor.edit(author(rig), taken.record, Edit({"number": typed}), revision=2)
    same = {"title": "改题", "number": taken.fields["number"]}
    edited = editor.edit(author(rig), taken.record, Edit(same), revision=2)
    assert (edited.fields, edited.held_names) == (same, taken.held_names)
