"""发文 and 收文 of the demo: papers that stand at every step of their way."""

import io
from collections.abc import Sequence

from docx import Document

from records.identity import Login
from records.revision import Revision
from services.flow.change import NewFile
from services.flow.edit import Edit
from services.house import House
from wenshu.demo.steps import acted, begun

_Step = tuple[str, str, Sequence[str], str]
"""Who, the action, whom he chooses, what he says."""

_TO_HUB: tuple[_Step, ...] = (
    ("law2", "send", (), ""),
    ("wangmin", "forward", (), "拟同意，请机要室办理。"),
)
_TO_ISSUE: tuple[_Step, ...] = (
    ("jiayi", "to_second", ("heyan",), ""),
    ("heyan", "second_done", (), "文字已核，请送局领导审签。"),
    ("jiayi", "clean", (), ""),
    ("jiayi", "to_leaders", ("zhoujun", "sunli"), ""),
    ("zhoujun", "sign", (), "同意发文。"),
    ("sunli", "sign", (), ""),
    ("jiayi", "number_it", (), ""),
    ("jiayi", "lay_out", (), ""),
    ("jiayi", "seal", (), ""),
    ("jiayi", "issue", (), ""),
)
_OUTGOING: tuple[tuple[str, str, tuple[_Step, ...]], ...] = (
    ("关于开展节前食品安全专项检查的通知", "加急", (*_TO_HUB, *_TO_ISSUE)),
    ("关于做好年度信用监管工作总结的通知", "一般", (*_TO_HUB, *_TO_ISSUE[:5])),
    ("关于印发行政处罚案卷评查办法的通知", "一般", _TO_HUB),
    ("关于举办法制业务培训班的通知", "一般", _TO_HUB[:1]),
)
_TEXT = (
    "各区市场监督管理局，机关各科室：",
    "为进一步规范工作，现将有关事项通知如下。",
    "一、提高认识。各单位要加强组织领导，明确责任分工，确保各项任务落到实处。",
    "二、突出重点。要结合本地实际，紧盯重点环节，逐项排查，建立台账，限期整改。",
    "三、严格时限。请于本月二十五日前将办理情况书面报送市局办公室。",
    "渝州市市场监督管理局",
)


def fill_documents(house: House) -> None:
    """Begin them, and take each as far as it goes."""
    for title, urgency, steps in _OUTGOING:
        _walked(house, _drafted(house, title, urgency), steps)
    came = {"title": "关于报送第四季度工作数据的函", "from_unit": "市政府办公厅", "urgency": "加急"}
    paper = begun(house, "jiayi", "incoming", {**came, "from_number": "渝府办函〔2026〕118号"})
    _walked(house, paper, (("jiayi", "send", ("heyan",), ""),))
    came = {"title": "关于转发社会信用体系建设要点的通知", "from_unit": "省市场监督管理局"}
    paper = begun(house, "jiayi", "incoming", {**came, "from_number": "川市监发〔2026〕41号"})
    way = (
        ("jiayi", "send", ("heyan",), ""),
        ("heyan", "propose", ("zhoujun",), "拟请法规科主办，请领导批示。"),
    )
    _walked(house, paper, way)


def _drafted(house: House, title: str, urgency: str) -> Revision:
    fields = {
        "title": title,
        "note": "请审核。",
        "code": "渝市监发",
        "urgency": urgency,
        "scope": "一般",
        "disclosure": "不公开发布",
        "why_not": "内部工作安排",
        "main_to": "各区市场监督管理局，机关各科室",
        "receivers": ["beihu", "nanshan", "dongjiang"],
        "paper_type": "通知",
    }
    draft = begun(house, "law2", "outgoing", fields)
    body = _docx(title, _TEXT)
    staged = house.staging.receive([body], name="正文.docx")
    file = NewFile("正文.docx", staged, "body")
    try:
        caller = house.book.caller(Login("law2"))
        return house.editing.edit(caller, draft.record, Edit(files=[file]), revision=draft.number)
    finally:
        house.staging.discard([staged])


def _walked(house: House, paper: Revision, steps: Sequence[_Step]) -> None:
    for login, name, chosen, opinion in steps:
        paper = acted(house, login, paper, name, opinion, chosen=chosen)


def _docx(title: str, paragraphs: Sequence[str]) -> bytes:
    document = Document()
    document.add_heading(title, level=1)
    for text in paragraphs:
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
