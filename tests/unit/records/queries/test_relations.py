"""What a text repeals or amends, and what only looks as if it did."""

import pytest

from records.identity import RecordId
from records.queries.citing import citations_in
from records.queries.relations import Relation
from records.queries.repealing import repealed_as, repeals_told

pytestmark = pytest.mark.feature("SS-08")

RULES = "渝州市会议管理办法"
SEALS = "渝州市印章管理办法"
PAPERS = "渝州市公文处理办法"


def said(text: str) -> list[tuple[str, Relation]]:
    """What is cited, by its title or its longest number, and how."""
    return [(each.title or each.keys[-3], each.relation) for each in citations_in(text)]


def repealed(text: str) -> list[str]:
    """What is repealed."""
    return [name for name, relation in said(text) if relation is Relation.REPEALS]


@pytest.mark.parametrize(
    "text",
    [
        "任何单位不得废止《渝州市会议管理办法》。",
        "任何单位不得擅自废止《渝州市会议管理办法》。",
        "未经批准，擅自废止《渝州市会议管理办法》的，",
        "不得将《渝州市会议管理办法》予以废止。",
        "经审查，不予废止《渝州市会议管理办法》。",
        "不同意废止《渝州市会议管理办法》。",
        "市政府没有废止《渝州市会议管理办法》。",
        "目前尚未废止《渝州市会议管理办法》。",
        "《渝州市会议管理办法》尚未废止。",
        "《渝州市会议管理办法》未废止，应当继续执行。",
        "《渝州市会议管理办法》并未失效。",
        "《渝州市会议管理办法》（渝府发〔2012〕3号）不予废止。",
        "《渝州市会议管理办法》不再废止。",
        "《渝州市会议管理办法》暂不停止执行。",
        "《渝州市会议管理办法》拟废止。",
        "《渝州市会议管理办法》建议废止。",
        "《渝州市会议管理办法》是否废止，请研究。",
        "《渝州市会议管理办法》应予废止。",
        "《渝州市会议管理办法》可以废止。",
        "《渝州市会议管理办法》废止前，仍按原规定办理。",
        "《渝州市会议管理办法》废止后，各单位另行制定细则。",
        "《渝州市会议管理办法》废止的理由如下：",
        "拟废止《渝州市会议管理办法》，请提出意见。",
        "拟于明年废止《渝州市会议管理办法》。",
        "拟将《渝州市会议管理办法》予以废止。",
        "建议市政府尽快废止《渝州市会议管理办法》。",
        "建议将《渝州市会议管理办法》同时废止。",
        "是否废止《渝州市会议管理办法》？",
        "应当适时废止《渝州市会议管理办法》。",
        "需要废止《渝州市会议管理办法》的，另行报告。",
        "如废止《渝州市会议管理办法》，应先征求意见。",
        "关于废止《渝州市会议管理办法》的请示",
        "关于废止《渝州市会议管理办法》的建议",
        "现就废止《渝州市会议管理办法》征求意见。",
        "修改或者废止《渝州市会议管理办法》，拟适时废止或者修改《渝州市会议管理办法》。",
        "反对废止《渝州市会议管理办法》。",
        "防止因机构改革而废止《渝州市会议管理办法》。",
        "会议讨论了废止《渝州市会议管理办法》的议题。",
        "某办法已经被《渝州市会议管理办法》废止。",
        "根据《关于废止《渝州市会议管理办法》的决定》，",
        "《渝州市会议管理办法》施行后原办法同时废止。",
        "《渝州市会议管理办法》自印发之日起同时废止《短》。",
        "任何单位不得废止渝府发〔2012〕3号文件。",
        "渝府发〔2012〕3号文件尚未废止。",
        "拟废止以下文件：1.《渝州市会议管理办法》；2.《渝州市印章管理办法》。",
        "下列文件不予废止：《渝州市会议管理办法》、《渝州市印章管理办法》。",
        "以下文件尚未废止：\n1.《渝州市会议管理办法》\n2.《渝州市印章管理办法》",
        "关于废止下列文件的建议：《渝州市会议管理办法》",
        "废止理由如下：《渝州市会议管理办法》已不适应工作需要。",
        "下列文件继续有效：《渝州市会议管理办法》。",
    ],
)
def test_what_is_denied_or_only_intended_repeals_nothing(text: str) -> None:
    assert repealed(text) == []
    assert repeals_told([text]) == frozenset()
    assert said(text) != []


@pytest.mark.parametrize(
    "text",
    [
        "《渝州市会议管理办法》同时废止。",
        "《渝州市会议管理办法》相应废止。",
        "自本通知施行之日起，《渝州市会议管理办法》（渝府发〔2012〕3号）同时废止。",
        "《渝州市会议管理办法》（渝府发〔2012〕3号）自本办法施行之日起废止。",
        "《渝州市会议管理办法》（渝府发〔2012〕3号），自本办法施行之日起同时废止。",
        "《渝州市会议管理办法》（渝府发〔2012〕3号，以下简称《办法》）予以废止。",
        "《渝州市会议管理办法》（2012年5月1日渝府发〔2012〕3号）予以废止。",
        "《渝州市会议管理办法》等12件文件予以废止。",
        "《渝州市会议管理办法》于2020年1月1日废止。",
        "《渝州市会议管理办法》不再执行。",
        "即日起不再执行《渝州市会议管理办法》。",
        "自即日起停止执行《渝州市会议管理办法》。",
        "经研究，决定废止《渝州市会议管理办法》。",
        "因工作需要废止《渝州市会议管理办法》。",
        "根据各方建议决定废止《渝州市会议管理办法》。",
        "对已不适应当前工作需要的《渝州市会议管理办法》予以废止。",
        "现将《渝州市会议管理办法》予以废止。",
        "关于废止《渝州市会议管理办法》的通知",
        "关于《渝州市会议管理办法》废止的公告",
        "不得擅自改变程序，废止《渝州市会议管理办法》。",
        "根据《渝州市立法条例》精神，废止《渝州市会议管理办法》。",
        "本办法自2026年1月1日起施行，《渝州市会议管理办法》同时废\n止。",
    ],
)
def test_what_is_said_to_be_repealed_is(text: str) -> None:
    assert repealed(text) == [RULES]
    assert repeals_told([text]) & set(repealed_as(RecordId("A"), "渝府发〔2012〕3号", RULES))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (f"废止《{RULES}》《{SEALS}》《{PAPERS}》。", [RULES, SEALS, PAPERS]),
        (f"《{RULES}》、《{SEALS}》同时废止。", [RULES, SEALS]),
        (f"《{RULES}》和《{SEALS}》予以废止。", [RULES, SEALS]),
        (f"《{RULES}》（渝府发〔2012〕3号）、《{SEALS}》同时废止。", [RULES, SEALS]),
        (
            "渝府发〔2012〕3号、渝府发〔2012〕4号同时废止。",
            ["渝府发〔2012〕3号", "渝府发〔2012〕4号"],
        ),
        (
            "渝府发〔2012〕3号和渝府发〔2012〕4号同时废止。",
            ["渝府发〔2012〕3号", "渝府发〔2012〕4号"],
        ),
        (f"根据《{RULES}》，《{SEALS}》同时废止。", [SEALS]),
        (f"《{RULES}》同时废止，《{SEALS}》继续有效。", [RULES]),
        (f"《{RULES}》废止，根据《{SEALS}》办理。", [RULES]),
        (f"拟将《{RULES}》、《{SEALS}》一并废止。", []),
        (
            f"下列文件予以废止：1.《{RULES}》（渝府发〔2012〕3号）；2.《{SEALS}》。",
            [RULES, SEALS],
        ),
        (
            (
                f"经研究，决定废止以下文件：\n一、《{RULES}》\n二、《{SEALS}》（渝府发〔2012〕4号）\n"
                f"三、本决定自公布之日起施行。\n四、各单位应当学习《{PAPERS}》。"
            ),
            [RULES, SEALS],
        ),
        (
            (
                f"一、对下列文件予以废止：\n（一）《{RULES}》\n（二）《{SEALS}》\n"
                f"二、对下列文件予以修改：\n（一）《{PAPERS}》"
            ),
            [RULES, SEALS],
        ),
        (
            f"下列文件停止执行：《{RULES}》；《{SEALS}》。今后会上学习《{PAPERS}》。",
            [RULES, SEALS],
        ),
        (
            (
                "下列文件予以废止：1.渝州市人民政府关于印发会议办法的通知（渝府发〔2012〕3号）；"
                "2.渝州市人民政府关于印发印章办法的通知（渝府发〔2012〕4号）。根据渝府发〔2012〕5号办理。"
            ),
            ["渝府发〔2012〕3号", "渝府发〔2012〕4号"],
        ),
        (f"下列文件予以废止：1.《{RULES}》第三条；2.《{SEALS}》。", [SEALS]),
        (f"废止下列文件：1.《{RULES}》；2.根据《{SEALS}》办理。", [RULES]),
        (f"废止下列文件：1.《{RULES}》；2.《{SEALS}》继续有效。", [RULES, SEALS]),
    ],
)
def test_a_list_ends_where_it_says_something_else(text: str, names: list[str]) -> None:
    assert repealed(text) == names


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("将《渝州市会议管理办法》第三条修改为：", Relation.AMENDS),
        ("将《渝州市会议管理办法》中的“市政府”修改为“市人民政府”。", Relation.AMENDS),
        ("《渝州市会议管理办法》作如下修改：", Relation.AMENDS),
        ("《渝州市会议管理办法》第三条同时废止。", Relation.AMENDS),
        ("废止《渝州市会议管理办法》第三条。", Relation.AMENDS),
        ("废止《渝州市会议管理办法》的有关条款。", Relation.AMENDS),
        ("《渝州市会议管理办法》的有关规定同时废止。", Relation.AMENDS),
        ("《渝州市会议管理办法》不作修改。", Relation.MENTIONS),
        ("拟对《渝州市会议管理办法》作如下修改：", Relation.MENTIONS),
        ("根据修订后的《渝州市会议管理办法》，", Relation.BASED_ON),
        ("根据《渝州市印章管理办法》和《渝州市会议管理办法》，", Relation.BASED_ON),
    ],
)
def test_a_part_that_changes_is_an_amendment(text: str, relation: Relation) -> None:
    assert said(text)[-1] == (RULES, relation)


@pytest.mark.parametrize(
    "sign", ["《", "废止", "《废止", "废止以下文件：1.《关于防汛的通知", "〔2012〕", " \n《 "]
)
def test_a_million_signs_are_read_without_trying_again(sign: str) -> None:
    assert list(citations_in(sign * (1_000_000 // len(sign)))) == []
