"""找回密码 (LG-07): another password for who shows that an address is his."""

from records.identity import Login
from services.people.accounts import Accounts
from services.people.devices import Origin
from services.people.door.door_codes import DoorCodes
from services.people.rights_news import RightsNews
from services.people.sign_out_everywhere import SignOutEverywhere


class Recovery:
    """Sets a lost password anew."""

    def __init__(
        self, accounts: Accounts, codes: DoorCodes, *, out: SignOutEverywhere, news: RightsNews
    ) -> None:
        self._accounts = accounts
        self._codes = codes
        self._out = out
        self._news = news

    def reset(self, login: Login, code: str, new: str, *, origin: Origin) -> None:
        """Another password; sessions and tokens end, the officers are told.

        Raises Refused (``wrong_code``), Invalid (``weak_password``, ``reused_password``): with
        these the code stays good.
        """
        self._accounts.check(new, login=login)
        person, fitting = self._codes.fitting("recovery", login, code, origin)
        self._accounts.recover(login, new, once=lambda: self._codes.spend(fitting))
        self._out.of(login)
        self._news.password_recovered(person)
