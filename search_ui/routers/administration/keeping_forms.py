"""Forms of people and units, drawn and read; what was typed comes back with what is wrong."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import zip_longest

from starlette.datastructures import FormData

from records.errors import Invalid
from records.identity import Login, PostName, RoleName, UnitCode
from records.people.organisation import Organisation, Person, SidePost
from records.people.person import sound_login
from records.people.roles import Power
from records.people.unit_tree import Unit
from records.rights.access import LEVEL_LABELS, Level, role_token
from records.schema.dictionaries import POSTS, PROFILES, Dictionaries
from records.schema.kind_fields import FieldType
from search_ui.desk import text_of, texts_of
from search_ui.routers.administration.contact_form import (
    contact_fields,
    read_contact_form,
    typed_contact,
)
from search_ui.shown.form_reading import entry_named
from search_ui.texts import Texts
from search_ui.views.fields import FormField, Picked
from search_ui.views.shell import Choice
from services.people.caller import Caller

_SPARE_ROWS = 1


@dataclass(frozen=True, slots=True)
class KeepingForms:
    """Draws and reads them for one administrator."""

    caller: Caller
    dictionaries: Dictionaries
    t: Texts

    @property
    def _organisation(self) -> Organisation:
        return self.caller.organisation

    def person_fields(
        self, person: Person, *, new: bool, wrong: str = "", error: str = ""
    ) -> tuple[FormField, ...]:
        """The form of a person as he would be."""

        def told(name: str) -> str:
            return error if name == wrong else ""

        t = self.t
        login = FormField(
            "login", t("sign_in.login"), "text", person.login, required=True, max=60,
            help=t("keeping.login_help"), error=told("login"),
        )  # fmt: skip
        fields = [
            FormField(
                "name", t("keeping.name"), "text", person.name,
                required=True, max=60, error=told("name"),
            ),
            self._unit_field("unit", person.unit or None, error=told("unit"), required=True),
            FormField(
                "posts", t("people.posts"), "choices", error=told("posts"), wide=True,
                choices=self._posts(person.posts),
            ),
            self._side_posts(person, told("also")),
            FormField(
                "roles", t("people.roles"), "choices", error=told("roles"), wide=True,
                help=t("keeping.roles_help"), choices=self._roles(person.roles),
            ),
            FormField(
                "clearance", t("people.clearance"), "choice", person.clearance.label,
                required=True, error=told("clearance"), help=t("keeping.clearance_help"),
                choices=tuple(
                    Choice(label, label, chosen=level == person.clearance)
                    for level, label in LEVEL_LABELS.items()
                ),
            ),
        ]  # fmt: skip
        reached = contact_fields(person.contact, self._organisation, t, wrong=wrong, error=error)
        return (login, *fields, *reached) if new else (*fields, *reached)

    def read_new_person(self, form: FormData) -> Person:
        """The same of somebody new, with a login. Raises Invalid at the field that is wrong."""
        login = text_of(form, "login").strip()
        if not login:
            raise Invalid("must_be_filled", field="login", label=self.t("sign_in.login"))
        return self.read_person(form, sound_login(login), disabled=False)

    def read_person(self, form: FormData, login: Login, *, disabled: bool) -> Person:
        """What was filled in. Raises Invalid at the field that is wrong."""
        name, unit = " ".join(text_of(form, "name").split()), self.read_unit(form, "unit")
        if not name:
            raise Invalid("must_be_filled", field="name", label=self.t("keeping.name"))
        if len(name) > 60:
            label = self.t("keeping.name")
            raise Invalid("too_long", field="name", label=label, max=60, given=len(name))
        if unit is None:
            raise Invalid("must_be_filled", field="unit", label=self.t("keeping.unit"))
        level = text_of(form, "clearance")
        if level not in LEVEL_LABELS.values():
            allowed = tuple(LEVEL_LABELS.values())
            raise Invalid("unknown_level", field="clearance", given=level[:20], allowed=allowed)
        return Person(
            login=login,
            name=name,
            unit=unit,
            posts=_once(texts_of(form, "posts")),
            also=tuple(self._read_side_posts(form)),
            roles=self._read_roles(form),
            clearance=Level.of(level),
            disabled=disabled,
            contact=read_contact_form(form, self._organisation),
        )

    def typed_person(self, form: FormData, person: Person) -> Person:
        """A person with what can be taken of a form that is wrong, to be shown again."""
        level = text_of(form, "clearance")
        told: Mapping[str, object] = {
            "name": text_of(form, "name")[:60],
            "posts": _once(texts_of(form, "posts")),
            "roles": self._read_roles(form),
            "clearance": Level.of(level) if level in LEVEL_LABELS.values() else person.clearance,
            "also": tuple(self._typed_side_posts(form)),
            "unit": next(iter(texts_of(form, "unit")), ""),
            "contact": typed_contact(form, self._organisation),
        }
        return person.model_copy(update=told)

    def unit_fields(
        self, unit: Unit, *, new: bool, wrong: str = "", error: str = ""
    ) -> tuple[FormField, ...]:
        """The form of a unit as it would be."""

        def told(name: str) -> str:
            return error if name == wrong else ""

        t = self.t
        code = FormField(
            "code", t("keeping.code"), "text", unit.code, required=True, max=60,
            help=t("keeping.code_help"), error=told("code"),
        )  # fmt: skip
        words = self.dictionaries.active(PROFILES)
        profiles = dict.fromkeys((*words, unit.profile) if unit.profile else words)
        fields = (
            FormField(
                "name", t("keeping.unit_name"), "text", unit.name,
                required=True, max=100, error=told("name"),
                help="" if new else t("keeping.name_kept"),
            ),
            self._unit_field("parent", unit.parent, error=told("parent"), required=False),
            FormField(
                "level", t("keeping.level"), "text", unit.level or "", max=20,
                help=t("keeping.level_help"), error=told("level"),
            ),
            FormField(
                "profile", t("keeping.profile"), "choice", unit.profile or "",
                choices=tuple(Choice(each, each, chosen=each == unit.profile) for each in profiles),
            ),
        )  # fmt: skip
        return (code, *fields) if new else fields

    def read_unit_form(self, form: FormData, code: str) -> Unit:
        """What was filled in. Raises Invalid at the field that is wrong."""
        name = " ".join(text_of(form, "name").split())
        if not name:
            raise Invalid("must_be_filled", field="name", label=self.t("keeping.unit_name"))
        if len(name) > 100:
            label = self.t("keeping.unit_name")
            raise Invalid("too_long", field="name", label=label, max=100, given=len(name))
        return Unit.model_construct(
            code=UnitCode(code),
            name=name,
            level=" ".join(text_of(form, "level").split())[:20] or None,
            parent=self.read_unit(form, "parent"),
            profile=text_of(form, "profile")[:60] or None,
        )

    def read_unit(self, form: FormData, name: str) -> UnitCode | None:
        """The unit that was picked, or typed by its name; None for none. Raises Invalid."""
        picked = [each for each in texts_of(form, name) if each]
        typed = text_of(form, f"{name}_add").strip()
        if typed:
            picked = [self._named(typed, name)]
        if not picked:
            return None
        if not self._organisation.has_unit(UnitCode(picked[-1])):
            raise Invalid("unknown_unit", field=name, unit=picked[-1][:60])
        return UnitCode(picked[-1])

    def unit_picker(self, name: str, label: str, *, error: str = "") -> FormField:
        """A field for one unit, empty."""
        return FormField(name, label, "unit", from_tree=True, error=error, required=True)

    def _unit_field(
        self, name: str, code: UnitCode | None, *, error: str, required: bool
    ) -> FormField:
        known = code is not None and self._organisation.has_unit(code)
        picked = (Picked(code, self._organisation.full_name(code)),) if known and code else ()
        label = self.t("keeping.unit") if name == "unit" else self.t("keeping.parent")
        return FormField(
            name, label, "unit", picked=picked, from_tree=True, error=error, required=required
        )

    def _posts(self, held: Iterable[str]) -> tuple[Choice, ...]:
        own = tuple(held)
        words = dict.fromkeys((*self.dictionaries.active(POSTS), *own))
        return tuple(Choice(word, word, chosen=word in own) for word in words)

    def _roles(self, held: Iterable[str]) -> tuple[Choice, ...]:
        own, roles = dict.fromkeys(held), self._organisation.roles
        gives_all = self.caller.may(Power.PEOPLE)
        offered = dict.fromkeys(
            role
            for role in (*roles.names, *own)
            if role in own or gives_all or roles.given_by_units(role)
        )
        return tuple(
            Choice(role, self._organisation.describe(role_token(role)), chosen=role in own)
            for role in offered
        )

    def _read_roles(self, form: FormData) -> tuple[RoleName, ...]:
        """What was chosen, as it was offered; whether there is such is asked of all that is put."""
        chosen = dict.fromkeys(map(RoleName, texts_of(form, "roles")))
        names = self._organisation.roles.names
        return (*(each for each in names if each in chosen), *(chosen.keys() - set(names)))

    def _side_posts(self, person: Person, error: str) -> FormField:
        organisation = self._organisation
        rows = [
            (
                organisation.full_name(each.unit),
                each.unit if organisation.has_unit(each.unit) else "",
                "、".join(each.posts),
            )
            for each in person.also
        ]
        rows += [("", "", "")] * _SPARE_ROWS
        return FormField(
            "also",
            self.t("keeping.also"),
            "rows",
            wide=True,
            error=error,
            help=self.t("keeping.also_help"),
            lines=tuple(
                (
                    FormField("also.unit", self.t("keeping.unit"), "text", unit, code=code,
                              scope=f"field-{number}", max=100),
                    FormField("also.posts", self.t("people.posts"), "text", posts,
                              scope=f"field-{number}", max=200),
                )
                for number, (unit, code, posts) in enumerate(rows)
            ),
        )  # fmt: skip

    def _read_side_posts(self, form: FormData) -> Iterable[SidePost]:
        for typed in self._typed_side_posts(form):
            if not typed.unit:
                label = self.t("keeping.also")
                raise Invalid("must_be_filled", field="also", label=label)
            yield typed.model_copy(update={"unit": UnitCode(self._named(typed.unit, "also"))})

    def _typed_side_posts(self, form: FormData) -> Iterable[SidePost]:
        """Each with the code of its unit while its name stands as it was, else what was typed."""
        cells = (texts_of(form, f"also.{name}") for name in ("unit", "unit.code", "posts"))
        for typed, code, names in zip_longest(*cells, fillvalue=""):
            parts = names.replace("，", "、").replace(",", "、").split("、")
            posts = _once(each.strip() for each in parts)
            unit = UnitCode(typed.strip())
            if code and unit == self._organisation.full_name(UnitCode(code)):
                unit = UnitCode(code)
            if unit or posts:
                yield SidePost(unit=unit, posts=posts)

    def _named(self, typed: str, field: str) -> str:
        if self._organisation.has_unit(UnitCode(typed)):
            return typed
        try:
            return entry_named(FieldType.UNIT, typed, self._organisation, field=field)
        except Invalid as error:
            raise Invalid("no_unit_named", field=field, given=typed[:100]) from error


def _once(names: Iterable[str]) -> tuple[PostName, ...]:
    return tuple(PostName(each[:60]) for each in dict.fromkeys(names) if each)
