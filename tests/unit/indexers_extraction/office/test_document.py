"""Text of docx."""

from pathlib import Path

import pytest

from records.text import ExtractionStatus
from tests.hostile import office, samples
from tests.hostile.office import docx, element, level, numbered, numbering, paragraph
from tests.reading import read, text_of, words

_ANEW = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
_LISTS = {"numbering.xml": "numbering"}


def test_a_long_document_whose_list_begins_anew_near_the_end_is_whole(tmp_path: Path) -> None:
    lists = numbering(level(0, "decimal", "%1."), "", _ANEW)
    body = "".join(paragraph(f"第{n}段" + "防汛通知" * 50) for n in range(330))
    body += numbered("列表重新开始", 2) + paragraph("最后一句话")
    path = docx(tmp_path / "a.docx", body, parts={"numbering.xml": lists}, kinds=_LISTS)
    text = text_of(path)
    assert len(text) > 65_536
    assert all(f"第{n}段防汛通知" in text for n in range(330))
    assert text.endswith("1.\t列表重新开始\n最后一句话")


def test_articles_are_found_under_their_automatic_numbers(tmp_path: Path) -> None:
    lists = numbering(level(0, "chineseCountingThousand", "第%1条"))
    body = "".join(numbered(f"内容{n}") for n in range(1, 13))
    path = docx(tmp_path / "a.docx", body, parts={"numbering.xml": lists}, kinds=_LISTS)
    assert "第十二条\t内容12" in text_of(path)


def test_an_empty_paragraph_of_a_list_has_its_number(tmp_path: Path) -> None:
    lists = numbering(level(0, "decimal", "%1."))
    body = numbered("甲") + numbered("") + numbered("乙")
    path = docx(tmp_path / "a.docx", body, parts={"numbering.xml": lists}, kinds=_LISTS)
    assert text_of(path).split() == ["1.", "甲", "2.", "3.", "乙"]


def test_a_paragraph_whose_end_was_deleted_has_one_number_with_the_next(tmp_path: Path) -> None:
    lists = numbering(level(0, "decimal", "%1."))
    ended = f"<w:rPr><w:del {samples.BY}/></w:rPr>"
    joined = numbered("上半").replace("</w:pPr>", f"{ended}</w:pPr>")
    gone = joined.replace("<w:r>", f"<w:del {samples.BY}><w:r>").replace("</w:r>", "</w:r></w:del>")
    body = joined + numbered("下半") + gone.replace("w:t", "w:delText") + numbered("第二")
    path = docx(tmp_path / "a.docx", body, parts={"numbering.xml": lists}, kinds=_LISTS)
    assert text_of(path) == "1.\t上半下半\n2.\t第二"


def test_what_changes_deleted_stands_apart(tmp_path: Path) -> None:
    (part,) = read(samples.docx_tracked(tmp_path / "t.docx")).parts
    assert "会议定于星期五召开" in words(part)
    assert "上半下半" in words(part)
    assert words(part, deleted=True).split() == ["星期三", "搬走的话"]


def test_a_text_box_is_read_once_and_tears_no_line(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{paragraph('框内的话')}</w:txbxContent>"
    drawn = (
        f'<mc:AlternateContent><mc:Choice Requires="wps">{box}</mc:Choice>'
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    )
    run = "<w:r><w:t>{}</w:t></w:r>"
    body = f"<w:p>{run.format('防汛')}<w:r>{drawn}</w:r>{run.format('通知')}</w:p>"
    assert text_of(docx(tmp_path / "a.docx", body)) == "防汛通知\n框内的话"


def test_where_tabs_stop_and_what_a_paragraph_was_are_no_text(tmp_path: Path) -> None:
    former = '<w:pPrChange><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:pPrChange>'
    stops = '<w:tabs><w:tab w:val="left" w:pos="1"/></w:tabs>'
    lists = numbering(level(0, "decimal", "%1."))
    body = paragraph("正文", stops + former)
    path = docx(tmp_path / "a.docx", body, parts={"numbering.xml": lists}, kinds=_LISTS)
    assert text_of(path) == "正文"


def test_what_stands_around_the_text_is_read(tmp_path: Path) -> None:
    mark = '<w:p><w:r><w:pict><v:shape><v:textpath string="机密"/></v:shape></w:pict></w:r></w:p>'
    parts = {
        "header1.xml": element("w:hdr", paragraph("页眉") + mark),
        "footer1.xml": element("w:ftr", paragraph("页脚")),
        "footnotes.xml": element("w:footnotes", f"<w:footnote>{paragraph('脚注')}</w:footnote>"),
        "endnotes.xml": element("w:endnotes", f"<w:endnote>{paragraph('尾注')}</w:endnote>"),
        "comments.xml": element(
            "w:comments", f'<w:comment w:author="李四">{paragraph("批注")}</w:comment>'
        ),
        "charts/chart1.xml": element("c:chart", "<c:v>图表</c:v>"),
        "diagrams/data1.xml": element("a:data", "<a:p><a:r><a:t>图示</a:t></a:r></a:p>"),
    }
    refers = ["header", "footer", "footnotes", "endnotes", "comments", "chart", "diagramData"]
    kinds = dict(zip(parts, refers, strict=True))
    path = docx(tmp_path / "a.docx", paragraph("正文"), parts=parts, kinds=kinds)
    found = text_of(path).split()
    assert found[0] == "正文"
    wanted = {"页眉", "机密", "页脚", "脚注", "尾注", "李四", "批注", "图表", "图示"}
    assert wanted == set(found[1:])


def test_names_of_parts_are_the_same_in_any_case(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    parts = {"WORD/Document.xml": element("w:document", f"<w:body>{paragraph('正文')}</w:body>")}
    assert text_of(office.package(path, "word/document.xml", parts, {})) == "正文"


def test_of_a_field_to_choose_from_what_was_chosen_is_read(tmp_path: Path) -> None:
    entries = "".join(f'<w:listEntry w:val="{each}"/>' for each in ("同意", "不同意", "再议"))
    field = "<w:r><w:fldChar><w:ffData><w:ddList>{}</w:ddList></w:ffData></w:fldChar></w:r>"
    chosen = field.format(f'<w:result w:val="1"/>{entries}')
    body = f"<w:p>{chosen}</w:p><w:p>{field.format(entries)}</w:p>"
    assert text_of(docx(tmp_path / "a.docx", body)).split() == ["不同意", "同意"]


def test_building_blocks_are_read_but_not_those_that_invite_to_write(tmp_path: Path) -> None:
    def block(sort: str, text: str) -> str:
        about = f'<w:docPartPr><w:types><w:type w:val="{sort}"/></w:types></w:docPartPr>'
        inner = f"<w:docPartBody>{paragraph(text)}</w:docPartBody>"
        return f"<w:docPart>{about}{inner}</w:docPart>"

    blocks = block("bbPlcHdr", "单击此处输入文字") + block("autoTxt", "落款格式")
    parts = {"glossary.xml": element("w:glossaryDocument", f"<w:docParts>{blocks}</w:docParts>")}
    kinds = {"glossary.xml": "glossaryDocument"}
    path = docx(tmp_path / "a.docx", paragraph("正文"), parts=parts, kinds=kinds)
    assert text_of(path).split() == ["正文", "落款格式"]


def test_a_broken_part_costs_nothing_but_itself_and_is_told(tmp_path: Path) -> None:
    parts = {
        "header1.xml": "<w:hdr>",
        "footer1.xml": element("w:ftr", paragraph("页脚")),
    }
    kinds = {"header1.xml": "header", "footer1.xml": "footer"}
    found = read(docx(tmp_path / "a.docx", paragraph("正文"), parts=parts, kinds=kinds))
    assert (found.status, found.reason) == (ExtractionStatus.TRUNCATED, "parse")
    assert words(found.parts[0]).split() == ["正文", "页脚"]


def test_a_document_that_breaks_off_is_not_said_to_be_whole(tmp_path: Path) -> None:
    path = docx(tmp_path / "a.docx", paragraph("开头") + "<w:p>")
    found = read(path)
    assert (found.status, found.reason) == (ExtractionStatus.TRUNCATED, "parse")
    assert words(found.parts[0]) == "开头"


def test_an_entity_anywhere_is_refused(tmp_path: Path) -> None:
    hidden = f"<!--{' ' * 9000}--><!DOCTYPE a [<!ENTITY b 'c'>]><w:hdr/>"
    kinds = {"header1.xml": "header"}
    found = read(
        docx(tmp_path / "a.docx", paragraph(""), parts={"header1.xml": hidden}, kinds=kinds)
    )
    assert (found.status, found.reason) == (ExtractionStatus.FAILED, "dtd")


def test_properties_are_found_and_are_no_text_of_their_own(tmp_path: Path) -> None:
    core = element("cp", "<title>防汛预案</title><creator>张三</creator><revision>7</revision>")
    given = {"": [("core", "core-properties", "docProps/core.xml")]}
    for body, status in (("正文", ExtractionStatus.OK), ("", ExtractionStatus.EMPTY)):
        path = tmp_path / f"{status}.docx"
        parts = {
            "word/document.xml": element("w:document", f"<w:body>{paragraph(body)}</w:body>"),
            "docProps/core.xml": core,
        }
        found = read(office.package(path, "word/document.xml", parts, given))
        assert found.status is status
        assert words(found.parts[0]).split() == [*body.split(), "防汛预案", "张三"]


@pytest.mark.parametrize("name", ["Target.docx", "中文 (1).docx"])
def test_an_embedded_document_is_a_part_of_its_own(tmp_path: Path, name: str) -> None:
    inner = samples.docx_plain(tmp_path / "inner.docx").read_bytes()
    path = docx(
        tmp_path / "a.docx",
        paragraph("外面"),
        parts={f"embeddings/{name}": inner},
        kinds={f"embeddings/{name}": "package"},
    )
    outer, embedded = read(path).parts
    assert (words(outer), embedded.path) == ("外面", name)
    assert "防汛工作通知" in words(embedded)


def objects(path: Path, **containers: bytes) -> Path:
    """A document with these objects in it."""
    parts = {f"embeddings/{name}.bin": body for name, body in containers.items()}
    return docx(path, paragraph("外面"), parts=parts, kinds=dict.fromkeys(parts, "oleObject"))


@pytest.mark.parametrize("times", [0, 3], ids=["only in GBK", "in UTF-16 too"])
def test_a_file_that_was_dropped_into_a_document_has_its_own_name(
    tmp_path: Path, times: int
) -> None:
    wrapped = office.wrapped("清单.txt", "沙袋".encode() * 1000, times=times)
    body = office.ole({"\x01Ole10Native": wrapped})
    _, dropped = read(objects(tmp_path / "a.docx", oleObject1=body)).parts
    assert (dropped.path, dropped.status) == ("清单.txt", ExtractionStatus.OK)
    assert words(dropped) == "沙袋" * 1000


def test_a_file_in_an_object_goes_by_its_type(tmp_path: Path) -> None:
    inner = samples.docx_plain(tmp_path / "inner.docx").read_bytes()
    pdf = samples.pdf(tmp_path / "inner.pdf").read_bytes().ljust(4096)
    path = objects(
        tmp_path / "a.docx", one=office.ole({"Package": inner}), two=office.ole({"CONTENTS": pdf})
    )
    found = {part.path: words(part) for part in read(path).parts[1:]}
    assert set(found) == {"one.docx", "two.pdf"}
    assert "防汛工作通知" in found["one.docx"]
    assert "第一页防汛" in found["two.pdf"]


def test_an_object_that_is_an_old_office_file_is_handed_on_as_one(tmp_path: Path) -> None:
    body = office.ole({"WordDocument": bytes(4096)})
    _, inner = read(objects(tmp_path / "a.docx", oleObject1=body)).parts
    assert (inner.path, inner.media_type) == ("oleObject1.doc", "application/msword")


def test_an_object_that_only_draws_or_that_nobody_knows_is_accounted_for(tmp_path: Path) -> None:
    body = office.ole({"Equation Native": bytes(4096)})
    noise = office.ole({"CONTENTS": bytes(range(256)) * 16})
    _, *inner = read(objects(tmp_path / "a.docx", equation=body, noise=noise)).parts
    told = [(part.reason, part.skipped) for part in inner]
    assert told == [("no_text", True), ("unknown_type", False)]


def test_a_broken_object_keeps_no_text_out(tmp_path: Path) -> None:
    found = read(objects(tmp_path / "a.docx", broken=office.ole({})[:600]))
    assert (found.status, words(found.parts[0])) == (ExtractionStatus.OK, "外面")
    assert (found.parts[1].status, found.parts[1].reason) == (ExtractionStatus.FAILED, "parse")
