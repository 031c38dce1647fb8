"""补充件: filed to an archived record without bending it (features.md B31, Edge)."""

import io
from typing import Any

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from tests.api.conftest import Browse, SignIn
from tests.api.office import act, begun, state
from tests.api.papers import done, drafted, issued, staffed, with_file
from wenshu.building.installation import Installation


@pytest.fixture(autouse=True)
def office(built: Installation) -> None:
    filer = {"login": "filer", "name": "档一", "unit": "office", "posts": ["档案员"]}
    staffed(built, {**filer})


def filed(sign_in: SignIn, **fields: Any) -> str:
    """A piece of the archive: an issued paper, filed."""
    record = issued(sign_in, **fields)
    done(sign_in("registry"), record, "归档", fields={"retention": "永久"})
    return record


def begin(client: TestClient, piece: str, **fields: Any) -> str:
    """A 补充件 with its material."""
    given = {"title": "来函附件", "reason": "收文后补到", "piece": piece, **fields}
    record = begun(client, "supplement", **given)
    with_file(client, record, "files", "附件.txt", "整治名单附表".encode())
    return record


def seen(client: TestClient, record: str) -> Any:
    return client.get(f"/api/v1/records/{record}").json()


@pytest.mark.feature("GD-01", "GD-02", "GD-04")
def test_a_supplement_is_filed_beside_its_piece_which_stays_as_it_was(sign_in: SignIn) -> None:
    piece, filer = filed(sign_in), sign_in("filer")
    registry = sign_in("registry")
    before = seen(registry, piece)
    record = begin(filer, piece)
    done(filer, record, "归档")
    assert seen(registry, piece) == before
    fields = seen(registry, record)["fields"]
    assert (fields["main_no"], fields["piece_no"]) == ("1", "补1")
    assert (fields["filed_year"], fields["retention"]) == ("2026", "永久")
    assert state(registry, record) == "archived"
    (tie,) = registry.get(f"/api/v1/records/{piece}/related").json()[-1:]
    assert (tie["id"], tie["link"], tie["title"]) == (record, "补充件", "来函附件")
    (back,) = registry.get(f"/api/v1/records/{record}/related").json()
    assert (back["id"], back["is_parent"]) == (piece, True)


@pytest.mark.feature("GD-03")
def test_whoever_may_read_the_piece_finds_its_supplement_and_nobody_else(sign_in: SignIn) -> None:
    piece, registry = filed(sign_in), sign_in("registry")
    record = begin(registry, piece)
    drafter, county, other = sign_in("drafter"), sign_in("reader"), sign_in("writer")
    assert drafter.get(f"/api/v1/records/{record}").status_code == 404  # still a draft
    done(registry, record, "归档")
    for reader in (drafter, county, other):  # writer sits in a station of the county
        found = reader.get("/api/v1/search", params={"q": "整治名单附表"}).json()
        assert [hit["id"] for hit in found["hits"]] == [record]
    stranger = sign_in("pricehead")
    assert stranger.get(f"/api/v1/records/{piece}").status_code == 404
    assert stranger.get(f"/api/v1/records/{record}").status_code == 404
    assert stranger.get("/api/v1/search", params={"q": "整治名单附表"}).json()["total"] == 0


@pytest.mark.feature("GD-04")
def test_neither_piece_nor_supplement_is_changed_by_anybody(sign_in: SignIn) -> None:
    piece, registry = filed(sign_in), sign_in("registry")
    record = begin(registry, piece)
    done(registry, record, "归档")
    for name in ("registry", "drafter", "admin", "keeper", "filer"):
        client = sign_in(name)
        for each in (piece, record):
            number = seen(registry, each)["revision"]
            answer = client.patch(
                f"/api/v1/records/{each}",
                json={"fields": {"title": "改"}},
                headers={"If-Match": f'"{number}"'},
            )
            assert answer.status_code in {403, 404}
            offers = client.get(f"/api/v1/records/{each}/actions")
            assert offers.status_code == 404 or offers.json() == []


@pytest.mark.feature("GD-01")
def test_only_what_is_filed_and_may_be_read_can_be_supplemented(sign_in: SignIn) -> None:
    registry = sign_in("registry")
    open_still = issued(sign_in)
    early = begin(registry, open_still)
    refused = act(registry, early, "归档")
    assert refused.status_code == 403
    assert "没有归档" in refused.text
    hidden = drafted(sign_in("clerk"), source="扫描件")
    given = {"number": "渝市监发〔2020〕3号", "issued_on": "2020-01-02"}
    done(sign_in("clerk"), hidden, "发文办结", fields=given)
    done(sign_in("clerk"), hidden, "归档")
    assert act(registry, begin(registry, hidden), "归档").status_code == 403
    assert act(registry, begin(registry, "01M87SE429ZAYS2SY9MHSM0000"), "归档").status_code == 403
    assert seen(registry, early)["state"] == "draft"


@pytest.mark.feature("GD-01")
def test_another_organ_that_may_read_a_piece_files_nothing_into_its_archive(
    sign_in: SignIn,
) -> None:
    piece, county = filed(sign_in), sign_in("countyregistry")
    assert county.get(f"/api/v1/records/{piece}").status_code == 200
    refused = act(county, begin(county, piece), "归档")
    assert refused.status_code == 403
    assert "渝州市市场监督管理局的档案" in refused.text


@pytest.mark.feature("GD-01")
def test_a_supplement_is_begun_by_keepers_only_and_is_no_piece_itself(sign_in: SignIn) -> None:
    piece, registry = filed(sign_in), sign_in("registry")
    wanted = {"kind": "supplement", "fields": {"title": "附件", "piece": piece}}
    assert sign_in("drafter").post("/api/v1/records", json=wanted).status_code == 403
    first = begin(registry, piece)
    done(registry, first, "归档")
    refused = act(registry, begin(registry, first), "归档")
    assert refused.status_code == 403


@pytest.mark.feature("GD-04")
def test_the_catalogue_has_supplements_behind_their_pieces_and_the_note_names_them(
    sign_in: SignIn, browse: Browse
) -> None:
    registry = sign_in("registry")
    pieces = [filed(sign_in, title=f"关于事项{n}的通知") for n in (1, 2)]
    for title in ("附件甲", "附件乙"):
        done(registry, begin(registry, pieces[0], title=title), "归档")
    page = browse("registry")
    book = page.get("/archive/export?year=2026&format=xlsx").content
    rows = list(load_workbook(io.BytesIO(book)).worksheets[0].iter_rows(values_only=True))
    assert [row[0] for row in rows[1:]] == ["1", "1-补1", "1-补2", "2"]
    assert [row[2] for row in rows[1:]] == [
        "关于事项1的通知",
        "附件甲",
        "附件乙",
        "关于事项2的通知",
    ]
    note = page.get("/archive/catalogue?year=2026").text
    assert "共 2 件" in note
    assert "另有补充件 2 件" in note
    assert "1-补2 附件乙" in note


@pytest.mark.feature("GD-02")
def test_the_page_of_a_piece_leads_to_a_form_that_names_it(sign_in: SignIn, browse: Browse) -> None:
    piece = filed(sign_in)
    way = f"/records/new/supplement?piece={piece}"
    page = browse("registry")
    assert way in page.get(f"/records/{piece}").text
    assert way not in browse("drafter").get(f"/records/{piece}").text
    assert way not in browse("countyregistry").get(f"/records/{piece}").text
    form = page.get(way).text
    assert "关于开展食品安全专项整治的通知" in form
    assert "可阅人员" not in form
    assert "归档期限" not in form
    on_its_way = issued(sign_in)
    assert "/records/new/supplement?" not in page.get(f"/records/{on_its_way}").text
