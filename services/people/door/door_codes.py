"""Codes for who has no session, to an address that the person has bound; nobody learns who has one.

What a stranger asks for is answered before anything is looked up, so that neither the answer nor
its time tells whether there is such an account. The code is sent beside, after the answer.
"""

import logging

from records.errors import Refused, WenshuError
from records.identity import Login
from records.people.person import Person
from services.people.accounts import Accounts
from services.people.devices import Origin
from services.people.door.code_limits import CodeLimits
from services.people.door.sent_codes import FittingCode, Purpose, SentCodes
from services.people.organisation_book import OrganisationBook
from services.people.particulars import ParticularsBook

_LOG = logging.getLogger(__name__)


class DoorCodes:
    """Sends codes to strangers who may be somebody, and tells whether one fits."""

    def __init__(
        self,
        accounts: Accounts,
        codes: SentCodes,
        particulars: ParticularsBook,
        *,
        book: OrganisationBook,
        limits: CodeLimits,
    ) -> None:
        self._accounts = accounts
        self._codes = codes
        self._particulars = particulars
        self._book = book
        self._limits = limits

    @property
    def channels(self) -> frozenset[str]:
        """The ways on which codes go; none, and an administrator has to help."""
        return self._codes.channels

    def ask(self, purpose: Purpose, login: Login, origin: Origin) -> None:
        """Let a request for a code pass, the same for any name.

        Raises Refused (``too_many_codes`` with ``minutes`` and ``wait_s``).
        """
        self._limits.admit(purpose, login, origin)

    def send(self, purpose: Purpose, login: Login, channel: str, origin: Origin) -> None:
        """Send the code where there is an account with such an address; never fails."""
        person = self._person(login)
        if person is None or not self._accounts.exists(login):
            return
        address = self._particulars.of(login).bound_to(channel)
        if not address:
            return
        try:
            self._particulars.tell_bindings(person)
            self._limits.admit_target(address, own=(login, origin))
            self._codes.send(purpose, login, channel, address, place=origin.place)
        except WenshuError as error:
            _LOG.warning("no code was sent to %s by %s: %s", login, channel, error)

    def fitting(
        self, purpose: Purpose, login: Login, code: str, origin: Origin
    ) -> tuple[Person, FittingCode]:
        """Whose code it is; it stays good until it is spent. Raises Refused (``wrong_code``)."""
        found = self._codes.checked(purpose, login, code, place=origin.place)
        person = self._person(login)
        if person is None:
            raise Refused("wrong_code", field="code")
        return person, found

    def spend(self, code: FittingCode) -> None:
        """It was used. Raises Refused (``wrong_code``) when somebody was faster."""
        self._codes.spend(code)

    def _person(self, login: Login) -> Person | None:
        person = self._book.current().find_person(login)
        return None if person is None or person.disabled else person
