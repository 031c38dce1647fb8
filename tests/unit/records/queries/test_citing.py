"""What a text cites, and in which way."""

import pytest

from records.queries.citing import MOST, Citation, Relation, citations_in


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
