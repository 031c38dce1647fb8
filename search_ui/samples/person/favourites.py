"""Samples of 收藏."""

from search_ui.samples.shell import NOW, Sample
from search_ui.views.person.favourites import (
    FavouriteForm,
    FavouriteLine,
    FavouritesPage,
    SharedLine,
)
from search_ui.views.shell import Choice, Tab

LONG = "关于进一步做好2026年汛期农产品批发市场食品安全隐患排查整治和应急处置工作有关事项的紧急通知"


def line(title: str, icon: str, *facts: str, note: str = "", closed: bool = False) -> FavouriteLine:
    """A row."""
    href = None if closed else "/records/a"
    return FavouriteLine(
        title, href, icon, facts, note, NOW, "/favourites?edit=a", "/favourites/a/drop"
    )


FOLDERS = (
    Tab("全部", "/favourites", current=True, count=4),
    Tab("未分类", "/favourites?folder=", count=2),
    Tab("信用修复", "/favourites?folder=x", count=2),
)
ROWS = (
    line(
        LONG, "file-text", "发文", "渝市监办〔2026〕92号", "信用修复", note="写总结时引用第三部分"
    ),
    line("信用修复 今年", "search", "检索", "有新结果即时提醒", "已与本单位共享"),
    line("企业名单.xlsx", "table", "云盘文件"),
    line("无权限或已删除", "lock", closed=True),
)
WHEN = (
    Choice("never", "不提醒"),
    Choice("now", "即时提醒", chosen=True),
    Choice("daily", "每天 8 时汇总提醒"),
)
SHARED = (
    SharedLine("收费投诉", "/search?q=x", ("甲一共享",), "q=x"),
    SharedLine("食品抽检", "/search?q=y", ("乙二共享", "条件已不存在：food"), "q=y"),
)
SEARCH = FavouriteForm("/favourites/q-a", "信用修复 今年", "", "", when=WHEN, shared=True)
FORM = FavouriteForm("/favourites/a", LONG, "信用修复", "写总结时引用第三部分")
WRONG = FavouriteForm(
    "/favourites/a", LONG, "信" * 31, "", "收藏夹的名称最多 30 个字符。", "请改短后再保存。"
)
FAVOURITES = {
    "favourites": Sample("favourites", FavouritesPage(FOLDERS, ROWS, ("信用修复",), None, "", 4)),
    "favourites-search": Sample(
        "favourites", FavouritesPage((), ROWS[1:2], (), None, "", 1, SEARCH, shared=SHARED)
    ),
    "favourites-change": Sample(
        "favourites", FavouritesPage(FOLDERS, ROWS[:2], ("信用修复",), None, "", 4, FORM)
    ),
    "favourites-wrong": Sample(
        "favourites", FavouritesPage(FOLDERS, ROWS[:1], (), None, "", 4, WRONG)
    ),
    "favourites-unfound": Sample("favourites", FavouritesPage((), (), (), None, "恐龙", 4)),
    "favourites-none": Sample("favourites", FavouritesPage((), (), (), None, "", 0)),
}
