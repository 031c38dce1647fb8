"""Pages and XML: what is seen is read, also where it stands in odd places."""

from pathlib import Path

import pytest

from records.text import ExtractionStatus
from tests.reading import lines, read

W = "http://schemas.microsoft.com/office/word/2003/wordml"
AML = "http://schemas.microsoft.com/aml/2001/core"


def a_file(path: Path, content: str, charset: str = "utf-8") -> Path:
    path.write_bytes(content.encode(charset))
    return path


def test_text_of_a_drawing_is_read_a_line_for_each_height(tmp_path: Path) -> None:
    drawn = '<text x="1" y="9">公</text><text x="2" y="9">文</text><text y="20">正文</text>'
    page = f"<html><body><p>外面</p><svg><style>.a{{}}</style>{drawn}</svg></body></html>"
    assert lines(read(a_file(tmp_path / "a.html", page)).parts[0]) == ["外面", "公文", "正文"]


def test_words_that_are_drawn_side_by_side_stay_apart(tmp_path: Path) -> None:
    page = '<html><svg><text y="9">one</text><text y="9">two</text></svg></html>'
    assert lines(read(a_file(tmp_path / "a.html", page)).parts[0]) == ["one two"]


def test_the_page_of_a_frame_is_read_and_what_stands_for_it_is_not(tmp_path: Path) -> None:
    frame = '<iframe srcdoc="&lt;p&gt;框内&lt;/p&gt;">不支持框架</iframe>'
    page = f"<html><body><p>外面</p>{frame}<p>后面</p></body></html>"
    assert lines(read(a_file(tmp_path / "a.html", page)).parts[0]) == ["外面", "框内", "后面"]


def test_frames_in_frames_come_to_an_end(tmp_path: Path) -> None:
    inner = "<p>最里</p>"
    for _ in range(12):
        escaped = inner.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
        inner = f'<p>层</p><iframe srcdoc="{escaped}"></iframe>'
    found = lines(read(a_file(tmp_path / "a.html", f"<html>{inner}</html>")).parts[0])
    assert set(found) == {"层"}


def test_a_charset_that_is_declared_late_is_believed(tmp_path: Path) -> None:
    late = f"<script>{'x' * 5000}</script><meta charset=windows-1251>"
    page = f"<html><head>{late}</head><body>Аренда квартир в Москве</body></html>"
    found = read(a_file(tmp_path / "a.html", page, "cp1251"))
    assert lines(found.parts[0]) == ["Аренда квартир в Москве"]


def test_word_2003_in_one_file_gives_its_paragraphs_and_no_base64(tmp_path: Path) -> None:
    runs = "<w:p><w:r><w:t>防汛</w:t></w:r><w:r><w:t>通知</w:t></w:r></w:p>"
    deleted = (
        f'<aml:annotation w:type="Word.Deletion"><aml:content><w:r>{"<w:delText>旧</w:delText>"}'
    )
    deleted += "</w:r></aml:content></aml:annotation>"
    picture = "<w:pict><w:binData>iVBORw0KGgoAAAANSUhEUg==</w:binData></w:pict>"
    body = f"<w:body>{runs}<w:p>{deleted}<w:r>{picture}<w:t>新</w:t></w:r></w:p></w:body>"
    whole = f'<w:wordDocument xmlns:w="{W}" xmlns:aml="{AML}">{body}</w:wordDocument>'
    path = a_file(tmp_path / "a.xml", f'<?xml version="1.0"?>{whole}')
    (part,) = read(path).parts
    assert lines(part) == ["防汛通知", "新"]
    assert lines(part, deleted=True) == ["旧"]


def test_flat_open_document_gives_its_paragraphs_and_no_base64(tmp_path: Path) -> None:
    text, office = (
        f"urn:oasis:names:tc:opendocument:xmlns:{each}:1.0" for each in ("text", "office")
    )
    body = (
        "<t:p>防汛<t:span>通知</t:span></t:p><o:binary-data>iVBORw0K</o:binary-data><t:p>二</t:p>"
    )
    whole = (
        f'<?xml version="1.0"?><o:document xmlns:o="{office}" xmlns:t="{text}">{body}</o:document>'
    )
    assert lines(read(a_file(tmp_path / "a.xml", whole)).parts[0]) == ["防汛通知", "二"]


def test_an_end_tag_too_many_loses_nothing_behind_it(tmp_path: Path) -> None:
    path = a_file(
        tmp_path / "a.xml", "<?xml version='1.0'?><a><b>前</c></b><p>后</p></a><p>尾</p></a>"
    )
    found = read(path)
    assert found.status is ExtractionStatus.OK
    assert lines(found.parts[0]) == ["前", "后", "尾"]


@pytest.mark.parametrize("doctype", ["<!DOCTYPE a>", '<!DOCTYPE a SYSTEM "a.dtd">', ""])
def test_xml_with_a_plain_doctype_is_read(tmp_path: Path, doctype: str) -> None:
    path = a_file(tmp_path / "a.xml", f"<?xml version='1.0'?>{doctype}<a><p>正文</p></a>")
    assert lines(read(path).parts[0]) == ["正文"]


def test_so_many_end_tags_that_the_rest_is_lost_are_told(tmp_path: Path) -> None:
    path = a_file(tmp_path / "a.xml", f"<?xml version='1.0'?><a>前{'</a>' * 50}<p>后</p>")
    found = read(path)
    assert (found.status, found.reason) == (ExtractionStatus.TRUNCATED, "parse")
