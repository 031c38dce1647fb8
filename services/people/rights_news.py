"""Changes of rights and of passwords, told to whom they are about and to the security officers.

An administrator keeps the organisation alone (SY-02); that nobody does so unseen is the point of
separated duties (AQ-14). Each change is a record of the kind ``rights_change``: a notice for the
person, a task for the security officers. The administrator himself is such a person too.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from records.identity import CLOCK, Login, Token, UnitCode
from records.parameters.catalogue import RIGHTS_NOTICE_DAYS
from records.people.delegation import Delegation
from records.people.organisation import Organisation, Person
from records.people.roles import Power
from records.people.unit_tree import Unit
from records.ports.clock import Clock
from records.rights.access import person_token, role_token, unit_token
from records.times.office_time import office_day
from services.intake.ingest import Draft, RecordIntake
from services.people.organisation_book import OrganisationBook
from services.people.system_caller import system_caller

KIND = "rights_change"

_OFFICERS = role_token("security_officer")
_MOST_TOLD = 10
"""Tokens of an audience, as the kind says; whom one record does not hold another one tells."""
_CHANNELS = {"mail": "电子邮箱", "sms": "手机"}
_ADVICE = "如有疑问，请立即与安全管理员联系。"
_NAMED = 200
"""New accounts that one notice names; how many there are it says anyway."""


class RightsNews:
    """Writes what was changed."""

    def __init__(self, ingest: RecordIntake, *, book: OrganisationBook, clock: Clock) -> None:
        self._ingest = ingest
        self._book = book
        self._clock = clock

    def changed(self, before: Organisation, after: Organisation, login: Login, by: Login) -> None:
        """Tell how the rights of somebody who was there before differ now; nothing when not."""
        lines = tuple(_differences(before, after, login))
        if lines:
            person = after.person(login)
            self._tell(f"{_named(person)}的权限有变更", lines, (person.login,), by)

    def units_changed(
        self, before: Organisation, after: Organisation, units: Sequence[Unit], by: Login
    ) -> None:
        """Tell of units that were merged, moved, closed or had back: that changes what many may.

        Those who work there, who keep the organs that they leave and come to, and the security
        officers. A new name alone changes nobody's rights.
        """
        for unit in units:
            lines = tuple(_unit_differences(before, after, unit.code))
            if lines:
                title = f"{before.full_name(unit.code)}有变动"
                people = before.headcounts().get(unit.code, 0)
                told = (*lines, f"涉及人员（含下级）{people} 人，其权限随单位变动。")
                concerned = [unit_token(unit.code), *_keepers(before, after, unit.code, by)]
                self._tell(title, told, (), by, more=concerned)

    def address_bound(self, person: Person, channel: str, *, was: str) -> None:
        """Tell that an address is bound anew, by which a lost password can be set."""
        label = _CHANNELS.get(channel, channel)
        line = f"{label}已重新绑定，可以用来找回密码。" + (f"原为 {was}。" if was else "")
        title = f"{_named(person)}绑定了新的{label}"
        self._tell(title, (line,), (person.login,), person.login)

    def password_set(self, person: Person, by: Login) -> None:
        """Tell that somebody else has set the password, or a one-time code in its place."""
        line = "密码已由他人设置，只能用来改为自己的密码；原有登录和应用令牌均已结束。"
        self._tell(f"{_named(person)}的密码由他人设置", (line,), (person.login,), by)

    def password_recovered(self, person: Person) -> None:
        """Tell that the password was set anew by a code to an address of the person."""
        line = "密码已通过验证码重新设置；原有登录和应用令牌均已结束。"
        self._tell(
            f"{_named(person)}的密码已通过验证码重置", (line,), (person.login,), person.login
        )

    def opened(self, people: Sequence[Person], organisation: Organisation, by: Login) -> None:
        """Tell the security officers which accounts are new, and what they may."""
        if people:
            lines = [
                "，".join(each for _, each in rights_of(organisation, person))
                for person in people[:_NAMED]
            ]
            lines = [f"{_named(each)}：{told}" for each, told in zip(people, lines, strict=False)]
            self._tell(f"新建账号 {len(people)} 个", lines, (), by)

    def delegated(self, delegation: Delegation, organisation: Organisation) -> None:
        """Tell both, and the security officers, whom somebody else made act for whom."""
        giver, deputy = map(organisation.person, (delegation.of, delegation.to))
        line = (
            f"{_named(deputy)}代办{_named(giver)}的待办，"
            f"{delegation.from_on:%Y-%m-%d} 至 {delegation.until_on:%Y-%m-%d}。"
        )
        title = f"{_named(giver)}的待办委托{_named(deputy)}代办"
        self._tell(title, (line,), (giver.login, deputy.login), delegation.set_by)

    def parameters_set(self, lines: Sequence[str], by: Login) -> None:
        """Tell the security officers which limits were set, from what to what (AQ-11)."""
        self._tell("系统参数有变更", lines, (), by)

    def _tell(
        self,
        title: str,
        lines: Sequence[str],
        about: Sequence[Login],
        by: Login,
        *,
        more: Sequence[Token] = (),
    ) -> None:
        caller = system_caller(self._book, self._clock)
        today, shown_days = office_day(caller.now), caller.parameters[RIGHTS_NOTICE_DAYS]
        who = caller.organisation.name_of(by)
        done_by = f"办理人：{who}（{by}）" if by != CLOCK else "办理人：服务器管理员（命令行）"
        concerned = [*map(person_token, about), *more]
        for first in range(0, max(1, len(concerned)), _MOST_TOLD - 1):
            draft = Draft(
                kind=KIND,
                fields={
                    "title": title[:200],
                    "detail": "\n".join((*lines, done_by, _ADVICE))[:20_000],
                    "audience": [*concerned[first : first + _MOST_TOLD - 1], _OFFICERS],
                    "changed_on": today.isoformat(),
                    "expires_on": (today + timedelta(days=shown_days)).isoformat(),
                },
            )
            self._ingest.begin(caller, draft)


def _differences(before: Organisation, after: Organisation, login: Login) -> Iterator[str]:
    then = rights_of(before, before.person(login))
    now = rights_of(after, after.person(login))
    for (label, was), (_, has) in zip(then, now, strict=True):
        if was != has:
            yield f"{label}：{was} → {has}"


def _unit_differences(before: Organisation, after: Organisation, code: UnitCode) -> Iterator[str]:
    """What of a unit that was there before changes the rights of those in it."""
    if not before.has_unit(code):
        return
    was, has = before.unit(code), after.unit(code)
    if was.merged_into != has.merged_into and has.merged_into is not None:
        yield f"并入：{after.full_name(has.merged_into)}"
    if was.parent != has.parent:
        above = [after.full_name(each) if each else "无" for each in (was.parent, has.parent)]
        yield f"上级单位：{above[0]} → {above[1]}"
    if (was.level or "") != (has.level or ""):
        yield f"级别：{was.level or '无'} → {has.level or '无'}"
    if was.closed != has.closed:
        yield "已撤销" if has.closed else "已恢复"


def _keepers(
    before: Organisation, after: Organisation, code: UnitCode, by: Login
) -> Iterator[Token]:
    """单位管理员 of the organs to which the unit belonged and belongs, but for who did it."""
    organs = {each.organ_of(code).code for each in (before, after)}
    keeping = [each.role for each in after.roles.all if Power.PEOPLE_OF_ORGAN in each.may]
    for person in dict.fromkeys(p for role in keeping for p in after.holders(role_token(role))):
        if person.login != by and after.organ_of(person.unit).code in organs:
            yield person_token(person.login)


def rights_of(organisation: Organisation, person: Person) -> tuple[tuple[str, str], ...]:
    """Everything that decides what a person may, by what it is called."""
    roles = (organisation.describe(role_token(role)) for role in person.roles)
    return (
        ("所在单位", organisation.full_name(person.unit)),
        ("岗位", "、".join((*person.posts, *_side_posts(organisation, person))) or "无"),
        ("角色", "、".join(roles) or "无"),
        ("涉密等级", person.clearance.label),
        ("账号", "停用" if person.disabled else "启用"),
    )


def _side_posts(organisation: Organisation, person: Person) -> Iterator[str]:
    for each in person.also:
        posts = "、".join(each.posts) or "无岗位"
        yield f"兼{organisation.full_name(each.unit)}{posts}"


def _named(person: Person) -> str:
    return f"{person.name}（{person.login}）"
