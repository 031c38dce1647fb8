"""Files that an action makes before its marks certify them (FW-16, MB-07)."""

from pathlib import Path

import pytest

from records.errors import Invalid, Refused
from records.identity import Login
from records.revision import Revision
from services.flow.action_request import ActionRequest
from services.flow.change import NewFile
from services.intake.ingest import Draft
from services.intake.staging import Staging
from storage.filesystem_store import FilesystemObjectStore
from tests.flow_office import OFFICE
from tests.following import FollowingRig

KIND = """
kind: leaflet
title: 单页
version: 1
fields: {title: {label: 标题, type: text}}
parts:
  body:   {label: 正文, many: false, clears: [clean, laid_out]}
  layout: {label: 版式文件, many: false}
meaning: {title: title}
states:
  desk: {label: 承办, read: participants, edit: [holder]}
  done: {label: 办结, read: participants, done: true}
start: {state: desk, by: [role:staff]}
actions:
  clean:   {label: 清稿, from: [desk], task: keep, by: [holder], sets: {clean: body},
            makes: {part: body, from: body, form: clean}}
  lay_out: {label: 制版, from: [desk], task: keep, by: [holder], needs: [clean],
            sets: {laid_out: layout}, makes: {part: layout, from: body, form: pdf}}
  close:   {label: 办结, from: [desk], to: done, by: [holder], needs: [laid_out]}
"""


@pytest.fixture
def rig(tmp_path: Path) -> FollowingRig:
    (tmp_path / "kinds").mkdir()
    (tmp_path / "kinds" / "leaflet.yaml").write_text(KIND, encoding="utf-8")
    rig = FollowingRig(FilesystemObjectStore(tmp_path / "store"), kinds=tmp_path / "kinds")
    rig.book.merge(OFFICE.units, OFFICE.people)
    return rig


def begun(rig: FollowingRig, tmp_path: Path, body: bytes | None) -> Revision:
    caller = rig.book.caller(Login("author"))
    if body is None:
        return rig.ingest.begin(caller, Draft("leaflet", {"title": "题"}))
    staged = Staging(tmp_path / "in", max_bytes=1 << 20).receive((body,), name="正文.txt")
    file = NewFile("正文.txt", staged, "body")
    return rig.ingest.begin(caller, Draft("leaflet", {"title": "题"}, files=[file]))


def act(rig: FollowingRig, before: Revision, name: str, login: str = "author") -> Revision:
    caller = rig.book.caller(Login(login))
    return rig.taker().act(caller, before.record, name, ActionRequest(before.number))


def text_of(rig: FollowingRig, revision: Revision, part: str) -> bytes:
    (file,) = [each for each in revision.files if each.part == part]
    with rig.truth.shelf.local(revision.record, file.sha256) as path:
        return path.read_bytes()


def test_what_is_made_stands_in_the_revision_of_its_action_and_is_certified(
    rig: FollowingRig, tmp_path: Path
) -> None:
    before = begun(rig, tmp_path, "请[-立即-]报送".encode())
    clean = act(rig, before, "clean")
    assert clean.number == before.number + 1
    assert text_of(rig, clean, "body") == "请报送".encode()
    assert set(clean.marks) == {"clean"}
    laid_out = act(rig, clean, "lay_out")
    assert text_of(rig, laid_out, "layout").startswith(b"%PDF-")
    assert set(laid_out.marks) == {"clean", "laid_out"}
    assert [file.name for file in laid_out.files] == ["正文.txt", "正文.pdf"]


def test_a_clean_text_is_certified_without_a_new_version(rig: FollowingRig, tmp_path: Path) -> None:
    before = begun(rig, tmp_path, "请报送".encode())
    assert act(rig, before, "clean").files == before.files


def test_nothing_is_made_of_nothing_and_nothing_of_what_cannot_be_read(
    rig: FollowingRig, tmp_path: Path
) -> None:
    empty = begun(rig, tmp_path, None)
    with pytest.raises(Refused, match="incomplete"):
        act(rig, empty, "clean")
    broken = begun(rig, tmp_path, b"\x00")
    with pytest.raises(Invalid, match="not_makeable"):
        act(rig, broken, "clean")
    assert rig.truth.log.latest(broken.record).number == broken.number


def test_whoever_may_not_act_costs_no_making(rig: FollowingRig, tmp_path: Path) -> None:
    broken = begun(rig, tmp_path, b"\x00")
    with pytest.raises(Exception, match="unknown_record"):
        act(rig, broken, "clean", login="leader1")
    clean = begun(rig, tmp_path, "请报送".encode())
    with pytest.raises(Refused, match="mark_missing"):
        act(rig, clean, "lay_out")
