"""Good files of every type that text extraction reads, each with words that can be asked for."""

import gzip
import io
import struct
import tarfile
import zipfile
from base64 import b64encode
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import docx
import openpyxl
from docx.oxml import parse_xml
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen.canvas import Canvas

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BY = 'w:id="7" w:author="张三" w:date="2026-01-02T03:04:05Z"'
OFD_NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)


def docx_plain(path: Path) -> Path:
    """A heading, a paragraph beyond the BMP, a table, a header."""
    document = docx.Document()
    document.add_heading("防汛工作通知", 1)
    document.add_paragraph("各街道：𠮷野家附近积水。")
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "甲单元"
    table.cell(0, 1).text = "乙单元"
    document.sections[0].header.paragraphs[0].text = "内部页眉"
    document.save(str(path))
    return path


def docx_tracked(path: Path) -> Path:
    """Inserted, deleted and moved text, a text box, a deleted paragraph end."""
    document = docx.Document()
    body = document.element.body

    def paragraph(inner: str) -> None:
        body.insert(len(body) - 1, parse_xml(f"<w:p {W}>{inner}</w:p>"))

    def run(text: str, tag: str = "t") -> str:
        return f'<w:r><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'

    paragraph(
        run("会议定于")
        + f"<w:del {BY}>{run('星期三', 'delText')}</w:del><w:ins {BY}>{run('星期五')}</w:ins>"
        + run("召开")
    )
    paragraph(f"<w:moveFrom {BY}>{run('搬走的话')}</w:moveFrom>" + run("此处"))
    paragraph(f"<w:moveTo {BY}>{run('搬来的话')}</w:moveTo>")
    paragraph(f"<w:pPr><w:rPr><w:del {BY}/></w:rPr></w:pPr>" + run("上半"))
    paragraph(run("下半"))
    document.save(str(path))
    return path


def xlsx(path: Path) -> Path:
    """Two sheets."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "经费"
    for row in (["项目", "金额"], ["水泵", 1200.5], ["沙袋", 300]):
        sheet.append(row)
    other = book.create_sheet("人员")
    other["A1"] = "值班员"
    book.save(path)
    return path


def xls_of_excel_97(path: Path) -> Path:
    """One sheet of Excel 97 with formats, a merged and a hidden row, and a sheet that is hidden."""

    def record(kind: int, body: bytes = b"") -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    def text(value: str, head: str) -> bytes:
        return struct.pack(f"<{head}B", len(value), 1) + value.encode("utf-16-le")

    begin = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
    begin += record(0x041E, struct.pack("<H", 164) + text("0.0%", "H"))
    begin += record(0x00E0, struct.pack("<HH", 0, 0) + bytes(16))
    begin += record(0x00E0, struct.pack("<HH", 0, 164) + bytes(16))

    def cells(*them: bytes) -> bytes:
        bof = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0, 0, 0, 0))
        return bof + b"".join(them) + record(0x000A)

    def label(row: int, column: int, value: str) -> bytes:
        return record(0x0204, struct.pack("<HHH", row, column, 0) + text(value, "H"))

    first = cells(
        record(0x0208, struct.pack("<HHHHHHI", 2, 0, 2, 255, 0, 0, 0x20)),
        label(0, 0, "执行情况"),
        label(1, 0, "水泵"),
        record(0x0203, struct.pack("<HHHd", 1, 1, 1, 0.253)),
        label(2, 0, "隐藏的行"),
        record(0x00E5, struct.pack("<HHHHH", 1, 0, 0, 0, 1)),
    )
    second = cells(label(0, 0, "底稿内容"))
    names = (("经费", 0), ("底稿", 1))
    sizes = [len(record(0x0085, struct.pack("<IBB", 0, 0, 0) + text(n, "B"))) for n, _ in names]
    at = len(begin) + sum(sizes) + len(record(0x000A))
    sheets = b""
    for (name, hidden), begins in zip(names, (at, at + len(first)), strict=True):
        sheets += record(0x0085, struct.pack("<IBB", begins, hidden, 0) + text(name, "B"))
    path.write_bytes(begin + sheets + record(0x000A) + first + second)
    return path


def xls_of_excel_4(path: Path) -> Path:
    """One sheet with a label and a number, in no OLE file ([MS-XLS] is younger)."""

    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    label = b"Lemons of 1970"
    begin = record(0x0409, struct.pack("<HHH", 0, 0x10, 0))
    cells = record(0x0204, struct.pack("<HHHH", 0, 0, 0, len(label)) + label)
    cells += record(0x0203, struct.pack("<HHHd", 1, 0, 0, 42.5))
    path.write_bytes(begin + cells + record(0x000A, b""))
    return path


_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"


def pptx(path: Path) -> Path:
    """Three slides whose order in the show is not that of their file names."""

    def slide(text: str) -> str:
        return (
            f'<p:sld xmlns:p="{_P}" xmlns:a="{_A}"><p:cSld><p:spTree><p:sp><p:txBody>'
            f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp></p:spTree></p:cSld></p:sld>"
        )

    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("[Content_Types].xml", "<Types/>")
        out.writestr("_rels/.rels", relations(("r1", "officeDocument", "ppt/presentation.xml")))
        out.writestr(
            "ppt/presentation.xml",
            f'<p:presentation xmlns:p="{_P}" xmlns:r="{_R}"><p:sldIdLst><p:sldId id="1" r:id="c"/>'
            '<p:sldId id="2" r:id="a"/><p:sldId id="3" r:id="b"/></p:sldIdLst></p:presentation>',
        )
        out.writestr(
            "ppt/_rels/presentation.xml.rels",
            relations(*((key, "slide", f"slides/slide{n}.xml") for n, key in enumerate("abc", 1))),
        )
        for number, text in enumerate(("第二张", "第三张", "第一张"), 1):
            out.writestr(f"ppt/slides/slide{number}.xml", slide(text))
    return path


def pptx_with_pictures(path: Path, slides: Sequence[Sequence[bytes]]) -> Path:
    """Slides that hold pictures and a line of text; the same bytes are one member."""
    members: dict[bytes, str] = {}
    names = [
        [members.setdefault(each, f"image{len(members) + 1}.png") for each in slide]
        for slide in slides
    ]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("[Content_Types].xml", "<Types/>")
        out.writestr("_rels/.rels", relations(("r1", "officeDocument", "ppt/presentation.xml")))
        listed = "".join(f'<p:sldId id="{n}" r:id="s{n}"/>' for n, _ in enumerate(slides, 1))
        out.writestr(
            "ppt/presentation.xml",
            f'<p:presentation xmlns:p="{_P}" xmlns:r="{_R}"><p:sldIdLst>{listed}</p:sldIdLst>'
            "</p:presentation>",
        )
        parts = [(f"s{n}", "slide", f"slides/slide{n}.xml") for n, _ in enumerate(slides, 1)]
        out.writestr("ppt/_rels/presentation.xml.rels", relations(*parts))
        for number, held in enumerate(names, 1):
            drawn = "".join(
                f'<p:pic><p:blipFill><a:blip r:embed="p{n}"/></p:blipFill></p:pic>'
                for n, _ in enumerate(held)
            )
            out.writestr(
                f"ppt/slides/slide{number}.xml",
                f'<p:sld xmlns:p="{_P}" xmlns:a="{_A}" xmlns:r="{_R}"><p:cSld><p:spTree><p:sp>'
                f"<p:txBody><a:p><a:r><a:t>第{number}张</a:t></a:r></a:p></p:txBody></p:sp>{drawn}"
                "</p:spTree></p:cSld></p:sld>",
            )
            told = [(f"p{n}", "image", f"../media/{name}") for n, name in enumerate(held)]
            out.writestr(f"ppt/slides/_rels/slide{number}.xml.rels", relations(*told))
        for body, name in members.items():
            out.writestr(f"ppt/media/{name}", body)
    return path


def rewritten(
    source: Path,
    path: Path,
    change: Callable[[str, bytes], tuple[str, bytes]],
    more: Iterable[tuple[str, bytes]] = (),
) -> Path:
    """A zip with each member as `change` makes it of its name and body, and `more` behind."""
    with zipfile.ZipFile(source) as whole, zipfile.ZipFile(path, "w") as made:
        for name in whole.namelist():
            made.writestr(*change(name, whole.read(name)))
        for name, body in more:
            made.writestr(name, body)
    return path


def relations(*told: tuple[str, str, str]) -> str:
    """A part of relations: (identifier, type, target)."""
    inner = "".join(
        f'<Relationship Id="{key}" Type="{_R}/{kind}" Target="{target}"/>'
        for key, kind, target in told
    )
    return f'<Relationships xmlns="{_RELS}">{inner}</Relationships>'


def pdf(path: Path, pages: tuple[str, ...] = ("第一页防汛", "第二页抗旱")) -> Path:
    """One line of Chinese on each page."""
    return pdf_of_lines(path, [[text] for text in pages], left=100)


def pdf_of_lines(path: Path, pages: Sequence[Sequence[str]], *, left: int = 40) -> Path:
    """Lines of Chinese on each page."""
    registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(str(path))
    for lines in pages:
        canvas.setFont("STSong-Light", 20)
        for number, text in enumerate(lines):
            canvas.drawString(left, 700 - 30 * number, text)
        canvas.showPage()
    canvas.save()
    return path


def pdf_with_attachment_and_note(path: Path) -> Path:
    """A page with a note on it, and an attached text file; written by hand."""
    text = "附件里的话".encode()
    note = "批注内容".encode("utf-16-be").hex()
    objects = (
        b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(n.txt)5 0 R]>>>>>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Annots[4 0 R]>>",
        b"<</Type/Annot/Subtype/Text/Rect[10 10 30 30]/Contents<FEFF%b>>>" % note.encode(),
        b"<</Type/Filespec/F(n.txt)/UF(n.txt)/EF<</F 6 0 R>>>>",
        b"<</Type/EmbeddedFile/Length %d>>stream\n%b\nendstream" % (len(text), text),
    )
    path.write_bytes(pdf_of(objects))
    return path


def pdf_of(objects: tuple[bytes, ...], trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj" % number + body + b"\nendobj\n"
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R%b>>\n" % (len(objects) + 1, trailer)
    return bytes(out + b"startxref\n%d\n%%%%EOF" % table)


def ofd(path: Path, *, page: str = "版式文件正文", extra: str = "") -> Path:
    """One page with one line, an annotation and an attachment; `extra` are further objects."""
    text = (
        '<ofd:TextObject ID="{}" Boundary="10 {} 150 10" Font="1" Size="5">'
        '<ofd:TextCode X="0" Y="5" DeltaX="g 20 5">{}</ofd:TextCode></ofd:TextObject>'
    )
    members = {
        "OFD.xml": "<ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
        "</ofd:DocBody>",
        "Doc_0/Document.xml": "<ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
        "</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes>"
        '</ofd:CommonData><ofd:Pages><ofd:Page ID="9" BaseLoc="Pages/P0.xml"/></ofd:Pages>'
        "<ofd:Annotations>Annots.xml</ofd:Annotations>"
        "<ofd:Attachments>Attach.xml</ofd:Attachments>",
        "Doc_0/PublicRes.xml": '<ofd:Fonts><ofd:Font ID="1" FontName="宋体"/></ofd:Fonts>',
        "Doc_0/Pages/P0.xml": '<ofd:Content><ofd:Layer ID="2">'
        + text.format(3, 20, page)
        + f"{extra}</ofd:Layer></ofd:Content>",
        "Doc_0/Annots.xml": '<ofd:Page PageID="9"><ofd:FileLoc>Annot_0.xml</ofd:FileLoc>'
        "</ofd:Page>",
        "Doc_0/Annot_0.xml": '<ofd:Annot ID="20" Type="Watermark"><ofd:Appearance Boundary="0 0 '
        '210 297">' + text.format(21, 100, "仅供参考") + "</ofd:Appearance></ofd:Annot>",
        "Doc_0/Attach.xml": '<ofd:Attachment ID="1" Name="清单"><ofd:FileLoc>list.txt</ofd:FileLoc>'
        "</ofd:Attachment>",
    }
    roots = {
        "OFD.xml": "OFD",
        "Doc_0/Document.xml": "Document",
        "Doc_0/PublicRes.xml": "Res",
        "Doc_0/Pages/P0.xml": "Page",
        "Doc_0/Annots.xml": "Annotations",
        "Doc_0/Annot_0.xml": "PageAnnot",
        "Doc_0/Attach.xml": "Attachments",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, inner in members.items():
            root = roots[name]
            out.writestr(name, f"<ofd:{root} {OFD_NS}>{inner}</ofd:{root}>")
        out.writestr("Doc_0/list.txt", "沙袋两百只")
    return path


def mail(path: Path, attachments: tuple[tuple[str, bytes], ...] = ()) -> Path:
    """A mail as Chinese programs write it: a subject cut inside a character, a body in GBK."""
    subject = "关于防汛值班的通知".encode("gb18030")
    first, second = (base64_word(part) for part in (subject[:7], subject[7:]))
    lines = [
        f"Subject: {first}\r\n {second}".encode(),
        b"From: =?utf-8?Q?=E5=BC=A0=E4=B8=89?= <zhang@example.cn>",
        b"To: li@example.cn",
        b"Cc: " + "王五".encode("gb18030") + b" <wang@example.cn>",
        b"MIME-Version: 1.0",
        b'Content-Type: multipart/mixed; boundary="B"',
        b"",
        b"--B",
        b"Content-Type: text/plain; charset=gb2312",
        b"Content-Transfer-Encoding: 8bit",
        b"",
        "今晚值班请到岗，朱镕基讲话附后。".encode("gb18030"),
    ]
    for name, body in attachments:
        lines += [
            b"--B",
            b"Content-Type: application/octet-stream",
            f'Content-Disposition: attachment; filename="=?gbk?B?{_base64(name)}?="'.encode(),
            b"Content-Transfer-Encoding: base64",
            b"",
            b64encode(body),
        ]
    path.write_bytes(b"\r\n".join([*lines, b"--B--", b""]))
    return path


def zip_gbk(path: Path, members: dict[str, bytes]) -> Path:
    """A zip whose names are GBK bytes without a flag, as Chinese Windows writes them."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, body in members.items():
            out.writestr(_GbkName(name), body)
    return path


class _GbkName(zipfile.ZipInfo):
    """An entry that writes its name in GBK."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - named by zipfile
        return self.filename.encode("gb18030"), self.flag_bits


def tar_gz(path: Path, members: dict[str, bytes]) -> Path:
    """A compressed tar."""
    inner = io.BytesIO()
    with tarfile.open(fileobj=inner, mode="w") as out:
        for name, body in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(body)
            out.addfile(entry, io.BytesIO(body))
    path.write_bytes(gzip.compress(inner.getvalue()))
    return path


def rtf(path: Path) -> Path:
    """Chinese in RTF."""
    words = "".join(f"\\u{ord(character)}?" for character in "富文本格式")
    head = r"\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 SimSun;}}\uc1\pard\f0 "
    path.write_text(f"{{{head}{words}\\par}}", encoding="ascii")
    return path


def base64_word(raw: bytes) -> str:
    """An encoded word of a mail header, in GBK."""
    return f"=?gbk?B?{b64encode(raw).decode()}?="


def _base64(text: str) -> str:
    return b64encode(text.encode("gb18030")).decode()
