"""检索用词: tried, saved, in effect at once, dropped by a chip (SS-05)."""

import re

import pytest
from fastapi.testclient import TestClient

from records.errors import Unavailable
from records.people.people_rows import PeopleRows
from services.searching.word_book import FRESH_S, WordBook
from services.vocabulary.common_queries import CommonQueries
from storage.chains import StoredChains
from storage.claims import StoredClaims
from tests.api.conftest import Browse, SignIn
from tests.api.test_favourites import file, open_to
from wenshu.building.installation import Installation

WORDS = "/api/v1/words"
OFFICE = [["督查", "督察"], ["市监局", "市场监督管理局"]]


def paper(owner: TestClient, name: str, text: str) -> str:
    record = file(owner, name, text)
    open_to(owner, record, "everyone")
    return record


def found(client: TestClient, words: str) -> set[str]:
    answer = client.get("/api/v1/search", params={"q": words}).json()
    assert not answer["relaxed"] or not answer["total"], answer
    return {hit["title"] for hit in answer["hits"]}


def keep(client: TestClient, groups: list[list[str]], seen: int, **more: object) -> int:
    answer = client.put(WORDS, json={"groups": groups, "seen": seen, **more})
    assert answer.status_code == 200, answer.text
    return int(answer.json()["version"])


@pytest.mark.feature("SS-05")
def test_a_group_finds_marks_and_counts_at_once_and_is_said(sign_in: SignIn) -> None:
    drafter, admin = sign_in("drafter"), sign_in("admin")
    paper(drafter, "甲.txt", "专项督查")
    paper(drafter, "乙.txt", "环保督察")
    paper(drafter, "丙.txt", "渝州市市监局督察")
    assert found(drafter, "督查") == {"甲"}
    assert keep(admin, OFFICE, 0) == 1
    assert found(drafter, "督查") == {"甲", "乙", "丙"}
    assert found(drafter, "渝州市市场监督管理局") == {"丙"}
    assert found(drafter, '"督查"') == {"甲"}
    assert found(drafter, "督察 -市场监督管理局") == {"甲", "乙"}
    answer = drafter.get("/api/v1/search", params={"q": "督查 环保"}).json()
    assert answer["also"] == [{"word": "督查", "others": ["督察"], "exact": '"督查" 环保'}]
    assert "<mark>环保督察</mark>" in answer["hits"][0]["matches"][0]["html"]
    assert answer["missing"] == []


@pytest.mark.feature("SS-05")
def test_a_trial_shows_what_would_change_and_changes_nothing(
    sign_in: SignIn, browse: Browse
) -> None:
    drafter, admin = sign_in("drafter"), sign_in("admin")
    paper(drafter, "甲.txt", "专项督查")
    paper(drafter, "乙.txt", "环保督察")
    file(drafter, "私.txt", "督查")
    page = browse("admin")
    page.post("/search/remembered?q=专项+OR+督察")
    page.post("/search/remembered?q=环保")
    browse("drafter").post("/search/remembered?q=督查+秘密")
    tried = admin.post(WORDS + "/trial", json={"groups": OFFICE}).json()
    assert {each["query"]: (each["before"], each["after"]) for each in tried} == {
        "督查": (1, 2),
        "督察": (1, 2),
    }
    assert admin.get(WORDS).json()["version"] == 0
    form = {"groups": "督查=督察", "hot": "", "seen": "0"}
    shown = page.post("/words/trial", data=form).text
    assert "试用结果" in shown
    assert "秘密" not in shown
    keep(admin, OFFICE, 0)
    tried = admin.post(WORDS + "/trial", json={"groups": []}).json()
    assert {each["query"]: (each["before"], each["after"]) for each in tried} == {
        "督查": (2, 1),
        "督察": (2, 1),
    }


@pytest.mark.feature("SS-05")
def test_versions_are_kept_and_of_two_who_save_at_once_one_is_told(sign_in: SignIn) -> None:
    admin = sign_in("admin")
    keep(admin, OFFICE, 0)
    assert keep(admin, OFFICE, 1) == 1
    keep(admin, OFFICE[:1], 1)
    late = admin.put(WORDS, json={"groups": [], "seen": 1})
    assert late.status_code == 409
    assert "庚七" in late.text
    assert admin.get(WORDS).json()["groups"] == OFFICE[:1]
    first = admin.get(WORDS, params={"version": 1}).json()
    assert first["groups"] == OFFICE
    assert [each["version"] for each in first["versions"]] == [2, 1]
    assert admin.get(WORDS, params={"version": 3}).status_code == 404


@pytest.mark.feature("SS-05")
def test_another_process_knows_them_without_a_rebuild(sign_in: SignIn, built: Installation) -> None:
    now = [0.0]
    chains = StoredChains(built.engines.store)
    other = WordBook(chains, built.engines.analyser.fold, now_s=lambda: now[0])
    assert other.synonyms().others("督查") == ()
    keep(sign_in("admin"), OFFICE, 0)
    assert other.synonyms().others("督查") == ()
    other.tend()
    assert other.synonyms().others("督查") == ("督察",)
    keep(sign_in("admin"), [], 1)
    now[0] += FRESH_S + 1
    assert other.synonyms().others("督查") == ()


@pytest.mark.feature("SS-05")
def test_they_are_for_administrators_and_wrong_ones_lose_nothing(
    sign_in: SignIn, browse: Browse
) -> None:
    for login in ("drafter", "head", "keeper"):
        assert sign_in(login).get(WORDS).status_code == 403
        assert sign_in(login).put(WORDS, json={"groups": [], "seen": 0}).status_code == 403
        assert sign_in(login).post(WORDS + "/trial", json={"groups": []}).status_code == 403
        assert browse(login).get("/words").status_code == 403
    page = browse("admin")
    form = {"groups": "督查=督察\n督察=督导", "hot": "法规科：行政复议", "seen": "0"}
    refused = page.post("/words", data=form)
    assert refused.status_code == 422
    assert "第 2 组的“督察”已在第 1 组" in refused.text
    assert "督察=督导" in refused.text
    form = {"groups": "督查＝督察", "hot": "无此科：甲", "seen": "0"}
    assert "没有“无此科”这个单位" in page.post("/words", data=form).text
    assert sign_in("admin").get(WORDS).json()["version"] == 0


@pytest.mark.feature("SS-05")
def test_the_pages_say_what_else_was_looked_for_and_offer_words_of_the_unit(
    sign_in: SignIn, browse: Browse
) -> None:
    paper(sign_in("drafter"), "乙.txt", "环保督察")
    form = {
        "groups": "督查=督察",
        "hot": "法规科：行政复议、听证\n渝州市市场监督管理局：值班",
        "seen": "0",
    }
    saved = browse("admin").post("/words", data=form, follow_redirects=True)
    assert "第 1 版" in saved.text
    assert "法规科：行政复议、听证" in saved.text
    page = browse("drafter").get("/search", params={"q": "督查"}).text
    assert "也检索了“督察”" in page
    assert "q=%22%E7%9D%A3%E6%9F%A5%22" in page
    start = browse("drafter").get("/search").text
    assert start.index("行政复议") < start.index("值班")
    other = browse("reader").get("/search").text
    assert "行政复议" not in other
    assert "值班" in other


@pytest.mark.feature("SS-05")
def test_words_of_units_of_one_name_stay_with_each_of_them(
    sign_in: SignIn, browse: Browse, built: Installation
) -> None:
    two = [{"code": "office2", "name": "办公室", "parent": "county"}]
    built.house.people.load(PeopleRows(two, []), lasting=True)
    admin, page = sign_in("admin"), browse("admin")
    hot = {"office": ["值班 表"], "office2": ["用章"], "law": ["听证"]}
    keep(admin, [], 0, hot=hot)
    form = {"groups": "", "seen": "1"}
    shown = page.get("/words").text
    lines = re.search(r'<textarea[^>]*name="hot"[^>]*>\n(.*?)</textarea>', shown, re.DOTALL)
    assert lines is not None
    assert lines[1].splitlines() == [
        "渝州市市场监督管理局办公室：值班 表", "北湖县市场监督管理局办公室：用章", "法规科：听证",
    ]  # fmt: skip
    page.post("/words", data={**form, "hot": lines[1]})
    assert admin.get(WORDS).json()["version"] == 1, "nothing changed"
    refused = page.post("/words", data={**form, "hot": "办公室：用章"})
    assert refused.status_code == 422
    assert "叫“办公室”的单位有几个" in refused.text
    assert "office、office2" in refused.text
    assert ">\n办公室：用章</textarea>" in refused.text
    page.post("/words", data={**form, "hot": "office2：用章"})
    assert admin.get(WORDS).json()["hot"] == {"office2": ["用章"]}


@pytest.mark.feature("SS-05")
def test_a_word_that_a_line_could_not_hold_is_refused(sign_in: SignIn) -> None:
    admin = sign_in("admin")
    for given in ({"groups": [["督查", "督=察"]]}, {"groups": [], "hot": {"law": ["复议，听证"]}}):
        answer = admin.put(WORDS, json={**given, "seen": 0})
        assert answer.status_code == 422, given
        assert "不能有" in answer.text


ALL_ASK = ("drafter", "reader", "head", "registry")


def ask(browse: Browse, query: str, *logins: str) -> None:
    for login in logins:
        assert browse(login).post(f"/search/remembered?q={query}").status_code == 204


def queries(admin: TestClient) -> set[str]:
    tried = admin.post(WORDS + "/trial", json={"groups": OFFICE}).json()
    return {each["query"] for each in tried} - {"督查", "督察"}


@pytest.mark.feature("SS-05")
def test_a_change_is_tried_on_what_three_people_asked_and_on_nothing_that_fewer_did(
    sign_in: SignIn, browse: Browse
) -> None:
    drafter, admin = sign_in("drafter"), sign_in("admin")
    paper(drafter, "甲.txt", "专项督查")
    paper(drafter, "乙.txt", "专项督察")
    ask(browse, "专项+督查", "drafter", "drafter", "reader", "drafter")
    assert queries(admin) == set()
    ask(browse, "专项+督查", "head")
    assert queries(admin) == {"专项 督查"}
    shown = browse("admin").post(
        "/words/trial", data={"groups": "督查=督察", "hot": "", "seen": "0"}
    )
    assert "专项 督查" in shown.text
    for name in ("丙三", "丁四", "乙二"):
        assert name not in re.sub("<nav.*?</nav>", "", shown.text, flags=re.S), name


@pytest.mark.feature("SS-05")
@pytest.mark.parametrize(
    "query",
    ["督查+蓝湖", "督查+OR+蓝湖", "督查+-蓝湖", "督查+标题:蓝湖", "督查+蓝湖*", "(督查+蓝湖)"],
)
def test_a_query_with_a_word_that_stands_only_in_closed_papers_is_never_shown(
    sign_in: SignIn, browse: Browse, query: str
) -> None:
    drafter, admin = sign_in("drafter"), sign_in("admin")
    paper(drafter, "甲.txt", "专项督查")
    paper(drafter, "乙.txt", "专项督察")
    secrets = [file(drafter, f"蓝湖{n}.txt", text) for n, text in enumerate(("督查", "督察"))]
    ask(browse, query, *ALL_ASK)
    assert queries(admin) == set()
    for secret in secrets:
        open_to(drafter, secret, "everyone")
    assert len(queries(admin)) == 1


@pytest.mark.feature("SS-05")
def test_what_fewer_asked_is_nowhere_in_words(browse: Browse, built: Installation) -> None:
    ask(browse, "蓝湖督查", "drafter", "reader")
    common = CommonQueries(StoredClaims(built.engines.store), built.engines.analyser.fold)
    assert common.all() == ()
    kept = StoredClaims(built.engines.store).read("common-queries")
    assert kept is not None
    assert "蓝湖".encode() not in kept
    for login in ("drafter", "reader"):
        assert login.encode() not in kept


@pytest.mark.feature("SS-05")
def test_who_types_the_same_in_other_letters_is_one_person(sign_in: SignIn, browse: Browse) -> None:
    drafter, admin = sign_in("drafter"), sign_in("admin")
    paper(drafter, "甲.txt", "督查 GB")
    paper(drafter, "乙.txt", "督察 GB")
    for typed in ("督查+GB", "督查+gb", "督查+Gb", "督查+ＧＢ"):
        ask(browse, typed, "drafter")
    assert queries(admin) == set()
    ask(browse, "督查+gB", "reader", "head")
    assert queries(admin) == {"督查 gB"}


@pytest.mark.feature("SS-05")
def test_a_search_that_cannot_be_remembered_is_no_error_and_is_not_counted(
    sign_in: SignIn, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafter, admin = sign_in("drafter"), sign_in("admin")
    paper(drafter, "甲.txt", "专项督查")
    paper(drafter, "乙.txt", "专项督察")
    read = StoredClaims.read

    def away(claims: StoredClaims, name: str) -> bytes | None:
        if name.startswith("search-memory/"):
            raise Unavailable("store_away")
        return read(claims, name)

    with monkeypatch.context() as patched:
        patched.setattr(StoredClaims, "read", away)
        ask(browse, "专项+督查", *ALL_ASK)
    assert queries(admin) == set()


@pytest.mark.feature("SS-05")
def test_what_another_process_counted_meanwhile_is_counted_on(
    built: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was away for an instant, as it is while the other one writes."""
    claims, fold = StoredClaims(built.engines.store), built.engines.analyser.fold
    one, other = CommonQueries(claims, fold), CommonQueries(claims, fold)
    now = built.house.clock.now()
    for _ in range(2):
        one.note("专项督查", now)
    assert one.all() == ()
    read, answers = StoredClaims.read, iter([None])
    with monkeypatch.context() as patched:
        patched.setattr(StoredClaims, "read", lambda it, name: next(answers, read(it, name)))
        other.note("专项督查", now)
    assert one.all() == ("专项督查",)
