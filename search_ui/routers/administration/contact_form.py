"""The part of a person's form that says how he is reached: what 通讯录 shows of him (TX-01)."""

from starlette.datastructures import FormData

from records.errors import Invalid
from records.identity import Token
from records.people.contact import NAMES, Contact, read_contact
from records.people.organisation import Organisation
from records.schema.kind_fields import FieldDeclaration, FieldType
from search_ui.desk import text_of
from search_ui.shown.fields import entry_label
from search_ui.shown.form_reading import read_control
from search_ui.texts import Texts
from search_ui.views.fields import FormField, Picked

_AUDIENCE = FieldDeclaration(label="-", type=FieldType.AUDIENCE, max=50)
_LONGEST = 255
_HIDDEN, _READERS = "mobile_hidden", "mobile_readers"


def contact_fields(
    contact: Contact | None, organisation: Organisation, t: Texts, *, wrong: str, error: str
) -> tuple[FormField, ...]:
    """The controls, filled with what stands."""
    now = contact or Contact()
    texts = (
        FormField(
            name, t(f"directory.{name}"), "text", getattr(now, name),
            max=255 if name == "mail" else 60, error=error if name == wrong else "",
        )
        for name in NAMES
    )  # fmt: skip
    hidden = FormField(
        _HIDDEN, t("directory.hide_mobile"), "flag", str(now.mobile_readers is not None).lower(),
        help=t("directory.hide_mobile_help"), wide=True,
    )  # fmt: skip
    readers = FormField(
        _READERS, t("directory.mobile_readers"), "audience", wide=True,
        error=error if wrong == _READERS else "",
        picked=tuple(
            Picked(each, entry_label(FieldType.AUDIENCE, each, organisation))
            for each in now.mobile_readers or ()
        ),
    )  # fmt: skip
    return (*texts, hidden, readers)


def read_contact_form(form: FormData, organisation: Organisation) -> Contact:
    """What was filled in. Raises Invalid at the field that is wrong."""
    given = {name: text_of(form, name) for name in NAMES}
    return read_contact(given, mobile_readers=_read_readers(form, organisation))


def typed_contact(form: FormData, organisation: Organisation) -> Contact:
    """What can be taken of a form that is wrong, to be shown again: hidden stays hidden."""
    told = [text_of(form, name)[:_LONGEST] for name in NAMES]
    phone, mobile, mail, room = told
    try:
        readers = _read_readers(form, organisation)
    except Invalid:
        readers = ()
    return Contact.model_construct(
        phone=phone, mobile=mobile, mail=mail, room=room, mobile_readers=readers
    )


def _read_readers(form: FormData, organisation: Organisation) -> tuple[Token, ...] | None:
    """To whom the mobile is open; None for everybody. Raises Invalid for a name of nobody."""
    if text_of(form, _HIDDEN) != "true":
        return None
    read = read_control(_AUDIENCE, form, organisation, name=_READERS, control=_READERS)
    return tuple(Token(str(each)) for each in (read if isinstance(read, list) else ()))
