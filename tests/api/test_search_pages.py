"""The search page as a place to work in: looks, history, the pane of a hit, passages."""

import io
import re
from urllib.parse import unquote_plus

import pytest
from fastapi.testclient import TestClient
from PIL import Image

from records.identity import Login
from records.people.contact import Contact
from tests.api.conftest import Browse, SignIn
from tests.api.test_search_facets import uploaded
from wenshu.building.installation import Installation


@pytest.fixture
def page(sign_in: SignIn, browse: Browse) -> TestClient:
    """The pages of the drafter, who has two files."""
    client = sign_in("drafter")
    uploaded(client, "防汛预案.txt", "第一段防汛。\n" + "其他内容。" * 60 + "\n再说防汛物资。")
    uploaded(client, "抗旱预案.txt", "抗旱与防汛。")
    return browse("drafter")


def record_of(page: TestClient, words: str) -> str:
    """The record that a search finds first."""
    body = page.get("/search", params={"q": words}).text
    return str(re.findall(r'class="hit-link" href="/records/([^?"]+)', body)[0])


@pytest.mark.feature("SS-01")
def test_the_look_of_hits_is_remembered_for_its_person_alone(
    page: TestClient, browse: Browse
) -> None:
    assert 'class="results results-list"' in page.get("/search?q=防汛").text
    answer = page.post("/search/look?q=防汛", data={"view": "table"}, follow_redirects=False)
    assert answer.headers["location"] == "/search?q=%E9%98%B2%E6%B1%9B"
    table = page.get("/search?q=防汛").text
    assert '<th scope="col">文号</th>' in table
    page.post("/search/look?q=防汛", data={"columns": ["author", "files"]})
    chosen = page.get("/search?q=防汛").text
    assert '<th scope="col">起草人</th>' in chosen
    assert '<th scope="col">文号</th>' not in chosen
    assert 'results-list"' in browse("head").get("/search?q=防汛").text
    page.post("/search/look", data={"view": "nonsense", "columns": []})
    assert 'results-list"' in page.get("/search?q=防汛").text


@pytest.mark.feature("SS-01")
def test_no_columns_are_remembered_but_those_there_are(
    page: TestClient, built: Installation
) -> None:
    sent = [*(f"x{n}" for n in range(500)), "files", "author", "files"]
    page.post("/search/look?q=防汛", data={"columns": sent})
    caller = built.house.book.caller(Login("drafter"))
    assert sorted(built.house.search_aids.memory.of(caller).columns) == ["author", "files"]


@pytest.mark.feature("SS-01", "CX-07")
def test_whose_name_is_typed_is_named_with_his_place_and_telephone(
    page: TestClient, built: Installation
) -> None:
    """Though he wrote nothing; part of a name, and who has left, name nobody."""
    book = built.house.book
    (person,) = (p for p in book.current().people if p.login == "reader")
    reached = person.model_copy(update={"contact": Contact(phone="0830-12345", mobile="139")})
    book.merge([], [reached])
    shown = page.get("/search", params={"q": " 丁四 "}).text
    assert 'href="/directory/people/reader"' in shown
    assert "食品科" in shown.split("reader")[1]
    assert 'href="/search?q=%E8%B5%B7%E8%8D%89%E4%BA%BA%3A%E4%B8%81%E5%9B%9B"' in shown
    assert "0830-12345" in shown
    assert "/directory?" not in shown.split('class="named"')[1].split("</ul>")[0]
    book.merge([], [reached.model_copy(update={"login": f"r{n}"}) for n in range(5)])
    many = page.get("/search", params={"q": "丁四"}).text
    assert many.count("/directory/people/") == 5
    assert 'href="/directory?q=%E4%B8%81%E5%9B%9B"' in many
    book.merge(
        [], [reached.model_copy(update={"login": f"r{n}", "disabled": True}) for n in range(5)]
    )
    for words in ("丁", "丁四 防汛"):
        assert "/directory/people/" not in page.get("/search", params={"q": words}).text
    book.merge([], [reached.model_copy(update={"disabled": True})])
    assert "/directory/people/" not in page.get("/search", params={"q": "丁四"}).text


@pytest.mark.feature("SS-03")
def test_the_pane_shows_the_file_of_the_passage_and_none_whose_name_is_its_beginning(
    page: TestClient, sign_in: SignIn
) -> None:
    client = sign_in("drafter")
    record = uploaded(client, "表.a", "别的内容")
    revision = client.get(f"/api/v1/records/{record}").json()["revision"]
    answer = client.post(
        f"/api/v1/records/{record}/files",
        files={"file": ("表.a.txt", "泄洪闸检修".encode())},
        headers={"If-Match": f'"{revision}"'},
    )
    assert answer.status_code in {200, 201}, answer.text
    body = page.get(f"/search/pane/{record}?q=泄洪闸").text
    assert "泄洪闸" in body.split("preview-text", 1)[1]


@pytest.mark.feature("SS-01")
def test_a_search_is_remembered_by_its_page_and_forgotten_when_asked(
    page: TestClient, browse: Browse
) -> None:
    body = page.get("/search?q=防汛&file_type=txt").text
    assert "最近检索" not in page.get("/search").text, "looking writes nothing"
    address = body.split('hx-post="/search/remembered', 1)[1].split('"')[0].replace("&amp;", "&")
    for _ in range(2):
        assert page.post(f"/search/remembered{address}").status_code == 204
    page.post("/search/remembered?q=抗旱")
    start = page.get("/search").text
    assert "防汛　文件格式：txt" in start
    assert start.count('name="search" value=') == 2
    assert page.get("/suggest").json()["items"][0]["label"] == "抗旱"
    assert "最近检索" not in browse("head").get("/search").text
    assert browse("head").get("/suggest").json()["items"] == []
    one = start.split('name="search" value="', 1)[1].split('"')[0]
    page.post("/search/forget", data={"search": one})
    assert "抗旱" not in page.get("/search").text.split("检索技巧")[0]
    page.post("/search/forget")
    assert "最近检索" not in page.get("/search").text


@pytest.mark.feature("SS-01")
def test_nothing_is_remembered_of_a_search_that_asked_nothing(page: TestClient) -> None:
    assert page.post("/search/remembered").status_code == 204
    assert page.post("/search/remembered?q=%20%20&colour=red").status_code == 204
    assert "最近检索" not in page.get("/search").text


@pytest.mark.feature("SS-01", "TX-03")
def test_units_and_people_are_suggested_beside_titles(page: TestClient) -> None:
    items = page.get("/suggest?q=法规").json()["items"]
    assert {
        "label": "法规科",
        "href": "/search?unit=law",
        "detail": "单位的文件",
        "token": "",
    } in items
    items = page.get("/suggest?q=丙三").json()["items"]
    assert [each["detail"] for each in items] == ["人员 · 法规科"]
    card = page.get(items[0]["href"]).text
    assert "联系方式" in card
    papers = card.partition('href="/search?q=')[2].partition('"')[0]
    assert page.get(f"/search?q={papers}").text.count('class="hit-link"') == 2


@pytest.mark.feature("SS-03")
def test_the_pane_of_a_hit_tells_every_passage_and_shows_the_file(page: TestClient) -> None:
    record = record_of(page, "第一段防汛")
    body = page.get(f"/search/pane/{record}?q=防汛").text
    assert "<html" not in body
    assert "命中 2 处" in body
    assert body.count('class="match-text"') == 2
    assert "preview-text" in body
    assert f"/search/pane/{record}?" in body
    assert "检索日期" in body
    passages = page.get(f"/records/{record}/passages?q=防汛").text
    assert passages.count('class="match-text"') == 2
    assert "正文中没有检索的字词" in page.get(f"/records/{record}/passages?q=恐龙").text


@pytest.mark.feature("SS-03")
def test_a_hit_is_beside_others_only_for_who_may_read_it(page: TestClient, browse: Browse) -> None:
    record = record_of(page, "第一段防汛")
    for address in (f"/search/pane/{record}?q=防汛", f"/records/{record}/passages?q=防汛"):
        assert page.get(address).status_code == 200
        assert browse("reader").get(address).status_code == 404
        assert page.get(address.replace(record, "nowhere")).status_code == 404


@pytest.mark.feature("SS-03")
def test_the_page_of_a_hit_offers_its_passages_and_the_way_on(page: TestClient) -> None:
    record = record_of(page, "第一段防汛")
    body = page.get(f"/records/{record}?q=防汛").text
    assert f"/records/{record}/passages?q=" in body
    assert "data-walk" in body
    assert "第 {at} / 2 处" in body
    assert "/passages" not in page.get(f"/records/{record}").text


@pytest.mark.feature("SS-01")
def test_beyond_the_last_page_of_hits_stands_the_last_one(
    page: TestClient, sign_in: SignIn
) -> None:
    drafter = sign_in("drafter")
    for number in range(21):
        uploaded(drafter, f"安排{number}.txt", f"丁四的安排{number}")
    sent = page.get("/search?q=丁四&page=500&sort=date", follow_redirects=False)
    last = "/search?q=%E4%B8%81%E5%9B%9B&sort=date&page=2"
    assert (sent.status_code, sent.headers["location"]) == (303, last)
    shown = page.get(last).text
    assert shown.count('class="hit-link"') == 1
    assert "/directory/people/" not in shown, "who is named stands on the first page alone"
    nothing = page.get("/search?q=没有这样的字词&page=3")
    assert nothing.history
    assert str(nothing.url).endswith("page=1")


@pytest.mark.feature("SS-01", "CX-01")
def test_conditions_alone_and_nothing_at_all_list_the_newest_and_can_be_kept(
    page: TestClient,
) -> None:
    for asks, name in (("file_type=txt", "文件格式：txt"), ("sort=date", "全部文件")):
        body = page.get(f"/search?{asks}").text
        assert body.count('class="hit-link"') == 2
        assert "没有可检索的字词" not in body
        assert "按相关度" not in body
        assert f'name="asks" value="{asks}"' in body
        assert f'name="name" value="{name}"' in body
        given = {"name": name, "asks": asks, "shared": "1"}
        told = page.post("/favourites/searches", data=given)
        assert "已收藏" in told.text
    assert "没有符合条件的文件" in page.get("/search?kind=notice").text
    start = page.get("/search").text
    assert 'href="/search?sort=date"' in start
    assert "hit-link" not in start
    assert "没有可检索的字词" in page.get("/search?q=，").text


@pytest.mark.feature("SS-03")
def test_a_hit_that_is_gone_leads_back_and_is_told_as_one_that_never_was(
    page: TestClient, sign_in: SignIn, browse: Browse
) -> None:
    client = sign_in("drafter")
    record = record_of(page, "第一段防汛")
    came = {"referer": "http://testserver/search?q=%E9%98%B2&kind=library_file&page=2"}

    def told(reader: TestClient, of: str) -> str:
        answer = reader.get(f"/records/{of}?q=防汛", headers=came)
        assert answer.status_code == 404
        return answer.text.replace(of, "X")

    other = page.get(f"/records/{record}?revision=99", headers=came).text
    assert "不再对您开放" not in other
    closed = told(browse("reader"), record)
    assert closed == told(browse("reader"), "0" * 26)
    assert "这份文件已删除或不再对您开放" in closed
    assert 'href="/search?q=%E9%98%B2&amp;kind=library_file&amp;page=2"' in closed
    revision = client.get(f"/api/v1/records/{record}").json()["revision"]
    gone = client.delete(f"/api/v1/records/{record}", headers={"If-Match": f'"{revision}"'})
    assert gone.status_code == 204, gone.text
    assert told(page, record) == told(page, "0" * 26)
    assert 'href="/search?q=%E9%98%B2"' in page.get(f"/records/{record}?q=防").text
    assert "返回检索结果" not in page.get(f"/records/{record}").text


@pytest.mark.feature("SS-01")
def test_alternatives_are_chips_and_each_can_be_taken_away(page: TestClient) -> None:
    body = page.get("/search", params={"q": "防汛物资 OR 标题:(抗旱 OR 恐龙)"}).text
    chips = body.split('class="chips"')[1].split("</p>")[0]
    assert chips.count('class="chip"') == 2
    assert chips.count('class="chip-or">或<') == 1
    assert "含“防汛物资”" in chips
    inner = page.get("/search", params={"q": "标题:(抗旱 OR 恐龙) -演练"}).text
    found = re.findall(r'<a class="chip" href="([^"]+)"\s+aria-label="([^"]+)"', inner)
    told = [(unquote_plus(href), label.partition("：")[2]) for href, label in found]
    assert told == [
        ("/search?q=标题:(恐龙) -演练", "标题含“抗旱”"),
        ("/search?q=标题:(抗旱) -演练", "标题含“恐龙”"),
        ("/search?q=标题:(抗旱 OR 恐龙)", "不含“演练”"),
    ]


@pytest.mark.feature("SS-01")
def test_of_a_very_long_query_messages_show_the_beginning_and_nothing_is_remembered(
    page: TestClient,
) -> None:
    typed = "恐龙化石" * 1000
    body = page.get("/search", params={"q": typed}).text
    assert f"没有找到“{typed[:59]}…”" in body
    assert body.count(typed) <= 3, "in the box and what fills it, and in no message"
    for words in (typed, "OR AND", "，。", "日期:昨天天"):
        page.post("/search/remembered", params={"q": words})
    assert "最近检索" not in page.get("/search").text
    page.post("/search/remembered", params={"q": "防汛 OR 抗旱"})
    assert "防汛 OR 抗旱" in page.get("/search").text


@pytest.mark.feature("SS-01")
def test_a_hit_by_its_title_shows_how_its_text_begins_and_no_other_field(
    page: TestClient, sign_in: SignIn
) -> None:
    fields = {"title": "消防演练安排", "keywords": "联系电话 0830-2210086 " * 8}
    uploaded(sign_in("drafter"), "安排一.txt", "现将有关事项通知如下。" * 6, **fields)
    body = page.get("/search", params={"q": "消防演练安排"}).text
    shown = body.split('class="match-text">')[1].split("</span>")[0]
    assert "通知如下" in shown
    assert "联系电话" not in body


@pytest.mark.feature("SS-03")
def test_small_pictures_stand_beside_hits_until_one_wants_none(
    page: TestClient, sign_in: SignIn, browse: Browse
) -> None:
    client = sign_in("drafter")
    drawn = io.BytesIO()
    Image.new("RGB", (80, 120), "white").save(drawn, "PNG")
    client.post("/api/v1/files", files={"file": ("防汛图.png", drawn.getvalue())})
    client.post("/api/v1/files", files={"file": ("防汛版式.ofd", b"no ofd")})
    body = page.get("/search?q=防汛").text
    found = re.findall(r'<img src="([^"]+)" alt="" width="44" height="56" loading="lazy">', body)
    picture = next(each for each in found if "png" in each).replace("&amp;", "&")
    assert len(found) == 2, "texts have none"
    assert "own_icons.svg?v=" in body
    assert "#file-type-ofd" in body
    assert page.get(picture).headers["content-type"].startswith("image/")
    assert browse("head").get(picture).status_code == 404
    page.post("/search/look?q=防汛", data={"pictures": "no"})
    plain = page.get("/search?q=防汛").text
    assert 'loading="lazy"' not in plain
    assert "显示缩略图" in plain
    page.post("/search/look?q=防汛", data={"view": "table"})
    page.post("/search/look?q=防汛", data={"view": "list"})
    assert 'loading="lazy"' not in page.get("/search?q=防汛").text
    page.post("/search/look?q=防汛", data={"pictures": "yes"})
    assert 'loading="lazy"' in page.get("/search?q=防汛").text
