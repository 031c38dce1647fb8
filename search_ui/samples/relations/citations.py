"""Samples of 更正引用."""

from search_ui.samples.shell import Sample
from search_ui.views.relations.corrections import CorrectedRow, CorrectionsPage
from search_ui.views.shell import Choice, Crumb

_SORTS = (
    Choice("mentions", "引用", chosen=True),
    Choice("based_on", "依据"),
    Choice("repeals", "废止"),
)
_OF_A_ROW = (Choice("", "按正文读出的", chosen=True), *_SORTS[1:], Choice("none", "不是引用"))
_ROWS = (
    CorrectedRow("《甲》", "《渝州市会议管理办法》（渝府发〔2012〕3号）", "/records/b",
                 "正文读作：依据", "", _OF_A_ROW),
    CorrectedRow("乙", "渝府发〔2013〕1号", None, "正文读作：引用",
                 "己六 于 2026年12月1日 9:30 更正为：废止", _OF_A_ROW,
                 (Choice("c", "《甲办法》（渝府发〔2013〕1号）"), Choice("d", "《乙办法》"))),
    CorrectedRow("+e", "渝州市印章管理规定", "/records/e", "",
                 "己六 于 2026年12月1日 9:31 补充：依据，《渝州市印章管理规定》"),
)  # fmt: skip


def _page(*rows: CorrectedRow) -> Sample:
    crumbs = (Crumb("文件", "/records/a"), Crumb("关于做好信用修复工作的通知"))
    page = CorrectionsPage(
        title="关于做好信用修复工作的通知",
        crumbs=crumbs,
        action="/records/a/corrections",
        back_href="/records/a",
        revision=3,
        idempotency_key="sample",
        rows=rows,
        relations=_SORTS,
    )
    return Sample("citation_corrections", page)


CITATIONS: dict[str, Sample] = {
    "citation-corrections": _page(*_ROWS),
    "citation-corrections-none": _page(),
}
