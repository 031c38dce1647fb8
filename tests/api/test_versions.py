"""所有版本: found in every revision, told where a sentence came and went, compared (SS-07)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient

from records.identity import Login, RecordId
from records.ports.highlighter import MOST_PLACES, Highlighter
from records.queries.language import read_query
from records.queries.query import Query
from records.queries.search import IndexDocument, Span
from records.revision import Revision
from records.schema.kind import Kind
from services.after_commit.past_texts import PastTexts
from services.searching.histories import HistoryFinder, HistoryRoom
from storage.filesystem_store import FilesystemObjectStore
from storage.keys import revision_key
from tests.api.conftest import Browse, SignIn
from tests.api.office import act, begun, offered
from tests.api.test_favourites import file, open_to
from wenshu.building.installation import Installation
from wenshu.settings import Settings


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """No revision is remembered, so that damage is seen at once."""
    return replace(settings, revision_cache_bytes=0)


def change(client: TestClient, record: str, **fields: object) -> None:
    revision = client.get(f"/api/v1/records/{record}").json()["revision"]
    headers = {"If-Match": f'"{revision}"'}
    answer = client.patch(f"/api/v1/records/{record}", json={"fields": fields}, headers=headers)
    assert answer.status_code == 200, answer.text


def replace_file(client: TestClient, record: str, name: str, text: str) -> None:
    revision = client.get(f"/api/v1/records/{record}").json()["revision"]
    answer = client.post(
        f"/api/v1/records/{record}/files",
        files={"file": (name, text.encode())},
        headers={"If-Match": f'"{revision}"'},
    )
    assert answer.status_code in {200, 201}, answer.text


def search(client: TestClient, words: str, versions: str = "all") -> dict[str, Any]:
    answer = client.get("/api/v1/search", params={"q": words, "versions": versions})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def newest(built: Installation, record: str) -> tuple[Kind, Revision]:
    revision = built.drain._log.latest(RecordId(record))
    return built.drain._kinds.of(revision), revision


def titles(client: TestClient, words: str, versions: str = "all") -> set[str]:
    answer = search(client, words, versions)
    return set() if answer["relaxed"] else {hit["title"] for hit in answer["hits"]}


@pytest.mark.feature("SS-07")
def test_an_earlier_text_is_found_on_request_and_its_sentence_told(
    sign_in: SignIn, browse: Browse
) -> None:
    drafter = sign_in("drafter")
    record = file(drafter, "方案.txt", "第一条不变。\n储备照明设备。")
    replace_file(drafter, record, "方案.txt", "第一条不变。\n储备融雪剂。")
    replace_file(drafter, record, "方案.txt", "第一条不变。\n储备发电机。")
    assert titles(drafter, "照明", "newest") == set()
    assert titles(drafter, "照明") == {"方案"}
    assert titles(drafter, "照明 发电机") == {"方案"}
    assert titles(drafter, "发电机 -照明") == set()
    assert titles(drafter, "照明 恐龙") == set()
    (hit,) = search(drafter, "储备")["hits"]
    told = [(each["html"], each["since"], each["until"]) for each in hit["history"]]
    assert told == [
        ("<mark>储备</mark>照明设备。", None, 2),
        ("<mark>储备</mark>融雪剂。", 2, 3),
        ("<mark>储备</mark>发电机。", 3, None),
    ]
    assert search(drafter, "不变")["hits"][0]["history"] == []
    page = browse("drafter").get("/search", params={"q": "照明", "versions": "all"}).text
    assert "第 2 版" in page
    assert "删去" in page
    assert "储备<mark>照明</mark>设备。" in page
    assert "versions=all" in page


@pytest.mark.feature("SS-07")
def test_the_table_and_the_pane_tell_in_which_version_a_sentence_came_and_went(
    sign_in: SignIn, browse: Browse
) -> None:
    drafter, page = sign_in("drafter"), browse("drafter")
    record = file(drafter, "方案.txt", "第一条不变。\n储备照明设备。")
    replace_file(drafter, record, "方案.txt", "第一条不变。\n储备融雪剂。")
    compared = f"/records/{record}/comparison?older=1&amp;newer=2"
    page.post("/search/look", data={"view": "table"})
    row = page.get("/search", params={"q": "照明", "versions": "all"}).text.split("<tbody>")[1]
    assert "第 2 版" in row
    assert compared in row
    pane = row.split('data-pane="')[1].split('"')[0].replace("&amp;", "&")
    shown = page.get(pane).text
    assert compared in shown
    assert "储备<mark>照明</mark>设备。" in shown
    assert compared not in page.get(pane.replace("versions=all", "")).text
    inside = page.get(f"/search/pane/{record}?q=储备&versions=all").text
    passage = inside.split('class="match" href="')[1].split('"')[0].replace("&amp;", "&")
    assert compared in page.get(passage).text


@pytest.mark.feature("SS-07")
def test_what_one_may_not_read_of_the_past_is_neither_found_nor_counted(sign_in: SignIn) -> None:
    drafter, reader, head = sign_in("drafter"), sign_in("reader"), sign_in("head")
    record = file(drafter, "方案.txt", "绝密代号盾构。")
    replace_file(drafter, record, "方案.txt", "公开的内容。")
    open_to(drafter, record, "person:reader")
    assert titles(reader, "公开") == {"方案"}
    assert titles(drafter, "盾构") == {"方案"}
    answer = search(reader, "盾构")
    assert (answer["total"], answer["hits"], answer["near"]["total"]) == (0, [], 0)
    assert all(not values for values in answer["facets"].values())
    assert search(head, "公开")["total"] == 0
    open_to(drafter, record, "person:head")
    assert search(reader, "公开")["total"] == 0


@pytest.mark.feature("SS-07")
def test_a_past_text_that_was_open_is_found_by_its_readers(sign_in: SignIn) -> None:
    drafter, reader = sign_in("drafter"), sign_in("reader")
    record = file(drafter, "方案.txt", "旧的内容。")
    open_to(drafter, record, "everyone")
    replace_file(drafter, record, "方案.txt", "新的内容。")
    assert titles(reader, "旧的内容") == {"方案"}
    (hit,) = search(reader, "旧的内容")["hits"]
    assert [each["until"] for each in hit["history"]] == [3]
    change(drafter, record, title="改名")
    assert titles(reader, "旧的内容") == {"改名"}


@pytest.mark.feature("SS-07")
def test_drafts_of_a_notice_are_found_by_who_took_part_alone(sign_in: SignIn) -> None:
    drafter, reader = sign_in("drafter"), sign_in("reader")
    notice = begun(drafter, "notice", title="通知", body="草稿里的蓝图。", audience=["everyone"])
    change(drafter, notice, body="定稿。")
    head, registry = sign_in("head"), sign_in("registry")
    for who in (drafter, head, registry) * 3:
        for label in offered(who, notice):
            if label in {"提交", "提交审核", "送审", "同意", "审核通过", "发布", "签发"}:
                act(who, notice, label)
                break
    assert titles(drafter, "蓝图") == {"通知"}
    assert titles(reader, "定稿") == {"通知"}
    assert search(reader, "蓝图")["total"] == 0


@pytest.mark.feature("SS-07")
def test_two_revisions_are_compared_by_paragraph_field_and_file(
    sign_in: SignIn, browse: Browse
) -> None:
    drafter, reader = sign_in("drafter"), sign_in("reader")
    record = file(drafter, "方案.txt", "一\n二\n三\n请于11月前报送。\n末")
    replace_file(drafter, record, "方案.txt", "一\n二\n三\n请于12月前报送。\n末\n增")
    change(drafter, record, title="新方案")
    at = f"/api/v1/records/{record}/comparison"
    found = drafter.get(at, params={"older": 1, "newer": 3}).json()
    assert [(each["label"], each["after"]) for each in found["fields"]] == [("标题", "新方案")]
    (compared,) = found["files"]
    assert compared["change"] == "changed"
    told = [(p["before"], p["after"], p["skipped"]) for p in compared["paragraphs"]]
    assert told == [
        ("三", "三", 2),
        ("请于1<mark>1</mark>月前报送。", "请于1<mark>2</mark>月前报送。", 0),
        ("末", "末", 0),
        (None, "<mark>增</mark>", 0),
    ]
    assert drafter.get(at, params={"older": 2, "newer": 3}).json()["files"] == []
    assert drafter.get(at, params={"older": 3, "newer": 1}).json() == found
    assert drafter.get(at, params={"older": 2, "newer": 2}).status_code == 422
    assert drafter.get(at, params={"older": 1, "newer": 9}).status_code == 404
    open_to(drafter, record, "person:reader")
    assert reader.get(at, params={"older": 1, "newer": 4}).status_code == 404
    page = browse("drafter")
    both = page.get(f"/records/{record}/comparison", params={"older": 1, "newer": 3}).text
    assert "请于1<mark>2</mark>月前报送。" in both
    one = page.get(f"/records/{record}/comparison?older=1&newer=3&view=one").text
    assert "<del>请于1<mark>1</mark>月前报送。</del>" in one
    assert page.get(f"/records/{record}/comparison").status_code == 200
    assert "版本对比" in page.get(f"/records/{record}").text
    assert browse("head").get(f"/records/{record}/comparison").status_code == 404


@pytest.mark.feature("SS-07")
def test_a_damaged_earlier_revision_is_left_out_and_hides_nothing_else(
    sign_in: SignIn, built: Installation
) -> None:
    drafter, store = sign_in("drafter"), FilesystemObjectStore(built.settings.store)
    record = file(drafter, "方案.txt", "储备照明设备。")
    replace_file(drafter, record, "方案.txt", "储备融雪剂。")
    replace_file(drafter, record, "方案.txt", "储备发电机。")
    store.local_path(revision_key(RecordId(record), 2)).write_bytes(b"torn")
    replace_file(drafter, record, "方案.txt", "储备帐篷。")
    assert titles(drafter, "帐篷", "newest") == {"方案"}
    assert built.drain._letters.stopped() == frozenset()
    for _ in built.rebuilding.run():
        pass
    assert titles(drafter, "帐篷", "newest") == {"方案"}
    past = built.drain._past.of(*newest(built, record))
    assert past.open == ("储备发电机。", "储备照明设备。")


@pytest.mark.feature("SS-07")
def test_of_the_past_the_newest_is_kept_as_far_as_there_is_room(
    sign_in: SignIn, built: Installation
) -> None:
    drafter = sign_in("drafter")
    record = file(drafter, "表.txt", "甲" * 300)
    for text in ("乙" * 300, "丙" * 300, "丁" * 300):
        replace_file(drafter, record, "表.txt", text)
    drain = built.drain
    for room, kept in (
        (1_000, ["丙" * 300, "乙" * 300, "甲" * 300]),
        (400, ["丙" * 300, "乙" * 100]),
    ):
        bounded = PastTexts(drain._log, drain._texts, drain._kinds, characters=room)
        assert list(bounded.of(*newest(built, record)).open) == kept
    full = PastTexts(drain._log, drain._texts, drain._kinds, with_newest=350)
    assert sum(map(len, full.of(*newest(built, record)).open)) < 50


@pytest.mark.feature("SS-07")
def test_a_rebuild_counts_what_stood_in_earlier_revisions(
    sign_in: SignIn, built: Installation
) -> None:
    drafter = sign_in("drafter")
    record = file(drafter, "表.txt", "甲" * 300)
    replace_file(drafter, record, "表.txt", "乙" * 20)
    counted = [
        characters
        for change, characters in built.rebuilding._changes(iter([(RecordId(record), 2)]))
        if isinstance(change, IndexDocument)
    ]
    assert counted == [320]


@pytest.mark.feature("SS-07")
def test_what_changed_is_compared_with_the_version_that_one_may_read_before_it(
    sign_in: SignIn, browse: Browse
) -> None:
    drafter, reader = sign_in("drafter"), sign_in("reader")
    record = file(drafter, "方案.txt", "储备照明设备。")
    open_to(drafter, record, "person:reader")
    open_to(drafter, record, "person:head")
    replace_file(drafter, record, "方案.txt", "储备发电机。")
    open_to(drafter, record, "person:reader")
    histories = [hit["history"] for hit in search(reader, "储备")["hits"]]
    assert [[each["since"] or each["until"] for each in hit] for hit in histories] == [[5, 5]]
    page = browse("reader")
    shown = page.get("/search", params={"q": "储备", "versions": "all"}).text
    assert f"/records/{record}/comparison?older=2&amp;newer=5" in shown
    assert page.get(f"/records/{record}/comparison?older=2&newer=5").status_code == 200
    assert page.get(f"/records/{record}/comparison?older=4&newer=5").status_code == 404


class _Counting:
    """Counts the texts that are looked through."""

    def __init__(self, highlighter: Highlighter) -> None:
        self._highlighter = highlighter
        self.texts: list[str] = []

    def spans(
        self,
        text: str,
        query: Query,
        *,
        field: str | None,
        relaxed: bool,
        most: int = MOST_PLACES,
    ) -> Sequence[Span]:
        self.texts.append(text)
        return self._highlighter.spans(text, query, field=field, relaxed=relaxed, most=most)

    def literal(self, text: str, typed: str, *, most: int = MOST_PLACES) -> Sequence[Span]:
        return self._highlighter.literal(text, typed, most=most)


@pytest.mark.feature("SS-07")
def test_a_file_that_stays_is_looked_through_once_and_a_page_has_an_end(
    sign_in: SignIn, built: Installation
) -> None:
    drafter, histories = sign_in("drafter"), built.house.searching._histories
    record = file(drafter, "方案.txt", "储备照明设备。")
    for number in range(4):
        change(drafter, record, title=f"储备{number}")
    revision = newest(built, record)[1]
    counting = _Counting(histories._highlighter)
    finder = HistoryFinder(
        histories._browsing, histories._texts, counting, histories._kinds, histories._words
    )
    caller, tree = built.house.book.caller(Login("drafter")), read_query("储备").tree
    room = HistoryRoom(tree, revisions=1)
    assert finder.of(caller, revision, tree, room)
    assert counting.texts.count("储备照明设备。") == 1
    assert not room.is_cut
    assert finder.of(caller, revision, tree, room) == ()
    assert room.is_cut
    small = HistoryRoom(tree)
    while small.may_look("甲" * 1_000_000):
        pass
    assert finder.of(caller, revision, tree, small) == ()


@pytest.mark.feature("SS-07")
def test_a_damaged_revision_does_not_break_the_search_of_all_versions(
    sign_in: SignIn, built: Installation
) -> None:
    drafter, store = sign_in("drafter"), FilesystemObjectStore(built.settings.store)
    record = file(drafter, "方案.txt", "储备照明设备。")
    replace_file(drafter, record, "方案.txt", "储备融雪剂。")
    replace_file(drafter, record, "方案.txt", "储备发电机。")
    store.local_path(revision_key(RecordId(record), 2)).write_bytes(b"torn")
    (hit,) = search(drafter, "储备")["hits"]
    assert [(each["since"], each["until"]) for each in hit["history"]] == [(None, 3), (3, None)]


@pytest.mark.feature("SS-07")
def test_a_page_says_where_it_did_not_look_through_all_versions(
    sign_in: SignIn, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafter = sign_in("drafter")
    record = file(drafter, "方案.txt", "储备照明设备。")
    replace_file(drafter, record, "方案.txt", "储备融雪剂。")
    assert search(drafter, "储备")["notices"] == []
    monkeypatch.setattr(HistoryRoom, "may_read", lambda room: setattr(room, "is_cut", True))
    assert search(drafter, "储备")["notices"] == ["histories_cut"]
    page = browse("drafter").get("/search", params={"q": "储备", "versions": "all"}).text
    assert "没有全部列出词语在哪一版" in page
