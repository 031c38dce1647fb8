"""Answers within limits, and the parts made of them."""

import json
import time
from hashlib import sha256

import pytest

from indexers.extraction.file_type import FileType, Route
from indexers.extraction.limits import ReadingLimits
from indexers.tika.answer import Answer, read_answer
from indexers.tika.faults import Unfit
from indexers.tika.json_stream import Broken
from indexers.tika.shaping import Shaping
from records.identity import Sha256
from records.text import ExtractedText

DIGEST = sha256(b"").hexdigest()
ROOT: dict[str, object] = {
    "Content-Type": "application/x-7z-compressed",
    "X-TIKA:digest:SHA256": DIGEST,
    "X-TIKA:Parsed-By": ["org.apache.tika.parser.pkg.PackageParser"],
}


def xhtml(body: str) -> str:
    head = "<head><title>not seen</title></head>"
    return f'<html xmlns="http://www.w3.org/1999/xhtml">{head}<body>{body}</body></html>'


def member(place: str, name: str, body: str = "", **more: str) -> dict[str, object]:
    return {
        "X-TIKA:content": xhtml(body),
        "X-TIKA:embedded_id_path": place,
        "X-TIKA:internalPath": name,
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Length": "3",
        "X-TIKA:digest:SHA256": DIGEST,
        **more,
    }


def answer_of(objects: list[dict[str, object]], **limits: int) -> Answer:
    data = json.dumps(objects, ensure_ascii=False).encode()
    pieces = iter([data[at : at + 1000] for at in range(0, len(data), 1000)])
    return read_answer(
        lambda: next(pieces, b""),
        limits=ReadingLimits(**limits),
        most_bytes=1 << 20,
    )


def text_of(objects: list[dict[str, object]], **limits: int) -> ExtractedText:
    found = FileType(Route.FOREIGN, "application/x-7z-compressed", ".7z")
    shaping = Shaping(
        answer_of(objects, **limits), sha256=Sha256(DIGEST), size_bytes=10, found=found
    )
    return shaping.extracted(
        extractor="x", engine="y", limits=ReadingLimits(**limits), began=time.monotonic()
    )


def told(text: ExtractedText) -> list[tuple[str, str, str | None]]:
    return [(part.path, part.status.value, part.reason) for part in text.parts]


def test_pages_come_apart_and_lists_of_members_are_no_text() -> None:
    body = (
        '<div class="page"><p>一</p></div><div class="page"><p>二&amp;</p></div>'
        '<div class="embedded" id="a.txt" /><div class="package-entry"><h1>a.txt</h1></div>'
    )
    text = text_of([{**ROOT, "X-TIKA:content": xhtml(body)}])
    assert [(page.page, page.text) for page in text.parts[0].pages] == [(1, "一"), (2, "二&")]


def test_members_stand_behind_their_container_whatever_order_the_server_gives() -> None:
    text = text_of(
        [
            ROOT,
            member("/1/2", "夹/内.txt", "<p>内</p>"),
            member("/1", "外.zip"),
            member("/10", "乙.txt", "<p>乙</p>"),
            member("/3", "甲.txt", "<p>甲</p>"),
            member("/4", "甲.txt", "<p>再</p>"),
        ]
    )
    assert [part.path for part in text.parts] == [
        "",
        "外.zip",
        "外.zip/夹/内.txt",
        "甲.txt",
        "甲 (2).txt",
        "乙.txt",
    ]
    assert {part.sha256 for part in text.parts} == {DIGEST}


def test_pictures_of_the_page_are_no_parts_and_attached_ones_are() -> None:
    text = text_of(
        [
            {**ROOT, "X-TIKA:content": xhtml("<p>a</p>")},
            member("/1", "preview.jpeg", embeddedResourceType="THUMBNAIL"),
            member("/2", "chart", "<p>图中的话</p>", embeddedResourceType="INLINE"),
            member("/3", "scan.png", embeddedResourceType="ATTACHMENT"),
        ]
    )
    assert told(text) == [
        ("", "ok", None),
        ("chart", "ok", None),
        ("scan.png", "empty", "no_text"),
    ]


def test_an_ofd_among_the_members_is_told_and_its_xml_is_not_taken_for_text() -> None:
    text = text_of(
        [ROOT, member("/1", "公文.ofd"), member("/1/2", "OFD.xml", "<p>noise</p>")],
    )
    assert told(text) == [("", "ok", None), ("公文.ofd", "unsupported", "not_by_server")]
    assert "noise" not in text.model_dump_json()


def test_names_lead_nowhere() -> None:
    text = text_of([ROOT, member("/1", "../../etc/pass\u202ewd\0.txt", "<p>a</p>")])
    assert [part.path for part in text.parts] == ["", "etc/passwd.txt"]


def test_what_lies_too_deep_is_told_and_not_read() -> None:
    text = text_of(
        [ROOT, *(member("/" + "/".join("1234"[:n]), "in.zip", "<p>a</p>") for n in range(1, 5))],
        depth=2,
    )
    assert told(text)[1:] == [
        ("in.zip", "ok", None),
        ("in.zip/in.zip", "ok", None),
        ("in.zip/in.zip/in.zip", "failed", "nesting"),
    ]
    assert text.parts[-1].skipped


def test_characters_parts_and_pages_are_cut_and_the_cut_is_told() -> None:
    page = '<div class="page"><p>四个汉字</p></div>'
    many = [member(f"/{n}", f"{n}.txt", "<p>一二三四五</p>") for n in range(1, 9)]
    long = text_of([{**ROOT, "X-TIKA:content": xhtml(page * 9)}], characters=10)
    assert told(long) == [("", "truncated", "too_long")]
    assert sum(len(p.text) for p in long.parts[0].pages) <= 10
    crowded = text_of([ROOT, *many], parts=3)
    assert told(crowded)[0] == ("", "truncated", "too_many_parts")
    assert len(crowded.parts) == 3
    paged = text_of([{**ROOT, "X-TIKA:content": xhtml(page * 9)}], pages=2)
    assert told(paged) == [("", "truncated", "too_many_pages")]
    assert len(paged.parts[0].pages) == 2


@pytest.mark.parametrize(
    ("key", "fault", "ending"),
    [
        ("container", "o.a.t.e.EncryptedDocumentException: no", ("encrypted", "encrypted")),
        ("container", "java.io.EOFException", ("failed", "parse")),
        ("container", "SAXException: Suspected zip bomb: 999 rows", ("failed", "bomb")),
        (
            "embedded",
            "Suspected zip bomb: 100 levels of XML element nesting",
            ("failed", "nesting"),
        ),
        ("embedded", "java.lang.OutOfMemoryError: Java heap space", ("failed", "memory")),
        ("embedded", "ZeroByteFileException: none", ("empty", "empty")),
    ],
)
def test_faults_of_parsers_become_reasons(key: str, fault: str, ending: tuple[str, str]) -> None:
    text = text_of([{**ROOT, f"X-TIKA:EXCEPTION:{key}_exception": fault}])
    assert (text.status.value, text.reason) == ending


def test_a_server_without_digests_is_unfit_for_what_has_members() -> None:
    bare = {key: value for key, value in ROOT.items() if "digest" not in key}
    text_of([bare])
    with pytest.raises(Unfit):
        text_of([bare, member("/1", "a.txt")])


@pytest.mark.parametrize(
    "content",
    [
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><html>&b;</html>',
        "<html><!-- a --></html>",
    ],
)
def test_markup_that_no_server_writes_is_not_parsed(content: str) -> None:
    with pytest.raises(Broken):
        answer_of([{**ROOT, "X-TIKA:content": content}])


def test_an_answer_without_parts_is_broken() -> None:
    with pytest.raises(Broken):
        answer_of([])
