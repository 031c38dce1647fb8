"""业务指导 of the demo: one answered and open to all, one being answered, guidance unasked."""

from records.revision import Revision
from services.house import House
from wenshu.demo.steps import acted, begun

_ASKER, _HEAD, _ANSWERER = "liping", "wangmin", "law2"

_QUESTIONS = (
    (
        "小作坊登记证过期如何处理",
        "监督检查",
        "辖区一家食品小作坊登记证过期三个月仍在生产，应当如何定性和处理？",
    ),
    (
        "轻微违法不予处罚的适用范围",
        "行政处罚",
        "当事人首次违法且及时改正，涉案货值较小，能否适用不予处罚？",
    ),
)
_ANSWER = "按未取得登记从事生产处理；当事人在责令改正期限内补办的，可以从轻。"


def fill_guidance(house: House) -> None:
    """Ask, hand on, answer and pass, as the people do who would."""
    answered, *_ = [_asked(house, *each) for each in _QUESTIONS]
    answer = {"answer": _ANSWER, "grounds": "食品小作坊登记管理的有关规定"}
    answered = acted(house, _ANSWERER, answered, "propose", "请审核。", fields=answer)
    acted(house, _HEAD, answered, "pass", "同意。")
    fields = {
        "title": "关于规范行政处罚文书送达的提示",
        "way": "主动指导",
        "category": "行政处罚",
        "answer": "直接送达的，由受送达人在送达回证上签名并注明日期；拒收的，可以留置送达。",
    }
    note = acted(house, _ANSWERER, begun(house, _ANSWERER, "guidance", fields), "guide")
    acted(house, _HEAD, note, "issue", "同意发布。")


def _asked(house: House, title: str, category: str, question: str) -> Revision:
    fields = {"title": title, "category": category, "asked": "law", "question": question}
    asked = acted(house, _ASKER, begun(house, _ASKER, "guidance", fields), "ask")
    return acted(house, _HEAD, asked, "hand_out", "请研究答复。", chosen=[_ANSWERER])
