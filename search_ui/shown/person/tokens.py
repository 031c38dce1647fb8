"""应用令牌 in words."""

from collections.abc import Collection, Iterable
from datetime import date

from search_ui.texts import Texts
from search_ui.views.person.account import TokenForm, TokenRow
from search_ui.views.shell import Choice
from services.people.app_tokens import AppToken, Scope
from services.people.caller import Caller


def token_rows(
    tokens: Iterable[AppToken], caller: Caller, t: Texts, *, of_all: bool
) -> tuple[TokenRow, ...]:
    """The tokens as rows; with their owners where they are of all."""
    return tuple(
        TokenRow(
            name=each.name,
            scopes="、".join(t(f"token.{scope}") for scope in Scope if scope in each.scopes),
            made_at=each.made_at,
            last_on=each.last_on,
            over=each.last_on < caller.today,
            revoke_href=f"/tokens/{each.login}/{each.id}/revoke"
            if of_all
            else f"/account/tokens/{each.id}/revoke",
            owner=caller.organisation.name_of(each.login) if of_all else "",
        )
        for each in tokens
    )


def token_form(
    t: Texts, *, chosen: Collection[Scope], last_on: date, name: str = "", problem: str = ""
) -> TokenForm:
    """The form for a new one, filled with what was given."""
    scopes = tuple(
        Choice(scope, t(f"token.{scope}_told"), chosen=scope in chosen) for scope in Scope
    )
    return TokenForm(scopes, last_on, name, problem)
