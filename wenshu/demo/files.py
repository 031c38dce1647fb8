"""Papers as files: docx, pdf, xlsx, ofd, eml and txt, made in memory."""

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from html import escape

from docx import Document
from openpyxl import Workbook
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from documents.making.line_breaks import broken
from wenshu.demo.papers import Paper

_PAGE_MM = (210.0, 297.0)
_LINE_CHARACTERS = 34
_LINES_A_PAGE = 26
_FONT = "STSong-Light"


def docx(paper: Paper) -> bytes:
    """A Word file with a heading and a paragraph each."""
    document = Document()
    document.add_heading(paper.title, level=1)
    document.add_paragraph(paper.number)
    for text in paper.paragraphs:
        document.add_paragraph(text)
    document.add_paragraph(f"{paper.dated_on:%Y}年{paper.dated_on.month}月{paper.dated_on.day}日")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def pdf(paper: Paper) -> bytes:
    """A PDF with a text layer; the font is one that readers have (STSong-Light)."""
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    for page in _pages(paper):
        for number, line in enumerate(page):
            canvas.setFont(_FONT, 14)
            canvas.drawString(60, 780 - number * 27, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def xlsx(paper: Paper) -> bytes:
    """A spreadsheet: the paper's tasks as rows of a ledger."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101 - a new book has a sheet
    sheet.title = "任务台账"
    sheet.append([paper.title])
    sheet.append(["序号", "工作内容", "牵头单位", "文号", "完成时限"])
    for number, text in enumerate(paper.paragraphs, start=1):
        day = paper.dated_on.isoformat()
        sheet.append([number, text, paper.unit_name, paper.number, day])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def eml(paper: Paper) -> bytes:
    """A mail that carries the paper as a Word file."""
    mail = EmailMessage()
    mail["Subject"] = f"转发：{paper.title}"
    mail["From"] = "机要室 <registry@bureau.example>"
    mail["To"] = "各区局办公室 <office@bureau.example>"
    mail["Date"] = format_datetime(
        datetime(paper.dated_on.year, paper.dated_on.month, paper.dated_on.day, 9, tzinfo=UTC)
    )
    mail.set_content(f"各区局：\n现将{paper.title}转发给你们，请按要求办理。\n办公室机要室\n")
    mail.add_attachment(
        docx(paper),
        maintype="application",
        subtype="vnd.openxmlformats-officedocument.wordprocessingml.document",
        filename=f"{paper.title}.docx",
    )
    return mail.as_bytes()


def txt(paper: Paper) -> bytes:
    """Plain text in the encoding that old office programs write."""
    return "\r\n".join([paper.title, paper.number, *paper.paragraphs]).encode("gb18030")


def ofd(paper: Paper) -> bytes:
    """An OFD of text objects (GB/T 33190), its font not embedded."""
    pages = _pages(paper)
    names = [f"Pages/Page_{number}/Content.xml" for number in range(len(pages))]
    listed = "".join(
        f'<ofd:Page ID="{100 + number}" BaseLoc="{name}"/>' for number, name in enumerate(names)
    )
    area = f"0 0 {_PAGE_MM[0]:g} {_PAGE_MM[1]:g}"
    members = {
        "OFD.xml": _xml(
            "OFD",
            "<ofd:DocBody><ofd:DocInfo><ofd:DocID>"
            f"{paper.index:032x}</ofd:DocID><ofd:Title>{escape(paper.title)}</ofd:Title>"
            "</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>",
            ' Version="1.1" DocType="OFD"',
        ),
        "Doc_0/Document.xml": _xml(
            "Document",
            f"<ofd:CommonData><ofd:MaxUnitID>99999</ofd:MaxUnitID><ofd:PageArea>"
            f"<ofd:PhysicalBox>{area}</ofd:PhysicalBox></ofd:PageArea>"
            "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData>"
            f"<ofd:Pages>{listed}</ofd:Pages>",
        ),
        "Doc_0/PublicRes.xml": _xml(
            "Res",
            '<ofd:Fonts><ofd:Font ID="2" FontName="宋体" FamilyName="宋体"/></ofd:Fonts>',
            ' BaseLoc="Res"',
        ),
    }
    for name, lines in zip(names, pages, strict=True):
        members[f"Doc_0/{name}"] = _xml("Page", _ofd_layer(lines))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


MAKERS: Mapping[str, Callable[[Paper], bytes]] = {
    "docx": docx,
    "pdf": pdf,
    "xlsx": xlsx,
    "ofd": ofd,
    "eml": eml,
    "txt": txt,
}
"""Ending → maker."""


def _ofd_layer(lines: list[str]) -> str:
    objects = []
    for number, line in enumerate(lines):
        top = 28 + number * 9.2
        widths = " ".join("2.5" if character.isascii() else "5" for character in line[:-1])
        objects.append(
            f'<ofd:TextObject ID="{1000 + number}" Boundary="22 {top:g} 170 8" Font="2" Size="5">'
            f'<ofd:TextCode X="0" Y="5" DeltaX="{widths}">{escape(line)}'
            "</ofd:TextCode></ofd:TextObject>"
        )
    layer = f'<ofd:Layer ID="500">{"".join(objects)}</ofd:Layer>'
    return f"<ofd:Content>{layer}</ofd:Content>"


def _xml(root: str, inner: str, attributes: str = "") -> str:
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><ofd:{root} {space}{attributes}>'
        f"{inner}</ofd:{root}>"
    )


def _pages(paper: Paper) -> list[list[str]]:
    """The paper's lines, page by page."""
    lines: list[str] = []
    for text in (paper.title, paper.number, *(f"　　{each}" for each in paper.paragraphs)):
        widths = [1.0] * len(text)
        lines += [line for _, line in broken(text, widths, [_LINE_CHARACTERS])]
    return [lines[at : at + _LINES_A_PAGE] for at in range(0, len(lines), _LINES_A_PAGE)]
