"""稿件专户 of the demo: one taken by the bureau, one that waits there, one below."""

from records.revision import Revision
from services.house import House
from wenshu.demo.steps import acted, begun

_WRITER, _BELOW, _ABOVE = "liping", "beihu-office2", "jiayi"

_TEXTS = (
    ("北湖区局开展农资打假专项行动", "检查农资门店四十二家，立案三起。"),
    ("北湖区“你点我检”走进农贸市场", "现场快检样品六十批次，全部合格。"),
    ("北湖区局上门服务小微企业", "走访企业二十家，解决问题十一个。"),
)


def fill_submissions(house: House) -> None:
    """Send in, pass up and take, as the people do who would."""
    taken, waiting, _ = [_sent(house, *each) for each in _TEXTS]
    taken = acted(house, _BELOW, taken, "report", "拟同意上报。")
    acted(house, _ABOVE, taken, "adopt", "采用。")
    acted(house, _BELOW, waiting, "report")


def _sent(house: House, title: str, content: str) -> Revision:
    fields = {"title": title, "content": content, "section": "工作动态"}
    return acted(house, _WRITER, begun(house, _WRITER, "submission", fields), "send")
