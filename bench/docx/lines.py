"""A paper with the edges of GB/T 9704, and its lines."""

from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

FONT = "Noto Sans CJK SC"
"""One that is there, so that both draw the same letters."""
RED = RGBColor(0xFF, 0, 0)
BODY = (
    "各区县市场监督管理局，局机关各处室：为进一步规范信用修复工作，"
    "现将有关事项通知如下，请认真贯彻执行。"
)


def paper(*, margins: tuple[float, float, float, float] = (37, 35, 28, 26)) -> Any:
    """A4 with the edges of GB/T 9704: top, bottom, left, right in millimetres."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    top, bottom, left, right = margins
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    section.left_margin, section.right_margin = Mm(left), Mm(right)
    style = document.styles["Normal"]
    style.font.size = Pt(16)
    set_font(style.element.get_or_add_rPr(), FONT)
    return document


def set_font(look: Any, name: str) -> None:
    """The font of a run, for letters of every script."""
    fonts = look.find(qn("w:rFonts"))
    if fonts is None:
        fonts = look.makeelement(qn("w:rFonts"), {})
        look.insert(0, fonts)
    for each in ("w:ascii", "w:hAnsi", "w:eastAsia"):
        fonts.set(qn(each), name)


def add_line(
    document: Any, text: str, *, size: float = 16, align: Any = None, colour: Any = None,
    bold: bool = False, font: str = FONT,
) -> Any:  # fmt: skip
    """A paragraph that is one run."""
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(size), bold or None
    set_font(run._element.get_or_add_rPr(), font)  # noqa: SLF001 - python-docx has no name for it
    if colour is not None:
        run.font.color.rgb = colour
    return paragraph


def add_indented(document: Any, text: str = BODY, chars: int = 200) -> Any:
    """A paragraph whose first line begins hundredths of a character further in."""
    paragraph = document.add_paragraph(text)
    look = paragraph._element.get_or_add_pPr()  # noqa: SLF001
    look.append(parse_xml(f'<w:ind {nsdecls("w")} w:firstLineChars="{chars}" w:firstLine="640"/>'))
    paragraph.paragraph_format.line_spacing = Pt(28)
    return paragraph


def rule_below(paragraph: Any, colour: str = "FF0000", size: int = 18) -> None:
    """A line under the paragraph, in eighths of a point."""
    paragraph._element.get_or_add_pPr().append(  # noqa: SLF001
        parse_xml(
            f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="{size}" w:space="1" '
            f'w:color="{colour}"/></w:pBdr>'
        )
    )
