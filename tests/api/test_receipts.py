"""未读, 已读, 签收, 反馈 and 催办 of a notice that was delivered."""

from pathlib import Path

import pytest

from records.identity import ObjectKey
from tests.api.conftest import SignIn
from tests.api.test_notice_flow import act, draft
from wenshu.building.installation import Installation


@pytest.fixture
def record(sign_in: SignIn) -> str:
    """A notice published to the county: two people."""
    made = draft(sign_in("drafter"))
    for number, (login, name) in enumerate(
        (("drafter", "submit"), ("head", "agree"), ("registry", "publish")), start=1
    ):
        assert act(sign_in(login), made, name, number).status_code == 200
    return made


def counts(sign_in: SignIn, record: str, login: str = "drafter") -> dict[str, object]:
    found = sign_in(login).get(f"/api/v1/records/{record}/receipts/counts").json()
    return {"total": found["total"], **{k: v for k, v in found["given"].items() if v}}


@pytest.mark.feature("TZ-04", "SW-02")
def test_receipts_are_counted_and_named(sign_in: SignIn, record: str) -> None:
    address = f"/api/v1/records/{record}/receipts"
    assert counts(sign_in, record) == {"total": 2}
    assert sign_in("reader").post(f"{address}/signed").status_code == 204
    assert sign_in("reader").post(f"{address}/signed").status_code == 204
    assert counts(sign_in, record) == {"total": 2, "read": 1, "signed": 1}
    rows = sign_in("drafter").get(address).json()
    assert [(row["login"], sorted(row["given"])) for row in rows] == [
        ("public", []),
        ("reader", ["read", "signed"]),
    ]
    owing = sign_in("drafter").get(address, params={"owing": "signed"}).json()
    assert [row["login"] for row in owing] == ["public"]
    page = sign_in("drafter").get(address, params={"offset": 1, "size": 1}).json()
    assert [row["login"] for row in page] == ["reader"]


def test_to_its_readers_it_tells_nothing_of_each_other(sign_in: SignIn, record: str) -> None:
    address = f"/api/v1/records/{record}/receipts"
    reader = sign_in("reader")
    assert counts(sign_in, record, "reader") == {"total": 0}
    assert reader.get(address).json() == []
    assert reader.post(f"{address}/urge").status_code == 403


def test_whoever_it_was_not_delivered_to_gives_no_receipt(sign_in: SignIn, record: str) -> None:
    address = f"/api/v1/records/{record}/receipts/signed"
    assert sign_in("drafter").post(address).status_code == 403
    assert sign_in("keeper").post(address).status_code == 404


@pytest.mark.feature("TZ-04")
def test_ccr_14_whoever_owes_is_urged_once_a_day_and_nobody_else(
    sign_in: SignIn, record: str
) -> None:
    address = f"/api/v1/records/{record}/receipts"
    sign_in("reader").post(f"{address}/read")
    for _ in range(3):
        assert sign_in("drafter").post(f"{address}/urge").json() == {"owing": 1}

    def told(login: str) -> list[str]:
        answer = sign_in(login).get("/api/v1/notifications").json()
        return [each["about"] for each in answer["notifications"]]

    assert told("public") == ["urged"]
    assert told("reader") == []


def test_to_open_what_was_read_writes_nothing(
    built: Installation, sign_in: SignIn, record: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = sign_in("reader")
    assert reader.post(f"/api/v1/records/{record}/opened").status_code == 204
    created: list[str] = []
    store = built.engines.store
    plain = store.create

    def counted(key: ObjectKey, body: bytes | Path) -> None:
        created.append(key)
        plain(key, body)

    monkeypatch.setattr(store, "create", counted)
    assert reader.post(f"/api/v1/records/{record}/opened").status_code == 204
    assert [key for key in created if "receipts" in key] == []
