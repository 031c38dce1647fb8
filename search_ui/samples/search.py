"""Samples of the search page in each of its states."""

from dataclasses import replace
from datetime import date

from markupsafe import Markup

from search_ui.samples.shell import Sample, pager
from search_ui.views.search import (
    Chip,
    DateFilter,
    FacetGroup,
    FacetValue,
    HitView,
    Match,
    SearchPage,
)
from search_ui.views.shell import Badge, Tab

HITS = (
    HitView(
        "/records/d",
        Markup("关于做好寒潮天气<mark>应急</mark>工作的通知"),
        Markup("渝市监发〔2026〕18号"),
        "通知公告", "speakerphone", "办公室", "甲一", date(2026, 11, 21),
        (Badge("内部"), Badge("已发布", "ok")), ("docx", "pdf"),
        (Match("", None, Markup(
            "各单位要严格落实<mark>应急</mark>值守责任制，遇重大险情立即启动<mark>应急</mark>响应，"
            "并在三十分钟内向市局<mark>应急</mark>办公室报告。"), "/records/d"),
         Match("寒潮天气应对方案.pdf", 4, Markup(
             "（二）物资保障。储备<mark>应急</mark>照明、融雪剂等物资，明确专人保管，每月清点一次。"),
             "/records/d?file=1&page=4")),
    ),
    HitView(
        "/records/g", Markup("渝州市餐饮服务食品安全操作指引（修订稿）"),
        Markup("渝市监发〔2026〕12号"), "文件", "file-text", "食品监管科", "丙三",
        date(2026, 5, 14), (Badge("公开", "ok"),), ("docx",),
        (Match("操作指引.docx", None, Markup(
            "发生食品安全事故的，应当立即启动<mark>应急</mark>预案，封存可疑食品及其原料。"),
            "/records/g"),),
    ),
    HitView(
        "/records/k", Markup("关于请求拨付<mark>应急</mark>检测设备专项经费的请示"),
        Markup("渝市监文〔2025〕7号"), "文件", "file-text", "财务科", "戊五",
        date(2025, 4, 22), (Badge("秘密", "danger"),), ("ofd",),
        (Match("请示.ofd", 1, Markup(
            "为确保汛期<mark>应急</mark>检测工作需要，拟增加快速检测设备，申请专项经费一百二十万元。"),
            "/records/k?page=1"),),
    ),
    HitView(
        "/records/m", Markup("值班日志（2026年10月）"), Markup(""), "云盘文件", "mail", "办公室",
        "甲一", date(2026, 10, 31), (Badge("内部"),), ("eml", "zip"),
        (Match("转发：值班安排.eml / 附件1.docx", 2, Markup(
            "十月十二日夜，接市<mark>应急</mark>局电话通知，已转告分管领导。"), "/records/m"),),
    ),
)  # fmt: skip


def _values(*pairs: tuple[str, int], chosen: str = "") -> tuple[FacetValue, ...]:
    return tuple(
        FacetValue(label, count, f"?f={label}", chosen=label == chosen) for label, count in pairs
    )


FACETS = (
    FacetGroup("kind", _values(("文件", 1204), ("通知公告", 128), ("云盘文件", 9))),
    FacetGroup("unit", _values(
        ("办公室", 412), ("食品监管科", 301), ("法规科", 120), ("人事教育科", 97), ("财务科", 64),
        ("特种设备监察科", 40), ("江北区市场监督管理局", 31), ("南岸区市场监督管理局", 28),
        ("质量发展科", 12), ("信用监管科", 9))),
    FacetGroup("year", _values(("2026", 774), ("2025", 388), ("2024", 179), chosen="2026")),
    FacetGroup("level", _values(("公开", 150), ("内部", 1052), ("秘密", 3))),
    FacetGroup("file_type", _values(("docx", 620), ("pdf", 511), ("ofd", 77), ("xlsx", 61))),
)  # fmt: skip
SORTS = (Tab("按相关度", "?sort=relevance", current=True), Tab("按日期", "?sort=date"),
         Tab("按更新时间", "?sort=changed"))  # fmt: skip
FOUND = SearchPage(
    query="应急", elapsed_ms=8, hits=HITS, facets=FACETS, chips=(Chip("2026", "?"),),
    sorts=SORTS, dates=DateFilter(date(2026, 1, 1), None, (("q", "应急"),)),
    pager=pager(1341, 68), clear_href="?q=应急",
)  # fmt: skip
NOTHING = replace(
    FOUND, query="防汛物资采购", hits=(), facets=(), pager=pager(0), notices=("malformed",)
)
SEARCH = {
    "search": Sample("search", FOUND, "search", query="应急"),
    "search-relaxed": Sample(
        "search",
        replace(FOUND, query="应急值守预案汇编", relaxed=True, chips=()),
        "search",
        query="应急值守预案汇编",
    ),
    "search-nothing": Sample("search", NOTHING, "search", query="防汛物资采购"),
    "search-start": Sample(
        "search", replace(NOTHING, query="", chips=(), notices=("empty",)), "search"
    ),
}
