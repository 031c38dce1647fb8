"""Hits of one matter stand together: the same paper twice, 转发, 批复 (SS-08)."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.conftest import Browse, SignIn
from tests.api.test_search_facets import uploaded

ASKED = "关于建设应急物资仓库的请示"
ANSWER = "关于同意建设应急物资仓库的批复"


def ties(client: TestClient, **asked: str) -> dict[str, tuple[str, str]]:
    """Titles of hits below others, with the title of that and why."""
    params = {"folded": "true", **asked}
    hits: list[dict[str, Any]] = client.get("/api/v1/search", params=params).json()["hits"]
    titles = {hit["id"]: hit["title"] for hit in hits}
    found = [(hit["title"], hit["below"]) for hit in hits if hit["below"]]
    return {title: (titles[below["head"]], below["tie"]) for title, below in found}


@pytest.mark.feature("SS-08")
def test_the_same_content_under_two_names_is_one_hit(sign_in: SignIn, browse: Browse) -> None:
    client = sign_in("drafter")
    for name in ("应急预案.txt", "应急预案（上报稿）.txt"):
        uploaded(client, name, "应急物资仓库的预案。")
    uploaded(client, "另一件.txt", "应急物资仓库的说明。")
    (tie,) = ties(client, q="应急物资仓库").values()
    assert tie[1] == "same"
    body = browse("drafter").get("/search?q=应急物资仓库").text
    assert body.count('class="hit"') == 2
    assert body.count('class="family-tie">内容相同') == 1
    assert "共 3 条" in body
    by_date = browse("drafter").get("/search?q=应急物资仓库&sort=date").text
    assert by_date.count('class="hit"') == 3


@pytest.mark.feature("SS-08")
def test_an_answer_and_what_it_answers_are_one_matter(sign_in: SignIn) -> None:
    client = sign_in("drafter")
    uploaded(
        client, f"{ASKED}.txt", "拟建应急物资仓库。", title=ASKED, number="渝市监文〔2026〕7号"
    )
    uploaded(client, f"{ANSWER}.txt", "经研究，同意。应急物资仓库。", title=ANSWER)
    uploaded(
        client,
        "复函.txt",
        "你局渝市监文〔2026〕7号收悉，应急物资仓库一事。",
        title="关于有关事项的复函",
    )
    uploaded(client, "关于建设应急物资仓库二期的请示.txt", "应急物资仓库。")
    found = ties(client, q="应急物资仓库")
    assert len(found) == 2
    heads = {head for head, _ in found.values()}
    assert len(heads) == 1
    assert {tie for _, tie in found.values()} <= {"answers", "asked"}
    assert "关于建设应急物资仓库二期的请示" not in {*found, *heads}


@pytest.mark.feature("SS-08")
def test_a_member_is_told_only_to_who_may_read_it(sign_in: SignIn) -> None:
    client = sign_in("drafter")
    grants = '[{"to": "everyone", "right": "read"}]'
    for number, open_to in enumerate(("[]", grants, grants)):
        answer = client.post(
            "/api/v1/files",
            files={"file": (f"稿{number}.txt", "应急物资仓库的预案。".encode())},
            data={"grants": open_to, "level": "公开"},
        )
        assert answer.status_code == 201, answer.text
    assert len(ties(client, q="应急物资仓库")) == 2
    ((member, (head, tie)),) = ties(sign_in("public"), q="应急物资仓库").items()
    assert {member, head} == {"稿1", "稿2"}
    assert tie == "same"


@pytest.mark.feature("SS-08")
def test_nothing_is_folded_unless_it_is_asked_for(sign_in: SignIn) -> None:
    client = sign_in("drafter")
    for name in ("应急预案.txt", "应急预案（上报稿）.txt"):
        uploaded(client, name, "应急物资仓库的预案。")
    assert ties(client, q="应急物资仓库", folded="false") == {}


@pytest.mark.feature("SS-08")
def test_a_hundred_and_fifty_of_one_content_are_one_hit_and_the_others_follow(
    sign_in: SignIn, browse: Browse
) -> None:
    client = sign_in("drafter")
    for number in range(150):
        uploaded(client, f"应急预案第{number}稿.txt", "应急物资仓库的预案。")
    for number in range(21):
        uploaded(client, f"另{number}件.txt", f"应急物资仓库的第{number}份说明。")
    browser = browse("drafter")
    pages = [browser.get(f"/search?q=应急物资仓库&page={n}").text for n in (1, 2)]
    assert all("共 171 条" in page for page in pages)
    assert [page.count('class="hit"') for page in pages] == [20, 2]
    assert sum(page.count('class="family-tie">内容相同') for page in pages) == 5
    assert "另有 144 件，全部列出" in pages[0] + pages[1]
    gone = browser.get("/search?q=应急物资仓库&page=3", follow_redirects=False)
    assert gone.headers["location"].endswith("page=2")
    asked = {"q": "应急物资仓库", "folded": "true", "size": "20"}
    (head,) = {hit["below"]["head"] for hit in asked_for(client, asked) if hit["below"]}
    told = asked_for(client, {**asked, "family": head, "size": "100"})
    told += asked_for(client, {**asked, "family": head, "size": "100", "page": "2"})
    assert len({hit["id"] for hit in told}) == 150
    assert all(hit["title"].startswith("应急预案") for hit in told)
    alone = browser.get(f"/search?q=应急物资仓库&family={head}").text
    assert "共 150 条" in alone
    within = {**asked, "family": head}
    facets = client.get("/api/v1/search", params=within).json()["facets"]
    assert [value["count"] for value in facets["kind"]] == [150]
    assert "同一事项" in alone
    assert browser.get("/search?q=应急物资仓库&family=nothing").text.count('class="hit"') == 0


def asked_for(client: TestClient, asked: dict[str, str]) -> list[dict[str, Any]]:
    """The hits of a page."""
    hits: list[dict[str, Any]] = client.get("/api/v1/search", params=asked).json()["hits"]
    return hits
