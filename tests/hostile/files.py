"""Files that want to do harm, made small and quickly. `HOSTILE` names them all."""

import os
import random
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from tests.hostile import office, samples

_MIB = 1 << 20
_LAUGHS = '<!DOCTYPE a [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(b)} "{f"&{chr(b - 1)};" * 10}">' for b in range(ord("b"), ord("k"))
)


@dataclass(frozen=True, slots=True)
class Hostile:
    """One such file: how it is named, how it is made, how its reading may end."""

    name: str
    make: Callable[[Path], None]
    endings: tuple[tuple[str, str | None], ...]
    """Allowed pairs of status and reason; a reason None is any."""


def zip_bomb(path: Path) -> None:
    """A member of 300 MB of zeros in 300 KB."""
    _zip_of_zeros(path, 300)


def _zip_of_zeros(path: Path, megabytes: int) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out, out.open("big.txt", "w") as one:
        for _ in range(megabytes):
            one.write(bytes(_MIB))


def zip_lying_about_size(path: Path) -> None:
    """A member that says it has 10 bytes and has 20 MB."""
    _zip_of_zeros(path, 20)
    data = bytearray(path.read_bytes())
    real = (20 * _MIB).to_bytes(4, "little")
    while (at := data.find(real)) >= 0:
        data[at : at + 4] = (10).to_bytes(4, "little")
    path.write_bytes(data)


def zip_of_zips(path: Path) -> None:
    """Zips in zips, 40 deep."""
    data = b"the end"
    name = "end.txt"
    for _ in range(40):
        inner = BytesIO()
        with zipfile.ZipFile(inner, "w") as out:
            out.writestr(name, data)
        data, name = inner.getvalue(), "in.zip"
    path.write_bytes(data)


def zip_with_many_members(path: Path) -> None:
    """30,000 empty members."""
    with zipfile.ZipFile(path, "w") as out:
        for number in range(30_000):
            out.writestr(f"{number}.txt", "")


def zip_with_evil_names(path: Path) -> None:
    """Names that lead elsewhere, that turn around, that are endless."""
    with zipfile.ZipFile(path, "w") as out:
        for name in EVIL_NAMES:
            entry = zipfile.ZipInfo()
            entry.filename = name
            out.writestr(entry, "恶意名称")


EVIL_NAMES = (
    "../../outside.txt",
    "/tmp/absolute.txt",  # noqa: S108 - the point is that nothing is written there
    "C:\\windows\\a.txt",
    "nul\0inside.txt",
    "abc\u202etxt.exe",
    "长" * 300 + ".txt",
    "a//b///c.txt",
    "..",
    "line\nbreak.txt",
)


def odt_encrypted(path: Path) -> None:
    """A text document of OpenDocument whose content needs a password."""
    kind = "application/vnd.oasis.opendocument.text"
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    locked = (
        '<m:encryption-data m:checksum-type="SHA1/1K" m:checksum="AAAA"><m:algorithm '
        'm:algorithm-name="Blowfish CFB" m:initialisation-vector="AAAA"/></m:encryption-data>'
    )
    entry = '<m:file-entry m:media-type="text/xml" m:full-path="content.xml" m:size="99">'
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("mimetype", kind)
        out.writestr("content.xml", bytes(range(1, 256)))
        out.writestr(
            "META-INF/manifest.xml",
            f'<m:manifest xmlns:m="{space}">{entry}{locked}</m:file-entry></m:manifest>',
        )


def zip_encrypted(path: Path) -> None:
    """A zip whose only member says that it is encrypted."""
    samples.zip_gbk(path, {"秘密.txt": b"x" * 40})
    data = bytearray(path.read_bytes())
    for magic, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(magic) + at] |= 1
    path.write_bytes(data)


def docx_of_ten_million_paragraphs(path: Path) -> None:
    """730 MB of paragraphs in 2 MB; written in pieces."""
    piece = "<w:p><w:r><w:t>十个汉字的一个段落。</w:t></w:r></w:p>".encode() * 10_000
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
        out.writestr("[Content_Types].xml", _CONTENT_TYPES)
        out.writestr("_rels/.rels", samples.relations(("r", "officeDocument", "word/document.xml")))
        with out.open("word/document.xml", "w") as part:
            part.write(f"<w:document {samples.W}><w:body>".encode())
            for _ in range(1000):
                part.write(piece)
            part.write(b"</w:body></w:document>")


_CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType='
    '"application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def docx_with_entities(path: Path) -> None:
    """A billion laughs in the main part."""
    _docx(path, f"{_LAUGHS}]><w:document {samples.W}><w:body><w:p>&j;</w:p></w:body></w:document>")


def docx_reading_a_file(path: Path) -> None:
    """An external entity that names a file of this machine."""
    _docx(
        path,
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        f"<w:document {samples.W}><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body>"
        "</w:document>",
    )


def docx_nested_deeply(path: Path) -> None:
    """100,000 elements in each other."""
    depth = 100_000
    inner = "<w:sdt>" * depth + "</w:sdt>" * depth
    _docx(path, f"<w:document {samples.W}><w:body>{inner}</w:body></w:document>")


def _docx(path: Path, document: str) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("[Content_Types].xml", _CONTENT_TYPES)
        out.writestr("_rels/.rels", samples.relations(("r", "officeDocument", "word/document.xml")))
        out.writestr("word/document.xml", document)


def docx_encrypted(path: Path) -> None:
    """An OLE file with the stream that encrypted office files have."""
    path.write_bytes(office.ole({"EncryptedPackage": bytes(4096)}))


def docx_cut(path: Path) -> None:
    """A sound docx, but only its first half."""
    samples.docx_plain(path)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def xlsx_with_two_far_cells(path: Path) -> None:
    """A1 and XFD1048576, which some readers fill in between."""
    samples.xlsx(path)
    data = path.read_bytes()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(path, "w") as out:
        for name in old.namelist():
            body = old.read(name)
            if name.endswith("sheet1.xml"):
                ns = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
                body = (
                    f'<worksheet xmlns="{ns}"><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
                    '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData></worksheet>'
                ).encode()
            out.writestr(name, body)


def pdf_form_bomb(path: Path) -> None:
    """Forms that draw forms, ten each, nine levels."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R"
            b"/Resources<</XObject<</F 5 0 R>>>>>>"
        ),
        b"<</Length 5>>stream\n/F Do\nendstream",
    ]
    calls = b"/F Do " * 10
    form = (
        b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F %d 0 R>>>>"
        b"/Length %d>>stream\n%b\nendstream"
    )
    objects.extend(form % (number + 1, len(calls), calls) for number in range(5, 14))
    text = b"BT /T 9 Tf (x) Tj ET"
    objects.append(
        b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length %d>>stream\n%b\nendstream"
        % (len(text), text)
    )
    path.write_bytes(samples.pdf_of(tuple(objects)))


def pdf_stream_bomb(path: Path) -> None:
    """A page whose content is 3 GB of spaces, compressed twice."""
    twice = zlib.compress(_pressed(b" " * _MIB, 3000, zlib.MAX_WBITS), 9)
    path.write_bytes(
        samples.pdf_of(
            (
                b"<</Type/Catalog/Pages 2 0 R>>",
                b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
                b"<</Filter[/FlateDecode/FlateDecode]/Length %d>>stream\n%b\nendstream"
                % (len(twice), twice),
            )
        )
    )


def pdf_encrypted(path: Path) -> None:
    """A PDF that needs a password which nobody knows."""
    samples.pdf(path)
    data = path.read_bytes()
    lock = b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%b>/U<%b>>>/ID[<00><00>]" % (
        b"ab" * 32,
        b"cd" * 32,
    )
    path.write_bytes(data.replace(b"trailer\n<<", b"trailer\n<<" + lock, 1))


def pdf_broken(path: Path) -> None:
    """A head and noise."""
    path.write_bytes(b"%PDF-1.7\n" + random.Random(1).randbytes(20_000))


def pdf_of_a_giant_page(path: Path) -> None:
    """A page of 14,400 points each way with one letter."""
    text = b"BT /T 900 Tf 100 100 Td (A) Tj ET"
    path.write_bytes(
        samples.pdf_of(
            (
                b"<</Type/Catalog/Pages 2 0 R>>",
                b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
                (
                    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 14400 14400]/Contents 4 0 R"
                    b"/Resources<</Font<</T<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>"
                ),
                b"<</Length %d>>stream\n%b\nendstream" % (len(text), text),
            )
        )
    )


def mail_nested_deeply(path: Path) -> None:
    """3,000 multiparts in each other."""
    depth = 3000
    lines = ["Subject: deep", "MIME-Version: 1.0"]
    for level in range(depth):
        lines += [f'Content-Type: multipart/mixed; boundary="b{level}"', "", f"--b{level}"]
    path.write_text("\r\n".join([*lines, "Content-Type: text/plain", "", "deep"]), encoding="ascii")


def mails_in_mails(path: Path) -> None:
    """200 mails, each attached to the next."""
    lines = []
    for level in range(200):
        lines += [f"Subject: level {level}", "Content-Type: message/rfc822", ""]
    path.write_text("\r\n".join([*lines, "Subject: last", "", "end"]), encoding="ascii")


def mail_with_many_parts(path: Path) -> None:
    """20,000 attachments of nothing."""
    head = 'Subject: many\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n'
    part = "--b\r\nContent-Type: application/x-y\r\n\r\n\r\n"
    path.write_text(head + part * 20_000 + "--b--\r\n", encoding="ascii")


def xml_entities(path: Path) -> None:
    """A billion laughs."""
    path.write_text(f'<?xml version="1.0"?>{_LAUGHS}]><a>&j;</a>', encoding="ascii")


def svg_reading_a_file(path: Path) -> None:
    """An external entity in a drawing."""
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        '<svg xmlns="http://www.w3.org/2000/svg"><text>&x;</text></svg>',
        encoding="ascii",
    )


def html_nested_deeply(path: Path) -> None:
    """300,000 open divisions."""
    path.write_text("<html><body>" + "<div>" * 300_000 + "底", encoding="utf-8")


def ofd_with_entities(path: Path) -> None:
    """A billion laughs on a page."""
    samples.ofd(path)
    replace_member(path, "Doc_0/Pages/P0.xml", f"{_LAUGHS}]><Page>&j;</Page>".encode())


def ofd_calling_itself(path: Path) -> None:
    """A unit of drawing that draws itself twenty times."""
    calls = '<CompositeObject ID="8" Boundary="0 0 9 9" ResourceID="50"/>' * 20
    samples.ofd(path, extra=calls)
    replace_member(
        path,
        "Doc_0/PublicRes.xml",
        f'<Res><CompositeGraphicUnits><CompositeGraphicUnit ID="50"><Content>{calls}</Content>'
        "</CompositeGraphicUnit></CompositeGraphicUnits></Res>".encode(),
    )


def ofd_bomb(path: Path) -> None:
    """A page of 70 MB."""
    samples.ofd(path)
    replace_member(path, "Doc_0/Pages/P0.xml", b"<Page>" + b" " * (70 * _MIB) + b"</Page>")


def ofd_with_scripts(path: Path) -> None:
    """Script and outside addresses in every place that takes a text."""
    evil = "&quot;/&gt;&lt;script&gt;alert(1)&lt;/script&gt;"
    samples.ofd(
        path,
        page=f"字{evil}",
        extra=f'<PathObject ID="5" Boundary="0 0 9 9" LineWidth="1{evil}" Cap="{evil}">'
        f'<StrokeColor Value="1 2 3{evil}"/><AbbreviatedData>M 0 0 L 9 9 {evil}</AbbreviatedData>'
        f'</PathObject><ImageObject ID="6" Boundary="0 0 9 9" ResourceID="7{evil}"/>',
    )
    replace_member(
        path,
        "Doc_0/PublicRes.xml",
        f'<Res><Fonts><Font ID="1" FontName="{evil}"/></Fonts><MultiMedias>'
        f'<MultiMedia ID="7{evil}">'
        "<MediaFile>../../../etc/passwd</MediaFile></MultiMedia></MultiMedias></Res>".encode(),
    )


def docx_with_links(path: Path) -> None:
    """A link that runs script, a picture from elsewhere, a picture that is a drawing."""
    links = (
        '<w:p><w:hyperlink r:id="l"><w:r><w:t>按此</w:t></w:r></w:hyperlink></w:p>'
        "<w:p><w:r><w:t>&lt;script&gt;alert(1)&lt;/script&gt;</w:t></w:r></w:p>"
        + "".join(
            "<w:p><w:r><w:drawing><wp:inline><a:graphic><a:graphicData><pic:pic><pic:blipFill>"
            f'<a:blip r:{how}="{key}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
            "</wp:inline></w:drawing></w:r></w:p>"
            for how, key in (("link", "p"), ("embed", "s"), ("embed", "f"))
        )
    )
    drawing = "http://schemas.openxmlformats.org/drawingml/2006"
    names = (
        f'{samples.W} xmlns:a="{drawing}/main" xmlns:pic="{drawing}/picture" '
        f'xmlns:wp="{drawing}/wordprocessingDrawing" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    )
    _docx(path, f"<w:document {names}><w:body>{links}</w:body></w:document>")
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    told = "".join(
        f'<Relationship Id="{key}" Type="{base}/{kind}" Target="{target}"{mode}/>'
        for key, kind, target, mode in (
            ("l", "hyperlink", "javascript:alert(1)", ' TargetMode="External"'),
            ("p", "image", "http://127.0.0.1:9/x.png", ' TargetMode="External"'),
            ("s", "image", "media/a.svg", ""),
            ("f", "image", "file:///etc/passwd", ' TargetMode="External"'),
        )
    )
    with zipfile.ZipFile(path, "a") as out:
        out.writestr(
            "word/_rels/document.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f"{told}</Relationships>",
        )
        out.writestr("word/media/a.svg", '<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>')
        out.writestr("word/vbaProject.bin", b"macro")


def replace_member(path: Path, name: str, body: bytes) -> None:
    """Put other content in the place of one member of a zip."""
    data = path.read_bytes()
    with (
        zipfile.ZipFile(BytesIO(data)) as old,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        for member in old.namelist():
            out.writestr(member, body if member == name else old.read(member))


def text_of_1_gb(path: Path) -> None:
    """1 GB of zeros behind some lines; sparse."""
    path.write_bytes("首行\n".encode() * 1000)
    os.truncate(path, 1 << 30)


def text_without_end(path: Path) -> None:
    """20 MB in one line."""
    path.write_bytes("长文".encode() * (20 * _MIB // 6))


def noise(path: Path) -> None:
    """Random bytes."""
    path.write_bytes(random.Random(2).randbytes(50_000))


def gzip_bomb(path: Path) -> None:
    """400 MB of zeros in gzip."""
    path.write_bytes(_pressed(bytes(_MIB), 400, 16 + zlib.MAX_WBITS))


def _pressed(piece: bytes, times: int, window: int) -> bytes:
    """A compressed stream of a piece again and again, at the price of one; without an end."""
    pressing = zlib.compressobj(9, zlib.DEFLATED, window)
    head = pressing.compress(piece) + pressing.flush(zlib.Z_FULL_FLUSH)
    again = pressing.compress(piece) + pressing.flush(zlib.Z_FULL_FLUSH)
    return head + again * (times - 1)


def picture_of_many_pixels(path: Path) -> None:
    """A PNG of 60,000 by 60,000 pixels in few bytes."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        check = zlib.crc32(kind + body).to_bytes(4, "big")
        return len(body).to_bytes(4, "big") + kind + body + check

    side = (60_000).to_bytes(4, "big")
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", side + side + b"\x01\0\0\0\0")
        + chunk(b"IDAT", zlib.compress(bytes(7501 * 1000)))
        + chunk(b"IEND", b"")
    )


def ole_noise(path: Path) -> None:
    """The head of an old office file and noise."""
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + random.Random(3).randbytes(60_000))


_FAILED = "failed"
_STATED = (
    ("failed", None),
    ("truncated", None),
    ("empty", None),
    ("ok", None),
)

Make = Callable[[Path], None]

HOSTILE: tuple[Hostile, ...] = (
    Hostile("bomb.zip", zip_bomb, (("ok", None), ("empty", None))),
    Hostile("lying.zip", zip_lying_about_size, (("ok", None), ("empty", None))),
    Hostile("nested.zip", zip_of_zips, (("ok", None), ("empty", None))),
    Hostile("many.zip", zip_with_many_members, (("truncated", "too_many_parts"),)),
    Hostile("names.zip", zip_with_evil_names, (("ok", None),)),
    Hostile("locked.odt", odt_encrypted, (("encrypted", "encrypted"),)),
    Hostile("locked.zip", zip_encrypted, (("encrypted", "encrypted"),)),
    Hostile("long.docx", docx_of_ten_million_paragraphs, (("truncated", "too_long"),)),
    Hostile("laughs.docx", docx_with_entities, ((_FAILED, "dtd"),)),
    Hostile("xxe.docx", docx_reading_a_file, ((_FAILED, "dtd"),)),
    Hostile("deep.docx", docx_nested_deeply, ((_FAILED, "nesting"), (_FAILED, "parse"))),
    Hostile("locked.docx", docx_encrypted, (("encrypted", "encrypted"),)),
    Hostile("cut.docx", docx_cut, (("truncated", "parse"),)),
    Hostile("far.xlsx", xlsx_with_two_far_cells, (("ok", None),)),
    Hostile("forms.pdf", pdf_form_bomb, _STATED),
    Hostile("stream.pdf", pdf_stream_bomb, _STATED),
    Hostile("locked.pdf", pdf_encrypted, (("encrypted", "encrypted"),)),
    Hostile("broken.pdf", pdf_broken, ((_FAILED, "parse"),)),
    Hostile("giant.pdf", pdf_of_a_giant_page, (("ok", None),)),
    Hostile("deep.eml", mail_nested_deeply, (("truncated", "nesting"),)),
    Hostile("chain.eml", mails_in_mails, (("ok", None), (_FAILED, "nesting"))),
    Hostile("many.eml", mail_with_many_parts, (("truncated", "too_many_parts"),)),
    Hostile("laughs.xml", xml_entities, ((_FAILED, "dtd"),)),
    Hostile("xxe.svg", svg_reading_a_file, ((_FAILED, "dtd"),)),
    Hostile("deep.html", html_nested_deeply, (("ok", None), (_FAILED, "nesting"))),
    Hostile("laughs.ofd", ofd_with_entities, (("truncated", "dtd"),)),
    Hostile("loop.ofd", ofd_calling_itself, _STATED),
    Hostile("bomb.ofd", ofd_bomb, (("truncated", "bomb"),)),
    Hostile("sparse.txt", text_of_1_gb, (("truncated", "too_long"),)),
    Hostile("endless.txt", text_without_end, (("truncated", "too_long"),)),
    Hostile("noise.bin", noise, (("unsupported", "unknown_type"),)),
    Hostile("bomb.gz", gzip_bomb, ((_FAILED, "bomb"),)),
    Hostile("pixels.png", picture_of_many_pixels, (("empty", "no_text"),)),
    Hostile("noise.doc", ole_noise, ((_FAILED, None), ("empty", None))),
)


def make_all(folder: Path) -> Iterator[tuple[Hostile, Path]]:
    """Each file, made in `folder`."""
    for hostile in HOSTILE:
        path = folder / hostile.name
        hostile.make(path)
        yield hostile, path
