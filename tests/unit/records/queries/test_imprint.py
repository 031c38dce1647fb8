"""版头, 主体 and 版记 read from the text of issued papers."""

from collections import Counter
from random import Random

import pytest

from records.queries.imprint import read_imprint
from records.queries.particulars import Particular
from tests.issued_papers import issued_paper

PAPERS = 400


def read(text: str) -> dict[Particular, str]:
    return {each.what: each.value for each in read_imprint([(None, text)])}


@pytest.mark.parametrize("what", Particular)
def test_of_many_papers_at_least_so_many_are_read_rightly_and_hardly_one_wrongly(
    what: Particular,
) -> None:
    told: Counter[str] = Counter()
    for seed in range(PAPERS):
        paper = issued_paper(Random(seed))
        stands, seen = paper.values.get(what), read(paper.text).get(what)
        if stands is not None:
            told["right" if seen == stands else "missed" if seen is None else "wrong"] += 1
        elif seen is not None:
            told["made up"] += 1
    asked = told["right"] + told["missed"] + told["wrong"]
    assert told["right"] >= 0.98 * asked > 0, told
    assert told["wrong"] <= 0.01 * asked, told
    assert told["made up"] == 0, told


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (  # as on a web page: the title first
            (
                "国务院办公厅关于加强全民健身场地设施建设发展群众体育的意见\n国办发〔2020〕36号\n\n"
                "各省、自治区、直辖市人民政府，国务院各部委、各直属机构：\n"
                "　　加强全民健身场地设施建设，是建设体育强国的重要任务。现提出以下意见。\n"
                "国务院办公厅\n2020年9月30日\n（此件公开发布）"
            ),
            {
                Particular.NUMBER: "国办发〔2020〕36号",
                Particular.ISSUER: "国务院办公厅",
                Particular.TITLE: "国务院办公厅关于加强全民健身场地设施建设发展群众体育的意见",
                Particular.DATED_ON: "2020-09-30",
                Particular.ADDRESSEES: "各省、自治区、直辖市人民政府，国务院各部委、各直属机构",
            },
        ),
        (  # organs side by side, a long title in the shape of a trapezium, a signed date in between
            (
                "渝州市财政局　　渝州市科学技术局\n渝财预〔2026〕7号\n"
                "渝州市财政局　渝州市科学技术局\n"
                "关于做好2027年市级科技计划专项资金\n管理和绩效评价工作的通知\n各有关单位:\n"
                "经2026年9月1日会议研究，现通知如下：\n请于\n2026年10月8日\n前报送。\n"
                "渝州市财政局　　渝州市科学技术局\n2026年9月8日\n"
                "渝州市财政局办公室　2026年9月9日印发"
            ),
            {
                Particular.NUMBER: "渝财预〔2026〕7号",
                Particular.ISSUER: "渝州市财政局、渝州市科学技术局",
                Particular.TITLE: "渝州市财政局渝州市科学技术局"
                "关于做好2027年市级科技计划专项资金管理和绩效评价工作的通知",
                Particular.DATED_ON: "2026-09-08",
                Particular.ADDRESSEES: "各有关单位",
            },
        ),
        (  # no addressees: what ends with a colon belongs to the body
            (
                "渝市监办〔2026〕3号\n关于近期督查情况的通报\n近期督查发现的主要问题如下：\n一、迟报。\n"
                "渝州市市场监督管理局办公室\n二〇二六年三月十日"
            ),
            {
                Particular.NUMBER: "渝市监办〔2026〕3号",
                Particular.ISSUER: "渝州市市场监督管理局办公室",
                Particular.TITLE: "关于近期督查情况的通报",
                Particular.DATED_ON: "2026-03-10",
            },
        ),
        ("关于天气\n今天下雨。\n各位好：\n2026年3月10日我去了渝州。", {}),
        ("会议纪要\n讨论了若干事项。", {}),
        ("", {}),
        ("号" * 100_000, {}),
        ("〔2026〕" * 20_000, {}),
        ("关于" * 20_000 + "的通知", {}),
    ],
)
def test_papers_as_they_come_and_what_is_none(text: str, values: dict[Particular, str]) -> None:
    assert read(text) == values


def test_each_is_told_with_the_page_and_the_line_on_which_it_stands() -> None:
    pages = [
        (1, "渝市监发〔2026〕 3 号\n关于值守的通知\n"),
        (2, "渝州市市场监督管理局\n2026 年 3 月 1 日"),
    ]
    found = {each.what: (each.page, each.line) for each in read_imprint(pages)}
    assert found[Particular.NUMBER] == (1, "渝市监发〔2026〕 3 号")
    assert found[Particular.DATED_ON] == (2, "2026 年 3 月 1 日")
