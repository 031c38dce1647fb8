"""Samples of the archive: a place of its tree, an empty one, the catalogue of a box."""

from dataclasses import replace

from search_ui.samples.shell import Sample
from search_ui.views.lists.archive import ArchiveCatalogue, ArchivePage, PieceRow
from search_ui.views.search import FacetValue
from search_ui.views.shell import Crumb, Pager

_HEADS = ("件号", "文号", "题名", "日期", "机构", "年度", "保管期限", "密级")
_ROWS = tuple(
    PieceRow(
        "/records/a",
        (
            *(str(n), f"渝市监发〔2026〕{n}号", "关于做好寒潮天气应急工作的通知"),
            *("2026年11月20日", "法规科", "2026", "永久", "内部"),
        ),
    )
    for n in range(1, 4)
)
_PAGE = ArchivePage(
    crumbs=(Crumb("档案检索", "/archive"), Crumb("2026年", "/archive?year=2026")),
    level="机构",
    branches=(FacetValue("法规科", 3, "/archive?year=2026&unit=law"),),
    heads=_HEADS,
    rows=_ROWS,
    pager=Pager(3, 1, 3, None, None),
    words="",
    kept=(("year", "2026"),),
    catalogue_href="/archive/catalogue?year=2026",
    export_href="/archive/export?year=2026",
)
ARCHIVE = {
    "archive": Sample("archive", _PAGE, "archive"),
    "archive-empty": Sample(
        "archive",
        replace(_PAGE, branches=(), rows=(), pager=Pager(0, 0, 0, None, None), words="寒潮"),
        "archive",
    ),
    "archive-catalogue": Sample(
        "archive_catalogue",
        ArchiveCatalogue(
            organ="渝州市市场监督管理局",
            place="档案检索 – 2026年",
            heads=_HEADS,
            rows=_ROWS,
            supplements=("3-补1 来函附件（2026年12月1日，甲一补充）",),
            files=7,
            made_by="甲一",
            made_on="2026年11月30日",
            back_href="/archive",
            export_href="/archive/export?year=2026",
        ),
        "archive",
    ),
}
