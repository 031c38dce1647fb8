"""Tasks that nobody in office holds: whoever left them, somebody must be able to go on."""

from records.errors import NotFound
from records.identity import Login, Token
from records.organisation import Organisation


def in_office(token: Token, organisation: Organisation) -> bool:
    """Whether somebody who is not disabled carries the token."""
    scheme, _, rest = token.partition(":")
    if scheme == "person":
        try:
            return not organisation.person(Login(rest)).disabled
        except NotFound:
            return False
    return bool(organisation.holders(token))
