"""Tasks that nobody in office holds: whoever left them, somebody must be able to go on."""

from records.identity import Token
from records.people.organisation import Organisation
from records.rights.access import Level


def in_office(token: Token, organisation: Organisation, *, level: Level = Level.PUBLIC) -> bool:
    """Whether somebody who is not disabled, and may open papers of `level`, carries the token."""
    return any(person.clearance >= level for person in organisation.holders(token))
