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
)  # fmt: skip

DUPLICATES: dict[str, Sample] = {
    "duplicates": Sample(
        "duplicates",
        DuplicatesPage(_FIELDS, _ROWS, 12, Badge("已完成", "ok"), "已比对 412 件", "/exports/a"),
        "duplicates",
    ),
    "duplicates-none": Sample(
        "duplicates",
        DuplicatesPage(_FIELDS, (), 0, Badge("已完成", "ok"), "已比对 412 件", "/exports/a"),
        "duplicates",
    ),
    "duplicates-running": Sample(
        "duplicates",
        DuplicatesPage(_FIELDS, (), 0, Badge("进行中", "info"), "已比对 25 件", is_open=True),
        "duplicates",
    ),
}
