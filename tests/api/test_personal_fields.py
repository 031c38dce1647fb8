"""What is personal is masked for who only reads a record, wherever he looks (features.md C3.8)."""

from pathlib import Path

import pytest

from tests.api.conftest import Browse, SignIn
from tests.api.office import act, begun
from wenshu.settings import Settings

PETITION = """\
kind: petition_slip
title: 来信
version: 1
fields:
  title:   {label: 标题, type: text, required: true}
  name:    {label: 姓名, type: text, personal: true}
  phone:   {label: 电话, type: text, personal: true, indexed: true}
  born_on: {label: 出生日期, type: date, personal: true}
  told:    {label: 反映内容, type: long_text, personal: true}
meaning: {title: title, body: told}
states:
  open:   {label: 受理, read: everyone, edit: [holder]}
  closed: {label: 办结, read: everyone, done: true}
start: {state: open, by: [role:staff]}
actions:
  close: {label: 办结, from: [open], to: closed, by: [holder]}
list: {columns: [title], sort: [title]}
"""
SECRETS = ("张三丰", "13912345678", "1980-05-06", "家住北湖")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folder = tmp_path / "data" / "kinds"
    folder.mkdir(parents=True)
    (folder / "petition_slip.yaml").write_text(PETITION, encoding="utf-8")
    return Settings(data=tmp_path / "data", password_memory_kib=64)


def test_what_is_personal_is_seen_by_who_handles_it_and_by_nobody_else(
    browse: Browse, sign_in: SignIn
) -> None:
    name, phone, born_on, told = SECRETS
    record = begun(
        sign_in("drafter"), "petition_slip", title="来信一件", name=name, phone=phone,
        born_on=born_on, told=told,
    )  # fmt: skip
    assert act(sign_in("drafter"), record, "办结").status_code == 200
    address = f"/api/v1/records/{record}"
    assert sign_in("drafter").get(address).json()["fields"]["phone"] == phone
    reader = sign_in("reader")
    fields = reader.get(address).json()["fields"]
    assert (fields["name"], fields["phone"], fields["born_on"]) == ("＊＊＊", "＊＊＊", None)
    places = (
        address,
        f"{address}?revision=1",
        f"{address}/revisions",
        "/api/v1/lists/petition_slip",
        "/api/v1/lists/petition_slip/export?format=csv",
        f"/api/v1/search?q={phone}",
        f"/api/v1/search?q={name}",
    )
    for place in places:
        found = reader.get(place).text.replace(place, "")
        for typed in (phone, name):  # what was typed is said back as standing nowhere
            found = found.replace(f'"missing":["{typed}"]', "")
        assert not [secret for secret in SECRETS if secret in found], place
    page = browse("reader").get(f"/records/{record}").text
    assert not [secret for secret in SECRETS if secret in page]
    assert "＊＊＊" in page
    assert all(
        secret in browse("drafter").get(f"/records/{record}").text for secret in (name, phone, told)
    )
