"""文件库 and 资料库 of the demo: a few folders with rights, and what lies in them."""

from records.identity import FolderCode, KindName, Login
from services.flow.action_request import ActionRequest
from services.flow.change import NewFile
from services.house import House
from services.intake.ingest import Draft
from services.library import FolderChange

_KEEPER = Login("jiayi")
_KEEPERS = ("person:jiayi",)
_EVERYONE = ("everyone",)

_FOLDERS = (
    ("library_document", "规章制度", None, _EVERYONE),
    ("library_document", "财务制度", "规章制度", ("unit:finance", "unit:office")),
    ("library_document", "办公制度", "规章制度", ()),
    ("library_document", "技术标准", None, ("unit:bureau",)),
    ("reference_material", "业务资料", None, _EVERYONE),
    ("reference_material", "培训资料", None, ("unit:office", "unit:law")),
)
"""Kind, name, the folder above, who reads."""

_BUREAU = "渝州市市场监督管理局"
_DOCUMENTS, _MATERIALS = "library_document", "reference_material"

_PAPERS = (
    (_DOCUMENTS, "办公制度", f"{_BUREAU}公文处理办法", "渝市监办〔2024〕3号",
     "公文须经科室负责人审核后送办公室核稿。", False),
    (_DOCUMENTS, "办公制度", f"{_BUREAU}印章使用管理规定", "渝市监办〔2025〕11号",
     "用印须经批准并逐次登记。", False),
    (_DOCUMENTS, "办公制度", f"{_BUREAU}值班工作制度", "渝市监办〔2019〕7号",
     "值班人员须在岗在位，遇突发情况及时报告。", True),
    (_DOCUMENTS, "财务制度", f"{_BUREAU}差旅费管理办法", "渝市监财〔2025〕2号",
     "出差须事前审批，凭据报销。", False),
    (_DOCUMENTS, "技术标准", "食品快速检测操作规程", "渝市监食〔2023〕9号",
     "快检结果异常的，应当送法定检验机构复检。", False),
    (_MATERIALS, "业务资料", "信用修复业务问答", "",
     "列入经营异常名录的企业可以在线申请移出。", False),
    (_MATERIALS, "培训资料", "行政处罚程序培训讲义", "",
     "立案、调查、审核、告知、决定、送达各环节要点。", False),
)  # fmt: skip
"""Kind, folder, title, number, text, whether it is repealed."""


def fill_library(house: House) -> None:
    """Make the folders, then what lies in them."""
    codes: dict[tuple[str, str], FolderCode] = {}
    for kind, name, above, readers in _FOLDERS:
        parent = codes[kind, above] if above else None
        change = FolderChange(name, parent, readers, () if parent else _KEEPERS)
        made = house.lists.folders.add(house.book.caller(_KEEPER), KindName(kind), change)
        codes[kind, name] = made.code
    for kind, folder, title, number, text, repealed in _PAPERS:
        _put(
            house, Draft(kind, _fields(codes[kind, folder], title, number)), text, repealed=repealed
        )


def _fields(folder: FolderCode, title: str, number: str) -> dict[str, object]:
    year = number.partition("〔")[2].partition("〕")[0] or "2026"
    day = f"{year}-03-{10 + len(title) % 18}"
    fields: dict[str, object] = {"title": title, "folder": folder, "year": year, "dated_on": day}
    return {**fields, "number": number, "category": "制度"} if number else fields


def _put(house: House, draft: Draft, text: str, *, repealed: bool) -> None:
    caller, name = house.book.caller(_KEEPER), f"{draft.fields['title']}.txt"
    staged = house.staging.receive([text.encode()], name=name)
    try:
        files = [NewFile(name, staged)]
        made = house.ingest.begin(caller, Draft(draft.kind, draft.fields, files=files))
    finally:
        house.staging.discard([staged])
    made = house.acting.act(caller, made.record, "publish", ActionRequest(revision=made.number))
    if repealed:
        request = ActionRequest(revision=made.number, opinion="已由新的制度代替。")
        house.acting.act(caller, made.record, "repeal", request)
