"""Subscribed searches: told once, what may be read, at once or by the day (SS-06, SC-01)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from records.identity import Login, RecordId, Token
from records.people.people_rows import PeopleRows
from records.ports.job_queue import Job, JobName
from records.queries.search import IndexDocument
from records.revision import Grant
from services.after_commit.documents import Past, index_change
from services.after_commit.drain import Tried
from services.intake.ingest import Draft
from services.notifications.notice_reader import LISTED
from services.standing.digests import TRIED_AGAIN
from services.standing.subscriptions import MOST, Subscription, When
from services.standing.trial import AT_ONCE
from storage.chains import StoredChains
from storage.claims import StoredClaims
from storage.filesystem_store import FilesystemObjectStore
from storage.keys import revision_key
from tests.api.conftest import PASSWORD, PEOPLE, UNITS, Browse, SignIn, worked_off_inline
from tests.api.test_favourites import file, kept, open_to
from tests.api.test_library import LIBRARY, folder
from tests.clocks import SetClock
from wenshu.building.house import installation
from wenshu.building.installation import Installation
from wenshu.settings import Settings
from wenshu.system.couriers import CourierAccess

SEARCHES = "/api/v1/favourites/searches"


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    """With a way out of the house: a folder into which mail is written."""
    return replace(settings, couriers=CourierAccess(mail_folder=tmp_path / "mail"))


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def built(settings: Settings, clock: SetClock) -> Iterator[Installation]:
    with installation(settings, clock=clock) as opened:
        people = [{**person, "password": PASSWORD} for person in PEOPLE]
        opened.house.people.load(PeopleRows(UNITS, people), lasting=True)
        yield worked_off_inline(opened)


def subscribe(client: TestClient, asks: str, when: str = "now", **more: object) -> dict[str, Any]:
    given = {"name": asks, "asks": asks, "when": when, **more}
    answer = client.post(SEARCHES, json=given)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def told(client: TestClient) -> list[list[str]]:
    """The titles of each notice about a search."""
    found = client.get("/api/v1/notifications").json()["notifications"]
    ids = [each["records"] for each in found if each["about"] == "found"]
    return sorted(sorted(title(client, record) for record in each) for each in ids)


def title(client: TestClient, record: str) -> str:
    return str(client.get(f"/api/v1/records/{record}").json()["fields"]["title"])


def paper(owner: TestClient, name: str, text: str, *tokens: str) -> str:
    record = file(owner, name, text)
    open_to(owner, record, *(tokens or ("everyone",)))
    return record


@pytest.mark.feature("SS-06")
def test_a_subscriber_is_told_of_what_he_may_read_and_of_nothing_else(sign_in: SignIn) -> None:
    drafter, reader, head = sign_in("drafter"), sign_in("reader"), sign_in("head")
    paper(drafter, "旧.txt", "水库巡查")
    for client in (drafter, reader, head):
        subscribe(client, "q=水库 巡查")
    paper(drafter, "新.txt", "水库巡查")
    paper(drafter, "别的.txt", "水库")
    paper(drafter, "内部.txt", "水库巡查", "person:head")
    assert told(reader) == [["新"]]
    assert told(head) == [["内部"], ["新"]]
    assert told(drafter) == []


@pytest.mark.feature("SS-06")
def test_what_is_tried_again_or_changed_otherwise_is_told_once(
    sign_in: SignIn, built: Installation
) -> None:
    drafter, reader = sign_in("drafter"), sign_in("reader")
    subscribe(reader, "q=水库")
    record = paper(drafter, "新.txt", "水库巡查")
    revision = drafter.get(f"/api/v1/records/{record}").json()["revision"]
    built.drain._outbox.add(RecordId(record), revision)  # as a text that is read again does
    built.drain.round()
    headers = {"If-Match": f'"{revision}"'}
    changed = drafter.patch(
        f"/api/v1/records/{record}", json={"fields": {"title": "新名"}}, headers=headers
    )
    assert changed.status_code == 200, changed.text
    for _ in built.rebuilding.run():
        pass
    built.drain.round()
    assert told(reader) == [["新名"]]


@pytest.mark.feature("SS-06")
def test_what_was_there_before_one_subscribed_is_no_news_when_it_is_read_again(
    sign_in: SignIn, built: Installation, clock: SetClock
) -> None:
    drafter, reader = sign_in("drafter"), sign_in("reader")
    record = paper(drafter, "旧.txt", "水库巡查")
    clock.at += timedelta(minutes=1)
    subscribe(reader, "q=水库")
    revision = drafter.get(f"/api/v1/records/{record}").json()["revision"]
    for number in range(1, revision + 1):
        built.drain._outbox.add(RecordId(record), number)
    built.drain.round()
    assert told(reader) == []


@pytest.mark.feature("SS-06")
def test_what_comes_to_match_or_to_be_open_is_told_then(sign_in: SignIn) -> None:
    drafter, reader = sign_in("drafter"), sign_in("reader")
    subscribe(reader, "q=标题:水库")
    record = file(drafter, "巡查.txt", "水库")
    open_to(drafter, record, "everyone")
    assert told(reader) == []
    revision = drafter.get(f"/api/v1/records/{record}").json()["revision"]
    headers = {"If-Match": f'"{revision}"'}
    drafter.patch(f"/api/v1/records/{record}", json={"fields": {"title": "水库"}}, headers=headers)
    assert told(reader) == [["水库"]]
    closed = file(drafter, "水库二.txt", "汛期")
    assert told(reader) == [["水库"]]
    open_to(drafter, closed, "person:reader")
    assert told(reader) == [["水库"], ["水库二"]]


@pytest.mark.feature("SS-06")
def test_who_lost_the_right_is_shown_nothing_of_what_he_was_told(sign_in: SignIn) -> None:
    drafter, reader = sign_in("drafter"), sign_in("reader")
    subscribe(reader, "q=水库")
    record = paper(drafter, "新.txt", "水库巡查")
    open_to(drafter, record, "person:head")
    assert told(reader) == []
    assert reader.get("/api/v1/notifications").json()["unread"] == 0


@pytest.mark.feature("SS-06")
def test_a_digest_is_told_at_eight_of_what_may_be_read_then(
    sign_in: SignIn, browse: Browse, built: Installation, clock: SetClock
) -> None:
    drafter, reader = sign_in("drafter"), sign_in("reader")
    search = subscribe(reader, "q=水库", when="daily")
    paper(drafter, "甲.txt", "水库")
    lost = paper(drafter, "乙.txt", "水库")
    paper(drafter, "丙.txt", "水库")
    built.runner.run(Job(JobName.SEND))
    assert told(reader) == []
    open_to(drafter, lost, "person:head")
    clock.at += timedelta(hours=23)  # eight in the morning
    sign_in_again = sign_in("reader")
    for _ in range(2):
        built.runner.run(Job(JobName.SEND))
    assert told(sign_in_again) == [["丙", "甲"]]
    (notice,) = sign_in_again.get("/api/v1/notifications").json()["notifications"]
    assert notice["search"] == search["target"]
    assert notice["text"] == "订阅的检索有 2 项新结果：“甲”等。"
    page = browse("reader").get(f"/notifications/{notice['id']}").text
    assert "甲" in page
    assert "丙" in page
    assert "乙" not in page
    built.drain._outbox.add(RecordId(notice["record"]), 2)
    built.drain.round()
    clock.at += timedelta(days=1)
    built.runner.run(Job(JobName.SEND))
    assert len(told(sign_in("reader"))) == 1


@pytest.mark.feature("SS-06")
def test_many_found_in_one_pass_are_told_together(
    sign_in: SignIn, built: Installation, clock: SetClock
) -> None:
    house, reader = built.house, sign_in("reader")
    subscribe(reader, "q=水库")
    everyone = (Grant(to=Token("everyone")),)
    for number in range(AT_ONCE + 1):
        draft = Draft("folder", {"title": f"水库{number}"}, grants=everyone)
        house.ingest.begin(house.book.caller(Login("drafter")), draft)
    built.drain.round()
    assert told(reader) == []
    clock.at += timedelta(minutes=11)
    built.runner.run(Job(JobName.SEND))
    (notice,) = reader.get("/api/v1/notifications").json()["notifications"]
    assert (len(notice["records"]), notice["more"]) == (LISTED, True)
    assert notice["text"].startswith("订阅的检索有 10 项以上新结果")
    whole = reader.get(f"/api/v1/notifications/{notice['id']}").json()
    assert (len(whole["records"]), whole["more"]) == (AT_ONCE + 1, False)
    assert sign_in("head").get(f"/api/v1/notifications/{notice['id']}").status_code == 404
    assert reader.get("/api/v1/notifications/none").json()["reason"] == "unknown_notice"


@pytest.mark.feature("SS-06")
def test_of_a_digest_whose_first_ones_were_closed_the_next_ones_are_told(
    sign_in: SignIn, browse: Browse, built: Installation, clock: SetClock
) -> None:
    house, drafter, reader = built.house, sign_in("drafter"), sign_in("reader")
    subscribe(reader, "q=水库")
    everyone = (Grant(to=Token("everyone")),)
    caller = house.book.caller(Login("drafter"))
    for number in range(2 * LISTED + 2):
        draft = Draft("folder", {"title": f"水库{number}"}, grants=everyone)
        house.ingest.begin(caller, draft)
    built.drain.round()
    clock.at += timedelta(minutes=11)
    built.runner.run(Job(JobName.SEND))
    (notice,) = reader.get("/api/v1/notifications").json()["notifications"]
    records = reader.get(f"/api/v1/notifications/{notice['id']}").json()["records"]
    for record in records[: LISTED + 1]:
        open_to(drafter, record, "person:head")
    (left,) = reader.get("/api/v1/notifications").json()["notifications"]
    assert left["records"] == records[LISTED + 1 : 2 * LISTED]
    assert left["more"]
    assert "水库" in browse("reader").get("/notifications").text
    for record in records[LISTED + 1 :]:
        open_to(drafter, record, "person:head")
    assert reader.get("/api/v1/notifications").json()["notifications"] == []
    assert reader.get(f"/api/v1/notifications/{notice['id']}").status_code == 404


@pytest.mark.feature("SS-06")
def test_what_was_noted_is_swept_when_it_is_too_old_to_be_tried_again(
    sign_in: SignIn, built: Installation, clock: SetClock
) -> None:
    subscribe(sign_in("reader"), "q=水库", when="daily")
    paper(sign_in("drafter"), "甲.txt", "水库")
    claims = StoredClaims(built.engines.store)
    noted = list(claims.names("found/"))
    assert len(noted) == 1
    clock.at += TRIED_AGAIN - timedelta(days=1)
    built.runner.run(Job(JobName.PURGE))
    assert list(claims.names("found/")) == noted
    clock.at += timedelta(days=32)
    built.runner.run(Job(JobName.PURGE))
    assert list(claims.names("found/")) == []


@pytest.mark.feature("SS-06")
def test_a_subscription_whose_writer_died_before_it_was_noted_is_tried_an_hour_later(
    sign_in: SignIn, built: Installation, clock: SetClock
) -> None:
    paper(sign_in("drafter"), "先.txt", "水库")  # so this process knows who has subscribed
    left = Subscription(target="s1", name="水库", asks="q=水库", when=When.AT_ONCE, since=clock.at)
    StoredChains(built.engines.store).append(
        "subscriptions/reader", 1, f"[{left.model_dump_json()}]".encode()
    )
    clock.at += timedelta(hours=1)
    paper(sign_in("drafter"), "后.txt", "水库")
    assert told(sign_in("reader")) == [["后"]]


@pytest.mark.feature("SS-06")
def test_damaged_subscriptions_of_one_stop_no_digest_no_mail_and_no_page(
    sign_in: SignIn, built: Installation, clock: SetClock, tmp_path: Path
) -> None:
    reader, head = sign_in("reader"), sign_in("head")
    for client in (reader, head):
        subscribe(client, "q=水库", when="daily")
    subscribe(reader, "q=巡查")
    wants_mail(head)
    paper(sign_in("drafter"), "甲.txt", "水库巡查")
    store = built.engines.store
    key = [stat.key for stat in store.list("chains/subscriptions/reader/", after="")][-1]
    sound = store.read(key)
    store.replace(key, b"torn")
    clock.at += timedelta(hours=23)  # eight in the morning
    built.runner.run(Job(JobName.SEND))
    assert told(sign_in("head")) == [["甲"]]
    assert len(mails(tmp_path)) == 1
    assert told(sign_in("reader")) == [["甲"]], "what he was told before stays readable"
    store.replace(key, sound)
    built.runner.run(Job(JobName.SEND))
    assert told(sign_in("reader")) == [["甲"], ["甲"]]


@pytest.mark.feature("SS-06")
def test_mail_goes_out_whatever_becomes_of_the_digests(
    sign_in: SignIn, built: Installation, tmp_path: Path
) -> None:
    head = sign_in("head")
    subscribe(head, "q=水库")
    wants_mail(head)
    paper(sign_in("drafter"), "甲.txt", "水库")
    StoredClaims(built.engines.store).take("digest/damaged", b"")
    built.runner.run(Job(JobName.SEND))
    assert len(mails(tmp_path)) == 1


def wants_mail(client: TestClient) -> None:
    given = {"address": "head@example.org", "about": ["found"]}
    answer = client.put("/api/v1/notifications/ways/mail", json=given)
    assert answer.status_code == 204, answer.text


def mails(tmp_path: Path) -> list[Path]:
    return list((tmp_path / "mail").glob("*.txt"))


@pytest.mark.feature("SS-06")
def test_what_is_gone_is_said_and_stops_nobody(sign_in: SignIn, built: Installation) -> None:
    drafter, reader, head = sign_in("drafter"), sign_in("reader"), sign_in("head")
    lost = subscribe(reader, "q=水库&kind=abolished&unit=nowhere&level=无此密级")
    assert lost["gone"] == ["abolished", "nowhere", "无此密级"]
    subscribe(reader, "q=水库&level=无此密级")
    subscribe(reader, "q=(((&kind=file")
    subscribe(head, "q=水库")
    subscribe(sign_in("keeper"), "q=水库")
    rows = [{**p, "password": PASSWORD, "disabled": True} for p in PEOPLE if p["login"] == "keeper"]
    built.house.people.load(PeopleRows([], rows), lasting=True)
    paper(drafter, "新.txt", "水库巡查")
    assert told(head) == [["新"]]
    assert told(reader) == []


class _Failing:
    def run(self, tried: Sequence[Tried]) -> None:
        raise ValueError(len(tried))


@pytest.mark.feature("SS-06")
def test_a_trial_that_fails_keeps_nothing_from_being_found(
    sign_in: SignIn, built: Installation
) -> None:
    drafter = sign_in("drafter")
    built.drain._trial = _Failing()
    record = file(drafter, "新.txt", "水库巡查")
    assert not built.drain.waits_for(RecordId(record))
    assert built.drain._letters.stopped() == frozenset()


@pytest.mark.feature("SS-06")
def test_where_the_revision_before_is_damaged_the_next_is_told_anew(
    sign_in: SignIn, built: Installation
) -> None:
    drafter, reader = sign_in("drafter"), sign_in("reader")
    record = paper(drafter, "水库.txt", "巡查")
    subscribe(reader, "q=水库")
    log, trial = built.drain._log, built.drain._trial
    newest = log.latest(RecordId(record))
    kind = built.drain._kinds.of(newest)
    before = log.revision(newest.record, newest.number - 1)
    store = FilesystemObjectStore(built.settings.store)
    store.local_path(revision_key(before.record, before.number)).write_bytes(b"torn")
    log._cache._entries.clear()  # type: ignore[attr-defined]
    document = index_change(kind, newest, {}, built.house.book.current(), Past())
    assert isinstance(document, IndexDocument)
    trial.run([Tried(document, newest, before.number)])
    assert told(reader) == [["水库"]]


@pytest.mark.feature("SS-06")
def test_conditions_of_a_search_hold_for_what_it_tells(sign_in: SignIn) -> None:
    drafter, reader = sign_in("drafter"), sign_in("reader")
    subscribe(reader, "q=水库&unit=bureau&file_type=txt")
    subscribe(reader, "q=水库&unit=county")
    subscribe(reader, "q=水库&from=2001-01-01&to=2001-12-31")
    paper(drafter, "新.txt", "水库")
    assert told(reader) == [["新"]]


@pytest.mark.feature("SS-06")
@pytest.mark.feature("SC-01")
def test_a_search_is_shared_with_the_unit_as_long_as_its_owner_wants(sign_in: SignIn) -> None:
    drafter, head, reader = sign_in("drafter"), sign_in("head"), sign_in("reader")
    mine = subscribe(drafter, "q=水库", "never", shared=True)
    (offered,) = head.get("/api/v1/favourites/shared").json()
    assert (offered["name"], offered["by"]) == ("q=水库", "drafter")
    assert reader.get("/api/v1/favourites/shared").json() == []
    assert drafter.get("/api/v1/favourites/shared").json() == []
    subscribe(head, offered["asks"])
    assert head.get("/api/v1/favourites/shared").json() == []
    drafter.put(f"/api/v1/favourites/{mine['target']}", json={"shared": False})
    assert sign_in("registry").get("/api/v1/favourites/shared").json() == []
    assert kept(head)["favourites"][0]["when"] == "now"


@pytest.mark.feature("SS-06")
def test_a_subscription_is_changed_ended_and_refused_where_everything_were_told_at_once(
    sign_in: SignIn,
) -> None:
    drafter, reader = sign_in("drafter"), sign_in("reader")
    target = subscribe(reader, "q=水库", "daily")["target"]
    assert subscribe(reader, "q=水库", "never")["when"] == "never"
    again = reader.put(f"/api/v1/favourites/{target}", json={"when": "now", "note": "备注"})
    assert (again.json()["when"], again.json()["note"]) == ("now", "备注")
    assert reader.put(f"/api/v1/favourites/{target}", json={}).json()["when"] == "now"
    assert reader.delete(f"/api/v1/favourites/{target}").status_code == 204
    paper(drafter, "新.txt", "水库")
    assert told(reader) == []
    for asks in ("sort=date", "q=%20%20", "q=，"):
        answer = reader.post(SEARCHES, json={"name": "一", "asks": asks, "when": "now"})
        assert answer.status_code == 422, asks
        assert "不能逐件提醒" in answer.text
    for number in range(MOST):
        subscribe(reader, f"q=词{number}")
    answer = reader.post(SEARCHES, json={"name": "一", "asks": "q=多", "when": "now"})
    assert answer.status_code == 422
    assert "50" in answer.text


@pytest.mark.feature("SS-06")
def test_the_pages_subscribe_share_and_say_so(sign_in: SignIn, browse: Browse) -> None:
    sign_in("reader")
    page = browse("drafter")
    given = {"name": "巡查", "asks": "q=水库", "when": "daily", "shared": "1"}
    page.post("/favourites/searches", data=given)
    shown = page.get("/favourites").text
    assert "有新结果每天汇总" in shown
    assert "已与本单位共享" in shown
    target = kept(sign_in("drafter"))["favourites"][0]["target"]
    form = page.get(f"/favourites?edit={target}").text
    assert 'value="daily" checked' in form
    page.post(f"/favourites/{target}", data={"folder": "", "note": "", "when": "never"})
    assert "有新结果" not in page.get("/favourites").text
    assert "本单位共享的检索" not in browse("head").get("/favourites").text


@pytest.mark.feature("SS-06")
@pytest.mark.feature("SS-05")
def test_a_subscribed_word_is_told_of_by_its_other_names_from_now_on(sign_in: SignIn) -> None:
    drafter, reader, admin = sign_in("drafter"), sign_in("reader"), sign_in("admin")
    subscribe(reader, "q=督查")
    paper(drafter, "甲.txt", "督察")
    answer = admin.put("/api/v1/words", json={"groups": [["督查", "督察"]], "seen": 0})
    assert answer.status_code == 200, answer.text
    paper(drafter, "乙.txt", "督察")
    assert told(reader) == [["乙"]]


@pytest.mark.feature("SS-06")
def test_a_unit_a_folder_or_an_option_that_is_no_more_is_told(
    sign_in: SignIn, browse: Browse, built: Installation
) -> None:
    librarian = {
        "login": "librarian",
        "name": "库一",
        "unit": "law",
        "roles": ["staff", "librarian"],
    }
    built.house.people.load(PeopleRows([], [{**librarian, "password": PASSWORD}]), lasting=True)
    code = folder(sign_in("librarian"), "法规目录", readers=["unit:law"])["code"]
    search, reader = f"kind={LIBRARY}&filter=", sign_in("reader")
    gone = {
        "kind=notice&filter=unit:nosuch": ["nosuch"],
        "kind=notice&filter=unit:law": [],
        "kind=incoming&filter=urgency:火急": ["火急"],
        f"{search}folder:NOSUCH": ["目录"],
        f"{search}folder:{code}": ["目录"],  # as little is told of one that is not for him
    }
    for asks, words in gone.items():
        assert subscribe(reader, asks, when="daily", name="条件")["gone"] == words, asks
    assert subscribe(sign_in("librarian"), f"{search}folder:{code}", name="条件")["gone"] == []
    assert subscribe(sign_in("drafter"), f"{search}folder:{code}", name="条件")["gone"] == []
    page = browse("reader").get("/favourites").text
    assert "条件已不存在：nosuch" in page
    assert "条件已不存在：目录" in page


@pytest.mark.feature("SS-06")
def test_conditions_alone_are_subscribed_to_and_tell_each_record_that_comes_to_meet_them(
    sign_in: SignIn,
) -> None:
    """Once each, whatever else of it is changed; nothing that does not meet them."""
    drafter, reader, head = sign_in("drafter"), sign_in("reader"), sign_in("head")
    paper(drafter, "旧.txt", "甲")
    subscribe(head, "kind=notice&kind=library_file&level=公开")
    subscribe(reader, "file_type=txt&kind=library_file")
    subscribe(reader, "file_type=pdf")
    subscribe(reader, "kind=notice")
    record = paper(drafter, "新.txt", "乙")
    assert told(reader) == [["新"]]
    revision = drafter.get(f"/api/v1/records/{record}").json()["revision"]
    headers = {"If-Match": f'"{revision}"'}
    drafter.patch(f"/api/v1/records/{record}", json={"fields": {"title": "改"}}, headers=headers)
    paper(drafter, "内部.txt", "丙", "person:head")
    paper(drafter, "说明.md", "丁")
    assert told(reader) == [["改"]]
    assert told(head) == [["内部"], ["改"], ["说明"]]


@pytest.mark.feature("SS-06")
def test_everything_is_subscribed_to_by_the_day(
    sign_in: SignIn, built: Installation, clock: SetClock
) -> None:
    drafter, reader = sign_in("drafter"), sign_in("reader")
    subscribe(reader, "sort=date", "daily")
    for name in ("一", "二"):
        paper(drafter, f"{name}.txt", "正文")
    paper(drafter, "内部.txt", "正文", "person:head")
    clock.at += timedelta(hours=23)
    built.runner.run(Job(JobName.SEND))
    assert told(sign_in("reader")) == [["一", "二"]]


@pytest.mark.feature("SS-06")
def test_a_date_told_from_today_is_that_of_the_day_on_which_something_is_written(
    sign_in: SignIn, clock: SetClock
) -> None:
    drafter, reader = sign_in("drafter"), sign_in("reader")
    subscribe(reader, "q=水库 日期:今天")
    paper(drafter, "今天的.txt", "水库巡查")
    clock.pass_s(3 * 86_400)
    paper(sign_in("drafter"), "后来的.txt", "水库巡查")
    assert told(sign_in("reader")) == [["今天的"], ["后来的"]]
