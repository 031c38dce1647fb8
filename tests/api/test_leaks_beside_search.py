"""The leak test of what stands beside the search: phrases, batches, 查询关联, figures, files.

Asked as somebody who may see nothing of a record, before it is there and after.
"""

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from records.people.people_rows import PeopleRows
from records.ports.job_queue import Job, JobName
from tests.api.conftest import PASSWORD, Browse, SignIn
from tests.api.office import begun
from tests.api.test_search_leaks import SECRET, stored, told
from tests.hostile import samples
from wenshu.building.installation import Installation

NOWHERE = "01ARZ3NDEKTSV4RRFFQ69G5FAV"


@pytest.fixture(autouse=True)
def stranger(built: Installation) -> None:
    """The registry of another organ: it may count papers, its own alone."""
    row = {"login": "stranger", "name": "外人", "unit": "food", "posts": ["机要室"]}
    built.house.people.load(PeopleRows([], [{**row, "password": PASSWORD}]), lasting=True)


@pytest.mark.feature("SS-03")
def test_phrases_of_closed_titles_are_never_offered_and_move_none(
    sign_in: SignIn, browse: Browse
) -> None:
    drafter, page = sign_in("drafter"), browse("stranger")
    for name in ("锅炉检验通知", "锅炉检验办法", "锅炉改造通知", "锅炉改造办法", "锅炉安装"):
        stored(drafter, name, "正文。", to="everyone")
    asked = [f"/suggest?q={words}" for words in ("锅", "锅炉", "锅炉检", "检验", SECRET)]
    before = {address: page.get(address).json() for address in asked}
    labels = [item["label"] for item in before["/suggest?q=锅炉"]["items"]]
    assert labels[:2] == ["锅炉改造", "锅炉检验"]
    for number in range(4):
        stored(drafter, f"锅炉检验{SECRET}通知{number}", "正文。")
        stored(drafter, f"锅炉{SECRET}工作{number}", "正文。")
        stored(drafter, f"锅炉安装办法{number}", "正文。")
    for address, was in before.items():
        assert page.get(address).json() == was, address
    own = [item["label"] for item in browse("drafter").get("/suggest?q=锅炉").json()["items"]]
    assert f"锅炉{SECRET}" in own or "锅炉安装" in own, "who may read them is offered their phrases"


@pytest.mark.feature("SS-01")
def test_a_batch_finds_nothing_of_what_is_closed(built: Installation, sign_in: SignIn) -> None:
    drafter, api = sign_in("drafter"), sign_in("stranger")
    stored(drafter, "公开的工程通知", "工程安排。", to="everyone")
    queries = [SECRET, "工程", f"{SECRET}工程", f"{SECRET[:2]}各", "qilinge", "2026年77号"]

    def answered() -> str:
        order = api.post("/api/v1/search/batches", json={"queries": queries})
        assert order.status_code == 202, order.text
        for _ in range(5):
            built.runner.run(Job(JobName.EXPORT))
        address = f"/api/v1/exports/{order.json()['id']}"
        text = api.get(f"{address}/file?format=csv").text
        assert api.delete(address).status_code == 204
        return text

    before = answered()
    stored(drafter, f"{SECRET}工程图纸", f"{SECRET}工程。", number=f"渝{SECRET}〔2026〕77号")
    assert answered() == before


@pytest.mark.feature("FW-06", "TX-03")
def test_what_others_handle_is_neither_offered_nor_counted(sign_in: SignIn, browse: Browse) -> None:
    registry, page, api = sign_in("registry"), browse("stranger"), sign_in("stranger")
    begun(api, "incoming", title="本单位的来文", from_unit="县政府")
    figures = ("by_month", "by_main_unit")
    asked = [
        *(f"/kinds/outgoing/handled/basis?q={words}" for words in ("", SECRET, "来文")),
        *(f"/kinds/incoming/statistics?name={name}" for name in figures),
        *(f"/kinds/incoming/statistics/export?name={name}&format=csv" for name in figures),
        *(f"/api/v1/statistics/incoming/{name}" for name in figures),
        *(f"/api/v1/statistics/incoming/{name}/export?format=csv" for name in figures),
        "/statistics",
    ]
    before = {address: told(page, api, address) for address in asked}
    own = {address: told(browse("registry"), registry, address) for address in asked}
    begun(registry, "incoming", title=f"{SECRET}来文", from_unit="市政府", urgency="特急")
    for address, was in before.items():
        assert told(page, api, address) == was, address
    changed = {a for a in asked if told(browse("registry"), registry, a) != own[a]}
    assert len(changed) > 4, "who may see it is told of it at these addresses"


@pytest.mark.feature("GD-03", "WJ-03", "YP-01")
def test_files_of_a_closed_record_answer_as_those_of_none(
    sign_in: SignIn, browse: Browse, tmp_path: Path
) -> None:
    drafter, page, api = sign_in("drafter"), browse("stranger"), sign_in("stranger")
    for name, body in (("图纸.pdf", pdf(tmp_path)), ("材料.zip", packed())):
        fields = json.dumps({"title": f"{SECRET}{name}"})
        answer = drafter.post(
            "/api/v1/files", files={"file": (name, body)}, data={"fields": fields}
        )
        record = answer.json()["id"]
        seen = 0
        for address in files_of(record, name):
            status, text = told(page, api, address)
            gone = told(page, api, address.replace(record, NOWHERE))
            assert (status, text.replace(record, NOWHERE)) == gone, address
            assert status == 404, address
            seen += asks(browse("drafter"), drafter, address) == 200
        assert seen >= 4, "who may see them is given them at these addresses"


def files_of(record: str, name: str) -> Iterator[str]:
    """Every address of a file, of a page or picture of it, and of what it holds."""
    base = f"/records/{record}"
    yield f"/api/v1{base}/files/{name}"
    yield f"/api/v1{base}/files/{name}/members/内.txt"
    yield f"{base}/member?file={name}&member=内.txt"
    yield from (f"{base}/thumbnail?file={name}&page={number}" for number in (1, 9))
    yield from (f"{base}/page-picture?file={name}&page={number}" for number in (1, 9))
    yield from (f"{base}/{way}?file={name}" for way in ("picture", "file", "preview"))
    yield from (f"{base}?file={name}", f"{base}?file={name}&page=1&q=图纸")


def asks(page: TestClient, api: TestClient, address: str) -> int:
    return (api if address.startswith("/api/") else page).get(address).status_code


def pdf(folder: Path) -> bytes:
    return samples.pdf(folder / "a.pdf", (f"{SECRET}图纸",)).read_bytes()


def packed() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("内.txt", f"{SECRET}材料")
    return out.getvalue()
