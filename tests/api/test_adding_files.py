"""Files that a step lets people add, beside what they may not change (PRM-02, DC-10)."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from tests.api.conftest import SignIn
from tests.api.office import act, item, supervised
from tests.api.test_supervision import ITEM
from wenshu.building.installation import Installation


@pytest.fixture
def record(built: Installation, sign_in: SignIn) -> str:
    """A 督查件 that two 协办 and one 主办 handle."""
    supervised(built)
    made = item(sign_in("watch"), ITEM)
    assert act(sign_in("watch"), made, "确定").status_code == 200
    return made


def opened(client: TestClient, record: str) -> dict[str, Any]:
    return dict(client.get(f"/api/v1/records/{record}").json())


def add(
    client: TestClient,
    record: str,
    name: str,
    *,
    part: str = "reports",
    body: bytes = b"1",
    revision: int | None = None,
) -> Response:
    number = revision or opened(client, record)["revision"]
    return client.post(
        f"/api/v1/records/{record}/files",
        files={"file": (name, body)},
        data={"part": part},
        headers={"If-Match": f'"{number}"'},
    )


def remove(client: TestClient, record: str, name: str) -> Response:
    number = opened(client, record)["revision"]
    return client.patch(
        f"/api/v1/records/{record}",
        json={"removed": [name]},
        headers={"If-Match": f'"{number}"'},
    )


@pytest.mark.feature("DC-10")
def test_prm_02_a_holder_adds_files_and_who_added_which_in_what_step_is_told(
    sign_in: SignIn, record: str
) -> None:
    food = sign_in("foodkeeper")
    assert opened(food, record)["may_add"] == ["reports"]
    assert not opened(food, record)["may_edit"]
    assert add(food, record, "食品科情况.txt").status_code == 201
    file = next(f for f in opened(sign_in("watch"), record)["files"] if f["part"] == "reports")
    assert (file["name"], file["by"], file["step"]) == ("食品科情况.txt", "foodkeeper", "协办")


def test_prm_02_what_others_brought_is_neither_replaced_nor_taken_out(
    sign_in: SignIn, record: str
) -> None:
    food, price = sign_in("foodkeeper"), sign_in("pricekeeper")
    assert add(food, record, "情况.txt").status_code == 201
    taken = add(price, record, "情况.txt", body=b"2")
    assert (taken.status_code, taken.json()["reason"]) == (403, "not_his_file")
    assert "食一" in taken.text
    assert remove(price, record, "情况.txt").status_code == 403
    assert remove(food, record, "原文.txt").status_code == 403
    assert add(food, record, "又一原文.txt", part="original").json()["reason"] == "only_adds"
    assert add(food, record, "情况.txt", body=b"3").status_code == 201, "his own, anew"
    assert remove(food, record, "情况.txt").status_code == 200


def test_prm_02_who_may_only_add_changes_no_field_and_who_may_not_adds_nothing(
    sign_in: SignIn, record: str
) -> None:
    food = sign_in("foodkeeper")
    number = opened(food, record)["revision"]
    answer = food.patch(
        f"/api/v1/records/{record}",
        json={"fields": {"title": "改"}},
        headers={"If-Match": f'"{number}"'},
    )
    assert (answer.status_code, answer.json()["reason"]) == (403, "only_adds")
    assert add(sign_in("lawkeeper"), record, "主办.txt").json()["reason"] == "may_not_edit"
    assert add(sign_in("reader"), record, "别.txt", revision=3).status_code == 404
    assert act(food, record, "提交办理情况", opinion="已办").status_code == 200
    assert add(food, record, "晚.txt").json()["reason"] == "may_not_edit"


def test_colleagues_who_add_at_once_are_not_told_that_they_are_stale(
    sign_in: SignIn, record: str
) -> None:
    number = opened(sign_in("watch"), record)["revision"]

    def one(login: str) -> int:
        client = sign_in(login)
        return [add(client, record, f"{login}-{n}.txt", revision=number) for n in range(5)][
            -1
        ].status_code

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(one, ("foodkeeper", "pricekeeper"))) == [201, 201]
    files = [f for f in opened(sign_in("watch"), record)["files"] if f["part"] == "reports"]
    assert len(files) == 10
    body = {"revision": number, "opinion": "照办"}
    path = f"/api/v1/records/{record}/actions/report"
    assert sign_in("foodkeeper").post(path, json=body).status_code == 200


def test_prm_02_an_action_brings_its_files_along(sign_in: SignIn, record: str) -> None:
    food = sign_in("foodkeeper")
    offer = next(
        o for o in food.get(f"/api/v1/records/{record}/actions").json() if o["name"] == "report"
    )
    assert offer["files"] == {"reports": {"label": "办理材料", "required": False}}
    call = {"revision": opened(food, record)["revision"], "opinion": "已核查"}
    path = f"/api/v1/records/{record}/actions/report/with-files"

    def sent(part: str) -> Response:
        return food.post(
            path,
            data={"call": json.dumps(call), "part": [part, "reports"]},
            files=[("file", ("甲.txt", b"1")), ("file", ("乙.txt", b"2"))],
        )

    assert sent("original").json()["reason"] == "only_adds"
    assert sent("reports").status_code == 200
    now = opened(food, record)
    assert {f["name"] for f in now["files"]} == {"原文.txt", "甲.txt", "乙.txt"}
    assert now["opinions"][-1]["text"] == "已核查"
    assert food.get(f"/api/v1/records/{record}/files/甲.txt").content == b"1"
