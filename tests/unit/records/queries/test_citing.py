"""What a text cites, and in which way."""

import pytest

from records.queries.citing import MOST, Citation, citations_in
from records.queries.relations import Relation


def only(text: str) -> Citation:
    """The one citation of a text."""
    (found,) = citations_in(text)
    return found


@pytest.mark.feature("SS-08")
@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("根据《渝州市档案管理办法》，制定本细则。", Relation.BASED_ON),
        ("按照市政府办公厅关于印发《防汛应急预案》的要求，", Relation.BASED_ON),
        ("现将《关于做好防汛工作的通知》转发给你们，请贯彻执行。", Relation.FORWARDS),
        ("关于转发《关于做好防汛工作的通知》的通知", Relation.FORWARDS),
        ("《渝州市会议管理办法》同时废止。", Relation.REPEALS),
        ("《渝州市会议管理办法》（渝府发〔2012〕3号）即行废止。", Relation.REPEALS),
        ("现对《渝州市会议管理办法》作如下修改：", Relation.AMENDS),
        ("你局《关于拨付专项经费的请示》收悉。", Relation.ANSWERS),
        ("会上学习了《关于做好防汛工作的通知》。", Relation.MENTIONS),
        ("根据工作安排。会上学习了《关于做好防汛工作的通知》。", Relation.MENTIONS),
    ],
)
def test_the_way_is_read_from_the_sentence(text: str, relation: Relation) -> None:
    assert only(text).relation is relation


def test_a_title_with_its_number_is_one_citation() -> None:
    found = only("根据《渝州市会议管理办法》（渝府发〔2012〕3号），")
    assert (found.title, found.keys) == ("渝州市会议管理办法", ("渝府发〔2012〕3号",))
    assert found.text == "《渝州市会议管理办法》（渝府发〔2012〕3号）"


def test_a_number_in_running_text_may_begin_at_any_of_its_signs() -> None:
    found = only("请按渝府发〔2012〕第03号文件办理")
    assert found.keys == (
        *("请按渝府发〔2012〕3号", "按渝府发〔2012〕3号", "渝府发〔2012〕3号"),
        *("府发〔2012〕3号", "发〔2012〕3号"),
    )
    assert found.title == ""


@pytest.mark.parametrize(
    "number", ["渝府发[2012]3号", "渝府发（2012）3号", "渝府发〔二〇一二〕三号"]
)
def test_brackets_and_figures_of_any_kind(number: str) -> None:
    assert "渝府发〔2012〕3号" in only(f"见{number}").keys


@pytest.mark.parametrize(
    "text",
    ["", "《短》", "2012年3号", "〔2012〕3号", "渝府发〔1812〕3号", "《没有结尾的题名", "第3号"],
)
def test_what_is_no_citation(text: str) -> None:
    assert list(citations_in(text)) == []


def test_no_more_than_may_be() -> None:
    assert len(list(citations_in("《关于防汛的通知》" * (MOST + 5)))) == MOST


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("根据渝府发〔2012〕3号文件，制定本细则。", Relation.BASED_ON),
        ("自即日起，废止渝府发〔2012〕3号。", Relation.REPEALS),
        ("渝府发〔2012〕3号文件同时停止执行。", Relation.REPEALS),
        ("经研究，决定修改渝府发〔2012〕3号。", Relation.AMENDS),
        ("你委渝发改文〔2012〕3号文收悉。", Relation.ANSWERS),
    ],
)
def test_the_way_of_a_number_in_running_text(text: str, relation: Relation) -> None:
    assert only(text).relation is relation


LINES = """发展改革委办公厅
税务 总局 办 公厅 文件
发改办财金规〔2019〕860 号
关于加强个人所得税纳税信用建设的通知
为贯彻落实《中华人民共和国个人所得税法》及其实施条
例、《国务院关于印发个人所得税专项附加扣除暂行办法的通
知》（国发〔2018〕41 号）、《国务院关于印发社会信用体系建
设规划纲要（2014\xad2020 年）的通知》（国发〔2014〕
21 号）、《国务院办公厅关于构建以信用为基础的新型监管机制
的指导意见》（国
办发〔2019〕35 号），强化个人所得税纳税信用协同共治，现就
有关事项通知如下。"""
"""Lines of a PDF as its text layer gives them, broken where the paper was full."""


@pytest.mark.feature("SS-08")
def test_lines_of_a_page_end_within_titles_and_numbers() -> None:
    found = list(citations_in(LINES))
    assert [each.text for each in found] == [
        "发改办财金规〔2019〕860号",
        "《中华人民共和国个人所得税法》",
        "《国务院关于印发个人所得税专项附加扣除暂行办法的通知》（国发〔2018〕41号）",
        "《国务院关于印发社会信用体系建设规划纲要（2014-2020年）的通知》（国发〔2014〕21号）",
        "《国务院办公厅关于构建以信用为基础的新型监管机制的指导意见》（国办发〔2019〕35号）",
    ]
    assert [each.relation for each in found] == [Relation.MENTIONS] + [Relation.BASED_ON] * 4
    assert [each.keys[0] for each in found if each.title and each.keys] == [
        *("国发〔2018〕41号", "国发〔2014〕21号", "国办发〔2019〕35号")
    ]


@pytest.mark.feature("SS-08")
@pytest.mark.parametrize(
    "broken", ["渝府发\n〔2012〕3号", "渝\n府发〔2012〕3号", "渝府发〔2012〕\n3 号"]
)
def test_a_number_of_running_text_goes_on_in_the_next_line(broken: str) -> None:
    found = only(f"各区县人民政府、市政府有关部门要认真按照{broken}文件办理。")
    assert "渝府发〔2012〕3号" in found.keys
    assert found.relation is Relation.BASED_ON


@pytest.mark.feature("SS-08")
@pytest.mark.parametrize(
    "text",
    [
        "《关于做好防汛\n\n工作的通知》",
        "《关于做好防汛\n 　\n工作的通知》",
        "《关于做好防汛\f工作的通知》",
        "渝府发〔2012〕\n\n3号",
        f"《{'长' * 201}》",
    ],
)
def test_an_empty_line_or_page_ends_what_is_cited(text: str) -> None:
    assert list(citations_in(text)) == []


def test_what_is_said_in_another_line_is_said_of_something_else() -> None:
    assert only("根据工作安排\n会上学习了《关于做好防汛工作的通知》").relation is Relation.MENTIONS
