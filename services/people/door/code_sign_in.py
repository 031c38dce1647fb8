"""验证码登录 (LG-09): a code to a bound address in the place of the password."""

from collections.abc import Callable

from records.errors import Refused
from records.identity import Login
from records.parameters.catalogue import CODE_SIGN_IN
from records.parameters.parameter import Parameters
from services.people.accounts import Accounts
from services.people.devices import Origin
from services.people.door.door_codes import DoorCodes


class CodeSignIn:
    """Lets people in by a code, where an administrator has opened that way."""

    def __init__(
        self, accounts: Accounts, codes: DoorCodes, *, parameters: Callable[[], Parameters]
    ) -> None:
        self._accounts = accounts
        self._codes = codes
        self._parameters = parameters

    @property
    def is_offered(self) -> bool:
        """Whether it is open, and codes can be sent at all."""
        return bool(self._parameters()[CODE_SIGN_IN]) and bool(self._codes.channels)

    def ask(self, login: Login, origin: Origin) -> None:
        """Let a request for a code pass, the same for any name.

        Raises Refused (``no_code_sign_in``; ``too_many_codes`` with ``minutes`` and ``wait_s``).
        """
        self._check_offered()
        self._codes.ask("sign-in", login, origin)

    def send(self, login: Login, channel: str, origin: Origin) -> None:
        """Send the code where there is an account with such an address; never fails."""
        self._codes.send("sign-in", login, channel, origin)

    def enter(self, login: Login, code: str, *, origin: Origin) -> Login:
        """Who comes in; the code is good no more.

        Raises Refused (``no_code_sign_in``, ``wrong_code``; ``password_due`` when the first
        password was never set or has expired: no way in may outlive it, and the code stays good).
        """
        self._check_offered()
        _, fitting = self._codes.fitting("sign-in", login, code, origin)
        if self._accounts.is_password_due(login):
            raise Refused("password_due")
        self._codes.spend(fitting)
        return login

    def _check_offered(self) -> None:
        if not self.is_offered:
            raise Refused("no_code_sign_in")
