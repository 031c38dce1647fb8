"""文件库 and 资料库: folders that carry rights, what lies in them, who finds it (WJ)."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from records.people.people_rows import PeopleRows
from tests.api.conftest import PASSWORD, Browse, SignIn
from tests.api.office import act, begun, offered, state
from wenshu.building.installation import Installation

LIBRARY = "library_document"

MORE = (
    {"login": "librarian", "name": "库一", "unit": "office", "roles": ["staff", "librarian"]},
    {"login": "lawlib", "name": "库二", "unit": "law"},
)


@pytest.fixture(autouse=True)
def people(built: Installation) -> None:
    rows = [{**person, "password": PASSWORD} for person in MORE]
    built.house.people.load(PeopleRows([], rows), lasting=True)


def folder(client: TestClient, name: str, kind: str = LIBRARY, **given: Any) -> dict[str, Any]:
    """A new folder as its keeper is told of it."""
    body = {"name": name, **given}
    if not given.get("parent"):
        body.setdefault("keepers", ["person:librarian"])
    answer = client.post(f"/api/v1/libraries/{kind}/folders", json=body)
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = answer.json()
    return told


def changed(client: TestClient, known: dict[str, Any], **given: Any) -> dict[str, Any]:
    """The folder with something else of it."""
    kept = {name: known[name] for name in ("name", "parent", "readers", "keepers", "seen")}
    answer = client.put(f"/api/v1/libraries/{LIBRARY}/folders/{known['code']}", json=kept | given)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def published(client: TestClient, code: str, title: str, text: str, kind: str = LIBRARY) -> str:
    """A document in a folder, in force."""
    record = begun(client, kind, title=title, folder=code, year="2026")
    answer = client.post(
        f"/api/v1/records/{record}/files",
        files={"file": (f"{title}.txt", text.encode())},
        headers={"If-Match": '"1"'},
    )
    assert answer.status_code == 201, answer.text
    assert act(client, record, "发布").status_code == 200
    return record


def hits(client: TestClient, words: str) -> int:
    """How many the search counts."""
    return int(client.get("/api/v1/search", params={"q": words}).json()["total"])


def listed(client: TestClient, kind: str = LIBRARY, **asked: Any) -> list[str]:
    """Titles of the list of the library."""
    rows = client.get(f"/api/v1/lists/{kind}", params=asked).json()["rows"]
    return [row["title"] for row in rows]


def merged(client: TestClient, gone: dict[str, Any], into: dict[str, Any]) -> str | None:
    """One folder merged into another; the reason why not."""
    answer = client.post(
        f"/api/v1/libraries/{LIBRARY}/folders/{gone['code']}/merge",
        json={"into": into["code"], "seen": gone["seen"]},
    )
    return None if answer.status_code == 200 else str(answer.json()["reason"])


def tree_of(client: TestClient) -> list[dict[str, Any]]:
    """The folders that somebody sees."""
    told: list[dict[str, Any]] = client.get(f"/api/v1/libraries/{LIBRARY}/folders").json()
    return told


def tree(client: TestClient) -> list[str]:
    """Names of the folders that somebody sees."""
    return [each["name"] for each in tree_of(client)]


@pytest.mark.feature("WJ-01", "WJ-03")
def test_rights_of_a_folder_change_what_is_found_at_once_and_no_record(sign_in: SignIn) -> None:
    librarian, reader, drafter = sign_in("librarian"), sign_in("reader"), sign_in("drafter")
    law = folder(librarian, "法规制度", readers=["unit:law"])
    record = published(librarian, law["code"], "听证办法", "听证主持人应当中立")
    assert (hits(drafter, "听证主持人"), hits(reader, "听证主持人")) == (1, 0)
    assert (tree(drafter), tree(reader)) == (["法规制度"], [])
    assert listed(reader) == []
    assert reader.get(f"/api/v1/records/{record}").status_code == 404
    before = librarian.get(f"/api/v1/records/{record}").json()["revision"]
    law = changed(librarian, law, readers=["unit:food"])
    assert (hits(drafter, "听证主持人"), hits(reader, "听证主持人")) == (0, 1)
    assert (listed(drafter), listed(reader)) == ([], ["听证办法"])
    assert drafter.get(f"/api/v1/records/{record}").status_code == 404
    assert drafter.get("/api/v1/search", params={"q": "听证"}).json()["total"] == 0
    assert librarian.get(f"/api/v1/records/{record}").json()["revision"] == before


@pytest.mark.feature("WJ-03")
def test_a_folder_that_moves_is_read_by_whom_the_one_above_is_open_to(sign_in: SignIn) -> None:
    librarian, reader, drafter = sign_in("librarian"), sign_in("reader"), sign_in("drafter")
    everybody = folder(librarian, "公开目录", readers=["everyone"])
    law = folder(librarian, "法规目录", readers=["unit:law"])
    inner = folder(librarian, "内层目录", parent=everybody["code"], readers=[])
    published(librarian, inner["code"], "值班制度", "值班人员须在岗")
    assert hits(reader, "值班人员须在岗") == 1
    inner = changed(librarian, inner, parent=law["code"])
    assert (hits(reader, "值班人员须在岗"), hits(drafter, "值班人员须在岗")) == (0, 1)
    assert tree(reader) == ["公开目录"]
    # A folder opened to somebody who may not see the one above stays closed to him.
    changed(librarian, inner, parent=law["code"], readers=["everyone"])
    assert (hits(reader, "值班人员须在岗"), tree(reader)) == (0, ["公开目录"])


@pytest.mark.feature("WJ-03")
def test_a_folder_merged_into_another_leaves_nothing_behind(sign_in: SignIn) -> None:
    librarian, reader = sign_in("librarian"), sign_in("reader")
    old = folder(librarian, "旧目录", readers=["unit:law"])
    new = folder(librarian, "新目录", readers=["everyone"])
    published(librarian, old["code"], "会务规程", "会议材料提前两日报送")
    assert hits(reader, "会议材料提前两日报送") == 0
    assert merged(librarian, old, new) is None
    assert (hits(reader, "会议材料提前两日报送"), tree(reader)) == (1, ["新目录"])
    assert listed(reader, filter=f"folder:{new['code']}") == ["会务规程"]
    assert merged(librarian, new, old) == "folder_cycle"


@pytest.mark.feature("WJ-03")
def test_what_was_merged_meanwhile_takes_nothing_else_along(sign_in: SignIn) -> None:
    librarian, reader = sign_in("librarian"), sign_in("reader")
    old = folder(librarian, "旧目录", readers=["unit:law"])
    inside = folder(librarian, "内部目录", readers=["unit:law"])
    opened = folder(librarian, "公开目录", readers=["everyone"])
    published(librarian, inside["code"], "内部规程", "内部要点不外传")
    assert merged(librarian, old, inside) is None
    # A page of the folder, opened before, sends its form now: it stands for the other folder.
    assert merged(librarian, old, opened) == "folder_changed"
    assert hits(reader, "内部要点不外传") == 0
    assert sorted(tree(librarian)) == sorted(["内部目录", "公开目录"])


@pytest.mark.feature("WJ-02")
def test_what_lies_nowhere_is_refused_since_nobody_would_keep_it(sign_in: SignIn) -> None:
    librarian = sign_in("librarian")
    code = folder(librarian, "制度", readers=["everyone"])["code"]
    begins = librarian.post("/api/v1/records", json={"kind": LIBRARY, "fields": {"title": "无处"}})
    assert (begins.json()["reason"], begins.json()["facts"]["field"]) == (
        "must_be_filled",
        "folder",
    )
    record = published(librarian, code, "会务规程", "材料提前两日报送")
    known = librarian.get(f"/api/v1/records/{record}").json()["revision"]
    taken = librarian.patch(
        f"/api/v1/records/{record}",
        json={"fields": {"folder": None}},
        headers={"If-Match": f'"{known}"'},
    )
    assert taken.json()["reason"] == "must_be_filled"
    assert hits(sign_in("reader"), "材料提前两日报送") == 1


@pytest.mark.feature("WJ-03")
def test_who_keeps_a_folder_no_more_reads_and_holds_nothing_in_it(sign_in: SignIn) -> None:
    librarian, lawlib = sign_in("librarian"), sign_in("lawlib")
    both = ["person:librarian", "person:lawlib"]
    shelf = folder(librarian, "制度", keepers=both)
    record = published(lawlib, shelf["code"], "听证办法", "听证主持人应当中立")
    draft = begun(lawlib, LIBRARY, title="草稿", folder=shelf["code"])
    assert lawlib.get("/api/v1/tasks").json()["total"] == 1
    changed(librarian, shelf, keepers=["person:librarian"])
    assert [lawlib.get(f"/api/v1/records/{each}").status_code for each in (record, draft)] == [
        404,
        404,
    ]
    assert hits(lawlib, "听证主持人") == 0
    assert lawlib.get("/api/v1/tasks").json()["total"] == 0
    # Whoever keeps the folder now decides on the draft.
    assert "删除" in offered(librarian, draft)


@pytest.mark.feature("WJ-03")
def test_who_is_not_told_of_the_folder_above_changes_his_own_below_it(
    sign_in: SignIn, browse: Browse
) -> None:
    librarian, lawlib = sign_in("librarian"), sign_in("lawlib")
    top = folder(librarian, "上层", readers=["unit:office"])
    other = folder(librarian, "另一上层", readers=["unit:office"])
    inner = folder(librarian, "法规", parent=top["code"], keepers=["person:lawlib"])
    (told,) = lawlib.get(f"/api/v1/libraries/{LIBRARY}/folders").json()
    assert told["parent"] is None
    renamed = changed(lawlib, told, name="法规汇编")
    assert (renamed["name"], renamed["parent"]) == ("法规汇编", None)
    stands = {each["name"]: each for each in tree_of(librarian)}
    assert stands["法规汇编"]["parent"] == top["code"]
    assert merged(librarian, stands["上层"], other) is None
    (told,) = lawlib.get(f"/api/v1/libraries/{LIBRARY}/folders").json()
    page = browse("lawlib").post(
        f"/kinds/{LIBRARY}/folders/{inner['code']}",
        data={
            "name": "法规",
            "parent": top["code"],
            "keepers": "person:lawlib",
            "seen": told["seen"],
        },
    )
    assert page.status_code == 200, page.text[:300]
    assert tree(lawlib) == ["法规"]


@pytest.mark.feature("WJ-02", "WJ-03")
def test_only_who_keeps_a_folder_puts_something_into_it(sign_in: SignIn) -> None:
    librarian, lawlib, drafter = sign_in("librarian"), sign_in("lawlib"), sign_in("drafter")
    top = folder(librarian, "制度", readers=["everyone"])
    law = folder(librarian, "法规", parent=top["code"], keepers=["person:lawlib"])
    published(lawlib, law["code"], "复议规程", "复议期限六十日")
    for client, code in ((lawlib, top["code"]), (drafter, law["code"]), (lawlib, "NOWHERE")):
        fields = {"title": "不该进来", "folder": code}
        answer = client.post("/api/v1/records", json={"kind": LIBRARY, "fields": fields})
        assert answer.json()["reason"] in {"unknown_folder", "may_not_begin"}, answer.text
    mine = begun(lawlib, LIBRARY, title="待移动", folder=law["code"])
    moved = lawlib.patch(
        f"/api/v1/records/{mine}",
        json={"fields": {"folder": top["code"]}},
        headers={"If-Match": '"1"'},
    )
    assert moved.json()["reason"] == "unknown_folder"
    # A folder is added and changed by who keeps the one above, and seen by nobody else's form.
    below = drafter.post(
        f"/api/v1/libraries/{LIBRARY}/folders", json={"name": "私设", "parent": law["code"]}
    )
    assert below.json()["reason"] == "unknown_folder"
    top_by_other = lawlib.post(
        f"/api/v1/libraries/{LIBRARY}/folders", json={"name": "另立", "keepers": ["person:lawlib"]}
    )
    assert top_by_other.json()["reason"] == "librarians_only"


@pytest.mark.feature("WJ-01", "WJ-02")
def test_a_document_is_repealed_found_with_its_mark_deleted_and_had_back(sign_in: SignIn) -> None:
    librarian, reader = sign_in("librarian"), sign_in("reader")
    code = folder(librarian, "制度", readers=["everyone"])["code"]
    record = published(librarian, code, "请假规定", "旧式假条有效")
    renewed = librarian.post(
        f"/api/v1/records/{record}/files",
        files={"file": ("请假规定.txt", "电子凭单有效".encode())},
        headers={"If-Match": '"3"'},
    )
    assert renewed.status_code == 201, renewed.text
    assert (hits(reader, "电子凭单"), hits(reader, "旧式假条")) == (1, 0)
    assert state(librarian, record) == "valid"
    assert not offered(reader, record)
    assert act(librarian, record, "废止").status_code == 200
    assert hits(reader, "电子凭单") == 1
    assert listed(reader, filter="state:repealed") == ["请假规定"]
    assert listed(reader, filter="state:valid") == []
    assert act(librarian, record, "删除").status_code == 200
    assert hits(reader, "电子凭单") == 0
    assert reader.get(f"/api/v1/records/{record}").status_code == 404
    assert act(librarian, record, "恢复").status_code == 200
    assert state(librarian, record) == "draft"
    assert hits(reader, "电子凭单") == 0


@pytest.mark.feature("WJ-01")
def test_the_library_is_asked_by_folder_words_number_and_year(
    sign_in: SignIn, browse: Browse
) -> None:
    librarian = sign_in("librarian")
    top = folder(librarian, "制度", readers=["everyone"])["code"]
    inner = folder(librarian, "财务", parent=top)["code"]
    other = folder(librarian, "标准", readers=["everyone"])["code"]
    published(librarian, inner, "差旅费办法", "凭据报销")
    published(librarian, other, "检测规程", "复检")
    reader = sign_in("reader")
    assert listed(reader, filter=f"folder:{top}") == ["差旅费办法"]
    assert sorted(listed(reader, filter="year:2026")) == ["差旅费办法", "检测规程"]
    assert listed(reader, q="凭据报销") == ["差旅费办法"]
    page = browse("reader").get(f"/kinds/{LIBRARY}").text
    assert page.index("制度") < page.index("财务")
    assert "目录管理" not in page
    assert "目录管理" in browse("librarian").get(f"/kinds/{LIBRARY}").text
    narrowed = browse("reader").get(f"/kinds/{LIBRARY}?filter=folder:{top}").text
    assert "差旅费办法" in narrowed
    assert "检测规程" not in narrowed


@pytest.mark.feature("WJ-04")
def test_reference_material_has_folders_of_its_own(sign_in: SignIn) -> None:
    librarian, reader = sign_in("librarian"), sign_in("reader")
    code = folder(librarian, "培训", "reference_material", readers=["everyone"])["code"]
    published(librarian, code, "讲义", "程序要点", "reference_material")
    assert listed(reader, "reference_material") == ["讲义"]
    assert tree(reader) == []
    wrong = librarian.post(
        "/api/v1/records", json={"kind": LIBRARY, "fields": {"title": "串库", "folder": code}}
    )
    assert wrong.json()["reason"] in {"unknown_folder", "may_not_begin"}


@pytest.mark.feature("WJ-03")
def test_folders_are_kept_on_their_page(sign_in: SignIn, browse: Browse) -> None:
    page = browse("librarian")
    made = page.post(
        f"/kinds/{LIBRARY}/folders/new",
        data={"name": "规章", "keepers": ["person:librarian"], "readers_add": "法规科"},
    )
    assert "规章" in made.text
    assert "法规科" in made.text
    known = sign_in("librarian").get(f"/api/v1/libraries/{LIBRARY}/folders").json()[0]
    assert known["readers"] == ["unit:law"]
    at = f"/kinds/{LIBRARY}/folders/{known['code']}"
    stale = page.post(at, data={"name": "规章二", "keepers": ["person:librarian"], "seen": "x"})
    assert (stale.status_code, "刚被别人修改" in stale.text) == (422, True)
    twice = page.post(
        f"/kinds/{LIBRARY}/folders/new", data={"name": "规章", "keepers": ["person:librarian"]}
    )
    assert (twice.status_code, "已有名为" in twice.text) == (422, True)
    assert browse("drafter").get(at).status_code == 404
    assert browse("drafter").get(f"/kinds/{LIBRARY}/folders").text.count("编辑") == 0


@pytest.mark.feature("WJ-03")
def test_a_keeper_below_learns_no_name_of_what_lies_above(sign_in: SignIn, browse: Browse) -> None:
    librarian, lawlib = sign_in("librarian"), sign_in("lawlib")
    top = folder(librarian, "绝不外传的目录", readers=["unit:office"])
    inner = folder(librarian, "法规", parent=top["code"], keepers=["person:lawlib"])
    record = published(lawlib, inner["code"], "规程", "要点")
    assert tree(lawlib) == ["法规"]
    told = lawlib.get(f"/api/v1/libraries/{LIBRARY}/folders").json()[0]
    assert told["parent"] is None
    pages = browse("lawlib")
    for address in (
        f"/kinds/{LIBRARY}",
        f"/kinds/{LIBRARY}?filter=folder:{top['code']}",
        f"/kinds/{LIBRARY}/folders",
        f"/kinds/{LIBRARY}/folders/{inner['code']}",
        f"/kinds/{LIBRARY}/folders/{top['code']}",
        f"/records/{record}",
        f"/records/{record}/edit",
        f"/kinds/{LIBRARY}/export?format=csv",
    ):
        assert "绝不外传" not in pages.get(address).text, address


@pytest.mark.feature("WJ-03")
def test_folders_stay_when_people_and_units_change(built: Installation, sign_in: SignIn) -> None:
    folder(sign_in("librarian"), "制度", readers=["everyone"])
    rows = [{"login": "newcomer", "name": "新人", "unit": "law", "password": PASSWORD}]
    built.house.people.load(PeopleRows([], rows), lasting=True)
    assert tree(sign_in("newcomer")) == ["制度"]


@pytest.mark.feature("WJ-03")
def test_a_folder_that_nobody_in_office_keeps_is_given_keepers(
    built: Installation, sign_in: SignIn
) -> None:
    librarian = sign_in("librarian")
    gone = folder(librarian, "无人管理", readers=["unit:law"], keepers=["person:lawlib"])
    assert tree(librarian) == []
    at = f"/api/v1/libraries/{LIBRARY}/folders/{gone['code']}"
    body = {"name": "无人管理", "keepers": ["person:librarian"], "seen": gone["seen"]}
    assert librarian.put(at, json=body).status_code == 404
    rows = [{"login": "lawlib", "name": "库二", "unit": "law", "disabled": True}]
    built.house.people.load(PeopleRows([], rows), lasting=True)
    assert tree(librarian) == ["无人管理"]
    assert librarian.put(at, json=body).status_code == 200
