"""What people are told: once, what they may read, and elsewhere as well where they want it."""

from datetime import timedelta
from pathlib import Path

import pytest

from languages.notices import MATTERS, NOTICES, wording
from records.consequences.effects import About
from records.errors import Invalid, Refused, Unavailable
from records.flow.task import Task
from records.identity import Login, RecordId, Token
from records.people.delegation import Delegation
from records.ports.courier import Message
from records.revision import Grant, Revision
from records.rights.access import Level
from records.times.office_time import office_day
from services.flow.change import Attempt
from services.intake.ingest import Draft
from services.notifications.outgoing import Dispatcher
from services.notifications.stream import COUNTED, Matter, NoticeStream
from storage.memory_store import MemoryObjectStore
from tests.clocks import NOW
from tests.following import FollowingRig
from wenshu.system.couriers import FolderCourier

LI, WANG = Login("li"), Login("wang")


class Post:
    """A courier that keeps what it was given, unless it is down."""

    def __init__(self, channel: str) -> None:
        self.channel = channel
        self.sent: list[Message] = []
        self.fails: Exception | None = None

    def send(self, message: Message) -> None:
        if self.fails:
            raise self.fails
        self.sent.append(message)


@pytest.fixture
def rig() -> FollowingRig:
    return FollowingRig(MemoryObjectStore())


def drive_file(rig: FollowingRig, *, shared: bool) -> Revision:
    first = rig.ingest.begin(rig.book.caller(LI), Draft("folder", {"title": "合同"}))
    grants = (Grant(to=Token("person:wang")),) if shared else ()
    return changed(rig, first, grants=grants)


def changed(rig: FollowingRig, before: Revision, **update: object) -> Revision:
    after = before.model_copy(update=update)
    after = rig.changes.write(rig.book.caller(LI), before, after, Attempt("edit"))
    rig.worker.run(after.record)
    return after


def told(rig: FollowingRig, login: Login) -> list[tuple[About, str]]:
    found, _ = rig.parts.notices.page(rig.book.caller(login), size=50)
    return [(each.notice.about, each.title) for each in found]


def matter(record: RecordId, occasion: str, *, minutes: int = 0) -> Matter:
    return Matter(About.URGED, record, LI, NOW + timedelta(minutes=minutes), occasion)


@pytest.mark.feature("YP-03")
def test_whom_a_record_is_shared_with_is_told_and_whoever_shared_it_is_not(
    rig: FollowingRig,
) -> None:
    drive_file(rig, shared=True)
    assert told(rig, WANG) == [(About.SHARED, "合同")]
    assert told(rig, LI) == []


def test_a_task_that_arrives_is_told_to_its_holder_once_and_its_end_to_the_author(
    rig: FollowingRig,
) -> None:
    fields = {"title": "题", "body": "文", "audience": ["everyone"]}
    first = rig.ingest.begin(rig.book.caller(LI), Draft("notice", fields))
    task = Task(number=2, holder=Token("person:wang"), label="审核", state="review", opened_at=NOW)
    people = first.participants | {Token("person:wang")}
    second = changed(rig, first, state="review", tasks=(task,), participants=people)
    changed(rig, second, fields={**second.fields, "title": "新题"})
    assert told(rig, WANG) == [(About.ARRIVED, "新题")]


def test_what_may_no_longer_be_read_is_not_shown_and_no_longer_counted(rig: FollowingRig) -> None:
    record = drive_file(rig, shared=True)
    caller = rig.book.caller(WANG)
    assert rig.parts.notices.unread(caller) == 1
    changed(rig, record, grants=())
    assert told(rig, WANG) == []
    assert rig.parts.notices.unread(caller) == 0


def test_notices_are_read_one_by_one_or_all(rig: FollowingRig) -> None:
    record = drive_file(rig, shared=True).record
    for number in range(3):
        rig.parts.teller.tell([WANG], matter(record, str(number), minutes=number + 1))
    caller, reader = rig.book.caller(WANG), rig.parts.notices
    found, _ = reader.page(caller, size=50)
    reader.mark_read(caller, [found[0].notice.id, "99999999999999-0123456789abcdef", "../x"])
    again, _ = reader.page(caller, size=50)
    assert [each.notice.is_read for each in again] == [True, False, False, False]
    reader.mark_read(caller, None)
    assert reader.unread(caller) == 0


def test_the_stream_is_paged_newest_first_to_its_end(rig: FollowingRig) -> None:
    record = drive_file(rig, shared=True).record
    for number in range(25):
        rig.parts.teller.tell([WANG], matter(record, str(number), minutes=number + 1))
    caller, seen, after = rig.book.caller(WANG), [], None
    for _ in range(10):
        page, after = rig.parts.notices.page(caller, after=after, size=10)
        seen += [each.notice.at for each in page]
        if after is None:
            break
    assert len(seen) == 26
    assert seen == sorted(seen, reverse=True)


def test_the_bell_counts_the_newest_alone(rig: FollowingRig) -> None:
    record = drive_file(rig, shared=True).record
    for number in range(COUNTED + 5):
        rig.parts.teller.tell([WANG], matter(record, str(number), minutes=number + 1))
    assert rig.parts.notices.unread(rig.book.caller(WANG)) == COUNTED


def dispatcher(rig: FollowingRig, *couriers: Post | FolderCourier) -> Dispatcher:
    return Dispatcher(
        claims=rig.truth.claims,
        ways=rig.parts.ways,
        stream=NoticeStream(rig.truth.claims),
        couriers=couriers,
        wording=wording,
        log=rig.truth.log,
        kinds=rig.kinds,
        book=rig.book,
        clock=rig.clock,
        planner=rig.parts.planner,
    )


def test_what_one_wants_by_mail_is_sent_once_and_the_rest_is_not(rig: FollowingRig) -> None:
    rig.parts.ways.choose(WANG, "mail", "wang@example.org", {About.SHARED})
    post = Post("mail")
    record = drive_file(rig, shared=True).record
    rig.parts.teller.tell([WANG], matter(record, "x"))
    sending = dispatcher(rig, post)
    assert sending.run() == 1
    assert sending.run() == 0
    rig.worker.run(record)
    (message,) = post.sent
    assert message == Message(
        "wang@example.org", "【共享】合同", "“合同”已共享给您。请登录文枢查看。"
    )


def test_a_way_that_is_down_keeps_what_it_has_and_holds_up_no_other(rig: FollowingRig) -> None:
    rig.parts.ways.choose(WANG, "mail", "wang@example.org", {About.SHARED})
    rig.parts.ways.choose(WANG, "sms", "13800000000", {About.SHARED})
    mail, sms = Post("mail"), Post("sms")
    mail.fails = Unavailable("courier_down")
    drive_file(rig, shared=True)
    sending = dispatcher(rig, mail, sms)
    assert sending.run() == 1
    assert len(sms.sent) == 1
    mail.fails = None
    assert sending.run() == 1
    assert (len(mail.sent), len(sms.sent)) == (1, 1)


def test_an_address_that_is_refused_is_told_and_not_tried_for_ever(rig: FollowingRig) -> None:
    rig.parts.ways.choose(WANG, "mail", "wang@example.org", {About.SHARED})
    mail = Post("mail")
    mail.fails = Refused("address_refused")
    drive_file(rig, shared=True)
    with pytest.raises(Refused):
        dispatcher(rig, mail).run()
    assert dispatcher(rig, mail).run() == 0


def test_nothing_is_sent_of_what_may_no_longer_be_read_or_is_stale(rig: FollowingRig) -> None:
    rig.parts.ways.choose(WANG, "mail", "wang@example.org", {About.SHARED})
    post = Post("mail")
    changed(rig, drive_file(rig, shared=True), grants=())
    assert dispatcher(rig, post).run() == 0
    drive_file(rig, shared=True)
    rig.clock.at = NOW + timedelta(days=7) + timedelta(seconds=1)
    assert dispatcher(rig, post).run() == 0
    assert post.sent == []
    assert list(rig.truth.claims.names("outgoing/")) == []


def test_the_title_of_a_secret_leaves_the_house_by_no_way(rig: FollowingRig) -> None:
    people = rig.book.current().people
    cleared = [person.model_copy(update={"clearance": Level.SECRET}) for person in people]
    rig.book.merge((), cleared)
    rig.parts.ways.choose(WANG, "mail", "wang@example.org", {About.SHARED})
    draft = Draft("folder", {"title": "机密行动"}, level="秘密")
    first = rig.ingest.begin(rig.book.caller(LI), draft)
    changed(rig, first, grants=(Grant(to=Token("person:wang")),))
    post = Post("mail")
    assert dispatcher(rig, post).run() == 1
    assert "机密行动" not in str(post.sent)
    assert post.sent[0].subject == "【共享】文件夹"
    assert told(rig, WANG) == [(About.SHARED, "机密行动")]


def test_the_folder_courier_writes_whole_files(rig: FollowingRig, tmp_path: Path) -> None:
    FolderCourier("sms", tmp_path / "out").send(Message("138", "题", "文"))
    (written,) = (tmp_path / "out").iterdir()
    assert written.read_text(encoding="utf-8") == "To: 138\nSubject: 题\n\n文\n"
    (tmp_path / "file").write_text("")
    with pytest.raises(Unavailable):
        FolderCourier("sms", tmp_path / "file").send(Message("138", "题", "文"))


@pytest.mark.parametrize(
    ("channel", "address"),
    [("mail", "nobody"), ("mail", "a@b, c@d"), ("mail", "a\n@b"), ("sms", "12"), ("fax", "1")],
)
def test_an_address_that_is_none_is_refused(rig: FollowingRig, channel: str, address: str) -> None:
    with pytest.raises(Invalid):
        rig.parts.ways.choose(WANG, channel, address, {About.DUE})


def test_a_choice_is_changed_and_taken_back(rig: FollowingRig) -> None:
    ways = rig.parts.ways
    ways.choose(WANG, "sms", "13800000000", {About.DUE})
    ways.choose(WANG, "sms", "13900000000", {About.OVERDUE})
    way = ways.of(WANG, "sms")
    assert way is not None
    assert (way.address, set(way.about)) == ("13900000000", {About.OVERDUE})
    assert ways.wanting("sms") == {"wang"}
    ways.choose(WANG, "sms", "", set())
    assert ways.wanting("sms") == frozenset()


def test_every_matter_has_its_sentence_and_its_word() -> None:
    assert set(NOTICES) == set(MATTERS) == set(About)


@pytest.mark.feature("SY-10")
def test_a_deputy_is_told_of_what_arrives_while_he_is_one(rig: FollowingRig) -> None:
    shared = drive_file(rig, shared=True)
    task = {"number": 1, "holder": "person:wang", "label": "办", "state": "", "opened_at": NOW}
    waits = changed(rig, shared, tasks=(Task.model_validate(task),))
    deputy, today = Login("zhao"), office_day(NOW)
    rig.book.merge((), [rig.book.current().person(LI).model_copy(update={"login": deputy})])
    assert told(rig, deputy) == []
    days = {"from_on": today, "until_on": today}
    given = {"number": 1, "of": WANG, "to": deputy, "set_by": WANG, **days}
    rig.book.delegate(lambda standing: (*standing, Delegation.model_validate(given)))
    more = Task.model_validate({**task, "number": 2})
    changed(rig, waits, tasks=(*waits.tasks, more))
    arrived = (About.ARRIVED, "合同")
    assert told(rig, deputy) == [arrived]
    assert told(rig, WANG).count(arrived) == 2
