"""Samples of 疑似重复."""

from search_ui.samples.shell import Sample
from search_ui.views.fields import FormField
from search_ui.views.lists.duplicates import DuplicateRow, DuplicatesPage
from search_ui.views.shell import Badge, Choice

_FIELDS = (
    FormField("kind", "类型", "choice", choices=(Choice("library_file", "文件"),)),
    FormField("from", "从", "date"),
    FormField("to", "到", "date"),
)
_ROWS = (
    DuplicateRow("文件内容相同", "应急预案（上报稿）", "", "/records/b", "应急预案",
                 "渝市监发〔2026〕7号", "/records/a"),
    DuplicateRow("文号相同", "关于开展检查的通知", "渝市监发〔2026〕9号", "/records/d",
                 "关于开展检查的通知（扫描件）", "渝市监发〔2026〕9号", "/records/c"),
    DuplicateRow("未全部列出", "关于开展检查的通知", "渝市监发〔2026〕9号", "/records/d",
                 "与它相似的较早文件较多，只列出了其中最早的一部分", "", ""),
)  # fmt: skip

DUPLICATES: dict[str, Sample] = {
    "duplicates": Sample(
        "duplicates",
        DuplicatesPage(
            _FIELDS,
            _ROWS,
            100_000,
            "这里列出前 100 行。",
            ("只比对了最近更新的 100000 件。",),
            Badge("已完成", "ok"),
            "已比对 412 件",
            "比对范围：全部",
            "/exports/a",
        ),
        "duplicates",
    ),
    "duplicates-none": Sample(
        "duplicates",
        DuplicatesPage(
            _FIELDS,
            (),
            state=Badge("已完成", "ok"),
            looked_at="已比对 412 件",
            xlsx_href="/exports/a",
        ),
        "duplicates",
    ),
    "duplicates-running": Sample(
        "duplicates",
        DuplicatesPage(
            _FIELDS, (), state=Badge("进行中", "info"), looked_at="已比对 25 件", is_open=True
        ),
        "duplicates",
    ),
}
