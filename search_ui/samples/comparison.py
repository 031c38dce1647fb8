"""Samples of 版本对比."""

from markupsafe import Markup

from search_ui.samples.shell import Sample
from search_ui.views.comparison import ComparisonPage, FieldLine, FileLines, ParagraphLine
from search_ui.views.shell import Choice, Tab

OLD, NEW = "第 1 版　2026-11-20　丙三", "第 3 版　2026-11-22　丙三"
CHOICES = (
    Choice("3", NEW, chosen=True),
    Choice("2", "第 2 版　2026-11-21　乙二"),
    Choice("1", OLD),
)
WAYS = (Tab("左右对照", "?", current=True), Tab("合为一篇", "?view=one", current=False))
FIELDS = (
    FieldLine("标题", ("关于冬季检查的通知",), ("关于开展冬季检查的通知",)),
    FieldLine("备注", (), ("急",)),
)
PARAGRAPHS = (
    ParagraphLine(
        Markup("各区县市场监督管理局："), Markup("各区县市场监督管理局："), same=True, skipped=3
    ),
    ParagraphLine(
        Markup("请于<mark>11</mark>月底前完成。"),
        Markup("请于<mark>12</mark>月底前完成。"),
        same=False,
        skipped=0,
    ),
    ParagraphLine(None, Markup("<mark>逾期不报的，予以通报。</mark>"), same=False, skipped=0),
    ParagraphLine(None, None, same=True, skipped=12),
)
FILES = (
    FileLines("通知.docx", "正文", "有改动", PARAGRAPHS),
    FileLines("名单.zip", "附件", "新增", (), "正文没有提取，无法逐段对比，请分别打开查看。"),
)


def page(ways: tuple[Tab, ...] = WAYS, *, as_one: bool = False) -> ComparisonPage:
    """Both texts of one notice."""
    return ComparisonPage(
        title="关于开展冬季检查的通知",
        back_href="/records/a",
        action="/records/a/comparison",
        older=CHOICES,
        newer=CHOICES,
        ways=ways,
        as_one=as_one,
        fields=FIELDS,
        files=FILES,
        before=OLD,
        after=NEW,
    )


COMPARISON = {
    "comparison": Sample("comparison", page()),
    "comparison-one": Sample("comparison", page(as_one=True)),
}
