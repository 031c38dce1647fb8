"""Scans: found by what is recognised on them, page by page, behind everything else (SS-03)."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from documents.scans.memory_text_recogniser import MemoryTextRecogniser
from records.errors import Invalid
from records.identity import Login, RecordId
from records.parameters.catalogue import SCAN_PAGES, SCANS
from records.parameters.parameter import Parameter
from records.people.people_rows import PeopleRows
from records.scans import ScannedPage
from services.flow.change import NewFile
from services.flow.edit import Edit
from services.intake.ingest import Draft
from storage.keys import blob_key
from tests.api.conftest import PASSWORD, PEOPLE, UNITS, Browse, SignIn, worked_off_inline
from tests.api.test_files import found, upload
from tests.scans import installed_with, knowing, picture, read_all, work_off
from wenshu.building.installation import Installation
from wenshu.building.scanning import ScanRound
from wenshu.building.web import create_web
from wenshu.settings import Settings

ONE, LONG = picture(1), picture(2)
NEW = picture(3)
PAGES = [f"第{number}页写着渡口{number:03d}" for number in range(1, 31)]
ADMIN = Login("admin")


class Failing(MemoryTextRecogniser):
    """Fails on some pages, and calls whoever wants to know before each page."""

    def __init__(self) -> None:
        super().__init__(
            knowing((ONE, ["北湖县防汛预案\n二〇二六年"]), (LONG, PAGES), (NEW, ["新版全文"])).known
        )
        self.bad: dict[int, str] = {}
        self.before: Callable[[int], None] = lambda _: None

    def page(self, path: Path, *, name: str, page: int) -> ScannedPage:
        self.before(page)
        if page in self.bad:
            raise Invalid("unreadable", name=name, why=self.bad[page])
        return super().page(path, name=name, page=page)


@pytest.fixture
def recogniser() -> Failing:
    return Failing()


@pytest.fixture
def built(settings: Settings, recogniser: Failing) -> Iterator[Installation]:
    with installed_with(settings, recogniser) as opened:
        people = [{**person, "password": PASSWORD} for person in PEOPLE]
        opened.house.people.load(PeopleRows(UNITS, people), lasting=True)
        yield worked_off_inline(opened)


def page_of(browse: Browse, record: str, *, login: str = "drafter", words: str = "") -> str:
    return str(browse(login).get(f"/records/{record}", params={"q": words}).text)


def badge(page: str) -> str:
    (found,) = re.findall(r'<span class="tag tag-\w+">(文字[^<]*|未[^<]*)</span>', page)
    return str(found)


def set_to(built: Installation, parameter: Parameter, value: int) -> None:
    built.house.administration.parameters.book.set({parameter: value}, seen={}, by=ADMIN)


@pytest.mark.feature("SS-03")
def test_a_scan_is_found_by_its_name_at_once_and_by_its_text_once_it_is_read(
    built: Installation, sign_in: SignIn, browse: Browse
) -> None:
    client = sign_in("drafter")
    record = upload(client, ONE, "汛期.png").json()["id"]
    assert (found(client, "汛期"), found(client, "防汛预案")) == ([record], [])
    assert badge(page_of(browse, record)) == "文字待识别"
    read_all(built)
    (hit,) = client.get("/api/v1/search", params={"q": "防汛预案"}).json()["hits"]
    (match,) = [each for each in hit["matches"] if "<mark>" in each["html"]]
    assert (hit["id"], match["page"]) == (record, 1)
    assert "<mark>防汛预案</mark>" in match["html"]
    assert badge(page_of(browse, record)) == "文字由识别得来，可能有误（平均把握 90%）"


@pytest.mark.feature("SS-03")
def test_the_mark_stands_on_the_picture_and_says_that_a_machine_read_it(
    built: Installation, sign_in: SignIn, browse: Browse
) -> None:
    record = upload(sign_in("drafter"), ONE, "汛期.png").json()["id"]
    assert "preview-picture" in page_of(browse, record, words="防汛")
    read_all(built)
    page = page_of(browse, record, words="防汛")
    assert "本页文字由识别得来，可能有误，以图像为准。" in page
    # Two lines share the 80 pixels of the picture, seven characters its 60.
    (x, y, width, height) = map(
        float,
        re.findall(
            r'<rect data-place="0"[^>]* x="(.*?)" y="(.*?)" width="(.*?)"\s+height="(.*?)"', page
        )[0],
    )
    assert [x, width] == pytest.approx([60 * 3 / 7, 60 * 2 / 7], abs=1)
    assert [y, height] == pytest.approx([0, 40], abs=1)


@pytest.mark.feature("SS-03")
def test_who_may_not_open_a_scan_finds_nothing_of_what_was_read_on_it(
    built: Installation, sign_in: SignIn, browse: Browse
) -> None:
    record = upload(sign_in("drafter"), ONE, "汛期.png").json()["id"]
    read_all(built)
    for login in ("head", "admin"):
        answer = sign_in(login).get("/api/v1/search", params={"q": "防汛预案"}).json()
        assert (answer["total"], answer["near"]["total"], answer["facets"]["kind"]) == (0, 0, [])
        assert browse(login).get(f"/records/{record}").status_code == 404
        sent = browse(login).post(f"/records/{record}/files/recognise", data={"file": "汛期.png"})
        assert sent.status_code == 404
    grants = {"grants": [{"to": "person:head", "right": "read"}]}
    opened = sign_in("drafter").patch(
        f"/api/v1/records/{record}", json=grants, headers={"If-Match": '"1"'}
    )
    assert opened.is_success
    assert found(sign_in("head"), "防汛预案") == [record]


@pytest.mark.feature("SS-03")
def test_pages_are_read_one_by_one_and_the_page_says_how_many(
    built: Installation, recogniser: Failing, sign_in: SignIn, browse: Browse
) -> None:
    client = sign_in("drafter")
    record = upload(client, LONG, "长卷.png").json()["id"]
    told: dict[int, str] = {}
    searched: dict[int, list[str]] = {}

    def look(page: int) -> None:
        if page in (3, 25):
            work_off(built)
            told[page] = badge(page_of(browse, record))
            searched[page] = found(client, "渡口020")

    recogniser.before = look
    read_all(built)
    assert told == {3: "文字识别中：第 3 页，共 30 页", 25: "文字识别中：第 25 页，共 30 页"}
    assert searched == {3: [], 25: [record]}  # twenty pages become findable together
    assert recogniser.asked == list(range(1, 31))
    assert found(client, "渡口030") == [record]


@pytest.mark.feature("SS-03")
def test_who_ends_in_the_middle_goes_on_where_he_was_and_reads_nothing_twice(
    built: Installation, settings: Settings, recogniser: Failing, sign_in: SignIn
) -> None:
    record = upload(sign_in("drafter"), LONG, "长卷.png").json()["id"]

    class Killed(BaseException):
        """As if the process were gone."""

    def die(page: int) -> None:
        if page == 12:
            raise Killed

    recogniser.before = die
    with pytest.raises(Killed):
        built.scanning.turns.run()
    again = Failing()
    with installed_with(settings, again) as second:
        while second.scanning.turns.run():
            pass
        caller = second.house.book.caller(Login("drafter"))
        revision = second.house.browsing.open(caller, RecordId(record)).revision
        text = second.previewing.words.extracted(revision, revision.files[0])
        assert text is not None
        assert [page.text for page in text.parts[0].pages] == PAGES
    assert again.asked == list(range(12, 31))


@pytest.mark.feature("SS-03")
def test_records_take_turns_so_that_a_long_one_does_not_keep_a_short_one_waiting(
    built: Installation, recogniser: Failing, sign_in: SignIn
) -> None:
    client = sign_in("drafter")
    clock = [0.0]
    built.scanning.turns._now_s = lambda: clock[0]

    def take_time(_: int) -> None:
        clock[0] += 4.0

    recogniser.before = take_time
    upload(client, LONG, "长卷.png")
    short = upload(client, ONE, "汛期.png").json()["id"]
    built.scanning.turns.run()
    work_off(built)
    assert len(recogniser.asked) == 5  # four pages of one are 15 seconds, then the other's
    assert found(client, "防汛预案") == [short]


@pytest.mark.feature("SS-03")
def test_a_page_that_cannot_be_read_keeps_no_other_and_may_be_tried_again(
    built: Installation, recogniser: Failing, sign_in: SignIn, browse: Browse
) -> None:
    client = sign_in("drafter")
    recogniser.bad = {7: "memory", 8: "timeout"}
    record = upload(client, LONG, "长卷.png").json()["id"]
    read_all(built)
    assert found(client, "渡口030") == [record]
    page = page_of(browse, record)
    assert badge(page).endswith("；2 页未能识别：读取所需内存过多")
    caller = built.house.book.caller(Login("drafter"))
    revision = built.house.browsing.open(caller, RecordId(record)).revision
    shown = built.house.scans.lines(revision, revision.files[0], 7, width=60, height=80)
    assert shown == ()
    assert f'action="/records/{record}/files/recognise"' in page
    recogniser.bad = {}
    sent = browse("drafter").post(f"/records/{record}/files/recognise", data={"file": "长卷.png"})
    assert "已安排重新识别" in sent.text
    read_all(built)
    assert found(client, "渡口007") == [record]
    assert "未能识别" not in page_of(browse, record)
    again = built.house.scans.lines(revision, revision.files[0], 7, width=60, height=80)
    assert [line.text for line in again] == [PAGES[6]]
    assert sorted(recogniser.asked) == list(range(1, 31)), "pages that were read stay"


@pytest.mark.feature("SS-03")
def test_the_same_scan_in_another_record_is_read_for_that_one_too(
    built: Installation, sign_in: SignIn, browse: Browse
) -> None:
    client = sign_in("drafter")
    first = upload(client, ONE, "汛期.png").json()["id"]
    read_all(built)
    caller = built.house.book.caller(Login("drafter"))
    staged = built.house.staging.receive([ONE], name="复本.png")
    draft = Draft("library_file", {"title": "复本"}, files=[NewFile("复本.png", staged)])
    second = str(built.house.ingest.begin(caller, draft).record)
    built.drain.round()
    read_all(built)
    assert sorted(found(client, "防汛预案")) == sorted([first, second])
    for record in (first, second):
        assert "data-place" in page_of(browse, record, words="防汛")


@pytest.mark.feature("SS-03")
def test_a_file_that_is_lost_keeps_no_other_of_its_record_from_being_read(
    built: Installation, sign_in: SignIn
) -> None:
    caller = built.house.book.caller(Login("drafter"))
    files = [
        NewFile(name, built.house.staging.receive([body], name=name))
        for name, body in (("甲.png", NEW), ("乙.png", ONE))
    ]
    draft = Draft("library_file", {"title": "两件"}, files=files)
    revision = built.house.ingest.begin(caller, draft)
    built.drain.round()
    store = built.engines.store
    store.delete(blob_key(revision.record, revision.files[0].sha256))
    read_all(built)
    assert found(sign_in("drafter"), "防汛预案") == [str(revision.record)]
    assert built.house.scans.waiting() == 0


@pytest.mark.feature("SS-03")
def test_a_file_that_cannot_be_read_at_all_says_why(
    built: Installation, sign_in: SignIn, browse: Browse
) -> None:
    record = upload(sign_in("drafter"), picture(9), "坏.png").json()["id"]
    read_all(built)
    assert badge(page_of(browse, record)) == "文字识别失败：不是能识别的图像"


@pytest.mark.feature("SS-03")
def test_a_document_with_text_is_whole_though_its_pictures_cannot_be_looked_into(
    built: Installation, sign_in: SignIn, browse: Browse
) -> None:
    record = upload(sign_in("drafter"), "PK 正文".encode(), "通知.docx").json()["id"]
    read_all(built)
    page = page_of(browse, record)
    assert '<span class="tag tag-neutral">图片未能识别：不是能识别的图像</span>' in page
    assert "文字识别失败" not in page


@pytest.mark.feature("SS-03")
def test_only_who_may_change_the_record_may_have_it_read_again(
    built: Installation, recogniser: Failing, sign_in: SignIn, browse: Browse
) -> None:
    recogniser.bad = {1: "crash"}
    record = upload(
        sign_in("drafter"), ONE, "汛期.png", grants=[{"to": "everyone", "right": "read"}]
    ).json()["id"]
    read_all(built)
    assert "files/recognise" not in page_of(browse, record, login="head")
    sent = browse("head").post(f"/records/{record}/files/recognise", data={"file": "汛期.png"})
    assert sent.status_code == 403
    text = upload(sign_in("drafter"), "有字".encode(), "有字.txt").json()["id"]
    sent = browse("drafter").post(f"/records/{text}/files/recognise", data={"file": "有字.txt"})
    assert "没有需要识别文字的图像页" in sent.text
    assert built.house.scans.waiting() == 0


@pytest.mark.feature("SS-03")
def test_a_record_that_is_deleted_meanwhile_is_left(
    built: Installation, recogniser: Failing, sign_in: SignIn
) -> None:
    client = sign_in("drafter")
    record = upload(client, LONG, "长卷.png").json()["id"]

    def delete(page: int) -> None:
        if page == 3:
            assert client.delete(f"/api/v1/records/{record}", headers={"If-Match": "1"}).is_success

    recogniser.before = delete
    read_all(built)
    assert recogniser.asked == [1, 2, 3]
    assert built.house.scans.waiting() == 0
    assert found(client, "渡口001") == []


@pytest.mark.feature("SS-03")
def test_a_new_version_takes_the_place_of_the_one_that_is_being_read(
    built: Installation, recogniser: Failing, sign_in: SignIn
) -> None:
    client = sign_in("drafter")
    record = RecordId(upload(client, LONG, "长卷.png").json()["id"])
    house = built.house

    def replace_file(page: int) -> None:
        if page == 3:
            recogniser.before = lambda _: None
            staged = house.staging.receive([NEW], name="长卷.png")
            caller = house.book.caller(Login("drafter"))
            edit = Edit(files=[NewFile("长卷.png", staged)])
            house.settle(house.editing.edit(caller, record, edit, revision=1))

    recogniser.before = replace_file
    read_all(built)
    assert recogniser.asked == [1, 2, 3, 1]
    assert found(client, "新版全文") == [record]
    assert found(client, "渡口001") == []


@pytest.mark.feature("SS-03", "AQ-11")
def test_recognition_is_switched_off_and_on_without_a_restart(
    built: Installation, recogniser: Failing, sign_in: SignIn, browse: Browse
) -> None:
    client = sign_in("drafter")
    set_to(built, SCANS, 0)
    record = upload(client, ONE, "汛期.png").json()["id"]
    assert built.scanning.turns.run() == 0
    assert recogniser.asked == []
    assert badge(page_of(browse, record)) == "文字识别已关闭，正文不能检索"
    assert "已关闭" in browse("admin").get("/monitor").text
    set_to(built, SCANS, 1)
    read_all(built)
    assert found(client, "防汛预案") == [record]


@pytest.mark.feature("SS-03", "AQ-11")
def test_what_was_switched_off_in_the_middle_goes_on_when_it_is_switched_on(
    built: Installation, recogniser: Failing, sign_in: SignIn, browse: Browse
) -> None:
    client = sign_in("drafter")
    record = upload(client, LONG, "长卷.png").json()["id"]

    def switch_off(page: int) -> None:
        if page == 3:
            recogniser.before = lambda _: None
            set_to(built, SCANS, 0)

    recogniser.before = switch_off
    read_all(built)
    assert recogniser.asked == [1, 2, 3]
    assert built.house.scans.waiting() == 1
    assert badge(page_of(browse, record)) == "文字识别已关闭，正文不能检索"
    again = browse("drafter").post(f"/records/{record}/files/recognise", data={"file": "长卷.png"})
    assert "文字识别没有开启" in again.text
    set_to(built, SCANS, 1)
    read_all(built)
    assert recogniser.asked == list(range(1, 31))
    assert found(client, "渡口030") == [record]


@pytest.mark.feature("SS-03", "AQ-11")
def test_of_a_long_file_no_more_pages_are_read_than_administrators_allow(
    built: Installation, recogniser: Failing, sign_in: SignIn, browse: Browse
) -> None:
    client = sign_in("drafter")
    set_to(built, SCAN_PAGES, 4)
    record = upload(client, LONG, "长卷.png").json()["id"]
    read_all(built)
    assert recogniser.asked == [1, 2, 3, 4]
    told = badge(page_of(browse, record))
    assert told.endswith("；超出页数上限，部分识别：前 4 页，共 30 页")
    assert built.house.scans.waiting() == 0


def cut_off(built: Installation, client: TestClient) -> str:
    """A scan of which four pages of thirty are read."""
    set_to(built, SCAN_PAGES, 4)
    record = str(upload(client, LONG, "长卷.png").json()["id"])
    read_all(built)
    return record


@pytest.mark.feature("SS-03", "AQ-11")
def test_pages_beyond_the_limit_are_read_once_it_is_raised(
    built: Installation, recogniser: Failing, sign_in: SignIn
) -> None:
    client = sign_in("drafter")
    record = cut_off(built, client)
    set_to(built, SCAN_PAGES, 6)
    read_all(built)
    assert recogniser.asked == [1, 2, 3, 4, 5, 6]
    set_to(built, SCAN_PAGES, 600)
    read_all(built)
    assert recogniser.asked == list(range(1, 31))
    assert found(client, "渡口030") == [record]


@pytest.mark.feature("SS-03", "AQ-11")
def test_pages_beyond_the_limit_are_read_where_it_was_raised_while_nobody_ran(
    built: Installation, settings: Settings, sign_in: SignIn
) -> None:
    cut_off(built, sign_in("drafter"))
    set_to(built, SCAN_PAGES, 600)
    again = Failing()
    with installed_with(settings, again) as second:
        while second.scanning.turns.run():
            pass
    assert again.asked == list(range(5, 31))


@pytest.mark.feature("SS-03", "AQ-11")
def test_a_start_takes_nothing_up_that_was_cut_off_at_the_same_limit(
    built: Installation, settings: Settings, sign_in: SignIn
) -> None:
    cut_off(built, sign_in("drafter"))
    again = Failing()
    with installed_with(settings, again) as second:
        assert second.scanning.turns.run() == 0
        assert second.house.scans.waiting() == 0
        set_to(second, SCAN_PAGES, 3)
        assert second.scanning.turns.run() == 0
    set_to(built, SCAN_PAGES, 5)
    assert built.scanning.turns.run() == 1, "the limit was lowered elsewhere, and raised since"
    assert again.asked == []


@pytest.mark.feature("SS-03")
def test_what_is_cut_off_at_the_limit_is_settled_once(
    built: Installation, recogniser: Failing, sign_in: SignIn
) -> None:
    client = sign_in("drafter")
    record = RecordId(cut_off(built, client))
    caller = built.house.book.caller(Login("drafter"))
    built.scanning.requests.note([built.house.browsing.open(caller, record).revision])
    assert built.house.scans.waiting() == 0
    assert built.scanning.turns.run() == 0
    assert recogniser.asked == [1, 2, 3, 4]


def recognition(client: TestClient, record: str) -> object:
    (file,) = client.get(f"/api/v1/records/{record}").json()["files"]
    return file["recognition"]


@pytest.mark.feature("SS-03")
def test_programs_are_told_how_far_each_file_is(
    built: Installation, recogniser: Failing, sign_in: SignIn
) -> None:
    client = sign_in("drafter")
    set_to(built, SCAN_PAGES, 25)
    record = upload(client, LONG, "长卷.png").json()["id"]
    text = upload(client, "有字".encode(), "有字.txt").json()["id"]
    told = [recognition(client, record)]

    def look(page: int) -> None:
        if page == 3:
            told.append(recognition(client, record))

    recogniser.before = look
    read_all(built)
    told.append(recognition(client, record))
    assert told == [
        {"state": "waiting", "pages": None, "recognised": 0},
        {"state": "reading", "pages": 30, "recognised": 2},
        {"state": "partial", "pages": 30, "recognised": 25},
    ]
    set_to(built, SCAN_PAGES, 600)
    read_all(built)
    assert recognition(client, record) == {"state": "done", "pages": 30, "recognised": 30}
    assert recognition(client, text) is None
    recogniser.before = lambda _: None
    recogniser.bad = {1: "crash"}
    failed = upload(client, ONE, "坏.png").json()["id"]
    read_all(built)
    assert recognition(client, failed) == {"state": "failed", "pages": 1, "recognised": 0}


@pytest.mark.feature("SS-03", "YP-01")
def test_lists_mark_a_scan_as_long_as_its_text_cannot_be_found(
    built: Installation, sign_in: SignIn, browse: Browse
) -> None:
    client = sign_in("drafter")
    upload(client, ONE, "汛期甲.png", kind="drive_file")
    upload(client, "有字".encode(), "汛期乙.txt", kind="drive_file")
    built.house.scans.unread.tend()
    pages = ["/drive", "/search?q=汛期"]
    before = [browse("drafter").get(page).text for page in pages]
    assert [page.count("文字待识别") for page in before] == [1, 1]
    assert "文字待识别" not in browse("head").get("/search?q=汛期").text
    read_all(built)
    built.house.scans.unread.tend()
    after = [browse("drafter").get(page).text for page in pages]
    assert [page.count("文字待识别") for page in after] == [0, 0]


@pytest.mark.feature("SS-03", "YP-01")
def test_a_long_scan_is_marked_no_more_once_pages_of_it_are_found(
    built: Installation, recogniser: Failing, sign_in: SignIn
) -> None:
    record = RecordId(upload(sign_in("drafter"), LONG, "长卷.png").json()["id"])
    unread, marked = built.house.scans.unread, dict[int, bool]()

    def look(page: int) -> None:
        unread.tend()
        marked[page] = unread.holds(record)

    recogniser.before = look
    read_all(built)
    assert [page for page, is_marked in marked.items() if is_marked] == list(range(1, 21))


@pytest.mark.feature("SS-03")
def test_a_paper_with_text_that_is_still_to_be_looked_into_is_marked_in_no_list(
    built: Installation, sign_in: SignIn
) -> None:
    client = sign_in("drafter")
    record = RecordId(upload(client, ONE, "汛期.png").json()["id"])
    worded = RecordId(upload(client, b"%PDF with words", "有字.pdf").json()["id"])
    assert built.house.scans.waiting() == 2
    built.house.scans.unread.tend()
    assert [built.house.scans.unread.holds(each) for each in (record, worded)] == [True, False]


@pytest.mark.feature("SS-03")
def test_while_one_process_reads_another_one_steps_back(
    built: Installation, settings: Settings, recogniser: Failing, sign_in: SignIn
) -> None:
    upload(sign_in("drafter"), LONG, "长卷.png")
    other = Failing()
    seen: list[ScanRound] = []
    with installed_with(settings, other) as second:

        def meanwhile(page: int) -> None:
            if page == 3:
                seen.append(second.scanning.read())

        recogniser.before = meanwhile
        while built.scanning.read().waited:
            work_off(built)
        assert (seen, other.asked) == ([ScanRound(is_ours=False, waited=1)], [])
        upload(sign_in("drafter"), ONE, "汛期.png")
        while second.scanning.read().waited:
            pass
        assert other.asked == [1]
    assert recogniser.asked == list(range(1, 31))


@pytest.mark.feature("SS-03")
def test_another_engine_reads_again_only_when_it_is_asked_to(
    built: Installation, settings: Settings, sign_in: SignIn
) -> None:
    upload(sign_in("drafter"), ONE, "汛期.png")
    read_all(built)
    newer = knowing((ONE, ["县级防汛方案"]), version="memory-2")
    with installed_with(settings, newer) as second:
        assert sum(second.house.scans.ask_for_all(anew=False)) == 0
        assert sum(second.house.scans.ask_for_all(anew=True)) == 1
        while second.scanning.turns.run():
            pass
        assert newer.asked == [1]
        assert sum(second.house.scans.ask_for_all(anew=True)) == 0


@pytest.mark.feature("SS-03", "AQ-15")
def test_administrators_see_how_many_wait_and_not_which(
    built: Installation, recogniser: Failing, sign_in: SignIn, browse: Browse
) -> None:
    record = upload(sign_in("drafter"), LONG, "长卷.png").json()["id"]
    pages: list[str] = []

    def look(page: int) -> None:
        if page == 4:
            pages.append(browse("admin").get("/monitor").text)

    recogniser.before = look
    read_all(built)
    (page,) = pages
    assert "1 件等待识别；排在最前的一件已识别 3 页，共 30 页" in page
    assert "识别组件：memory-1" in page
    assert "长卷" not in page
    assert record not in page
    assert "没有等待识别的文件" in browse("admin").get("/monitor").text


@pytest.mark.feature("SS-03")
def test_without_an_engine_everything_else_works_and_the_pages_say_so(settings: Settings) -> None:
    with installed_with(settings, MemoryTextRecogniser({}, version=None)) as opened:
        people = [{**person, "password": PASSWORD} for person in PEOPLE]
        opened.house.people.load(PeopleRows(UNITS, people), lasting=True)
        built = worked_off_inline(opened)
        app = create_web(built, hints=())
        sessions = built.house.sessions

        def client(login: str) -> TestClient:
            secret = sessions.open(Login(login), client="test", restricted=False)
            return TestClient(app, headers={"Authorization": f"Bearer {secret}"})

        record = upload(client("drafter"), ONE, "汛期.png").json()["id"]
        assert found(client("drafter"), "汛期") == [record]
        assert built.scanning.turns.run() == 0
        drafter, admin = client("drafter"), client("admin")
        for each in (drafter, admin):
            each.cookies.set("wenshu_session", each.headers["Authorization"].split()[1])
        assert badge(drafter.get(f"/records/{record}").text) == "未装文字识别，正文不能检索"
        built.house.scans.unread.tend()
        assert not built.house.scans.unread.holds(RecordId(record)), "nobody is going to read it"
        assert "未装文字识别" in admin.get("/monitor").text
