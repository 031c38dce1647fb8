"""The preview of a file as a page works with it: steps, what is looked for, small pages, rights."""

import io
import re
import zipfile
from email.message import EmailMessage
from pathlib import Path
from time import monotonic

import openpyxl
import pytest
from fastapi.testclient import TestClient
from PIL import Image

from tests.api.conftest import Browse, SignIn
from tests.contract.test_written_previews import a_show, tracked
from tests.hostile import samples

STEP = re.compile(r'href="([^"]+)" title="(上一处|下一处)"')


@pytest.fixture
def client(sign_in: SignIn) -> TestClient:
    return sign_in("drafter")


@pytest.fixture
def page(browse: Browse) -> TestClient:
    return browse("drafter")


def brought(client: TestClient, name: str, body: bytes) -> str:
    """A file as a record of its own."""
    answer = client.post("/api/v1/files", files={"file": (name, body)})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def a_book(rows: int) -> bytes:
    made = openpyxl.Workbook()
    for number in range(1, rows + 1):
        made.worksheets[0].append([number, "防汛物资" if number % 150 == 0 else "其他"])
    other = made.create_sheet("汇总")
    other["A1"] = "防汛物资合计，防汛物资"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def told(body: str) -> str:
    """第 n / m 处, as the page says it."""
    found = re.search(r'data-place-of="[^"]*">([^<]*)<', body)
    return found[1].strip() if found else ""


def step(page: TestClient, body: str, way: str) -> str:
    """The page that a step leads to, without any script."""
    href = next(href for href, label in STEP.findall(body) if label == way)
    answer = page.get(href.replace("&amp;", "&"))
    assert answer.status_code == 200
    return answer.text


def shown_mark(body: str) -> str:
    found = re.search(r'id="hit"', body)
    assert found, "no place is pointed at"
    return body[found.start() - 300 : found.end() + 100]


@pytest.mark.feature("SS-03")
def test_places_of_a_pdf_are_walked_from_page_to_page_and_round(
    client: TestClient, page: TestClient, tmp_path: Path
) -> None:
    words = ("防汛与防汛", "别的", "防汛")
    record = brought(client, "a.pdf", samples.pdf(tmp_path / "a", pages=words).read_bytes())
    body = page.get(f"/records/{record}?q=防汛").text
    assert told(body) == "第 1 / 3 处"
    body = step(page, body, "下一处")
    assert (told(body), 'name="page"' in body) == ("第 2 / 3 处", True)
    assert 'data-place="1" class="mark-at" id="hit"' in body
    body = step(page, body, "下一处")
    assert told(body) == "第 3 / 3 处"
    assert re.search(r'name="page"\s+min="1" max="3" value="3"', body)
    assert told(step(page, body, "下一处")) == "第 1 / 3 处"
    assert told(step(page, step(page, body, "下一处"), "上一处")) == "第 3 / 3 处"


@pytest.mark.feature("SS-03")
def test_places_of_a_workbook_are_walked_over_rows_and_sheets(
    client: TestClient, page: TestClient
) -> None:
    record = brought(client, "a.xlsx", a_book(450))
    body = page.get(f"/records/{record}?q=防汛物资").text
    assert told(body) == "第 1 / 5 处"
    assert "第 1–200 行，共 450 行" in body
    body = step(page, body, "下一处")
    assert (told(body), "第 201–400 行" in body) == ("第 2 / 5 处", True)
    body = step(page, step(page, body, "下一处"), "下一处")
    assert (told(body), "合计" in body) == ("第 4 / 5 处", True)
    body = step(page, body, "下一处")
    assert 'id="hit" class="mark-at" data-place="1"' in body


@pytest.mark.feature("SS-03")
def test_a_hit_on_a_sheet_opens_that_sheet(client: TestClient, page: TestClient) -> None:
    record = brought(client, "a.xlsx", a_book(3))
    body = page.get(f"/records/{record}?q=合计&file=a.xlsx&page=2").text
    assert 'aria-current="true">汇总</a>' in body
    assert told(body) == "第 1 / 1 处"


@pytest.mark.feature("SS-03")
@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.txt", lambda _: "防汛。\n防 汛，抗旱。".encode()),
        ("a.docx", lambda path: samples.docx_plain(path / "d").read_bytes()),
        ("a.pdf", lambda path: samples.pdf(path / "p", pages=("防汛",)).read_bytes()),
        ("a.ofd", lambda path: samples.ofd(path / "o").read_bytes()),
        ("a.xlsx", lambda _: a_book(150)),
        ("a.csv", lambda _: "防汛,1\n其他,2".encode()),
    ],
)
def test_what_is_looked_for_in_a_file_takes_the_place_of_the_words(
    client: TestClient, page: TestClient, tmp_path: Path, name: str, make: object
) -> None:
    assert callable(make)
    record = brought(client, name, make(tmp_path))
    nothing = page.get(f"/records/{record}?q=防汛&file={name}&find=没有的词").text
    assert "本文件中没有“没有的词”" in nothing
    assert 'data-place="' not in nothing
    sought = "文件" if name == "a.ofd" else "防汛"
    body = page.get(f"/records/{record}?file={name}&find={sought}").text
    assert told(body).startswith("第 1 / ")
    assert f'name="find" value="{sought}"' in body


@pytest.mark.feature("SS-03")
def test_what_is_looked_for_is_taken_letter_by_letter_and_counted_exactly(
    client: TestClient, page: TestClient
) -> None:
    record = brought(client, "a.txt", ("防汛 或 抗旱。" * 700 + "抗旱").encode())
    assert told(page.get(f"/records/{record}?find=汛 或 抗").text) == "第 1 / 700 处"
    assert told(page.get(f"/records/{record}?find=抗旱&place=701").text) == "第 701 / 701 处"
    escaped = page.get(f"/records/{record}", params={"find": '"><script>'}).text
    assert "<script>" not in escaped.split('id="preview"')[1].split("</form>")[0]


@pytest.mark.feature("SS-03")
@pytest.mark.parametrize(
    ("sought", "places"),
    [
        ("坚持“三严三实”要求", 1),
        ('坚持"三严三实"要求', 1),
        ('5"宽', 1),
        ('x甲"乙', 1),
        ("，", 2),
        ("&", 1),
        ("C++", 1),
        ("<b>", 1),
        ("甲或OR乙", 0),
        ("*", 0),
    ],
)
def test_punctuation_that_is_looked_for_in_a_file_counts(
    client: TestClient, page: TestClient, sought: str, places: int
) -> None:
    text = '坚持“三严三实”要求，屏5"宽，x甲"乙。a&b 用 C++ 或 C、c 写。b 与 <b>'
    record = brought(client, "a.txt", text.encode())
    body = page.get(f"/records/{record}", params={"find": sought}).text
    assert told(body) == (f"第 1 / {places} 处" if places else "")
    assert ("本文件中没有" in body) == (not places)


@pytest.mark.feature("SS-03")
def test_a_mail_with_control_characters_is_shown_with_its_marks(
    client: TestClient, page: TestClient
) -> None:
    body = b"Subject: x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\x01"
    record = brought(client, "a.eml", body + "防\x08汛正文".encode())
    assert told(page.get(f"/records/{record}?find=防汛").text)
    assert page.get(f"/records/{record}?q=正文").status_code == 200


@pytest.mark.feature("SS-03")
def test_a_long_text_is_shown_in_pieces_that_places_lead_into(
    client: TestClient, page: TestClient
) -> None:
    text = "一行别的文字，没有什么。\n" * 30_000 + "防汛在此。"
    record = brought(client, "a.txt", text.encode())
    body = page.get(f"/records/{record}").text
    assert "第 1 段，共 2 段" in body
    body = page.get(f"/records/{record}?find=防汛").text
    assert "第 2 段，共 2 段" in body
    assert '<mark id="hit" class="mark-at" data-place="0">防汛</mark>在此' in body


@pytest.mark.feature("YP-06")
def test_a_page_is_had_by_its_number_and_beyond_the_last_the_last(
    client: TestClient, page: TestClient, tmp_path: Path
) -> None:
    record = brought(client, "a.pdf", samples.pdf(tmp_path / "a").read_bytes())
    body = page.get(f"/records/{record}?file=a.pdf&page=2").text
    assert "page=2&amp;" in body or 'value="2"' in body
    assert 'max="2" value="2"' in page.get(f"/records/{record}?file=a.pdf&page=99").text
    assert page.get(f"/records/{record}?file=a.pdf&page=-5&place=-3&row=-1").status_code == 200
    sought = page.get(f"/records/{record}?file=a.pdf&page=2&find=第一").text
    assert 'max="2" value="2"' in sought
    assert told(sought) == "共 1 处"


def test_a_row_beyond_all_numbers_is_beyond_the_last(client: TestClient, page: TestClient) -> None:
    record = brought(client, "a.csv", "防汛,1\n".encode())
    answer = page.get(f"/records/{record}?row={10**40}&sheet={10**40}&place={10**40}")
    assert answer.status_code == 200
    assert "这里没有内容" in answer.text.split('id="preview"')[1].split("</section>")[0]


@pytest.mark.feature("YP-06")
def test_the_size_of_pages_is_remembered(
    client: TestClient, page: TestClient, tmp_path: Path
) -> None:
    record = brought(client, "a.pdf", samples.pdf(tmp_path / "a").read_bytes())
    assert "sheet-zoomed" not in page.get(f"/records/{record}").text
    assert "sheet-zoomed" in page.get(f"/records/{record}?zoom=150").text
    again = page.get(f"/records/{record}").text
    assert re.search(r'aria-current="true">150%</a>', again)
    page.get(f"/records/{record}?zoom=nonsense")
    assert "sheet-zoomed" in page.get(f"/records/{record}").text


@pytest.mark.feature("YP-06")
def test_small_pages_are_for_who_may_read_the_file(
    client: TestClient, page: TestClient, browse: Browse, tmp_path: Path
) -> None:
    record = brought(client, "a.pdf", samples.pdf(tmp_path / "a").read_bytes())
    href = f"/records/{record}/thumbnail?file=a.pdf&page=2"
    assert href.replace("&page", "&amp;revision=1&amp;page") in page.get(f"/records/{record}").text
    own = page.get(href)
    assert (own.status_code, own.headers["content-type"]) == (200, "image/png")
    assert own.headers["cache-control"] == "private, no-store"
    strange, missing = browse("reader"), f"/records/{record[:-1]}0/thumbnail?file=a.pdf"
    assert strange.get(href).status_code == strange.get(missing).status_code == 404
    assert page.get(f"/records/{record}/thumbnail?file=a.pdf&page=9").status_code == 404
    assert page.get(f"/records/{record}/thumbnail?file=b.pdf").status_code == 404


@pytest.mark.feature("YP-06")
def test_a_formula_without_a_result_is_said_and_a_hidden_sheet_named(
    client: TestClient, page: TestClient
) -> None:
    made = openpyxl.Workbook()
    made.worksheets[0]["A1"] = "=1+1"
    made.create_sheet("底稿").sheet_state = "hidden"
    out = io.BytesIO()
    made.save(out)
    body = page.get(f"/records/{brought(client, 'a.xlsx', out.getvalue())}").text
    assert "公式，未存结果" in body
    assert "底稿（隐藏）" in body


def a_mail(*, attached: bytes = b"", name: str = "a.zip") -> bytes:
    made = EmailMessage()
    made["Subject"] = "防汛<函>"
    made["From"] = "乙二 <yier@example.gov.cn>"
    made.set_content("请查收防汛材料。")
    if attached:
        made.add_attachment(attached, maintype="application", subtype="zip", filename=name)
    return bytes(made)


def a_zip(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, body in members.items():
            made.writestr(name, body)
    return out.getvalue()


@pytest.mark.feature("YP-06")
def test_a_mail_leads_to_the_text_of_what_is_attached_and_back(
    client: TestClient, page: TestClient
) -> None:
    inner = a_zip({"一/名单.txt": "防汛人员名单".encode(), "一/图.dwg": bytes(50)})
    record = brought(client, "a.eml", a_mail(attached=inner))
    body = page.get(f"/records/{record}?q=防汛").text
    assert "防汛" in body
    assert "&lt;函&gt;" in body
    assert "乙二 &lt;yier@example.gov.cn&gt;" in body
    assert told(body) == "第 1 / 3 处"
    assert "没有读出：此类文件不提取文字" in body
    member = re.search(r'class="held-name" href="([^"]+)">名单.txt<', body)
    assert member
    inside = page.get(member[1].replace("&amp;", "&")).text
    assert '<mark id="hit" class="mark-at" data-place="0">防汛</mark>人员名单' in inside
    assert told(inside) == "第 3 / 3 处"
    assert told(step(page, inside, "下一处")) == "第 1 / 3 处"
    assert 'class="mail-head"' in step(page, inside, "下一处")
    assert told(step(page, page.get(f"/records/{record}?q=防汛&place=2").text, "下一处")) == (
        "第 3 / 3 处"
    )


@pytest.mark.feature("SS-03")
def test_a_hit_in_what_a_file_holds_opens_there(client: TestClient, page: TestClient) -> None:
    record = brought(client, "包.zip", a_zip({"一/名单.txt": "防汛人员名单".encode()}))
    body = page.get("/search?q=防汛人员").text
    href = re.search(rf'href="(/records/{record}[^"]*member=[^"]*)"', body)
    assert href
    assert ">防汛人员</mark>名单" in page.get(href[1].replace("&amp;", "&")).text


@pytest.mark.feature("YP-06")
def test_names_in_an_archive_are_shown_harmlessly_and_lead_nowhere_outside(
    client: TestClient, page: TestClient
) -> None:
    names = ("../../etc/passwd", "a\x01b\u202e.txt", "<script>x</script>.txt", "/abs.txt")
    record = brought(client, "a.zip", a_zip(dict.fromkeys(names, "内容".encode())))
    body = page.get(f"/records/{record}").text
    preview = body.split('id="preview"')[1]
    assert "共 4 个文件" in preview
    for never in ("../", "\x01", "\u202e", "<script>x"):
        assert never not in preview
    strange = page.get(f"/records/{record}?member=../../etc/passwd").text
    assert "root:" not in strange
    assert "共 4 个文件" in strange


@pytest.mark.feature("YP-06")
def test_folders_in_an_archive_with_nothing_but_a_folder_stand_in_one_row(
    client: TestClient, page: TestClient
) -> None:
    deep = "/".join(f"层{n}" for n in range(60))
    names = ("甲/一.txt", "甲/乙/二.txt", f"{deep}/三.txt", f"{deep}/再/四.txt")
    record = brought(client, "a.zip", a_zip(dict.fromkeys(names, b"x")))
    body = page.get(f"/records/{record}").text.split('class="held-rows"')[1]
    rows = re.findall(r'class="held-row depth-(\d)">.*?class="held-name"[^>]*>([^<]*)<', body, re.S)
    assert rows == [
        ("0", "层0/层1/层2/…/层59"),
        ("1", "三.txt"),
        ("1", "再"),
        ("2", "四.txt"),
        ("0", "甲"),
        ("1", "一.txt"),
        ("1", "乙"),
        ("2", "二.txt"),
    ]


def test_an_archive_of_many_files_is_shown_in_parts(client: TestClient, page: TestClient) -> None:
    members = {f"夹/{n:05}.txt": b"x" for n in range(1, 20_001)}
    record = brought(client, "a.zip", a_zip(members))
    until = monotonic() + 60
    while "正在读取" in (body := page.get(f"/records/{record}").text):
        assert monotonic() < until
    assert "第 1–500 个" in body
    assert body.count('class="held-row ') == 501
    last = page.get(f"/records/{record}?row=19999").text
    assert "第 19,501–" in last
    assert page.get(f"/records/{record}?row=99999999").status_code == 200


@pytest.mark.feature("YP-06")
def test_slides_are_read_one_below_the_other_with_their_notes(
    client: TestClient, page: TestClient, tmp_path: Path
) -> None:
    show = a_show(tmp_path / "a.pptx", ("检查安排", "此处停顿"), ("总结", ""), hidden=2)
    record = brought(client, "a.pptx", show.read_bytes())
    body = page.get(f"/records/{record}?find=停顿").text
    assert "第 1 张" in body
    assert "第 2 张（放映时隐藏）" in body
    assert ">停顿</mark>" in body.split("备注", 1)[1]
    empty = brought(client, "b.pptx", a_show(tmp_path / "b.pptx").read_bytes())
    assert "没有幻灯片" in page.get(f"/records/{empty}").text


@pytest.mark.feature("YP-06")
def test_tracked_changes_are_shown_when_asked_for(
    client: TestClient, page: TestClient, tmp_path: Path
) -> None:
    record = brought(client, "a.docx", tracked(tmp_path / "a.docx").read_bytes())
    body = page.get(f"/records/{record}").text
    assert "最终状态" in body
    assert "<del>" not in body
    assert "<del>移走</del>" in page.get(f"/records/{record}?changes=1").text
    plain = brought(client, "b.docx", samples.docx_plain(tmp_path / "b.docx").read_bytes())
    assert "最终状态" not in page.get(f"/records/{plain}").text


@pytest.mark.feature("YP-06")
def test_a_picture_is_turned_by_plain_links(client: TestClient, page: TestClient) -> None:
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(out, "PNG")
    record = brought(client, "a.png", out.getvalue())
    body = page.get(f"/records/{record}").text
    assert re.search(r'href="[^"]*turn=1[^"]*"[^>]*>.*?向右转', body, re.DOTALL)
    turned = page.get(f"/records/{record}?turn=5").text
    href = re.search(r'src="(/records/[^"]*picture[^"]*turn=1)"', turned)
    assert href
    answer = page.get(href[1].replace("&amp;", "&"))
    assert Image.open(io.BytesIO(answer.content)).size == (20, 40)


@pytest.mark.feature("YP-06")
def test_the_drive_shows_first_pages_in_small_and_others_by_their_type(
    client: TestClient, page: TestClient, tmp_path: Path
) -> None:
    for name, held in (
        ("甲.pdf", samples.pdf(tmp_path / "a").read_bytes()),
        ("乙.txt", "文字".encode()),
    ):
        answer = client.post(
            "/api/v1/files", files={"file": (name, held)}, data={"kind": "drive_file"}
        )
        assert answer.status_code == 201, answer.text
    body = page.get("/drive").text
    shown = re.findall(r'<img src="(/records/[^"]+/thumbnail[^"]*)" alt="" loading="lazy">', body)
    assert len(shown) == 1
    small = page.get(shown[0].replace("&amp;", "&"))
    assert small.headers["content-type"] == "image/png"
    assert "drive-tiles" not in body
    assert "drive-tiles" in page.get("/drive?look=tiles").text
    assert "drive-tiles" in page.get("/drive").text
    assert "drive-tiles" not in page.get("/drive?look=list").text
