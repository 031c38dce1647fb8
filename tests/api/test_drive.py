"""The drive in its pages: renamed, moved, shared, deleted, brought back; by its owner alone."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from records.identity import Login, RecordId
from records.meaning import title_of
from records.revision import Revision
from services.finding.unindexed import Unindexed
from tests.api.conftest import Browse
from wenshu.building.installation import Installation

NOWHERE = "01J0000000000000000000000A"


def folder(client: TestClient, title: str, parent: str = "", key: str = "") -> str:
    """The identifier of a new folder."""
    given = {"title": title, "parent": parent, "idempotency_key": key}
    answer = client.post("/drive/folders", data=given, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return shown(client, parent)[title]


def shown(client: TestClient, inside: str = "") -> dict[str, str]:
    """What a folder shows: titles with their identifiers."""
    page = client.get(f"/drive?folder={inside}" if inside else "/drive").text
    found = re.findall(r'name="chosen" value="(\w{26})" aria-label="选择“(.*?)”', page)
    return {title: record for record, title in found}


def uploaded(client: TestClient, name: str, text: str, inside: str = "", **more: str) -> int:
    """The status with which one file is taken."""
    given = {"kind": "drive_file", "folder": inside, **more}
    answer = client.post(
        "/upload",
        data=given,
        files={"files": (name, text.encode())},
        headers={"Accept": "application/json"},
    )
    return answer.status_code


def newest(built: Installation, record: str) -> Revision:
    return built.house.browsing.open(
        built.house.book.caller(Login("drafter")), RecordId(record)
    ).latest


def sent(client: TestClient, address: str, **given: object) -> str:
    """The page that follows."""
    return client.post(address, data=given).text


@pytest.mark.feature("YP-01")
def test_a_file_is_renamed_and_keeps_its_ending(browse: Browse, built: Installation) -> None:
    client = browse("drafter")
    uploaded(client, "台账.txt", "一")
    record = shown(client)["台账.txt"]
    assert 'value="台账"' in client.get(f"/drive/rename?chosen={record}").text
    assert "已重命名为“检验台账”" in sent(
        client, "/drive/rename", chosen=record, title="检验台账.txt"
    )
    assert list(shown(client)) == ["检验台账.txt"]
    assert newest(built, record).files[0].name == "检验台账.txt"
    got = client.get(f"/records/{record}/download", params={"file": "检验台账.txt"})
    assert got.text == "一"


@pytest.mark.feature("YP-01")
@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("  ", "名称还没有填写"),
        ("..", "名称“..”不能使用"),
        ("a/b", "名称“a/b”不能使用"),
        ("资料", "这里已有名为“资料”的文件夹"),
    ],
)
def test_a_name_that_will_not_do_is_told_at_the_field_and_stays_typed(
    browse: Browse, name: str, told: str
) -> None:
    client = browse("drafter")
    folder(client, "资料")
    other = folder(client, "照片")
    for address, given in (
        ("/drive/folders", {"parent": ""}),
        ("/drive/rename", {"chosen": other}),
    ):
        answer = client.post(address, data={**given, "title": name})
        assert answer.status_code == 422
        assert told in answer.text
        assert f'value="{name}"' in answer.text
    assert set(shown(client)) == {"资料", "照片"}


@pytest.mark.feature("YP-01")
def test_a_folder_goes_with_all_it_holds_and_never_into_itself(browse: Browse) -> None:
    client = browse("drafter")
    outer, target = folder(client, "外层"), folder(client, "目标")
    inner = folder(client, "内层", outer)
    uploaded(client, "件.txt", "一", inner)
    answer = client.post("/drive/move", data={"chosen": outer, "to": inner})
    assert answer.status_code == 422
    assert "文件夹不能移到它自己里面" in answer.text
    assert "已移动 1 项" in sent(client, "/drive/move", chosen=outer, to=target)
    assert set(shown(client)) == {"目标"}
    assert set(shown(client, target)) == {"外层"}
    assert set(shown(client, inner)) == {"件.txt"}
    path = client.get(f"/drive?folder={inner}").text
    assert re.findall(r'<li>\s*<a href="/drive[^"]*">(.*?)</a>', path) == [
        "我的云盘",
        "目标",
        "外层",
    ]
    assert "已移动 1 项" in sent(client, "/drive/move", chosen=outer, to="")
    assert set(shown(client)) == {"目标", "外层"}


@pytest.mark.feature("YP-05")
def test_a_folder_is_deleted_with_all_it_holds_and_comes_back_with_it(
    browse: Browse, built: Installation
) -> None:
    client = browse("drafter")
    outer = folder(client, "外层")
    inner = folder(client, "内层", outer)
    uploaded(client, "冬储煤清单.txt", "冬储煤五百吨", inner)
    record = shown(client, inner)["冬储煤清单.txt"]
    question = client.get(f"/drive/delete?chosen={outer}").text
    assert "文件夹中的 2 项将一并删除" in question
    assert "已删除 1 项" in sent(client, "/drive/delete", chosen=outer, back="/drive")
    assert shown(client) == {}
    assert "没有找到" in client.get("/search?q=冬储煤五百吨").text
    assert client.get(f"/records/{record}").status_code == 404
    gone = client.get("/drive/bin").text
    assert "含 2 项内容" in gone
    assert f"/drive/bin/{inner}/restore" not in gone  # what went with it comes back with it
    assert "已恢复“外层”" in sent(client, f"/drive/bin/{outer}/restore")
    assert set(shown(client, inner)) == {"冬储煤清单.txt"}
    assert "冬储煤五百吨" in client.get("/search?q=冬储煤五百吨").text
    assert "回收站是空的" in client.get("/drive/bin").text
    events = [each.event.action for each in history(built, record)]
    assert events == ["restore", "create"]  # the tombstone between them is read by nobody


def history(built: Installation, record: str) -> list[Revision]:
    caller = built.house.book.caller(Login("drafter"))
    return built.house.browsing.history(caller, built.house.browsing.open(caller, RecordId(record)))


@pytest.mark.feature("YP-05")
def test_what_lay_in_a_folder_that_is_gone_comes_back_at_the_top(browse: Browse) -> None:
    client = browse("drafter")
    outer = folder(client, "外层")
    uploaded(client, "件.txt", "一", outer)
    record = shown(client, outer)["件.txt"]
    sent(client, "/drive/delete", chosen=record)
    sent(client, "/drive/delete", chosen=outer)
    sent(client, f"/drive/bin/{record}/restore")
    assert set(shown(client)) == {"件.txt"}


@pytest.mark.feature("YP-05")
def test_what_was_let_go_cannot_be_brought_back_and_nobody_else_sees_the_bin(
    browse: Browse,
) -> None:
    client, other = browse("drafter"), browse("head")
    for name in ("甲.txt", "乙.txt", "丙.txt"):
        uploaded(client, name, name)
    them = shown(client)
    sent(client, "/drive/delete", chosen=list(them.values()))
    assert "回收站是空的" in other.get("/drive/bin").text
    first, second = them["甲.txt"], them["乙.txt"]
    assert "回收站中没有这一项" in sent(other, f"/drive/bin/{first}/restore")
    assert "回收站中没有这一项" in sent(other, f"/drive/bin/{first}/purge")
    assert "已彻底删除" in sent(client, f"/drive/bin/{first}/purge")
    assert "回收站中没有这一项" in sent(client, f"/drive/bin/{first}/restore")
    assert "已恢复" in sent(client, f"/drive/bin/{second}/restore")
    assert "回收站中没有这一项" in sent(client, f"/drive/bin/{second}/restore")  # a second click
    assert "已清空 1 项" in sent(client, "/drive/bin/empty")
    assert set(shown(client)) == {"乙.txt"}


@pytest.mark.feature("YP-05")
def test_after_thirty_days_it_is_over(browse: Browse, built: Installation) -> None:
    client = browse("drafter")
    uploaded(client, "旧.txt", "旧")
    sent(client, "/drive/delete", chosen=shown(client)["旧.txt"])
    caller = built.house.book.caller(Login("drafter"))
    later = replace(caller, now=caller.now + timedelta(days=29, hours=23))
    assert len(built.house.drive.bin.items(later)) == 1
    later = replace(caller, now=caller.now + timedelta(days=30, minutes=1))
    assert built.house.drive.bin.items(later) == []
    assert built.house.drive.bin.items(caller) == []  # and its mark is gone for good


@pytest.mark.feature("YP-03", "YP-09")
def test_a_shared_folder_opens_all_it_holds_and_closes_it_again(
    browse: Browse, built: Installation
) -> None:
    client, other = browse("drafter"), browse("head")
    outer = folder(client, "执法资料")
    inner = folder(client, "照片", outer)
    uploaded(client, "现场.txt", "紫云现场", inner)
    record = shown(client, inner)["现场.txt"]
    grant = {"grant_to": "person:head", "grant_right": "read", "grant_until": ""}
    number = newest(built, outer).number
    answer = client.post(f"/records/{outer}/share", data={**grant, "revision": number})
    assert "已共享给：乙二" in client.get(f"/drive?folder={outer}").text, answer.text
    assert "执法资料" in other.get("/drive/shared").text
    inside = other.get(f"/drive?folder={inner}").text
    assert "现场.txt" in inside
    for word in ("/drive/delete?", "/drive/move?", "/drive/rename?", "上传到此处", "新建文件夹"):
        assert word not in inside  # he reads; what he may not do has no way
    assert "紫云现场" in other.get("/search?q=紫云现场").text
    # what comes in later is shared as well: the form of the folder begins with its grants
    assert 'value="person:head"' in client.get(f"/upload?kind=drive_file&folder={inner}").text
    # moved out, it is closed again; moved in, open
    sent(client, "/drive/move", chosen=record, to="")
    assert other.get(f"/records/{record}").status_code == 404
    sent(client, "/drive/move", chosen=record, to=outer)
    assert other.get(f"/records/{record}").status_code == 200
    client.post(f"/records/{outer}/share", data={"revision": newest(built, outer).number})
    assert other.get(f"/records/{record}").status_code == 404
    assert other.get(f"/drive?folder={outer}").status_code == 404
    assert "执法资料" not in other.get("/drive/shared").text


@pytest.mark.feature("YP-09")
def test_nobody_else_changes_a_drive_whatever_he_sends(browse: Browse, built: Installation) -> None:
    client, other = browse("drafter"), browse("head")
    outer = folder(client, "外层")
    uploaded(client, "件.txt", "一", outer)
    record = shown(client, outer)["件.txt"]
    before = built.house.browsing.open(built.house.book.caller(Login("drafter")), RecordId(record))
    for what, more in (("rename", {"title": "改"}), ("move", {"to": ""}), ("delete", {})):
        assert other.get(f"/drive/{what}?chosen={record}").status_code == 404
        other.post(f"/drive/{what}", data={"chosen": record, **more})
    assert uploaded(other, "他人.txt", "二", outer) == 404
    assert other.post("/drive/folders", data={"title": "里", "parent": outer}).status_code == 404
    grant = {"grant_to": "person:head", "grant_right": "edit", "grant_until": ""}
    client.post(
        f"/records/{outer}/share",
        data={**grant, "revision": 1},
    )
    assert uploaded(other, "他人.txt", "二", outer) == 403
    other.post("/drive/move", data={"chosen": record, "to": ""})
    other.post("/drive/delete", data={"chosen": record})
    after = newest(built, record)
    assert after.fields == before.latest.fields
    assert not after.deleted
    for address in (f"/drive?folder={NOWHERE}", f"/drive?folder={record}", "/drive?folder=x"):
        assert client.get(address).status_code == 404


@pytest.mark.feature("YP-01")
def test_several_are_moved_one_by_one_and_what_stays_says_why(browse: Browse) -> None:
    client = browse("drafter")
    target = folder(client, "目标")
    uploaded(client, "甲.txt", "一", target)
    uploaded(client, "甲.txt", "二")
    uploaded(client, "乙.txt", "三")
    chosen = [v for k, v in shown(client).items() if k != "目标"]
    answer = client.post("/drive/move", data={"chosen": chosen, "to": target})
    assert answer.status_code == 422
    assert "这里已有名为“甲.txt”的文件" in answer.text
    assert set(shown(client)) == {"目标", "甲.txt"}
    assert set(shown(client, target)) == {"甲.txt", "乙.txt"}
    assert "请先选择" in client.get("/drive/move").text


@pytest.mark.feature("YP-01", "YP-02")
def test_a_name_that_is_there_asks_and_nothing_is_doubled(
    browse: Browse, built: Installation
) -> None:
    client = browse("drafter")
    assert uploaded(client, "通知.txt", "一", idempotency_key="a") == 200
    assert uploaded(client, "通知.txt", "一", idempotency_key="a") == 200  # the answer was lost
    assert uploaded(client, "通知.txt", "二", idempotency_key="b") == 409
    assert set(shown(client)) == {"通知.txt"}
    assert uploaded(client, "通知.txt", "二", same="skip") == 200
    assert uploaded(client, "通知.txt", "二", same="version", idempotency_key="c") == 200
    assert uploaded(client, "通知.txt", "二", same="version", idempotency_key="c") == 200
    record = shown(client)["通知.txt"]
    assert newest(built, record).number == 2
    assert uploaded(client, "通知.txt", "三", same="both") == 200
    assert uploaded(client, "通知.txt", "四", same="both") == 200
    assert set(shown(client)) == {"通知.txt", "通知（2）.txt", "通知（3）.txt"}
    inner = folder(client, "别处")
    assert uploaded(client, "通知.txt", "五", inner) == 200  # in another folder it is another one


@pytest.mark.feature("YP-01")
def test_the_list_stands_in_the_order_that_was_asked_for(browse: Browse) -> None:
    client = browse("drafter")
    for name in ("b.txt", "a.txt", "c.txt"):
        uploaded(client, name, name)
    assert [*shown(client)] == ["a.txt", "b.txt", "c.txt"]

    def names(sort: str) -> list[str]:
        page = client.get(f"/drive?sort={sort}").text
        return re.findall(r'<span class="row-title">(.*?)</span>', page)

    assert names("-name") == ["c.txt", "b.txt", "a.txt"]
    assert names("-changed") == ["c.txt", "a.txt", "b.txt"]
    assert names("nothing") == ["a.txt", "b.txt", "c.txt"]


@pytest.mark.feature("YP-05")
def test_a_program_deletes_sees_restores_and_lets_go(
    browse: Browse, sign_in: Browse, built: Installation
) -> None:
    pages, client = browse("drafter"), sign_in("drafter")
    outer = folder(pages, "外层")
    uploaded(pages, "件.txt", "一", outer)
    record = shown(pages, outer)["件.txt"]
    stale = client.delete(f"/api/v1/records/{outer}", headers={"If-Match": '"9"'})
    assert stale.status_code == 409
    client.delete(f"/api/v1/records/{outer}", headers={"If-Match": '"1"'})
    [binned] = client.get("/api/v1/recycle-bin").json()
    assert (binned["id"], binned["inside"], binned["title"]) == (outer, 1, "外层")
    assert sign_in("head").get("/api/v1/recycle-bin").json() == []
    assert sign_in("head").post(f"/api/v1/recycle-bin/{outer}/restore").status_code == 404
    restored = client.post(f"/api/v1/recycle-bin/{outer}/restore").json()
    assert [each["id"] for each in restored] == [outer, record]
    assert client.delete(f"/api/v1/recycle-bin/{outer}").status_code == 404
    kind, revision = built.house.kinds.get("drive_file"), newest(built, record)
    assert title_of(kind, revision) == "件"


@pytest.mark.feature("YP-02")
def test_an_earlier_version_becomes_the_newest_again_and_nothing_is_lost(
    browse: Browse, sign_in: Browse, built: Installation
) -> None:
    client, other = browse("drafter"), browse("head")
    uploaded(client, "办法.txt", "第一稿")
    record = shown(client)["办法.txt"]
    uploaded(client, "办法.txt", "第二稿", same="version")
    past = client.get(f"/records/{record}?revision=1").text
    assert "恢复为最新版本" in past
    assert "恢复为最新版本" not in client.get(f"/records/{record}").text
    given = {"file": "办法.txt", "number": "1", "revision": "2", "idempotency_key": "k"}
    other.post(f"/records/{record}/files/bring-back", data=given)
    assert newest(built, record).number == 2
    for _ in range(2):  # a double click
        page = client.post(f"/records/{record}/files/bring-back", data=given).text
        assert "已恢复为最新版本" in page
    assert newest(built, record).number == 3
    address = f"/records/{record}/download?file=办法.txt"
    assert client.get(address).text == "第一稿"
    assert client.get(f"{address}&revision=2").text == "第二稿"
    stale = client.post(
        f"/records/{record}/files/bring-back", data={**given, "idempotency_key": ""}
    )
    assert "内容已被更新（第 3 次修订，丙三）" in stale.text
    program = sign_in("drafter")
    here = f"/api/v1/records/{record}/files/办法.txt/bring-back"
    assert program.post(f"{here}?number=9", headers={"If-Match": "3"}).status_code == 404
    assert program.post(f"{here}?number=2", headers={"If-Match": "3"}).status_code == 201
    assert client.get(address).text == "第二稿"
    assert sign_in("head").post(f"{here}?number=1", headers={"If-Match": "4"}).status_code == 404


@pytest.mark.feature("YP-07")
def test_the_box_of_the_drive_finds_own_and_shared_files_and_nothing_else(
    browse: Browse, built: Installation
) -> None:
    client, other = browse("drafter"), browse("head")
    uploaded(client, "蓝湖方案.txt", "蓝湖治理")
    uploaded(client, "蓝湖公开.txt", "蓝湖治理", grant_to="person:head", grant_right="read",
             grant_until="")  # fmt: skip
    uploaded(client, "蓝湖文件.txt", "蓝湖治理", kind="library_file")
    form = client.get("/drive").text
    assert 'name="kind" value="drive_file"' in form
    found = client.get("/search?kind=drive_file&q=蓝湖治理").text
    assert "蓝湖方案" in found
    assert "蓝湖公开" in found
    assert "蓝湖文件" not in found
    found = other.get("/search?kind=drive_file&q=蓝湖治理").text
    assert "蓝湖公开" in found
    assert "蓝湖方案" not in found


class Knows:
    """What is known of the outbox, once and for all."""

    def __init__(self, known: Unindexed) -> None:
        self._known = known

    def current(self) -> Unindexed:
        return self._known


@pytest.mark.feature("YP-01", "YP-03", "YP-05")
@pytest.mark.parametrize(
    "known",
    [
        Unindexed(hidden=frozenset({RecordId(NOWHERE)})),
        Unindexed(is_behind=True),
        None,  # the index is being rebuilt
    ],
)
def test_a_folder_stays_as_it_is_while_some_of_it_may_not_be_found(
    browse: Browse, built: Installation, known: Unindexed | None
) -> None:
    client, other = browse("drafter"), browse("head")
    outer, target = folder(client, "外层"), folder(client, "目标")
    grant = {"grant_to": "person:head", "grant_right": "read", "grant_until": ""}
    assert client.post(f"/records/{target}/share", data={**grant, "revision": 1}).status_code == 200
    own, rebuilding = built.house.drive.walk._own, built.upkeep._busy
    before = own._unindexed
    if known is None:
        rebuilding.acquire()
    else:
        own._unindexed = Knows(known)  # type: ignore[assignment]
    for address, given in (
        (f"/records/{outer}/share", {**grant, "revision": 1}),
        ("/drive/move", {"chosen": outer, "to": target}),
        ("/drive/delete", {"chosen": outer}),
        ("/drive/delete", {"chosen": [outer, target]}),
    ):
        answer = client.post(address, data=given)
        assert answer.status_code == 503, address
        assert "检索索引正在更新，文件夹中的内容可能没有列全" in answer.text
    own._unindexed = before
    if known is None:
        rebuilding.release()
    assert newest(built, outer).number == 1
    assert other.get(f"/drive?folder={outer}").status_code == 404
    assert "已移动 1 项" in sent(client, "/drive/move", chosen=outer, to=target)


@pytest.mark.feature("YP-01", "YP-05")
def test_all_that_was_chosen_has_one_bound_together(
    browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = browse("drafter")
    target, chosen = folder(client, "目标"), [folder(client, "一"), folder(client, "二")]
    for each in chosen:
        for name in ("甲.txt", "乙.txt"):
            uploaded(client, name, name, each)
    monkeypatch.setattr("services.drive.folder_walk.MOST", 3)
    for address, more in (("/drive/delete", {}), ("/drive/move", {"to": target})):
        answer = client.post(address, data={"chosen": chosen, **more})
        assert answer.status_code == 403
        assert "文件夹中的内容超过 3 项" in answer.text
    assert "超过 3 项" in client.get("/drive/delete", params={"chosen": chosen}).text
    assert set(shown(client)) == {"目标", "一", "二"}
    assert "已删除 1 项" in sent(client, "/drive/delete", chosen=chosen[0])


@pytest.mark.feature("YP-05")
def test_the_bin_stands_in_pages_the_latest_first(browse: Browse, sign_in: Browse) -> None:
    pages, client = browse("drafter"), sign_in("drafter")
    for n in range(22):
        record = folder(pages, f"夹{n:02}")
        client.delete(f"/api/v1/records/{record}", headers={"If-Match": '"1"'})
    first, second = (pages.get("/drive/bin", params={"page": n}).text for n in (1, 2))
    assert ("夹21" in first, "夹00" in first) == (True, False)
    assert ("夹21" in second, "夹00" in second) == (False, True)
    asked = {"page": 3, "size": 10}
    listed = client.get("/api/v1/recycle-bin", params=asked).json()
    assert [each["title"] for each in listed] == ["夹01", "夹00"]


@pytest.mark.feature("YP-01")
def test_a_folder_is_none_of_the_files_one_changed_last(
    built: Installation, browse: Browse
) -> None:
    client = browse("drafter")
    assert client.post("/drive/folders", data={"title": "检查资料", "parent": ""}).is_success
    caller = built.house.book.caller(Login("drafter"))
    assert built.house.lists.own.recent(caller, size=9).rows == ()
    assert len(built.house.lists.own.folders(caller, size=9).rows) == 1
