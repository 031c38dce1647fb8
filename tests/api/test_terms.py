"""Words of dictionaries in records of an installation's own kind, through the API and the form."""

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from records.identity import DictionaryName, Login
from tests.api.conftest import Browse, SignIn
from wenshu.building.installation import Installation
from wenshu.settings import Settings

SLIP = """\
kind: slip
title: 单子
version: 1
fields:
  title:  {label: 标题, type: text, required: true}
  type:   {label: 业务类型, type: term, dictionary: business_type}
  lines:
    label: 明细
    type: rows
    columns: {what: {label: 类别, type: term, dictionary: petition_category}}
meaning: {title: title}
states:
  review: {label: 办, read: participants, edit: [holder]}
  end:    {label: 完, read: participants, done: true}
start: {state: review, by: [role:staff]}
actions:
  go: {label: 走, from: [review], to: end, by: [holder]}
"""
TYPE, ADMIN = DictionaryName("business_type"), Login("admin")
RECORDS = "/api/v1/records"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folder = tmp_path / "data" / "kinds"
    folder.mkdir(parents=True)
    (folder / "slip.yaml").write_text(SLIP, encoding="utf-8")
    return Settings(data=tmp_path / "data", password_memory_kib=64)


def begun(client: TestClient, **fields: Any) -> Any:
    return client.post(RECORDS, json={"kind": "slip", "fields": {"title": "一", **fields}})


@pytest.mark.feature("SY-09", "GI-02")
def test_a_word_in_use_is_taken_and_another_is_refused_with_those_that_may_be(
    sign_in: SignIn,
) -> None:
    client = sign_in("drafter")
    assert begun(client, type="重点工作").status_code == 201
    refused = begun(client, type="重点上作")
    assert (refused.status_code, refused.json()["reason"]) == (422, "not_an_option")
    assert "重点工作" in refused.json()["facts"]["allowed"]
    assert begun(client, lines=[{"what": "建议意见"}]).status_code == 201
    assert begun(client, lines=[{"what": "建议"}]).json()["reason"] == "not_an_option"


@pytest.mark.feature("SY-09")
def test_a_word_that_was_disabled_stays_where_it_stands_and_is_chosen_no_more(
    sign_in: SignIn, built: Installation
) -> None:
    client, words = sign_in("drafter"), built.house.dictionaries
    made = begun(client, type="重点工作").json()
    words.switch(TYPE, "重点工作", disabled=True, by=ADMIN)
    assert begun(client, type="重点工作").json()["reason"] == "not_an_option"
    address, match = f"{RECORDS}/{made['id']}", {"If-Match": "1"}
    edited = client.patch(address, json={"fields": {"title": "二"}}, headers=match)
    assert edited.status_code == 200, edited.text
    assert client.get(address).json()["fields"]["type"] == "重点工作"
    other = {"fields": {"type": "其他"}}
    assert client.patch(address, json=other, headers={"If-Match": "2"}).status_code == 200
    back = {"fields": {"type": "重点工作"}}
    refused = client.patch(address, json=back, headers={"If-Match": "3"})
    assert refused.json()["reason"] == "not_an_option"


@pytest.mark.feature("SY-09", "GI-02")
def test_the_form_offers_the_words_in_use(built: Installation, browse: Browse) -> None:
    browser = browse("drafter")
    built.house.dictionaries.add(TYPE, "专项整治", by=ADMIN)
    built.house.dictionaries.switch(TYPE, "其他", disabled=True, by=ADMIN)
    form = browser.get("/records/new/slip").text
    assert '<option value="专项整治">' in form
    assert '<option value="其他">' not in form.partition('name="lines.what"')[0]


def test_a_record_whose_kind_is_gone_opens_for_nobody_and_breaks_no_list(
    settings: Settings, sign_in: SignIn, built: Installation
) -> None:
    client = sign_in("drafter")
    made = begun(client).json()
    address = f"{RECORDS}/{made['id']}"
    assert client.get(address).status_code == 200
    gone = built.house.kinds._kinds.pop(built.house.kinds.get("slip").kind)
    assert client.get(address).status_code == 404
    assert client.get("/api/v1/search", params={"q": "一"}).status_code == 200
    assert client.get("/api/v1/tasks").status_code == 200
    assert list(built.rebuilding.run())[-1] >= 0
    built.house.kinds._kinds[gone.kind] = gone
    assert client.get(address).status_code == 200


@pytest.mark.feature("GI-02")
def test_a_table_is_filled_in_on_the_form_line_by_line_and_changed_again(
    browse: Browse,
) -> None:
    browser = browse("drafter")
    browser.follow_redirects = False
    form = browser.get("/records/new/slip").text
    assert form.count('name="lines.what"') == 2
    typed = {"title": "一", "lines.what": ["建议意见", ""]}
    made = browser.post("/records/new/slip", data=typed)
    assert made.status_code == 303, made.text
    record = made.headers["location"].rpartition("/")[2]
    again = browser.get(f"/records/{record}/edit").text
    assert again.count('name="lines.what"') == 3
    assert '<option value="建议意见" selected>' in again
    wrong = {"title": "一", "revision": "1", "lines.what": ["建议意见", "没有这个词"]}
    refused = browser.post(f"/records/{record}/edit", data=wrong)
    assert refused.status_code == 422
    right = {"title": "一", "revision": "1", "lines.what": ["", "申诉求决"]}
    sent = browser.post(f"/records/{record}/edit", data=right)
    assert sent.status_code == 303
    shown = browser.get(f"/records/{record}").text
    assert "申诉求决" in shown
    assert "建议意见" not in shown
