"""Samples of the search page in each of its states."""

from dataclasses import replace
from datetime import date

from markupsafe import Markup

from search_ui.samples.shell import Sample, pager
from search_ui.views.person.directory import NamedPerson
from search_ui.views.person.excerpts import EvidencePage, ExcerptPage, ExcerptRow
from search_ui.views.preview import TextPreview
from search_ui.views.search import (
    BatchPage,
    Chip,
    ColumnChoice,
    DateBar,
    DateBars,
    DateFilter,
    FacetGroup,
    FacetValue,
    Guess,
    HitsLook,
    HitView,
    Match,
    Member,
    PastSearch,
    SearchPage,
    StayView,
)
from search_ui.views.shell import Badge, Tab

HITS = (
    HitView(
        "/records/d",
        Markup("关于做好寒潮天气<mark>应急</mark>工作的通知"),
        Markup("渝市监发〔2026〕18号"),
        "通知公告", "speakerphone", "办公室", "甲一", date(2026, 11, 21),
        (Badge("内部"), Badge("已发布", "ok")), ("docx", "pdf"),
        (Match("", "", Markup(
            "各单位要严格落实<mark>应急</mark>值守责任制，遇重大险情立即启动<mark>应急</mark>响应，"
            "并在三十分钟内向市局<mark>应急</mark>办公室报告。"), "/records/d"),
         Match("寒潮天气应对方案.pdf", "第 4 页", Markup(
             "（二）物资保障。储备<mark>应急</mark>照明、融雪剂等物资，明确专人保管，每月清点一次。"),
             "/records/d?file=1&page=4")),
    ),
    HitView(
        "/records/g", Markup("渝州市餐饮服务食品安全操作指引（修订稿）"),
        Markup("渝市监发〔2026〕12号"), "文件", "file-text", "食品监管科", "丙三",
        date(2026, 5, 14), (Badge("公开", "ok"),), ("docx",),
        (Match("操作指引.docx", "", Markup(
            "发生食品安全事故的，应当立即启动<mark>应急</mark>预案，封存可疑食品及其原料。"),
            "/records/g"),),
        history=(
            StayView("第 2 版（2026-05-12）加入，第 4 版（2026-05-14）删去",
                Markup("重大活动期间，<mark>应急</mark>值守每日两班。"), gone=True, href="?"),
            StayView("第 3 版（2026-05-13）加入",
                Markup("应当立即启动<mark>应急</mark>预案。"), gone=False, href="?"),
        ),
    ),
    HitView(
        "/records/k", Markup("关于请求拨付<mark>应急</mark>检测设备专项经费的请示"),
        Markup("渝市监文〔2025〕7号"), "文件", "file-text", "财务科", "戊五",
        date(2025, 4, 22), (Badge("秘密", "danger"),), ("ofd",),
        (Match("请示.ofd", "第 1 页", Markup(
            "为确保汛期<mark>应急</mark>检测工作需要，拟增加快速检测设备，申请专项经费一百二十万元。"),
            "/records/k?page=1"),),
    ),
    HitView(
        "/records/m", Markup("值班日志（2026年10月）"), Markup(""), "云盘文件", "mail", "办公室",
        "甲一", date(2026, 10, 31), (Badge("内部"),), ("eml", "zip"),
        (Match("转发：值班安排.eml 的附件“附件1.docx”", "第 2 页", Markup(
            "十月十二日夜，接市<mark>应急</mark>局电话通知，已转告分管领导。"), "/records/m"),),
    ),
)  # fmt: skip


def _values(*pairs: tuple[str, int], chosen: str = "") -> tuple[FacetValue, ...]:
    return tuple(
        FacetValue(label, count, f"?f={label}", chosen=label == chosen) for label, count in pairs
    )


FACETS = (
    FacetGroup("kind", _values(("文件", 1204), ("通知公告", 128), ("云盘文件", 9))),
    FacetGroup("unit", (
        FacetValue("办公室", 412, "?f=1"), FacetValue("食品监管科", 301, "?f=2"),
        FacetValue("区县局", 290, "?f=3", is_open=True, below=(
            FacetValue("江北区市场监督管理局", 31, "?f=4", chosen=True),
            FacetValue("南岸区市场监督管理局", 28, "?f=5"))),
        *_values(
            ("法规科", 120), ("人事教育科", 97), ("财务科", 64), ("特种设备监察科", 40),
            ("质量发展科", 12), ("信用监管科", 9)))),
    FacetGroup("issuer", href="/search/facet?by=issuer"),
    FacetGroup("level", _values(("公开", 150), ("内部", 1052), ("秘密", 3))),
    FacetGroup("file_type", _values(("docx", 620), ("pdf", 511), ("ofd", 77), ("xlsx", 61))),
    FacetGroup("urgency", href="/search/facet?by=urgency"),
    FacetGroup("archived", _values(("已归档", 120), ("未归档", 1221), chosen="已归档")),
)  # fmt: skip
BARS = DateBars(
    tuple(
        DateBar(f"{year}年", count, f"?y={year}", date(year, 1, 1), date(year, 12, 31),
                height=count * 100 // 388, chosen=year == 2025)
        for year, count in enumerate((12, 40, 77, 120, 179, 388, 374), 2020)
    ),
    base="?q=应急", wider_href="?q=应急",
)  # fmt: skip
SORTS = (Tab("按相关度", "?sort=relevance", current=True), Tab("按日期", "?sort=date"),
         Tab("按更新时间", "?sort=changed"))  # fmt: skip
VERSIONS = (Tab("最新版本", "?", current=True), Tab("所有版本", "?versions=all", current=False))
FOUND = SearchPage(
    query="应急", told="应急", hits=HITS, facets=FACETS, chips=(Chip("归档：已归档", "?"),),
    bars=BARS,
    understood=(Chip("含“应急”", "?"), Chip("不含“演练”", "?")),
    sorts=SORTS, versions=VERSIONS, dates=DateFilter(date(2026, 1, 1), None, (("q", "应急"),)),
    pager=pager(1341, 68), clear_href="?q=应急",
)  # fmt: skip
FAMILY = (
    Member("转发", "/records/z", "/search/pane/z",
           Markup("转发关于做好寒潮天气<mark>应急</mark>工作的通知"),
           Markup("北湖监发〔2026〕3号"), date(2026, 11, 25), (Badge("内部"),)),
)  # fmt: skip
FOLDED = replace(FOUND, hits=(replace(HITS[0], family=FAMILY), *HITS[1:]))
FEW = replace(
    FOUND,
    people=(
        NamedPerson("何研", "北湖县市场监督管理局/办公室 科长", "0830-2210086 房间 512", "#", "#"),
    ),
    hits=HITS[:1], near=HITS[1:3], facets=FACETS[:1], bars=None, chips=(), pager=pager(1),
)  # fmt: skip
MISTAKEN = replace(
    FOUND, query="应机预案 恐龙", told="应机预案 恐龙", relaxed=True,
    chips=(), missing=("应机预案", "恐龙"),
    guesses=(Guess("应急预案 恐龙", "?q=1"), Guess("应机动预案 恐龙", "?q=2")),
)  # fmt: skip
NOTHING = replace(
    FOUND,
    query="防汛物资采购",
    told="防汛物资采购",
    hits=(),
    facets=(),
    bars=None,
    pager=pager(0),
    notices=("unpaired",),
)
LOOK = HitsLook(
    "table", "q=应急", ("标题", "文号", "类别", "成文日期"),
    (ColumnChoice("number", "文号", chosen=True), ColumnChoice("author", "起草人", chosen=False)),
)  # fmt: skip
TABLE = replace(
    FOUND, look=LOOK,
    hits=tuple(
        replace(hit, cells=(str(hit.number.striptags()), hit.kind, hit.dated_on.isoformat()))
        for hit in HITS
    ),
)  # fmt: skip
EXCERPTS = ExcerptPage(
    (
        ExcerptRow("a", "储备应急照明、融雪剂等物资，明确专人保管，每月清点一次。",
                   "《关于做好寒潮天气应急工作的通知》（渝市监发〔2026〕18号），寒潮天气应对方案.pdf，第4页，"
                   "第3次修订。检索日期：2026年11月22日。", "?e=1"),
        ExcerptRow("b", "封存可疑食品及其原料。", "《操作指引》，第2次修订。", "?e=2",
                   "出自第 2 次修订；现行第 4 次修订中已没有这一段。"),
        ExcerptRow("c", "", "原文现已不能查看，不再显示这一段", None, closed=True),
    ),
    pager(3),
)  # fmt: skip
EVIDENCE = EvidencePage(
    text=EXCERPTS.rows[0].text, citation=EXCERPTS.rows[0].citation,
    cited=EXCERPTS.rows[0].citation,
    title="关于做好寒潮天气应急工作的通知", tone="ok",
    told="出自第 3 次修订，没有变化。", then_href="?then", now_href="?now",
    href_cited="/evidence/x", source="x=1",
    preview=TextPreview(Markup("（二）物资保障。<mark>储备应急照明</mark>。")),
)  # fmt: skip
HISTORY = (
    PastSearch("1", "应急预案", "?q=应急预案"),
    PastSearch("2", "食品安全　类别：通知公告", "?q=食品安全"),
)  # fmt: skip
SEARCH = {
    "search-folded": Sample("search", FOLDED, "search", query="应急"),
    "search-table": Sample("search", TABLE, "search", query="应急"),
    "search-split": Sample(
        "search", replace(FOUND, look=replace(LOOK, view="split")), "search", query="应急"
    ),
    "search-batch": Sample(
        "search_batch", BatchPage(2000, "应急预案\n甲公司", "第 3 行太长。"), "search"
    ),
    "excerpts": Sample("excerpts", EXCERPTS, "search"),
    "excerpts-none": Sample("excerpts", ExcerptPage((), pager(0)), "search"),
    "evidence": Sample("evidence", EVIDENCE, "search"),
    "search": Sample("search", FOUND, "search", query="应急"),
    "search-relaxed": Sample(
        "search",
        replace(FOUND, query="应急值守预案汇编", told="应急值守预案汇编", relaxed=True, chips=()),
        "search",
        query="应急值守预案汇编",
    ),
    "search-few": Sample("search", FEW, "search", query="应急"),
    "search-mistaken": Sample("search", MISTAKEN, "search", query="应机预案 恐龙"),
    "search-nothing": Sample("search", NOTHING, "search", query="防汛物资采购"),
    "search-start": Sample(
        "search",
        replace(
            NOTHING,
            query="",
            told="",
            chips=(),
            understood=(),
            notices=(),
            is_asked=False,
            history=HISTORY,
            hot=("行政复议", "信用修复"),
        ),
        "search",
    ),
}
