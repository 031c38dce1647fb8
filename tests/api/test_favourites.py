"""收藏: records and searches kept for oneself, which show nothing that was closed since (SC)."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from services.finding.favourites import LONGEST_SEARCH, MOST
from tests.api.conftest import Browse, SignIn


def file(owner: TestClient, name: str, text: str) -> str:
    answer = owner.post("/api/v1/files", files={"file": (name, text.encode())})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def open_to(owner: TestClient, record: str, *tokens: str) -> None:
    grants = [{"to": token, "right": "read"} for token in tokens]
    number = owner.get(f"/api/v1/records/{record}").json()["revision"]
    headers = {"If-Match": f'"{number}"'}
    answer = owner.patch(f"/api/v1/records/{record}", json={"grants": grants}, headers=headers)
    assert answer.status_code == 200, answer.text


def kept(client: TestClient, **asked: object) -> dict[str, Any]:
    answer = client.get("/api/v1/favourites", params=asked)  # type: ignore[arg-type]
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def star(client: TestClient, record: str, folder: str = "", note: str = "") -> dict[str, Any]:
    given = {"folder": folder, "note": note}
    answer = client.put(f"/api/v1/records/{record}/favourite", json=given)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


@pytest.mark.feature("SC-02", "SC-03")
def test_the_last_kept_stand_first_in_their_folders_and_are_found_by_text_and_note(
    sign_in: SignIn,
) -> None:
    drafter = sign_in("drafter")
    first, second = file(drafter, "汛期.txt", "水库巡查"), file(drafter, "年报.txt", "统计口径")
    star(drafter, first)
    star(drafter, second, "总结", "引用第三部分")
    page = kept(drafter)
    assert [each["title"] for each in page["favourites"]] == ["年报", "汛期"]
    assert page["folders"] == {"": 1, "总结": 1}
    assert [each["target"] for each in kept(drafter, folder="总结")["favourites"]] == [second]
    assert [each["target"] for each in kept(drafter, folder="")["favourites"]] == [first]
    assert [each["target"] for each in kept(drafter, q="水库")["favourites"]] == [first]
    assert [each["target"] for each in kept(drafter, q="第三部分")["favourites"]] == [second]
    assert kept(drafter, q="水库", folder="总结")["total"] == 0


@pytest.mark.feature("SC-02")
def test_kept_again_it_keeps_its_place_and_takes_folder_and_note(sign_in: SignIn) -> None:
    drafter = sign_in("drafter")
    record, other = file(drafter, "甲.txt", "一"), file(drafter, "乙.txt", "二")
    at = star(drafter, record, "旧")["at"]
    star(drafter, other)
    again = star(drafter, record, "新", "备注")
    assert (again["at"], again["folder"], again["note"]) == (at, "新", "备注")
    page = kept(drafter)
    assert [each["target"] for each in page["favourites"]] == [other, record]
    assert page["folders"] == {"": 1, "新": 1}
    assert drafter.delete(f"/api/v1/favourites/{record}").status_code == 204
    assert drafter.delete(f"/api/v1/favourites/{record}").status_code == 204
    assert [each["target"] for each in kept(drafter)["favourites"]] == [other]


@pytest.mark.feature("SC-04")
def test_what_was_closed_or_deleted_since_tells_nothing_and_can_be_dropped(
    sign_in: SignIn, browse: Browse
) -> None:
    drafter, reader, page = sign_in("drafter"), sign_in("reader"), browse("reader")
    record = file(drafter, "绝密工程.txt", "盾构")
    assert reader.put(f"/api/v1/records/{record}/favourite", json={}).status_code == 404
    open_to(drafter, record, "person:reader")
    star(reader, record, note="自己的备注")
    assert "绝密工程" in page.get("/favourites").text
    open_to(drafter, record)
    (row,) = kept(reader)["favourites"]
    assert (row["title"], row["number"], row["kind"]) == (None, None, None)
    assert row["note"] == "自己的备注"
    assert kept(reader, q="盾构")["total"] == 0
    shown = page.get("/favourites").text
    assert "绝密工程" not in shown
    assert "无权限或已删除" in shown
    assert "绝密工程" not in page.get(f"/favourites?edit={record}").text
    assert reader.delete(f"/api/v1/favourites/{record}").status_code == 204
    assert kept(reader)["total"] == 0


@pytest.mark.feature("SC-04")
def test_nobody_sees_or_drops_what_another_keeps(sign_in: SignIn, browse: Browse) -> None:
    drafter, reader = sign_in("drafter"), sign_in("reader")
    record = file(drafter, "甲.txt", "一")
    open_to(drafter, record, "everyone")
    star(drafter, record, "私下", "不给人看")
    assert kept(reader)["total"] == 0
    assert reader.delete(f"/api/v1/favourites/{record}").status_code == 204
    assert browse("reader").post(f"/favourites/{record}/drop").status_code == 404
    assert browse("reader").get(f"/favourites?edit={record}").status_code == 404
    assert kept(drafter)["total"] == 1


@pytest.mark.feature("SC-04")
def test_the_newest_text_is_what_is_shown(sign_in: SignIn) -> None:
    drafter = sign_in("drafter")
    record = file(drafter, "初稿.txt", "一")
    star(drafter, record)
    number = drafter.get(f"/api/v1/records/{record}").json()["revision"]
    renamed = {"fields": {"title": "定稿"}}
    headers = {"If-Match": f'"{number}"'}
    answer = drafter.patch(f"/api/v1/records/{record}", json=renamed, headers=headers)
    assert answer.status_code == 200, answer.text
    assert kept(drafter)["favourites"][0]["title"] == "定稿"


@pytest.mark.feature("SC-01", "SC-03")
def test_a_search_is_kept_under_a_name_and_leads_back(sign_in: SignIn, browse: Browse) -> None:
    page = browse("drafter")
    file(sign_in("drafter"), "甲.txt", "信用修复")
    found = page.get("/search", params={"q": "信用修复", "kind": "library_file"}).text
    assert "收藏本次检索" in found
    asks = "q=%E4%BF%A1%E7%94%A8%E4%BF%AE%E5%A4%8D&kind=library_file"
    sent = {"asks": asks, "name": "信用"}
    answer = page.post("/favourites/searches", data=sent, follow_redirects=False)
    assert answer.headers["location"] == f"/search?{asks}"
    page.post("/favourites/searches", data=sent)  # a second click
    (row,) = kept(sign_in("drafter"))["favourites"]
    assert (row["is_search"], row["title"], row["asks"]) == (True, "信用", asks)
    assert "/search?q=" in page.get("/favourites").text


@pytest.mark.feature("SC-02")
@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"folder": "夹" * 31}, "收藏夹的名称最多 30 个字符"),
        ({"note": "注" * 201}, "备注最多 200 个字符"),
        ({"folder": "a\x07b"}, "只能是一行文字"),
    ],
)
def test_what_is_too_long_comes_back_with_the_reason(
    sign_in: SignIn, browse: Browse, given: dict[str, str], wrong: str
) -> None:
    drafter = sign_in("drafter")
    record = file(drafter, "甲.txt", "一")
    star(drafter, record, "原来的")
    answer = browse("drafter").post(f"/favourites/{record}", data=given)
    assert answer.status_code == 422
    assert wrong in answer.text
    assert kept(drafter)["folders"] == {"原来的": 1}


@pytest.mark.feature("SC-01")
def test_a_search_of_nothing_or_without_a_name_is_not_kept(sign_in: SignIn) -> None:
    drafter = sign_in("drafter")
    for given in ({"name": "", "asks": "q=a"}, {"name": "甲", "asks": ""}):
        answer = drafter.post("/api/v1/favourites/searches", json=given)
        assert answer.status_code == 422, answer.text
    assert kept(drafter)["total"] == 0


@pytest.mark.feature("SC-01")
def test_pages_lead_back_and_tell_why_a_search_is_not_kept(browse: Browse) -> None:
    page = browse("drafter")
    sent = {"asks": "q=a", "name": " "}
    answer = page.post("/favourites/searches", data=sent, follow_redirects=False)
    assert answer.headers["location"] == "/search?q=a"
    assert "还没有合适的名称" in page.get("/search?q=a").text
    long = {"asks": f"q={'a' * LONGEST_SEARCH}", "name": "长"}
    answer = page.post("/favourites/searches", data=long, follow_redirects=False)
    assert answer.headers["location"] == "/search"
    assert "这次检索不能收藏" in page.get("/search").text


@pytest.mark.feature("SC-01")
def test_only_a_search_that_can_be_kept_is_offered_to_be(browse: Browse) -> None:
    page = browse("drafter")
    assert "收藏本次检索" in page.get("/search", params={"q": "汛" * 200}).text
    assert "收藏本次检索" not in page.get("/search", params={"q": "汛" * 300}).text


@pytest.mark.feature("SC-01")
def test_more_than_can_be_kept_is_refused_and_told(sign_in: SignIn, browse: Browse) -> None:
    drafter = sign_in("drafter")
    record = file(drafter, "甲.txt", "一")
    for number in range(MOST):
        given = {"name": f"检索{number}", "asks": f"q={number}"}
        assert drafter.post("/api/v1/favourites/searches", json=given).status_code == 201
    answer = drafter.put(f"/api/v1/records/{record}/favourite", json={})
    assert answer.json()["reason"] == "too_many_favourites"
    shown = browse("drafter").post(f"/records/{record}/favourite")
    assert (shown.status_code, shown.url.path) == (200, f"/records/{record}")
    assert f"收藏已有 {MOST} 项" in shown.text
    page = kept(drafter, page=10, size=50)
    assert (page["total"], len(page["favourites"])) == (MOST, 50)
    assert kept(drafter, page=11, size=50)["favourites"] == []


@pytest.mark.feature("SC-01")
def test_the_page_of_the_record_keeps_and_drops_it(browse: Browse, sign_in: SignIn) -> None:
    record = file(sign_in("drafter"), "甲.txt", "一")
    page = browse("drafter")
    shown = page.post(f"/records/{record}/favourite").text
    assert "已收藏，可在“我的收藏”中查看" in shown
    assert "取消收藏" in shown
    assert page.post(f"/records/{record}/favourite").status_code == 200  # from a second tab
    assert "已取消收藏" in page.post(f"/records/{record}/favourite", data={"off": "1"}).text
    assert "还没有收藏" in page.get("/favourites").text
