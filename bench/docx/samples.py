"""Thirty documents as Chinese offices write them, for the look of a docx (`docx/pages.py`)."""

import io
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from PIL import Image

from bench.docx.lines import BODY, FONT, RED, add_indented, add_line, paper, rule_below, set_font
from bench.docx.shapes import let_float, red_line, text_box

_SIZES = (42, 36, 26, 24, 22, 18, 16, 15, 14, 12, 10.5, 9)
_LEVELS = (
    ("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."),
    ("decimal", "（%4）"), ("decimalEnclosedCircle", "%5"),
)  # fmt: skip
_ARTICLES = (("chineseCountingThousand", "第%1章"), ("chineseCountingThousand", "第%2条"))
_CHAPTERS = (("decimal", "%1"), ("decimal", "%1.%2"), ("decimal", "%1.%2.%3"))
_OTHERS = (("upperRoman", "%1."), ("lowerLetter", "%2)"), ("ideographDigital", "%3、"))
_PRIVATE = "\ue000"
_SYMBOL = '<w:rPr><w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/></w:rPr>'
_BULLETS = (("bullet", "●"), ("bullet", "－"), ("bullet", "\uf0b7"))

Maker = Callable[[], Any]


def samples(folder: Path) -> Iterator[Path]:
    """Writes them; each path."""
    for number, (name, make) in enumerate(_MAKERS.items(), 1):
        path = folder / f"{number:02}-{name}.docx"
        make().save(path)
        yield path


def _head(line: str = "border", *, issuers: tuple[str, ...] = (), boxed: bool = False) -> Any:
    document = paper()
    name = "渝州市市场监督管理局文件"
    if issuers:
        table = document.add_table(len(issuers), 2)
        for row, each in zip(table.rows, issuers, strict=True):
            row.cells[0].text = ""
            run = row.cells[0].paragraphs[0].add_run(each)
            run.font.size, run.font.color.rgb, run.bold = Pt(26), RED, True
            set_font(run._element.get_or_add_rPr(), FONT)  # noqa: SLF001
            row.cells[0].paragraphs[0].alignment = ALIGN.DISTRIBUTE
        word = table.cell(0, 1).merge(table.cell(len(issuers) - 1, 1))
        run = word.paragraphs[0].add_run("文件")
        run.font.size, run.font.color.rgb = Pt(36), RED
    elif boxed:
        document.add_paragraph()._element.append(text_box(name))  # noqa: SLF001
        for _ in range(3):
            document.add_paragraph()
    else:
        add_line(document, name, size=36, align=ALIGN.CENTER, colour=RED, font=FONT)
    number = add_line(document, "渝市监发〔2026〕12号", align=ALIGN.CENTER)
    if line == "border":
        rule_below(number)
    elif line == "shape":
        number._element.append(red_line())  # noqa: SLF001
    add_line(document, "关于规范信用修复工作的通知", size=22, align=ALIGN.CENTER, font=FONT)
    add_indented(document)
    add_line(document, "渝州市市场监督管理局", align=ALIGN.RIGHT)
    add_line(document, "2026年11月30日", align=ALIGN.RIGHT)
    return document


def _aligned(*, chars: int) -> Any:
    document = paper()
    for align in (ALIGN.LEFT, ALIGN.CENTER, ALIGN.RIGHT, ALIGN.JUSTIFY, ALIGN.DISTRIBUTE):
        add_line(document, f"关于{align.name.lower()}的一行", align=align)
    add_indented(document, chars=chars)
    hanging = document.add_paragraph("附件：" + BODY)
    hanging.paragraph_format.left_indent = Pt(48)
    hanging.paragraph_format.first_line_indent = Pt(-48)
    document.add_paragraph("缩进两字").paragraph_format.left_indent = Pt(32)
    document.add_paragraph("右缩进四字").paragraph_format.right_indent = Pt(64)
    document.paragraphs[-1].alignment = ALIGN.RIGHT
    tabbed = document.add_paragraph("抄送：市委办公室\t2026年11月30日印发")
    tabbed.paragraph_format.tab_stops.add_tab_stop(Mm(156), 2)
    return document


def _sized(*, by_style: bool) -> Any:
    document = paper()
    for size in _SIZES:
        if by_style:
            style = document.styles.add_style(f"字号{size}", 1)
            style.font.size = Pt(size)
            document.add_paragraph(f"字号为{size}磅", style=style)
        else:
            add_line(document, f"字号为{size}磅", size=size)
    mixed = document.add_paragraph("大小")
    mixed.add_run("不同").font.size = Pt(26)
    mixed.add_run("的几个字").bold = True
    return document


def _coloured(*, by_style: bool) -> Any:
    document = paper()
    for name, value in (("红", "FF0000"), ("深红", "C00000"), ("蓝", "0070C0"), ("灰", "7F7F7F")):
        if by_style:
            style = document.styles.add_style(name, 1)
            style.font.color.rgb = RGBColor.from_string(value)
            document.add_paragraph(f"{name}色的字", style=style)
        else:
            add_line(document, f"{name}色的字", colour=RGBColor.from_string(value))
    run = document.add_paragraph().add_run("主题颜色的字")
    run.font.color.theme_color = 5
    for level, text in ((1, "一级标题"), (2, "二级标题")):
        heading = document.add_heading(text, level)
        set_font(heading.runs[0]._element.get_or_add_rPr(), FONT)  # noqa: SLF001
    return document


def _look_of(text: str) -> str:
    """Signs of the font Symbol have numbers for private use."""
    return _SYMBOL if _PRIVATE <= text < "\uf900" else ""


def _numbered(
    levels: tuple[tuple[str, str], ...], *, by_style: bool = False, start: int = 1, rounds: int = 2
) -> Any:
    document = paper()
    numbering = document.part.numbering_part.element
    definition = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start if at == 0 else 1}"/>'
        f'<w:numFmt w:val="{how}"/><w:suff w:val="nothing"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="0" w:firstLine="{at * 320}"/></w:pPr>'
        f"{_look_of(text)}</w:lvl>"
        for at, (how, text) in enumerate(levels)
    )
    abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{definition}</w:abstractNum>'
    numbering.insert(0, parse_xml(abstract))
    numbering.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>')
    )
    for turn in range(rounds):
        for at in range(len(levels)):
            mark = parse_xml(
                f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{at}"/><w:numId w:val="90"/></w:numPr>'
            )
            if by_style:
                name = f"自动编号{at}"
                if turn == 0:
                    document.styles.add_style(name, 1).element.get_or_add_pPr().append(mark)
                document.add_paragraph(f"总则与要求{turn}{at}", style=name)
            else:
                paragraph = document.add_paragraph(f"总则与要求{turn}{at}")
                paragraph._element.get_or_add_pPr().append(mark)  # noqa: SLF001
    return document


def _headed(*, first: bool = False, even: bool = False) -> Any:
    document = _head()
    section = document.sections[0]
    section.header.paragraphs[0].text = "渝州市市场监督管理局办公室"
    _page_number(section.footer.paragraphs[0], ALIGN.RIGHT if even else ALIGN.CENTER)
    if first:
        section.different_first_page_header_footer = True
        section.first_page_header.paragraphs[0].text = "特急"
        section.first_page_footer.paragraphs[0].text = "首页页脚"
    if even:
        document.settings.odd_and_even_pages_header_footer = True
        _page_number(section.even_page_footer.paragraphs[0], ALIGN.LEFT)
    document.add_page_break()
    document.add_paragraph("第二页的正文")
    return document


def _page_number(paragraph: Any, align: Any) -> None:
    paragraph.alignment = align
    paragraph.add_run("— ")
    field = f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    paragraph._element.append(parse_xml(field))  # noqa: SLF001
    paragraph.add_run(" —")


def _pictured(
    *, in_cell: bool = False, floating: bool = False, cropped: bool = False, sealed: bool = False
) -> Any:
    document = paper()
    document.add_paragraph("下图为现场照片")
    holder = document.add_table(1, 2).cell(0, 0).paragraphs[0] if in_cell else None
    drawn = io.BytesIO()
    Image.radial_gradient("L").resize((400, 200)).convert("RGB").save(drawn, "PNG")
    for width in (30,) if in_cell or sealed else (30, 60, 90):
        run = (holder or document.add_paragraph()).add_run()
        run.add_picture(drawn, width=Mm(width))
        inline = run._element.find(f".//{qn('wp:inline')}")  # noqa: SLF001
        for side in "TBLR":
            inline.set(f"dist{side}", "0")
        if cropped:
            fill = inline.find(f".//{qn('pic:blipFill')}")
            fill.insert(1, parse_xml(f'<a:srcRect {nsdecls("a")} l="25000" r="25000"/>'))
        if floating:
            let_float(inline, "margin", "<wp:align>right</wp:align>", "wrapTopAndBottom")
        elif sealed:
            let_float(inline, "column", "<wp:posOffset>2520000</wp:posOffset>", "wrapNone")
    document.add_paragraph("图片之后的文字")
    return document


def _wide() -> Any:
    document = paper(margins=(20, 20, 25, 15))
    document.add_paragraph("纵向的一页，" + BODY)
    section = document.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    document.add_paragraph("横向的一页，" + BODY)
    return document


def _tabled() -> Any:
    document = paper()
    table = document.add_table(4, 3, style="Table Grid")
    for row in table.rows:
        for cell in row.cells:
            cell.text = "单元格内容"
            cell.paragraphs[0].alignment = ALIGN.CENTER
    table.cell(0, 0).merge(table.cell(0, 2)).text = "合并的表头"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "合并的两行"
    return document


def _tracked(*, moved: bool = False) -> Any:
    document = paper()
    paragraph = document.add_paragraph("本办法自")
    by = 'w:author="张三" w:date="2026-11-30T08:00:00Z"'
    put = ("moveTo", "moveFrom") if moved else ("ins", "del")
    for number, (name, tag, text) in enumerate(
        ((put[1], "t" if moved else "delText", "二〇二六年元旦"), (put[0], "t", "公布之日"))
    ):
        change = f'<w:{name} {nsdecls("w")} w:id="{number}" {by}><w:r><w:{tag}>{text}</w:{tag}>'
        paragraph._element.append(parse_xml(f"{change}</w:r></w:{name}>"))  # noqa: SLF001
    paragraph.add_run("起施行。")
    document.add_paragraph("后面的一段")
    return document


def _twice(make: Maker) -> Maker:
    """The same with its body twice, so that it fills more than a page."""

    def made() -> Any:
        document = make()
        body = document.element.body
        for each in list(body)[:-1] * 2:
            body.insert(len(body) - 1, deepcopy(each))
        return document

    return made


_MAKERS: dict[str, Maker] = {
    "红头": _head,
    "红头-画线": lambda: _head("shape"),
    "红头-文本框": lambda: _head(boxed=True),
    "红头-联合": lambda: _head(issuers=("渝州市市场监督管理局", "渝州市财政局")),
    "红头-长文": _twice(_head),
    "对齐": lambda: _aligned(chars=200),
    "对齐-三字": lambda: _aligned(chars=300),
    "字号": lambda: _sized(by_style=False),
    "字号-样式": lambda: _sized(by_style=True),
    "颜色": lambda: _coloured(by_style=False),
    "颜色-样式": lambda: _coloured(by_style=True),
    "编号": lambda: _numbered(_LEVELS),
    "编号-样式": lambda: _numbered(_LEVELS, by_style=True),
    "编号-条": lambda: _numbered(_ARTICLES, rounds=12),
    "编号-节": lambda: _numbered(_CHAPTERS),
    "编号-起": lambda: _numbered(_LEVELS, start=5),
    "编号-其他": lambda: _numbered(_OTHERS),
    "编号-符号": lambda: _numbered(_BULLETS),
    "页眉": _headed,
    "页眉-首页": lambda: _headed(first=True),
    "页眉-奇偶": lambda: _headed(even=True),
    "图": _pictured,
    "图-公章": lambda: _pictured(sealed=True),
    "图-单元格": lambda: _pictured(in_cell=True),
    "图-浮动": lambda: _pictured(floating=True),
    "图-裁剪": lambda: _pictured(cropped=True),
    "横页": _wide,
    "表": _tabled,
    "修订": _tracked,
    "修订-移动": lambda: _tracked(moved=True),
}
