"""常用意见 over HTTP and in the pages (SW-04)."""

import pytest
from fastapi.testclient import TestClient

from records.identity import Login
from services.people.phrases import LONGEST, MOST
from storage.claims import StoredClaims
from storage.filesystem_store import FilesystemObjectStore
from tests.api.conftest import Browse, SignIn
from tests.api.office import begun, state
from wenshu.building.installation import Installation

HEAD = Login("head")


@pytest.fixture
def browser(browse: Browse) -> TestClient:
    return browse("head")


def own(client: TestClient) -> list[str]:
    return [each["text"] for each in client.get("/api/v1/phrases").json() if each["own"]]


@pytest.mark.feature("SW-04")
def test_phrases_are_kept_dropped_and_stand_by_their_use(sign_in: SignIn) -> None:
    head = sign_in("head")
    house = [each["text"] for each in head.get("/api/v1/phrases").json()]
    assert "同意。" in house
    for text in ("先办。", "后办。"):
        assert head.post("/api/v1/phrases", json={"text": text}).status_code == 201
    assert own(head) == ["先办。", "后办。"]
    assert own(sign_in("drafter")) == [], "they are his alone"

    later = head.get("/api/v1/phrases").json()[1]["id"]
    assert head.post(f"/api/v1/phrases/{later}/uses").status_code == 204
    assert own(head) == ["后办。", "先办。"]
    assert head.get("/api/v1/phrases").json()[0]["used"] == 1

    assert head.delete(f"/api/v1/phrases/{later}").status_code == 204
    assert own(head) == ["先办。"]
    assert head.delete(f"/api/v1/phrases/{later}").json()["reason"] == "unknown_phrase"


@pytest.mark.feature("SW-04")
def test_one_of_the_house_that_is_kept_stands_once(sign_in: SignIn) -> None:
    head = sign_in("head")
    for _ in range(2):
        assert head.post("/api/v1/phrases", json={"text": " 同意。\r\n"}).status_code == 201
    texts = [each["text"] for each in head.get("/api/v1/phrases").json()]
    assert texts.count("同意。") == 1
    house = next(e for e in head.get("/api/v1/phrases").json() if e["text"] == "已阅。")
    assert head.delete(f"/api/v1/phrases/{house['id']}").status_code == 404


@pytest.mark.parametrize(
    ("text", "reason"),
    [("", "no_phrase"), (" \n ", "no_phrase"), ("甲" * 10_000, "too_long")],
)
def test_what_is_no_phrase_is_refused_and_nothing_kept(
    sign_in: SignIn, text: str, reason: str
) -> None:
    answer = sign_in("head").post("/api/v1/phrases", json={"text": text})
    assert (answer.status_code, answer.json()["reason"]) == (422, reason)
    assert own(sign_in("head")) == []


def test_the_longest_phrase_and_a_torn_letter_are_kept(sign_in: SignIn) -> None:
    head = sign_in("head")
    assert head.post("/api/v1/phrases", json={"text": "甲" * LONGEST}).status_code == 201
    torn = head.post(
        "/api/v1/phrases",
        content=b'{"text": "a\\ud800b"}',
        headers={"Content-Type": "application/json"},
    )
    assert torn.status_code < 500
    assert head.get("/api/v1/phrases").status_code == 200


def test_what_does_not_stand_on_paper_is_left_out(sign_in: SignIn) -> None:
    head = sign_in("head")
    for text in ("同意\0\a办理。\n请核。", "\0\x1b"):
        head.post("/api/v1/phrases", json={"text": text})
    assert own(head) == ["同意办理。\n请核。"]


@pytest.mark.parametrize("value", [b"{", b"[1]", b'{"a": []}', b"\xff"])
def test_counts_that_cannot_be_read_hold_up_neither_page_nor_action(
    browser: TestClient, sign_in: SignIn, built: Installation, value: bytes
) -> None:
    claims = StoredClaims(FilesystemObjectStore(built.settings.store))
    claims.take("phrase-uses/head", value)
    record = begun(sign_in("drafter"), "notice", title="题", body="文", audience=["everyone"])
    sign_in("drafter").post(f"/api/v1/records/{record}/actions/submit", json={"revision": 1})
    phrase = sign_in("head").get("/api/v1/phrases").json()[0]["id"]
    form = {"revision": "2", "opinion": "同意。", "phrase": phrase}
    assert browser.post(f"/records/{record}/actions/agree", data=form).status_code == 200
    assert built.house.phrases.of(HEAD)[0].used == 1


def test_five_hundred_phrases_are_too_many(sign_in: SignIn, built: Installation) -> None:
    for number in range(MOST):
        built.house.phrases.keep(HEAD, f"意见{number}")
    answers = [sign_in("head").post("/api/v1/phrases", json={"text": f"又{n}"}) for n in range(3)]
    assert {answer.json()["reason"] for answer in answers} == {"too_many_phrases"}
    assert len(own(sign_in("head"))) == MOST
    assert sign_in("head").post("/api/v1/phrases", json={"text": "意见7"}).status_code == 201


@pytest.mark.feature("SW-04")
def test_a_dialogue_offers_keeps_and_counts_them(
    browser: TestClient, built: Installation, sign_in: SignIn
) -> None:
    record = begun(sign_in("drafter"), "notice", title="题", body="文", audience=["everyone"])
    sign_in("drafter").post(f"/api/v1/records/{record}/actions/submit", json={"revision": 1})
    assert 'hx-get="/phrases/menu"' in browser.get(f"/records/{record}").text

    kept = browser.post("/phrases/menu", data={"opinion": "拟同意，请核。"})
    assert "已保存至常用意见" in kept.text
    assert "拟同意，请核。" in kept.text
    refused = browser.post("/phrases/menu", data={"opinion": ""})
    assert "常用意见是空的" in refused.text
    phrase = built.house.phrases.of(HEAD)[0].id
    form = {"revision": "2", "opinion": "拟同意，请核。", "phrase": [phrase, "nothing"]}
    browser.post(f"/records/{record}/actions/agree", data=form)
    assert state(sign_in("drafter"), record) == "registry"
    assert built.house.phrases.of(HEAD)[0].used == 1
    assert "拟同意，请核。" not in browser.post(f"/phrases/menu/{phrase}/drop").text


@pytest.mark.feature("SW-04")
def test_the_page_keeps_and_drops_phrases(browser: TestClient, built: Installation) -> None:
    assert "还没有自己的常用意见" in browser.get("/phrases").text
    assert "已保存至常用意见" in browser.post("/phrases", data={"text": "请核。"}).text
    wrong = browser.post("/phrases", data={"text": "长" * 501})
    assert wrong.status_code == 422
    assert "“常用意见”过长（501，上限 500）" in wrong.text
    phrase = built.house.phrases.of(HEAD)[0].id
    assert "请核。" not in browser.post(f"/phrases/{phrase}/drop").text
