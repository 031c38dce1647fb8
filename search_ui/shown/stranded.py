"""What nobody holds, as its pages show it."""

from dataclasses import replace
from urllib.parse import urlencode

from starlette.datastructures import FormData

from languages.errors import tell
from records.errors import WenshuError
from records.identity import Login, Token
from records.rights.access import person_token
from search_ui.desk import text_of, texts_of
from search_ui.texts import Texts
from search_ui.views.fields import FormField, Picked
from search_ui.views.stranded import HandOverPage, StrandedRow
from services.flow.stranding import Estate, StrandedTask, TaskName
from services.people.caller import Caller

PERSON = "person:"


def hand_over_href(holders: tuple[Token, ...]) -> str:
    """Where what these held is handed over."""
    return f"/stranded/hand-over?{urlencode([('holder', holder) for holder in holders])}"


def task_value(name: TaskName) -> str:
    """A task as a form names it."""
    return f"{name.record}:{name.revision}:{name.task}"


class StrandedShowing:
    """Shows an estate to one caller."""

    def __init__(self, caller: Caller, t: Texts) -> None:
        self._caller = caller
        self._t = t

    def page(
        self,
        estate: Estate,
        *,
        idempotency_key: str,
        form: FormData | None = None,
        problem: WenshuError | None = None,
    ) -> HandOverPage:
        """The page before; filled in as it was sent when it is shown again."""
        t = self._t
        ticked = set(texts_of(form, "task")) if form else None
        rows = (self.row(task) for task in estate.tasks)
        return HandOverPage(
            who=self.names(estate.holders),
            rows=tuple(
                replace(row, chosen=ticked is None or row.value in ticked) for row in rows
            ),
            holders=tuple(estate.holders),
            also=tuple(self._also(estate)),
            to=FormField("to", t("stranded.to"), "person", required=True,
                         picked=self._picked(form)),
            reason=FormField("reason", t("stranded.reason"), "text", required=True, max=500,
                             value=text_of(form, "reason") if form else "",
                             help=t("stranded.reason_help")),
            idempotency_key=idempotency_key,
            problem=str(tell(problem)) if problem else "",
        )  # fmt: skip

    def names(self, holders: tuple[Token, ...]) -> str:
        """Whose it was."""
        return "、".join(map(self._caller.organisation.describe, holders))

    def row(self, task: StrandedTask, told: str = "") -> StrandedRow:
        """One task; of a record that is not open to the caller no word but its kind."""
        return StrandedRow(
            value=task_value(task.name),
            kind=task.kind.title,
            label=task.label,
            title=task.title or "",
            holder=self._caller.organisation.describe(task.holder),
            unit=task.unit,
            opened_at=task.opened_at,
            due_on=task.due_on,
            told=told,
        )

    def _also(self, estate: Estate) -> list[str]:
        t, organisation = self._t, self._caller.organisation
        lines = []
        if estate.total > len({task.name.record for task in estate.tasks}):
            lines.append(t("stranded.more", n=estate.total))
        if estate.unread:
            lines.append(t("stranded.unread", n=estate.unread))
        return lines + [
            t("stranded.deputies", who=organisation.name_of(login)) for login in estate.deputies
        ]

    def _picked(self, form: FormData | None) -> tuple[Picked, ...]:
        tokens = texts_of(form, "to") if form else []
        people = [
            self._caller.organisation.find_person(Login(token.removeprefix(PERSON)))
            for token in tokens
        ]
        return tuple(Picked(person_token(each.login), each.name) for each in people if each)
