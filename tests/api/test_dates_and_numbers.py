"""Dates and numbers as people type them, asked of the whole product (SS-02)."""

from datetime import date
from typing import Any

import pytest

from records.identity import Login
from tests.api.conftest import Browse, SignIn
from tests.api.test_files import upload
from tests.api.test_ranking import found, ids
from wenshu.building.installation import Installation


def dated(sign_in: SignIn, title: str, day: date, *, text: str = "正文。", **fields: Any) -> str:
    """A file that the drafter may read and that bears this day; its identifier."""
    told = {"title": title, "dated_on": day.isoformat(), **fields}
    answer = upload(sign_in("drafter"), f"{title}{text}".encode(), "文件.txt", fields=told)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


@pytest.mark.feature("SS-02")
@pytest.mark.parametrize(
    "typed",
    [
        *("20160110", "16年1月10日", "2016.01", "2016-01", "2016/1/10", "二〇一六年一月十日"),
        *("2016年1月", "2016年1月至3月", "2016.1.1-2016.3.31", "2016年以来 2016年2月以前"),
        *("日期:2016年1-3月", "日期:2016年以来 日期:2016年前三月", "锅炉 2016-1"),
    ],
)
def test_what_bears_the_day_is_found_and_so_is_what_has_the_words(
    sign_in: SignIn, typed: str
) -> None:
    bears = dated(sign_in, "锅炉检验", date(2016, 1, 10))
    dated(sign_in, "锅炉检验之二", date(2018, 1, 10))
    says = dated(sign_in, f"锅炉说明{typed}", date(2019, 1, 1))
    hits = ids(found(sign_in, q=typed)["hits"])
    if typed.startswith("日期") and typed != "日期:2016年1-3月":
        assert hits == [says]  # 前三月 is no date: read as words
    elif typed.startswith("日期"):
        assert hits == [bears]
    else:
        assert set(hits) == {bears, says}


@pytest.mark.feature("SS-02")
def test_what_is_told_from_today_follows_the_day_and_its_chip_takes_it_away(
    built: Installation, sign_in: SignIn, browse: Browse
) -> None:
    today = built.house.book.caller(Login("drafter")).today
    this = dated(sign_in, "锅炉检验", today)
    last = dated(sign_in, "锅炉复检", date(today.year - 1, 6, 1))
    assert ids(found(sign_in, q="锅炉 今年")["hits"]) == [this]
    assert ids(found(sign_in, q="锅炉 去年")["hits"]) == [last]
    assert ids(found(sign_in, q="锅炉 日期:去年")["hits"]) == [last]
    assert ids(found(sign_in, q="锅炉 最近三天")["hits"]) == [this]
    page = browse("drafter").get("/search", params={"q": "锅炉 去年"}).text
    assert f"成文日期在 {today.year - 1}年" in page
    assert 'href="/search?q=%E9%94%85%E7%82%89"' in page


@pytest.mark.feature("SS-02")
@pytest.mark.parametrize(
    ("typed", "which"),
    [
        ("2025年9号", {"法9", "办9"}),
        ("２０２５年第９号", {"法9", "办9"}),
        ("〔2025〕9", {"法9", "办9"}),
        ("[2025]第009号", {"法9", "办9"}),
        ("渝市监法2025", {"法9", "法12"}),
        ("渝市监法２０２５年", {"法9", "法12"}),
        ("渝市监法 第9号", {"法9", "旧法9"}),
        ("渝市监法第九号", {"法9", "旧法9"}),
        ("渝市监法九号", {"法9", "旧法9"}),
        ("渝市监法 2025 第十二号", {"法12"}),
        ("第十二号", {"法12"}),
        ("012号", {"法12"}),
        ("9号", {"法9", "办9", "旧法9"}),
    ],
)
def test_a_number_is_found_by_any_part_in_any_spelling(
    sign_in: SignIn, typed: str, which: set[str]
) -> None:
    numbers = {
        "法9": "渝市监法〔2025〕9号",
        "法12": "渝市监法〔2025〕12号",
        "旧法9": "渝市监法〔2024〕9号",
        "办9": "渝市监办〔2025〕9号",
        "办19": "渝市监办〔2025〕19号",
    }
    records = {
        dated(sign_in, "检验通知", date(2020, 1, 1), number=number): name
        for name, number in numbers.items()
    }
    assert {records[each] for each in ids(found(sign_in, q=typed)["hits"])} == which


@pytest.mark.feature("SS-02")
def test_numbers_of_an_issuer_and_year_are_told_as_such_and_only_to_who_may_read_them(
    sign_in: SignIn,
) -> None:
    dated(sign_in, "检验通知", date(2020, 1, 1), number="渝市监法〔2025〕9号")
    assert found(sign_in, q="渝市监法2025")["notices"] == ["by_number"]
    assert found(sign_in, "reader", q="渝市监法2025")["total"] == 0


@pytest.mark.feature("SS-02")
@pytest.mark.parametrize(
    ("typed", "chip"),
    [
        ("2016-01", "含“2016-01”或成文日期在 2016年1月"),
        ("2016.1.10", "含“2016.1.10”或成文日期在 2016-01-10"),
        ("2016年1月至3月", "含“2016年1月至3月”或"),
        ("日期:2016年1月", "成文日期在 2016年1月"),
        ("2016年9号", "文号或文字“2016年9号”"),
        ("第九号", "文号或文字“第九号”"),
    ],
)
def test_a_chip_says_what_was_typed_and_the_days_or_number_that_it_means(
    browse: Browse, typed: str, chip: str
) -> None:
    page = browse("drafter").get("/search", params={"q": f"锅炉 {typed}"}).text
    assert chip in page
    assert "或含“2016年" not in page
