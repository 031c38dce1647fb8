"""Actions as the record page offers them: buttons, reasons, and the dialog of each."""

from dataclasses import dataclass
from urllib.parse import urlencode

from languages.errors import tell
from records.flow.choosing import Candidate
from records.flow.choosing import Choice as Asks
from records.flow.declarations import ActionDeclaration, ReadBy
from records.flow.guards import state_of_related
from records.flow.opinions import takes_handwriting
from records.flow.verbs import PREVIOUS, Verb
from records.identity import Login, UnitCode
from records.revision import Revision
from records.rights.access import person_token
from records.schema.kind import Kind
from search_ui.receiving import PART, names_of_files
from search_ui.shown.action_reading import ADDED, FIELD, NEXT, Attempt
from search_ui.shown.form_fields import EVERYBODY, Asked, FormDrawing
from search_ui.shown.form_reading import SEVERAL
from search_ui.shown.receivers import goes_to
from search_ui.shown.roster import is_open
from search_ui.shown.words import record_href, with_name
from search_ui.views.fields import FormField, Picked
from search_ui.views.record import ActionView
from search_ui.views.shell import Choice
from services.flow.act import Offered

VERB_ICONS = {
    Verb.HAND_ON: "users",
    Verb.DELEGATE: "users",
    Verb.REASSIGN: "users",
    Verb.ADD_BEFORE: "plus",
    Verb.ADD_BESIDE: "plus",
    Verb.ADD_AFTER: "plus",
    Verb.WAIVE: "x",
    Verb.REMOVE: "x",
    Verb.CIRCULATE: "send",
    Verb.RECALL: "arrow-back-up",
    Verb.READ: "eye",
    Verb.ENTER: "writing",
}
"""Pictures of what befalls a task."""

NOT_HIS = frozenset({"not_yours", "wrong_state", "blocked", "claimed", "own_record", "suspended"})
"""Reasons that the reader cannot mend himself."""

SHORT = 7
"""So many candidates stand side by side; more are a list."""

AT_HAND = 30
"""So many people or units to choose from stand in the dialog; more are looked for (roster)."""


@dataclass(frozen=True, slots=True)
class ActionShowing:
    """Makes the actions of one record for one reader; `attempt` is one that was refused."""

    kind: Kind
    revision: Revision
    drawing: FormDrawing
    attempt: Attempt | None = None

    def view(self, offered: Offered) -> ActionView:
        """One action, with its dialog; filled in as it was sent when it is shown again."""
        offer, action = offered.offer, offered.offer.declaration
        tried = self._tried(offer.name)
        asks = () if offer.why_not else tuple(self._asks(offered))
        at_fields = any(each.error for each in asks)
        return ActionView(
            name=offer.name,
            label=action.label,
            href=f"{record_href(self.revision.record)}/actions/{offer.name}",
            icon=_icon(self.kind, action),
            primary=action.primary,
            allowed=offer.why_not is None,
            why_not=str(tell(offer.why_not)) if offer.why_not else "",
            hindered=offer.why_not is not None and offer.why_not.reason not in NOT_HIS,
            group=action.group or "",
            opinion=action.opinion,
            question=action.confirm or "",
            goes_to=goes_to(action, self.revision, self.drawing),
            asks=asks,
            pen=takes_handwriting(self.kind, action),
            drawn=tried.text("handwriting") if tried else "",
            words=tried.text("opinion") if tried else "",
            problem=str(tell(tried.error)) if tried and not (at_fields or tried.stale) else "",
            opened=tried is not None,
            again=tried is not None,
            stale=tried.stale if tried else None,
            lost_files=names_of_files(tried.form) if tried else (),
        )

    def problem(self, views: tuple[ActionView, ...]) -> str:
        """Why the attempt came to nothing, where its action is not offered any more."""
        if self.attempt is None or any(each.opened and each.allowed for each in views):
            return ""
        told = str(tell(with_name(self.attempt.error, self.drawing.organisation)))
        words = self.attempt.text("opinion").strip()
        return told + (self.drawing.texts("record.not_sent", words=words) if words else "")

    def _tried(self, name: str) -> Attempt | None:
        return self.attempt if self.attempt is not None and self.attempt.name == name else None

    def _asks(self, offered: Offered) -> list[FormField]:
        """In the order in which one answers: which task, whom, what, how it comes back."""
        name, action = offered.offer.name, offered.offer.declaration
        asks = [self._one_of(name, "task", "record.task", _listed(offered))] if offered.own else []
        asks += [self._choice(name, choice) for choice in offered.choices]
        asks += [self._field(name, action, field) for field in action.fields]
        asks += [self._files(name, action, part) for part in action.files]
        if action.then == "ask":
            t = self.drawing.texts
            ways = (Choice("no", t("record.through_all")), Choice("yes", t("record.straight")))
            asks.append(self._one_of(name, "straight", "record.after_mending", ways))
        if action.task is Verb.ENTER or action.enters is not None:
            asks += self._signature(name)
        return asks

    def _one_of(self, action: str, name: str, label: str, choices: tuple[Choice, ...]) -> FormField:
        """One of a few, the first unless another was chosen."""
        tried = self._tried(action)
        chosen = (tried.text(name) if tried else "") or (choices[0].value if choices else "")
        shown = tuple(Choice(c.value, c.label, chosen=c.value == chosen) for c in choices)
        told = self.drawing.texts(label)
        return FormField(name, told, "radio", required=True, choices=shown, scope=action)

    def _choice(self, action: str, choice: Asks) -> FormField:
        t = self.drawing.texts
        name, tried = f"{NEXT}{choice.key}", self._tried(action)
        given = tried.texts(name) if tried else []
        label = {"tasks": t("record.tasks"), "steps": t("record.step"), "units": t("record.units")}
        told = label.get(choice.what, t("record.next"))
        if choice.key and choice.what in {"people", "units"}:
            told = choice.key
        if self._of_roster(choice):
            return self._roster(action, choice, told, given)
        alone = len(choice.candidates) == 1 and not choice.optional and not tried
        shown = tuple(
            Choice(each.value, each.label, chosen=alone or each.value in given)
            for each in choice.candidates
        )
        return FormField(
            name,
            told,
            _control(choice),
            required=not choice.optional,
            choices=shown,
            help="" if shown else t("record.none_to_choose"),
            scope=action,
        )

    def _of_roster(self, choice: Asks) -> bool:
        """Whether it chooses people or units, and not tasks, steps or who had it before."""
        organisation = self.drawing.organisation
        known = {
            "people": lambda value: organisation.find_person(Login(value)) is not None,
            "units": lambda value: organisation.has_unit(UnitCode(value)),
        }.get(choice.what)
        return known is not None and all(known(each.value) for each in choice.candidates)

    def _roster(self, action: str, choice: Asks, told: str, given: list[str]) -> FormField:
        """People or units, chosen in the same way wherever an action chooses them.

        What was chosen before a refusal stands as it was put in order.
        """
        only = len(choice.candidates) == 1 and not choice.optional and not self._tried(action)
        chosen = [choice.candidates[0].value] if only else given
        words = ("people", "person") if choice.what == "people" else ("units", "unit")
        address = f"{record_href(self.revision.record)}/actions/{action}/roster"
        declared, vacant = self.kind.action(action), self.drawing.texts("record.none_to_choose")
        at_hand = choice.candidates if len(choice.candidates) <= AT_HAND else ()
        return FormField(
            f"{NEXT}{choice.key}",
            told,
            words[0] if choice.many else words[1],
            required=not choice.optional,
            choices=tuple(
                Choice(
                    self._token(choice.what, each.value),
                    each.label,
                    detail=self._detail(choice.what, each),
                )
                for each in at_hand
            ),
            picked=tuple(
                Picked(self._token(choice.what, each), self._named(choice.what, each))
                for each in chosen
            ),
            help="" if choice.candidates or is_open(declared, choice) else vacant,
            scope=action,
            roster_href=f"{address}?{urlencode({'key': choice.key})}",
        )

    @staticmethod
    def _token(what: str, value: str) -> str:
        return value if what == "units" else person_token(Login(value.removeprefix("person:")))

    def _detail(self, what: str, candidate: Candidate) -> str:
        """The unit of a person, for many share a name."""
        known = self.drawing.organisation.find_person(Login(candidate.value))
        return self.drawing.organisation.full_name(known.unit) if what == "people" and known else ""

    def _named(self, what: str, value: str) -> str:
        organisation = self.drawing.organisation
        if what == "units":
            return organisation.full_name(UnitCode(value))
        return organisation.name_of(Login(value.removeprefix("person:")))

    def _field(self, name: str, action: ActionDeclaration, field: str) -> FormField:
        wanted, declared = action.fields[field], self.kind.fields[field]
        tried, control = self._tried(name), f"{FIELD}{field}"
        value: object = self.revision.fields.get(field, declared.default)
        error = ""
        if tried is not None:
            several = declared.type in SEVERAL
            value = tried.texts(control) if several else tried.text(control)
            value = tried.shown.get(field, value)
            error = str(tell(tried.error)) if tried.error.facts.get("field") == field else ""
        asked = Asked(
            field,
            declared,
            label=wanted.label or declared.label,
            required=wanted.required,
            help=declared.help or "",
            state=state_of_related(action, field),
            prefix=FIELD,
            scope=name,
        )
        typed = tried.text(f"{control}{ADDED}").strip() if tried is not None and error else ""
        return self.drawing.control(asked, value, error=error, typed=typed)

    def _files(self, name: str, action: ActionDeclaration, part: str) -> FormField:
        wanted = action.files[part]
        label = wanted.label or self.kind.parts[part].label
        return FormField(f"{PART}{part}", label, "files", required=wanted.required, scope=name)

    def _signature(self, action: str) -> list[FormField]:
        """Who signed the paper that is entered (补录), and when."""
        t, tried = self.drawing.texts, self._tried(action)
        signer = tried.text("signer") if tried else ""
        signed_on = tried.text("signed_on") if tried else ""
        picked = (Picked(signer, self._named("people", signer)),) if signer else ()
        told = t("record.signer_help")
        named = FormField(
            "signer",
            t("record.signer"),
            "person",
            help=told,
            picked=picked,
            scope=action,
            roster_href=EVERYBODY,
        )
        return [
            named,
            FormField("signed_on", t("record.signed_on"), "date", signed_on, scope=action),
        ]


def _listed(offered: Offered) -> tuple[Choice, ...]:
    return tuple(Choice(each.value, each.label) for each in offered.own)


def _control(choice: Asks) -> str:
    if choice.many:
        return "choices"
    return "radio" if len(choice.candidates) <= SHORT else "choice"


def _icon(kind: Kind, action: ActionDeclaration) -> str:
    if action.task is not None and not action.primary:
        return VERB_ICONS.get(action.task, "")
    state = kind.states.get(action.to or "")
    if state is not None and state.frozen:
        return "lock"
    if state is not None and state.read is ReadBy.AUDIENCE and kind.announces:
        return "speakerphone"
    if action.to in {kind.start.state, PREVIOUS}:
        return "arrow-back-up"
    reached = state is not None and state.done and state.read is ReadBy.AUDIENCE
    if action.primary or reached:
        return "check"
    return "x" if state is not None and state.done else "send"
