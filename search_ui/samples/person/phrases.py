"""Samples of 常用意见."""

from search_ui.samples.shell import Sample
from search_ui.views.phrases import PhraseRow, PhrasesPage

HOUSE = tuple(
    PhraseRow(str(n), text, None)
    for n, text in enumerate(("同意。", "已阅。", "拟同意，请领导审批。", "请按规定办理。"))
)
OWN = (
    PhraseRow("a", "请食品监管科牵头，法规科配合，月底前报送情况。", "/phrases/a/drop", 12),
    PhraseRow("b", "拟同意，报分管局领导审定。", "/phrases/b/drop", 3),
)
PHRASES = {
    "phrases": Sample("phrases", PhrasesPage(OWN, HOUSE)),
    "phrases-none": Sample(
        "phrases", PhrasesPage((), HOUSE, "常用意见是空的。请先填写意见，再保存。")
    ),
}
