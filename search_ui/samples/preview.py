"""Samples of previews of every shape."""

from urllib.parse import quote

from markupsafe import Markup, escape

from search_ui.views.preview import (
    Box,
    FindField,
    Holding,
    Holdings,
    PagePicture,
    PicturePreview,
    PlaceBar,
    SmallPage,
    TableCell,
    TablePreview,
    TableRow,
    TextLine,
    TextPreview,
    WrittenPreview,
    WrittenSection,
)
from search_ui.views.shell import Tab

LINES = (
    "（二）物资保障。储备应急照明、融雪剂等物资，",
    "明确专人保管，每月清点一次，缺额及时补足。",
    "（三）值班值守。寒潮预警期间实行领导带班，",
    "二十四小时专人值守，保持通信畅通。",
)
DRAWN = "".join(f'<text x="28" y="{44 + 12 * n}">{line}</text>' for n, line in enumerate(LINES))
PICTURE = "data:image/svg+xml," + quote(
    '<svg xmlns="http://www.w3.org/2000/svg" width="840" height="1188" viewBox="0 0 210 297">'
    f'<rect width="210" height="297" fill="#fff"/><g font-size="7" font-family="serif">{DRAWN}</g>'
    "</svg>"
)
PAGES = PagePicture(
    PICTURE, 210, 297, 4, 12,
    marks=(Box(84, 38, 14, 7.6),),
    lines=tuple(TextLine(28, 44 + 12 * n, 7, 7 * len(line), line)
                for n, line in enumerate(LINES)),
    previous_href="?page=3", next_href="?page=5",
    places=PlaceBar(2, 1, 1, 3, "?place=1", "?place=3"),
    find=FindField("?", "", (("file", "1"),)),
    zooms=(Tab("适合宽度", "?zoom=width", current=True), Tab("100%", "?zoom=100")),
    strip=tuple(SmallPage(n, f"?page={n}", PICTURE, current=n == 4) for n in range(1, 13)),
    place_fields=(("file", "1"),),
)  # fmt: skip
TABLE = TablePreview(
    (Tab("台账", "?sheet=1", current=True), Tab("汇总（隐藏）", "?sheet=2")),
    tuple((letters, letters == "D") for letters in "ABCDE"),
    (
        TableRow(1, (TableCell(Markup("特种设备台账"), across=5),)),
        *(
            TableRow(
                n,
                (
                    TableCell(escape(n - 1), number=True),
                    TableCell(Markup("乘客电梯")),
                    TableCell(Markup("江北区某小区物业")),
                    TableCell(escape(f"2026-0{n}-12"), number=True),
                    TableCell(escape("合格" if n < 8 else ""), missing=n == 8),
                ),
                hidden=n == 5,
            )
            for n in range(2, 9)
        ),
    ),
    first=1,
    last=8,
    last_of_all=412,
    next_href="?row=201",
    notice="有 1 行在原表中是隐藏的，以灰色显示。",
)
TEXT = TextPreview(
    Markup("值班记录\n\n十月十二日夜，接市<mark>应急</mark>局电话通知。\n") * 6, cut=True
)
OFFICE = WrittenPreview(
    (
        WrittenSection(
            "",
            Markup(
                "<h1>第一章　总则</h1><p>第一条　<ins>为规范餐饮经营，</ins>制定本指引。</p>"
                "<table><tr><th>项目</th><th>要求</th></tr><tr><td>留样</td>"
                "<td>不少于<del>100</del><ins>125</ins>克</td></tr></table>"
                "<ul><li>发生事故的，立即启动<mark>应急</mark>预案。</li></ul>"
            ),
        ),
    ),
    looks=(Tab("最终状态", "?"), Tab("显示修订", "?changes=1", current=True)),
    original_href="/d/1",
    changes=True,
)
MAIL = WrittenPreview(
    (WrittenSection("", Markup("<p>各科室：</p><p>会议材料见附件，请提前阅看。</p>")),),
    heads=(
        ("主题", Markup("关于报送会议材料的函")),
        ("发件人", Markup("乙二 &lt;yier@example.gov.cn&gt;")),
        ("收件人", Markup("办公室")),
        ("日期", Markup("2026年11月20日 09:30")),
    ),
    holdings=Holdings(
        (
            Holding("会议材料.zip", 0, "file", "", "1.2 MB"),
            Holding(
                "议程.docx", 1, "file-type-doc", "?member=1", "18 KB", places=2, download_href="#"
            ),
            Holding("附图.dwg", 1, "file", "", "900 KB", "没有读出：此类文件不提取文字"),
        ),
        files=3,
        size="1.2 MB",
        unread=1,
        last=3,
    ),
    shape="mail",
)
SLIDES = WrittenPreview(
    (
        WrittenSection("第 1 张", Markup("<h3>食品安全专项检查</h3><p>综合协调科</p>")),
        WrittenSection(
            "第 2 张", Markup("<h3>检查安排</h3><p>十一月下旬起</p>"), Markup("<p>此处停顿</p>")
        ),
    ),
    shape="slides",
)
IMAGE = PicturePreview(
    PICTURE, "现场照片.jpg", "?turn=3", "?turn=1", (Tab("适合宽度", "?zoom=width", current=True),)
)
