"""What a step may add: files to a part, and nothing else (PRM-02)."""

from pathlib import Path

import pytest

from languages.errors import tell
from records.errors import Invalid
from records.rights.editing import is_own, may_add, may_edit
from records.schema.kind import Kind
from records.schema.loader import load_kind
from tests.flow_office import CLOCK_READER, Paper, a_file, begun


def addable(paper: Paper, login: str) -> set[str]:
    reader = paper.reader(login)
    return set(
        may_add(paper.kind, paper.now, reader, today=paper.today, organisation=paper.organisation)
    )


def editable(paper: Paper, login: str) -> bool:
    reader = paper.reader(login)
    return may_edit(
        paper.kind, paper.now, reader, today=paper.today, organisation=paper.organisation
    )


@pytest.mark.feature("DC-10")
def test_prm_02_assisting_units_add_their_reports_and_edit_nothing() -> None:
    paper = Paper.of("supervision", owner="watch")
    assert addable(paper, "watch") == {"original", "reports"}
    assert addable(paper, "keeper2") == set()
    paper.act("watch", "assign")
    assert addable(paper, "keeper2") == {"reports"}
    assert not editable(paper, "keeper2")
    assert addable(paper, "watch") == set()
    paper.act("keeper2", "report")
    assert addable(paper, "keeper2") == set(), "who has answered adds no more"


def test_prm_02_who_waits_for_others_or_has_no_task_adds_nothing() -> None:
    paper = Paper.of("supervision", owner="watch").act("watch", "assign")
    assert addable(paper, "keeper") == set(), "主办 waits for both 协办"
    assert addable(paper, "leader1") == set()
    assert (
        may_add(
            paper.kind, paper.now, CLOCK_READER, today=paper.today, organisation=paper.organisation
        )
        == set()
    )


def test_prm_02_a_file_is_ones_own_only_in_the_step_that_brought_it() -> None:
    paper = Paper.of("supervision", owner="watch").act("watch", "assign")
    entered = paper.now.entered or 0
    now = a_file("reports", since=entered + 1).model_copy(update={"by": "keeper2"})
    before = a_file("reports", since=entered).model_copy(update={"by": "keeper2"})
    reader = paper.reader("keeper2")
    assert is_own(now, paper.now, reader.login)
    assert not is_own(before, paper.now, reader.login)
    assert not is_own(now, paper.now, paper.reader("keeper3").login)


KIND = """
kind: errand
title: 交办
version: 1
fields: {{title: {{label: 标题, type: text, required: true}}}}
parts: {{reports: {{label: 材料}}}}
meaning: {{title: title}}
states:
  draft: {{label: 起草, read: participants, edit: [author]{adds}}}
  done:  {{label: 办结, read: participants, done: true}}
start: {{state: draft, by: [role:staff]}}
actions:
  finish: {{label: 办结, from: [draft], to: done, by: [holder]{files}}}
"""


def of_text(folder: Path, *, adds: str, files: str) -> Kind:
    path = folder / "errand.yaml"
    path.write_text(KIND.format(adds=adds, files=files), "utf-8")
    return load_kind(path)


@pytest.mark.parametrize(
    ("adds", "files", "told"),
    [
        (", adds: {letters: [holder]}", "", "没有附件位置“letters”"),
        (", adds: {reports: [everybody]}", "", "没有“everybody”这样的办理人"),
        (', adds: {reports: ["holder:主持"]}', "", "没有“holder:主持”这样的办理人"),
        ("", ", files: {letters: {}}", "没有附件位置“letters”"),
    ],
)
def test_what_a_step_adds_is_checked_when_the_kind_is_loaded(
    tmp_path: Path, adds: str, files: str, told: str
) -> None:
    with pytest.raises(Invalid) as refused:
        of_text(tmp_path, adds=adds, files=files)
    assert told in tell(refused.value).what


def test_an_action_that_wants_a_file_is_refused_without_ones_own(tmp_path: Path) -> None:
    kind = of_text(tmp_path, adds="", files=", files: {reports: {required: true}}")
    paper = Paper(kind, begun(kind))
    with pytest.raises(Invalid) as refused:
        paper.act("author", "finish")
    assert refused.value.facts["field"] == "reports"
    brought = a_file("reports", since=2).model_copy(update={"by": "author"})
    paper.act("author", "finish", files=(brought,))
    assert paper.now.state == "done"
    assert paper.now.files == (brought,)
