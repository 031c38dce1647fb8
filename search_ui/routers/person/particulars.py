"""个人信息 (LG-10): one's room and telephone, and the addresses that are bound by a code."""

from collections.abc import Callable

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData

from gate.askers import origin_of
from gate.bounded_request import BoundedRoute
from languages.errors import tell
from records.errors import Invalid, Refused, Unavailable
from search_ui.desk import TheForm, TheVisitor, Visitor, text_of
from search_ui.views.entry import AddressRow, ParticularsPage
from search_ui.views.fields import FormField
from search_ui.views.shell import Choice
from services.notifications.ways import CHANNELS

router = APIRouter(route_class=BoundedRoute)

HERE = "/account/particulars"


@router.get(HERE)
def show(visitor: TheVisitor) -> HTMLResponse:
    """One's own particulars."""
    return visitor.show("particulars", _page(visitor, FormData()))


@router.post(HERE)
def change(visitor: TheVisitor, form: TheForm) -> Response:
    """Another room or telephone."""
    room, telephone = text_of(form, "room"), text_of(form, "telephone")
    book = visitor.desk.house.entry.particulars
    return _tried(
        visitor,
        form,
        lambda: book.change(visitor.caller, room=room, telephone=telephone),
        "particulars.kept",
    )


@router.post("/account/bind")
def begin_binding(visitor: TheVisitor, form: TheForm) -> Response:
    """Sends a code to an address; its field stands on the page that answers."""
    book = visitor.desk.house.entry.particulars
    try:
        book.begin_binding(
            visitor.caller,
            text_of(form, "channel"),
            text_of(form, "address"),
            password=text_of(form, "password"),
            origin=origin_of(visitor.request),
        )
    except (Invalid, Refused, Unavailable) as error:
        return _again(visitor, form, error)
    return visitor.show("particulars", _page(visitor, form, waiting=True))


@router.post("/account/bind/code")
def bind(visitor: TheVisitor, form: TheForm) -> Response:
    """Binds the address to which the code went."""
    book = visitor.desk.house.entry.particulars
    try:
        book.bind(visitor.caller, text_of(form, "code"))
    except Refused as error:
        return _again(visitor, form, error, waiting=True)
    return visitor.go(HERE, told=visitor.desk.texts("particulars.bound"))


@router.post("/account/release")
def release(visitor: TheVisitor, form: TheForm) -> Response:
    """Forgets an address."""
    book, origin = visitor.desk.house.entry.particulars, origin_of(visitor.request)
    channel, password = text_of(form, "channel"), text_of(form, "password")
    return _tried(
        visitor,
        form,
        lambda: book.release(visitor.caller, channel, password=password, origin=origin),
        "particulars.released",
    )


def _tried(visitor: Visitor, form: FormData, act: Callable[[], None], told: str) -> Response:
    try:
        act()
    except (Invalid, Refused, Unavailable) as error:
        return _again(visitor, form, error)
    return visitor.go(HERE, told=visitor.desk.texts(told))


def _again(
    visitor: Visitor,
    form: FormData,
    error: Invalid | Refused | Unavailable,
    *,
    waiting: bool = False,
) -> Response:
    field, told = str(error.facts.get("field", "")), str(tell(error))
    if error.reason in {"wrong_password", "account_locked"}:
        field, told = "password", visitor.desk.texts("particulars.wrong_password")
        told = told if error.reason == "wrong_password" else str(tell(error))
    page = _page(visitor, form, wrong=field, error=told, waiting=waiting)
    return visitor.show("particulars", page, status=422)


def _page(
    visitor: Visitor,
    form: FormData,
    *,
    wrong: str = "",
    error: str = "",
    waiting: bool = False,
) -> ParticularsPage:
    t, book = visitor.desk.texts, visitor.desk.house.entry.particulars
    now, offered = book.of(visitor.caller.person.login), book.channels()

    def field(name: str, kind: str, value: str, *, most: int | None = None) -> FormField:
        return FormField(
            name,
            t(f"particulars.{name}"),
            kind,
            value,
            required=name in {"address", "password", "code"},
            max=most,
            help=t(f"particulars.{name}_help"),
            error=error if name == wrong else "",
        )

    known = {"room", "telephone", "address", "password", "code"}
    choices = tuple(
        Choice(name, t(f"channel.{name}"), chosen=name == (text_of(form, "channel") or "sms"))
        for name in sorted(offered, reverse=True)
    )
    bind = (
        FormField("channel", t("particulars.channel"), "radio", required=True, choices=choices),
        field("address", "text", text_of(form, "address"), most=200),
        field("password", "password", "current-password"),
    )
    return ParticularsPage(
        fields=(
            field("room", "text", text_of(form, "room") or now.room, most=60),
            field("telephone", "text", text_of(form, "telephone") or now.telephone, most=30),
        ),
        addresses=tuple(
            AddressRow(
                name, t(f"channel.{name}"), now.address(name), name in now.bound, name in offered
            )
            for name in CHANNELS
        ),
        bind=bind if offered else (),
        problem=error if error and wrong not in known else "",
        waiting=waiting,
        code=field("code", "text", "", most=20),
        changed_at=now.changed_at,
    )
