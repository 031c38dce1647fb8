"""The contract of `Previewer` for mails, slides and documents with tracked changes."""

import io
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from lxml.html import fragment_fromstring

from documents.pictures import remake
from documents.preview import inlined_pictures
from documents.preview.embedded_previewer import EmbeddedPreviewer
from documents.preview.slide_texts import slide_texts
from documents.preview.word_html import word_html
from records.errors import Invalid
from records.ports.previewer import Previewer
from records.preview import MailHead, Picture, PreviewKind
from tests.hostile import files, office, samples
from tests.scans import picture

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@pytest.fixture(scope="module")
def previewer() -> Iterator[Previewer]:
    made = EmbeddedPreviewer(workers=1)
    yield made
    made.close()


def pictures_of(html: str) -> list[str]:
    """Of each its number and what its author says of it."""
    images = fragment_fromstring(html, "div").iter("img")
    return [f"{each.get('data-picture', '')}{each.get('alt', '')}" for each in images]


def mail(path: Path, **parts: str) -> Path:
    made = EmailMessage()
    made["Subject"] = "关于防汛的函"
    made["From"] = "乙二 <yier@example.gov.cn>"
    made["To"] = "办公室 <office@example.gov.cn>"
    made["Date"] = "Fri, 06 Mar 2026 14:30:00 +0800"
    if "plain" in parts:
        made.set_content(parts["plain"])
    if "page" in parts:
        made.add_alternative(parts["page"], subtype="html")
    path.write_bytes(bytes(made))
    return path


@pytest.mark.feature("YP-06")
def test_a_mail_has_its_head_and_its_body(previewer: Previewer, tmp_path: Path) -> None:
    path = mail(tmp_path / "a.eml", plain="各科室：\n\n请<备查>。")
    assert previewer.outline(path, name="a.eml").kind is PreviewKind.MAIL
    made = previewer.written(path, name="a.eml")
    heads = dict(made.heads)
    assert heads[MailHead.SUBJECT] == "关于防汛的函"
    assert heads[MailHead.FROM] == "乙二 <yier@example.gov.cn>"
    assert heads[MailHead.DATE] == "2026-03-06T06:30:00+00:00"
    assert MailHead.CC not in heads
    assert made.sections[0].html == "<pre>各科室：\n\n请&lt;备查&gt;。</pre>"


@pytest.mark.feature("YP-06")
def test_a_page_in_a_mail_keeps_its_structure_and_fetches_nothing(
    previewer: Previewer, tmp_path: Path
) -> None:
    page = (
        '<div style="color:red">请看<b>附件</b></div><table><tr><td>甲</td></tr></table>'
        '<img src="http://127.0.0.1/x"><a href="javascript:x()">按此</a><script>alert(1)</script>'
    )
    path = mail(tmp_path / "a.eml", plain="纯文本", page=page)
    html = previewer.written(path, name="a.eml").sections[0].html
    assert "<td>甲</td>" in html
    assert "附件" in html
    for never in ("<img", "href", "script", "style", "127.0.0.1", "alert"):
        assert never not in html


def test_a_mail_without_body_has_a_head_alone(previewer: Previewer, tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(b"Subject: empty\r\nFrom: a@b\r\nDate: nonsense\r\n\r\n")
    made = previewer.written(path, name="a.eml")
    assert made.sections == ()
    assert dict(made.heads)[MailHead.DATE] == "nonsense"


def test_control_characters_of_a_mail_do_not_come_over(
    previewer: Previewer, tmp_path: Path
) -> None:
    path = tmp_path / "a.eml"
    head = "Subject: 防\x01汛\r\nContent-Type: {}; charset=utf-8\r\n\r\n"
    for kind, body in (("text/plain", "正\x08文"), ("text/html", "<p>正&#8;\x01文</p>")):
        path.write_bytes((head.format(kind) + body).encode())
        made = previewer.written(path, name="a.eml")
        assert dict(made.heads)[MailHead.SUBJECT] == "防汛"
        assert "正文" in made.sections[0].html


def test_forms_within_forms_of_a_mail_are_read_once(previewer: Previewer, tmp_path: Path) -> None:
    kind = "Content-Type: multipart/alternative; boundary=b{}\r\n\r\n"
    text = "Subject: x\r\n" + kind.format(0)
    for level in range(40):
        text += f"--b{level}\r\n" + kind.format(level + 1)
    path = tmp_path / "a.eml"
    path.write_text(text + "--b40\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b40--\r\n")
    assert previewer.written(path, name="a.eml").sections[0].html == "<pre>hello</pre>"


@pytest.mark.parametrize("make", [files.mail_nested_deeply, files.mails_in_mails])
def test_mails_in_mails_do_no_harm(previewer: Previewer, tmp_path: Path, make: files.Make) -> None:
    make(tmp_path / "a.eml")
    previewer.written(tmp_path / "a.eml", name="a.eml")


def test_noise_that_is_called_a_mail_of_outlook_is_unreadable(
    previewer: Previewer, tmp_path: Path
) -> None:
    (tmp_path / "a.msg").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 2000)
    with pytest.raises(Invalid):
        previewer.written(tmp_path / "a.msg", name="a.msg")


@pytest.mark.feature("YP-06")
def test_a_mail_of_outlook_has_its_head_and_its_body(previewer: Previewer, tmp_path: Path) -> None:
    sent = (133_000_000_000_000_000).to_bytes(8, "little")
    properties = bytes(32) + (0x0039_0040).to_bytes(4, "little") + bytes(4) + sent
    streams = {
        "__substg1.0_0037001F": "会议通知".encode("utf-16-le"),
        "__substg1.0_1000001F": "下午三点开会。".encode("utf-16-le"),
        "__properties_version1.0": properties,
    }
    path = tmp_path / "a.msg"
    path.write_bytes(office.ole({name: body.ljust(4096, b"\0") for name, body in streams.items()}))
    made = previewer.written(path, name="a.msg")
    heads = dict(made.heads)
    assert heads[MailHead.SUBJECT] == "会议通知"
    assert heads[MailHead.DATE].startswith("2022-06-18T04:26:40")
    assert MailHead.FROM not in heads
    assert made.sections[0].html == "<pre>下午三点开会。</pre>"


def a_show(path: Path, *slides: tuple[str, str], hidden: int = 0) -> Path:
    """Slides of a title and a line, with notes; of no slide none."""

    def shape(kind: str, text: str) -> str:
        return (
            f'<p:sp><p:nvSpPr><p:nvPr><p:ph type="{kind}"/></p:nvPr></p:nvSpPr><p:txBody><a:p><a:r>'
            f"<a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"
        )

    def relations(*them: tuple[str, str]) -> str:
        rows = "".join(
            f'<Relationship Id="r{n}" Type="{KINDS}/{kind}" Target="{to}"/>'
            for n, (kind, to) in enumerate(them, 1)
        )
        return (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f"{rows}</Relationships>"
        )

    ids = "".join(f'<p:sldId id="{256 + n}" r:id="r{n}"/>' for n in range(1, len(slides) + 1))
    with zipfile.ZipFile(path, "w") as made:
        made.writestr(
            "ppt/presentation.xml",
            f"<p:presentation {P} {R}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>",
        )
        made.writestr(
            "ppt/_rels/presentation.xml.rels",
            relations(*(("slide", f"slides/s{n}.xml") for n in range(1, len(slides) + 1))),
        )
        for n, (title, notes) in enumerate(slides, 1):
            show = ' show="0"' if n == hidden else ""
            made.writestr(
                f"ppt/slides/s{n}.xml",
                f"<p:sld {P} {A}{show}><p:cSld><p:spTree>{shape('title', title)}"
                f"{shape('body', '正文一行')}{shape('sldNum', '99')}</p:spTree></p:cSld></p:sld>",
            )
            made.writestr(
                f"ppt/slides/_rels/s{n}.xml.rels", relations(("notesSlide", f"../notes/n{n}.xml"))
            )
            made.writestr(
                f"ppt/notes/n{n}.xml",
                f"<p:notes {P} {A}><p:cSld><p:spTree>{shape('sldImg', 'x')}{shape('body', notes)}"
                "</p:spTree></p:cSld></p:notes>",
            )
    return path


@pytest.mark.feature("YP-06")
def test_slides_come_in_order_with_number_title_and_notes(
    previewer: Previewer, tmp_path: Path
) -> None:
    path = a_show(tmp_path / "a.pptx", ("检查&lt;安排", "此处停顿"), ("总结", ""), hidden=2)
    assert previewer.outline(path, name="a.pptx").kind is PreviewKind.SLIDES
    first, second = previewer.written(path, name="a.pptx").sections
    assert (first.number, first.html) == (1, "<h3>检查&lt;安排</h3><p>正文一行</p>")
    assert (first.notes, first.hidden) == ("<p>此处停顿</p>", False)
    assert (second.number, second.hidden, second.notes) == (2, True, "")


@pytest.mark.feature("YP-06")
def test_slides_show_their_pictures_each_with_its_number_in_the_file(
    previewer: Previewer, tmp_path: Path
) -> None:
    one, two = picture(1), picture(2)
    path = samples.pptx_with_pictures(tmp_path / "a.pptx", [[one], [two, b"emf", one]])
    first, second = previewer.written(path, name="a.pptx").sections
    assert pictures_of(first.html) == ["1"]
    assert pictures_of(second.html) == ["2", "…", "1"]


@pytest.mark.feature("YP-06")
def test_a_document_shows_its_pictures_each_with_its_number_in_the_file(
    previewer: Previewer, tmp_path: Path
) -> None:
    made = docx.Document()
    for body in (picture(1), picture(2), picture(1)):
        made.add_picture(io.BytesIO(body))
    made.save(str(tmp_path / "a.docx"))
    (section,) = previewer.written(tmp_path / "a.docx", name="a.docx").sections
    assert pictures_of(section.html) == ["1", "2", "1"]


@pytest.mark.feature("YP-06")
def test_a_large_picture_on_every_slide_is_made_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []

    def counted(source: bytes, *, most_side: int) -> Picture:
        made.append(len(source))
        return remake(source, most_side=most_side)

    monkeypatch.setattr(inlined_pictures, "remake", counted)
    wide = picture(1, size=(4000, 3000))
    path = samples.pptx_with_pictures(tmp_path / "a.pptx", [[wide]] * 120)
    sections = slide_texts(path).sections
    assert [pictures_of(each.html) for each in sections] == [["1"]] * 120
    assert made == [len(wide)]
    document = docx.Document()
    for _ in range(3):
        document.add_picture(io.BytesIO(wide))
    document.save(str(tmp_path / "a.docx"))
    (section,) = word_html(tmp_path / "a.docx", changes=False).sections
    assert pictures_of(section.html) == ["1"] * 3
    assert made == [len(wide)] * 2


@pytest.mark.feature("YP-06")
def test_pictures_beyond_what_a_document_may_cost_are_left_out_and_its_text_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inlined_pictures, "_MOST_PIXELS", 10_000)
    large = [picture(n, size=(60, 80)) for n in range(3)]
    path = samples.pptx_with_pictures(
        tmp_path / "a.pptx", [[large[0]], [large[1]], [large[2]], [picture(9, size=(20, 20))]]
    )
    sections = slide_texts(path).sections
    assert [pictures_of(each.html) for each in sections] == [["1"], ["2"], ["…"], ["4"]]
    assert "第3张" in sections[2].html


@pytest.mark.feature("YP-06")
def test_what_an_author_says_of_a_picture_stands_for_it(
    previewer: Previewer, tmp_path: Path
) -> None:
    made = docx.Document()
    made.add_picture(io.BytesIO(picture(1)))
    made.inline_shapes[0]._inline.docPr.set("descr", '#3 "险段"')
    made.save(str(tmp_path / "a.docx"))
    (section,) = previewer.written(tmp_path / "a.docx", name="a.docx").sections
    assert pictures_of(section.html) == ['1#3 "险段"']
    assert section.html.startswith('<p><img alt="#3 &quot;险段&quot;" data-picture="1" src="data:')
    show = samples.pptx_with_pictures(tmp_path / "whole.pptx", [[picture(1)]])
    said = b'<p:pic><p:nvPicPr><p:cNvPr id="1" name="x" descr="&quot;&gt;&lt;b&gt;"/></p:nvPicPr>'
    samples.rewritten(
        show, tmp_path / "a.pptx", lambda name, body: (name, body.replace(b"<p:pic>", said))
    )
    (section,) = previewer.written(tmp_path / "a.pptx", name="a.pptx").sections
    assert pictures_of(section.html) == ['1"><b>']


@pytest.mark.feature("YP-06")
def test_of_two_forms_of_a_shape_one_is_shown(previewer: Previewer, tmp_path: Path) -> None:
    show = samples.pptx_with_pictures(tmp_path / "whole.pptx", [[picture(1)], [picture(2)]])
    pic = b'<p:pic><p:blipFill><a:blip r:embed="p0"/></p:blipFill></p:pic>'
    forms = b'<mc:AlternateContent xmlns:mc="x"><mc:Choice>%s</mc:Choice><mc:Fallback>%s</mc:Fallback></mc:AlternateContent>'  # noqa: E501 - as it stands in the file
    shown = {"slide1.xml": forms % (pic, pic), "slide2.xml": forms % (b"<p:contentPart/>", pic)}
    samples.rewritten(
        show,
        tmp_path / "a.pptx",
        lambda name, body: (name, body.replace(pic, shown.get(Path(name).name, pic))),
    )
    first, second = previewer.written(tmp_path / "a.pptx", name="a.pptx").sections
    assert (pictures_of(first.html), pictures_of(second.html)) == (["1"], ["2"])


def test_a_show_without_slides_has_none(previewer: Previewer, tmp_path: Path) -> None:
    path = a_show(tmp_path / "a.pptx")
    assert previewer.written(path, name="a.pptx").sections == ()


def test_a_slide_that_is_not_there_is_left_out(previewer: Previewer, tmp_path: Path) -> None:
    path = tmp_path / "a.pptx"
    whole = a_show(tmp_path / "whole.pptx", ("甲", ""), ("乙", ""))
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w") as made:
        for name in source.namelist():
            if name != "ppt/slides/s1.xml":
                made.writestr(name, source.read(name))
    assert [each.number for each in previewer.written(path, name="a.pptx").sections] == [2]


def tracked(path: Path) -> Path:
    made = docx.Document()
    paragraph = made.add_paragraph("第一条")
    for xml in (
        f"<w:del {W}><w:r><w:rPr><w:b/></w:rPr><w:delText>旧</w:delText></w:r></w:del>",
        f"<w:ins {W}><w:r><w:t>新</w:t></w:r></w:ins>",
        f"<w:moveFrom {W}><w:r><w:t>移走</w:t></w:r></w:moveFrom>",
        f"<w:moveTo {W}><w:r><w:t>移来</w:t></w:r></w:moveTo>",
    ):
        paragraph._p.append(parse_xml(xml))
    out = io.BytesIO()
    made.save(out)
    path.write_bytes(out.getvalue())
    return path


@pytest.mark.feature("YP-06")
def test_tracked_changes_are_shown_or_taken_as_accepted(
    previewer: Previewer, tmp_path: Path
) -> None:
    path = tracked(tmp_path / "a.docx")
    final = previewer.written(path, name="a.docx")
    assert final.tracked
    assert final.sections[0].html == "<p>第一条新移来</p>"
    changes = previewer.written(path, name="a.docx", changes=True).sections[0].html
    assert (
        "<del><strong>旧</strong></del>" in changes or "<strong><del>旧</del></strong>" in changes
    )
    assert "<ins>新</ins>" in changes
    assert "<del>移走</del>" in changes
    assert "<ins>移来</ins>" in changes


@pytest.mark.feature("YP-06")
def test_rows_of_a_table_that_were_taken_out_or_put_in_are_shown_as_changes(
    previewer: Previewer, tmp_path: Path
) -> None:
    made = docx.Document()
    kept = made.add_table(rows=3, cols=1)
    gone = made.add_table(rows=1, cols=1)
    rows = (*kept.rows, *gone.rows)
    for row, text, mark in zip(rows, "甲乙丙丁", ("", "del", "ins", "del"), strict=True):
        row.cells[0].text = text
        if mark:
            row._tr.get_or_add_trPr().append(parse_xml(f"<w:{mark} {W}/>"))
    made.save(str(tmp_path / "a.docx"))
    changes = previewer.written(tmp_path / "a.docx", name="a.docx", changes=True)
    html = changes.sections[0].html
    assert changes.tracked
    for cell in ("<p>甲</p>", "<del>乙</del>", "<ins>丙</ins>", "<del>丁</del>"):
        assert cell in html
    final = previewer.written(tmp_path / "a.docx", name="a.docx").sections[0].html
    assert ("甲" in final, "乙" in final, "丙" in final, "丁" in final) == (
        True,
        False,
        True,
        False,
    )
    assert final.count("<table>") == 1


def test_a_document_without_tracked_changes_says_so(previewer: Previewer, tmp_path: Path) -> None:
    path = samples.docx_plain(tmp_path / "a.docx")
    plain = previewer.written(path, name="a.docx")
    assert not plain.tracked
    assert previewer.written(path, name="a.docx", changes=True).sections == plain.sections


@pytest.mark.feature("YP-06")
@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("a.zip", b"PK\x05\x06" + bytes(18)),
        ("a.7z", b"7z\xbc\xaf\x27\x1c" + bytes(30)),
        ("a.rar", b"Rar!\x1a\x07\x00"),
        ("a.tar", bytes(257) + b"ustar" + bytes(300)),
        ("a.tar.gz", b"\x1f\x8b\x08" + bytes(20)),
    ],
)
def test_archives_are_shown_by_what_they_hold(
    previewer: Previewer, tmp_path: Path, name: str, head: bytes
) -> None:
    (tmp_path / name).write_bytes(head)
    assert previewer.outline(tmp_path / name, name=name).kind is PreviewKind.HOLDINGS
