"""找回密码 (LG-07): a code to an address that the person has bound; nobody learns who has one.

What a stranger asks for is answered before anything is looked up, so that neither the answer nor
its time tells whether there is such an account. The code is sent beside, after the answer.
"""

import logging

from records.errors import NotFound, Refused, WenshuError
from records.identity import Login
from services.people.accounts import Accounts
from services.people.code_limits import CodeLimits
from services.people.organisation_book import OrganisationBook
from services.people.particulars import ParticularsBook
from services.people.rights_news import RightsNews
from services.people.sent_codes import SentCodes
from services.people.shutting_out import ShuttingOut
from services.people.sign_in_guard import Origin

_LOG = logging.getLogger(__name__)


class Recovery:
    """Sets a password anew for who shows that an address is his."""

    def __init__(
        self,
        accounts: Accounts,
        codes: SentCodes,
        particulars: ParticularsBook,
        *,
        book: OrganisationBook,
        limits: CodeLimits,
        out: ShuttingOut,
        news: RightsNews,
    ) -> None:
        self._accounts = accounts
        self._codes = codes
        self._particulars = particulars
        self._book = book
        self._limits = limits
        self._out = out
        self._news = news

    @property
    def channels(self) -> frozenset[str]:
        """The ways on which codes go; none, and an administrator has to help."""
        return self._codes.channels

    def ask(self, login: Login, origin: Origin) -> None:
        """Let a request for a code pass, the same for any name.

        Raises Refused (``too_many_codes`` with ``minutes`` and ``wait_s``).
        """
        self._limits.admit("recovery", login, origin)

    def send(self, login: Login, channel: str, origin: Origin) -> None:
        """Send the code where there is an account with such an address; never fails."""
        person = self._book.current().find_person(login)
        if person is None or person.disabled or not self._accounts.exists(login):
            return
        address = self._particulars.of(login).bound_to(channel)
        if not address:
            return
        try:
            self._particulars.tell_bindings(person)
            self._limits.admit_target(address, own=(login, origin))
            self._codes.send("recovery", login, channel, address, place=origin.place)
        except WenshuError as error:
            _LOG.warning("no code was sent to %s by %s: %s", login, channel, error)

    def reset(self, login: Login, code: str, new: str, *, origin: Origin) -> None:
        """Another password; sessions and tokens end, the officers are told.

        Raises Refused (``wrong_code``), Invalid (``weak_password``, ``reused_password``): with
        these the code stays good.
        """
        self._accounts.check(new, login=login)
        place = origin.place
        sent = self._codes.checked("recovery", login, code, place=place)
        try:
            person = self._book.current().person(login)
        except NotFound as error:
            raise Refused("wrong_code", field="code") from error
        if person.disabled:
            raise Refused("wrong_code", field="code")
        self._accounts.recover(
            login, new, once=lambda: self._codes.spend("recovery", login, sent, place=place)
        )
        self._out.of(login)
        self._news.password_recovered(person)
