"""The contract of `TextExtractor`, for the embedded one and for the one on Tika servers."""

import os
import signal
import threading
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from indexers.extraction.embedded_text_extractor import EmbeddedTextExtractor
from indexers.extraction.file_type import Route
from indexers.extraction.limits import wall_limit_s
from indexers.tika.options import TikaOptions
from indexers.tika.routes import ROUTES, Choice, Via
from indexers.tika.tika_text_extractor import TikaTextExtractor
from records.errors import Unavailable
from records.ports.text_extractor import TextExtractor
from records.text import ContainedPart, ExtractedText, ExtractionStatus
from tests.hostile import files, samples
from tests.servers.server import address_of
from tests.servers.tika import MINIMUM_TIMEOUT_S, Tika

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


def with_room(size_bytes: int) -> float:
    """Seconds on a busy machine: what is counted ends a file here, and not the clock."""
    return 5 * wall_limit_s(size_bytes)


@pytest.fixture(scope="module")
def embedded() -> Iterator[EmbeddedTextExtractor]:
    extractor = EmbeddedTextExtractor(workers=1, may_take_s=with_room)
    yield extractor
    extractor.close()


@pytest.fixture(scope="module")
def on_servers() -> Iterator[TikaTextExtractor]:
    # PDF and sheets as well, which servers read in the same shape, though not as well.
    by_servers = Choice(Via.SERVERS, "to be compared")
    routes = {**ROUTES, Route.PDF: by_servers, Route.XLSX: by_servers}
    quick = TikaOptions(least_reading_s=MINIMUM_TIMEOUT_S, most_reading_s=10, routes=routes)
    with address_of(Tika()) as address:
        beside = EmbeddedTextExtractor(workers=1, may_take_s=with_room)
        extractor = TikaTextExtractor([address], embedded=beside, options=quick)
        yield extractor
        extractor.close()


@pytest.fixture(params=["embedded", "on_servers"])
def extractor(request: pytest.FixtureRequest) -> TextExtractor:
    found: TextExtractor = request.getfixturevalue(request.param)
    return found


def words(part: ContainedPart, *, deleted: bool = False) -> str:
    return "\n".join(page.text for page in part.pages if page.deleted is deleted)


def all_words(found: ExtractedText) -> str:
    return "\n".join(words(part) for part in found.parts)


def test_a_text_file_gives_its_text_size_and_digest(
    extractor: TextExtractor, tmp_path: Path
) -> None:
    path = tmp_path / "0a1b"
    path.write_bytes("防汛\r\n通知\0".encode())
    found = extractor.extract(path, name="通知.txt")
    assert found.status is ExtractionStatus.OK
    assert found.extractor == extractor.version
    (part,) = found.parts
    assert (part.path, part.size_bytes, part.media_type) == ("", 15, "text/plain")
    assert part.sha256 is not None
    assert len(part.sha256) == 64
    assert words(part) == "防汛\n通知"


def test_the_same_file_gives_the_same_answer(extractor: TextExtractor, tmp_path: Path) -> None:
    path = samples.docx_plain(tmp_path / "a.docx")
    first, second = (extractor.extract(path, name="a.docx") for _ in range(2))
    assert first.model_copy(update={"elapsed_ms": 0}) == second.model_copy(update={"elapsed_ms": 0})


def test_an_empty_file_is_empty(extractor: TextExtractor, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.touch()
    found = extractor.extract(path, name="a.docx")
    assert (found.status, found.reason) == (ExtractionStatus.EMPTY, "empty")


@pytest.mark.feature("SS-03")
def test_a_pdf_is_read_page_by_page(extractor: TextExtractor, tmp_path: Path) -> None:
    found = extractor.extract(samples.pdf(tmp_path / "x"), name="无后缀")
    assert [(page.page, page.text.strip()) for page in found.parts[0].pages] == [
        (1, "第一页防汛"),
        (2, "第二页抗旱"),
    ]


def test_notes_and_attachments_of_a_pdf_are_read(extractor: TextExtractor, tmp_path: Path) -> None:
    path = samples.pdf_with_attachment_and_note(tmp_path / "n.pdf")
    found = extractor.extract(path, name="n.pdf")
    assert [(part.path, words(part).strip()) for part in found.parts] == [
        ("", "批注内容"),
        ("n.txt", "附件里的话"),
    ]


def test_a_docx_gives_body_table_header_and_rare_characters_once(
    extractor: TextExtractor, tmp_path: Path
) -> None:
    found = extractor.extract(samples.docx_plain(tmp_path / "a.docx"), name="a.docx")
    text = all_words(found)
    for word in ("防汛工作通知", "𠮷野家", "甲单元", "乙单元", "内部页眉"):
        assert text.count(word) == 1


@pytest.mark.feature("FW-02")
def test_tracked_changes_are_read_as_accepted_with_deletions_apart(
    extractor: TextExtractor, tmp_path: Path
) -> None:
    found = extractor.extract(samples.docx_tracked(tmp_path / "t.docx"), name="t.docx")
    (part,) = found.parts
    assert "会议定于星期五召开" in words(part)
    assert words(part).count("搬来的话") == 1
    assert "星期三" not in words(part)
    assert "搬走的话" not in words(part)
    assert words(part, deleted=True).split() == ["星期三", "搬走的话"]


def test_each_sheet_of_a_workbook_is_a_page(extractor: TextExtractor, tmp_path: Path) -> None:
    found = extractor.extract(samples.xlsx(tmp_path / "b.xlsx"), name="b.xlsx")
    pages = {page.page: page.text for page in found.parts[0].pages if page.page}
    assert set(pages) == {1, 2}
    assert "1200.5" in pages[1]
    assert "值班员" in pages[2]


def test_a_workbook_of_excel_4_is_read(extractor: TextExtractor, tmp_path: Path) -> None:
    found = extractor.extract(samples.xls_of_excel_4(tmp_path / "b.xls"), name="b.xls")
    assert all_words(found).split() == ["Lemons", "of", "1970", "42.5"]


def test_slides_come_in_the_order_of_the_show(extractor: TextExtractor, tmp_path: Path) -> None:
    found = extractor.extract(samples.pptx(tmp_path / "c.pptx"), name="c.pptx")
    assert [(page.page, page.text.strip()) for page in found.parts[0].pages] == [
        (1, "第一张"),
        (2, "第二张"),
        (3, "第三张"),
    ]


def test_an_ofd_gives_pages_annotations_and_attachments(
    extractor: TextExtractor, tmp_path: Path
) -> None:
    found = extractor.extract(samples.ofd(tmp_path / "d.ofd"), name="d.ofd")
    assert [(part.path, words(part).split()) for part in found.parts] == [
        ("", ["版式文件正文", "仅供参考"]),
        ("清单.txt", ["沙袋两百只"]),
    ]


def test_rtf_is_read(extractor: TextExtractor, tmp_path: Path) -> None:
    found = extractor.extract(samples.rtf(tmp_path / "e.rtf"), name="e.rtf")
    assert "富文本格式" in all_words(found)


@pytest.mark.parametrize(
    "body",
    [
        "最后",
        "最后\\tab 的话",
        r"{\b 最后\par}的话",
        r"最后{\b 的}话",
        r"{\info{\title T}}最后的话",
    ],
)
def test_rtf_without_an_end_of_its_header_loses_no_text(
    extractor: TextExtractor, tmp_path: Path, body: str
) -> None:
    path = tmp_path / "e.rtf"
    escaped = "".join(f"\\u{ord(each)}?" if each > "~" else each for each in body)
    path.write_bytes(rf"{{\rtf1\ansi\uc1 {escaped}}}".encode())
    found = all_words(extractor.extract(path, name="e.rtf"))
    hanzi = "".join(each for each in found if each > "~")  # a title is read too, which is none
    assert hanzi == "".join(each for each in body if each > "~")


def test_the_visible_text_of_a_page_is_read_whatever_charset_it_claims(
    extractor: TextExtractor, tmp_path: Path
) -> None:
    path = tmp_path / "p.html"
    page = (
        "<html><head><meta charset=big5><title>标题</title><script>var 脚本</script></head>"
        "<body><p>防<b>汛</b>\n通知</p><p hidden>第二段</p></body></html>"
    )
    path.write_bytes(page.encode("gb18030"))
    text = all_words(extractor.extract(path, name="p.html"))
    assert "防汛" in text
    assert "标题" in text
    assert "脚本" not in text
    assert "通知第二段" not in text


@pytest.mark.feature("SS-03")
def test_a_mail_is_read_with_attachments_in_zips_in_it(
    extractor: TextExtractor, tmp_path: Path
) -> None:
    inner = samples.zip_gbk(
        tmp_path / "i.zip", {"方案/防汛.txt": "沙袋方案".encode("gb18030"), "方案/": b""}
    )
    path = samples.mail(tmp_path / "m.eml", (("附件 包.zip", inner.read_bytes()),))
    found = extractor.extract(path, name="m.eml")
    for word in ("关于防汛值班的通知", "张三", "王五", "今晚值班请到岗", "镕"):
        assert word in words(found.parts[0])
    told = {part.path: (part.status, part.reason, part.skipped) for part in found.parts[1:]}
    assert told == {
        "附件 包.zip": (ExtractionStatus.OK, None, False),
        "附件 包.zip/方案/防汛.txt": (ExtractionStatus.OK, None, False),
        "附件 包.zip/方案": (ExtractionStatus.EMPTY, "folder", True),
    }
    assert "沙袋方案" in all_words(found)


def test_a_compressed_tar_is_read_member_by_member(
    extractor: TextExtractor, tmp_path: Path
) -> None:
    path = samples.tar_gz(tmp_path / "t.tgz", {"甲.txt": "一".encode(), "乙.txt": "二".encode()})
    found = extractor.extract(path, name="t.tgz")
    assert [part.path for part in found.parts] == ["", "t.tar", "t.tar/甲.txt", "t.tar/乙.txt"]
    assert found.status is ExtractionStatus.OK


def test_two_members_of_one_name_are_told_apart(extractor: TextExtractor, tmp_path: Path) -> None:
    path = samples.tar_gz(tmp_path / "t.tgz", {"a.txt": b"one", "./a.txt": b"two"})
    found = extractor.extract(path, name="t.tgz")
    assert [part.path for part in found.parts[2:]] == ["t.tar/a.txt", "t.tar/a (2).txt"]


def test_every_mail_of_a_mailbox_is_a_part(extractor: TextExtractor, tmp_path: Path) -> None:
    one = samples.mail(tmp_path / "m.eml").read_bytes().replace(b"\r\n", b"\n")
    path = tmp_path / "b.mbox"
    path.write_bytes((b"From a@b Thu Jan  1 00:00:00 2026\n" + one + b"\n") * 3)
    found = extractor.extract(path, name="b.mbox")
    assert [part.path for part in found.parts[1:]] == ["00001.eml", "00002.eml", "00003.eml"]
    assert all("关于防汛值班的通知" in words(part) for part in found.parts[1:])


def test_a_picture_is_empty_and_noise_is_unsupported(
    extractor: TextExtractor, tmp_path: Path
) -> None:
    path = tmp_path / "a"
    path.write_bytes(samples.PNG)
    picture = extractor.extract(path, name="扫描.png")
    assert (picture.status, picture.reason) == (ExtractionStatus.EMPTY, "no_text")
    path.write_bytes(bytes(range(256)) * 20)
    noise = extractor.extract(path, name="a.dat")
    assert (noise.status, noise.reason) == (ExtractionStatus.UNSUPPORTED, "unknown_type")


@pytest.mark.parametrize("hostile", files.HOSTILE, ids=lambda hostile: hostile.name)
def test_a_hostile_file_ends_as_a_status(
    extractor: TextExtractor, tmp_path: Path, hostile: files.Hostile
) -> None:
    path = tmp_path / hostile.name
    hostile.make(path)
    found = extractor.extract(path, name=hostile.name)
    told = (found.status.value, found.reason)
    assert any(told[0] == s and r in (None, told[1]) for s, r in hostile.endings), told
    assert "root:" not in all_words(found)
    # The next file is not worse off.
    path.write_bytes("还好".encode())
    assert all_words(extractor.extract(path, name="a.txt")) == "还好"


def test_a_member_of_a_compression_that_nobody_knows_keeps_no_other_out(
    extractor: TextExtractor, tmp_path: Path
) -> None:
    path = samples.zip_gbk(tmp_path / "a.zip", {"a.txt": b"first", "b.txt": b"second"})
    with zipfile.ZipFile(path) as archive:
        unknown = archive.getinfo("a.txt").compress_type.to_bytes(2, "little")
    whole = bytearray(path.read_bytes())
    # The first member's method, in its own header and in the list at the end: 93 is Zstandard.
    for signature, at in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        place = whole.index(signature) + at
        assert whole[place : place + 2] == unknown
        whole[place : place + 2] = (93).to_bytes(2, "little")
    path.write_bytes(whole)
    found = extractor.extract(path, name="a.zip")
    assert {part.path: (part.status, part.reason) for part in found.parts[1:]} == {
        "a.txt": (ExtractionStatus.UNSUPPORTED, "compression"),
        "b.txt": (ExtractionStatus.OK, None),
    }


def test_members_with_evil_names_are_read_under_harmless_ones(
    extractor: TextExtractor, tmp_path: Path
) -> None:
    path = tmp_path / "names.zip"
    files.zip_with_evil_names(path)
    found = extractor.extract(path, name="names.zip")
    names = [part.path for part in found.parts[1:]]
    assert len(names) == len(files.EVIL_NAMES)
    for name in names:
        assert not name.startswith("/")
        assert ".." not in name.split("/")
        assert not set(name) & {"\0", "\n", "\u202e", "\\"}
        assert len(name) <= 300
    assert not (tmp_path.parent / "outside.txt").exists()
    assert all(words(part) == "恶意名称" for part in found.parts[1:])


def test_a_worker_killed_in_the_middle_costs_nothing(
    embedded: EmbeddedTextExtractor, tmp_path: Path
) -> None:
    path = tmp_path / "many.eml"
    files.mail_with_many_parts(path)
    for _ in range(5):  # held up, the thread may come when all is read
        embedded.extract(samples.rtf(tmp_path / "e.rtf"), name="e.rtf")
        (pid,) = embedded.worker_pids
        killing = threading.Timer(0.1, os.kill, (pid, signal.SIGKILL))
        killing.start()
        found = embedded.extract(path, name="many.eml")
        killing.join()
        assert (found.status, found.reason) == (ExtractionStatus.TRUNCATED, "too_many_parts")
        if embedded.worker_pids != (pid,):
            break
    else:
        pytest.fail("it was always killed too late")


def test_eight_threads_get_their_own_answers(extractor: TextExtractor, tmp_path: Path) -> None:
    paths = []
    for number in range(40):
        path = tmp_path / f"{number}.txt"
        path.write_text(f"第{number}号文件", encoding="utf-8")
        paths.append(path)
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda path: extractor.extract(path, name=path.name), paths))
    assert [all_words(each) for each in found] == [f"第{number}号文件" for number in range(40)]


def test_nothing_is_left_in_the_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    mine = EmbeddedTextExtractor(workers=1)
    path = tmp_path / "in.zip"
    samples.zip_gbk(path, {"a.txt": b"text"})
    assert list(tmp_path.glob("wenshu-worker-*")) == []
    mine.extract(path, name="in.zip")
    assert len(list(tmp_path.glob("wenshu-worker-*"))) == 1
    mine.close()
    assert [entry.name for entry in tmp_path.iterdir()] == ["in.zip"]


def test_a_closed_extractor_says_so_and_closing_twice_does_no_harm(tmp_path: Path) -> None:
    mine = EmbeddedTextExtractor(workers=1)
    mine.close()
    mine.close()
    with pytest.raises(Unavailable):
        mine.extract(samples.rtf(tmp_path / "e.rtf"), name="e.rtf")


@pytest.mark.skipif(not DATA.exists(), reason="the sample data are not beside the repository")
def test_the_words_of_a_real_policy_document_are_found(extractor: TextExtractor) -> None:
    found = extractor.extract(DATA / "govdoc" / "397.pdf", name="397.pdf")
    text = "".join(all_words(found).split())
    for word in ("个人所得税纳税信用", "发改办财金规〔2019〕860号"):
        assert word in text


@pytest.mark.skipif(not DATA.exists(), reason="the sample data are not beside the repository")
@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("999.ofd", "销售货物或者提供应税劳务"),
        ("AddWatermarkAnnot.ofd", "拿来主义"),
        ("n.ofd", "关于同意张阿三同志辞职的批复"),
        ("keyword.ofd", "中国建设银行股份有限公司泰安分行"),
        ("chineseDir.ofd", "你好呀"),
    ],
)
def test_real_ofd_files_give_their_words(extractor: TextExtractor, name: str, word: str) -> None:
    found = extractor.extract(DATA / "ofd" / name, name=name)
    assert found.status is ExtractionStatus.OK
    assert word in all_words(found)


def test_a_broken_page_of_an_ofd_costs_only_itself(
    extractor: TextExtractor, tmp_path: Path
) -> None:
    path = samples.ofd(tmp_path / "d.ofd")
    files.replace_member(path, "Doc_0/Annot_0.xml", b"<no xml")
    found = extractor.extract(path, name="d.ofd")
    assert (found.status, found.reason) == (ExtractionStatus.TRUNCATED, "parse")
    assert [words(part) for part in found.parts] == ["版式文件正文", "沙袋两百只"]
