"""Fills an empty installation with the demo, through the same use cases that people use."""

from collections.abc import Iterator

from records.errors import Refused
from records.identity import Login, Token, UnitCode
from records.people.organisation import Organisation
from records.revision import Grant, Revision
from services.flow.action_request import ActionRequest
from services.flow.change import NewFile
from services.house import House
from services.intake.ingest import Draft
from wenshu.demo.affairs import fill_affairs
from wenshu.demo.documents import fill_documents
from wenshu.demo.files import MAKERS
from wenshu.demo.guidance import fill_guidance
from wenshu.demo.information import fill_information
from wenshu.demo.library import fill_library
from wenshu.demo.organisation import people_rows
from wenshu.demo.papers import Paper, paper
from wenshu.demo.submissions import fill_submissions
from wenshu.demo.vehicles import fill_vehicles

PAPERS = 400

_ENDINGS = ("docx", "docx", "docx", "pdf", "pdf", "ofd", "xlsx", "eml", "docx", "txt")
_WAY = (("submit", "请审核。"), ("agree", "同意，请机要室发布。"), ("publish", ""))
_NOTICES = (
    ("关于开展岁末年初安全生产检查的通知", "请各单位于本月底前完成自查并报送情况。", 3),
    ("关于更新值班人员名单的通知", "请各科室核对值班人员及联系电话。", 3),
    ("关于机关食堂供餐时间调整的公告", "自下周一起，午餐供餐时间调整为十一点半至十二点半。", 3),
    ("关于组织业务培训的通知", "培训内容为信用修复和行政处罚程序，请按名额报名。", 2),
    ("关于报送年度工作总结的通知", "请各科室、各区局报送年度工作总结和明年计划。", 1),
    ("关于清理办公用房的通知", "请各科室对照标准自行清理。", 0),
)
"""Title, text, and how many steps of its way each notice has gone."""


def fill(house: House) -> Iterator[tuple[int, int]]:
    """Load the people, then the papers and notices; gives (done, all) as it goes."""
    house.people.load(people_rows(), lasting=True)
    whole = PAPERS + len(_NOTICES)
    for index in range(PAPERS):
        _file(house, paper(index))
        yield index + 1, whole
    for number, (title, text, steps) in enumerate(_NOTICES, start=1):
        _notice(house, title, text, steps)
        yield PAPERS + number, whole
    fill_affairs(house)
    fill_vehicles(house)
    fill_documents(house)
    fill_library(house)
    fill_information(house)
    fill_guidance(house)
    fill_submissions(house)


def _file(house: House, each: Paper) -> Revision:
    organisation = house.book.current()
    caller = house.book.caller(_author(organisation, each))
    ending = _ENDINGS[each.index % len(_ENDINGS)]
    content = MAKERS[ending](each)
    name = f"{each.title}.{ending}"
    staged = house.staging.receive([content], name=name)
    unit = f"unit:{each.unit}" if each.open_to == "own" else each.open_to
    draft = Draft(
        kind="library_file",
        fields={
            "title": each.title,
            "number": each.number,
            "category": each.category,
            "dated_on": each.dated_on.isoformat(),
            "issuer": organisation.organ_of(UnitCode(each.unit)).name,
        },
        grants=(Grant(to=Token(unit)), Grant(to=Token("role:archivist"))),
        level=each.level,
        files=[NewFile(name, staged)],
    )
    try:
        return house.ingest.begin(caller, draft)
    finally:
        house.staging.discard([staged])


def _author(organisation: Organisation, each: Paper) -> Login:
    """Somebody of the unit who may write at that level; else the one cleared for 秘密."""
    if each.level == "秘密":
        return Login("wangmin")
    return next(person.login for person in organisation.people if person.unit == each.unit)


def _notice(house: House, title: str, text: str, steps: int) -> None:
    fields = {"title": title, "body": text, "audience": ["everyone"], "category": "通知"}
    author = house.book.caller(Login("law2"))
    revision = house.ingest.begin(author, Draft(kind="notice", fields=fields))
    for name, opinion in _WAY[:steps]:
        for login in ("law2", "wangmin", "jiayi"):
            try:
                request = ActionRequest(revision=revision.number, opinion=opinion)
                revision = house.acting.act(
                    house.book.caller(Login(login)), revision.record, name, request
                )
            except Refused:
                continue
            break
