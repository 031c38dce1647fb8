"""统一身份认证 (LG-09): people sign in at a provider, and come back as who they are here.

The provider says who somebody is, and nothing else: people, posts and rights are kept in the house,
found by login alone. Whom nobody keeps here does not get in, and nothing is made for him.
"""

import hmac

from records.errors import Refused
from records.identity import Login
from records.ports.identities import Identities
from records.ports.identity_provider import Errand, IdentityProvider, ProviderAnswer
from services.people.organisation_book import OrganisationBook


class UnifiedSignIn:
    """Sends people out and takes them in; without a provider it is not offered."""

    def __init__(
        self, provider: IdentityProvider | None, *, identities: Identities, book: OrganisationBook
    ) -> None:
        self._provider = provider
        self._identities = identities
        self._book = book

    @property
    def title(self) -> str:
        """What people call the provider; empty where there is none."""
        return self._provider.title if self._provider else ""

    def begin(self) -> tuple[str, Errand]:
        """Where the browser goes, and what it keeps meanwhile.

        Raises Refused (``no_provider``), Unavailable (``provider_down``).
        """
        secret = self._identities.secret
        errand = Errand(secret(), secret(), secret())
        return self._asked().address(errand), errand

    def finish(self, errand: Errand | None, answer: ProviderAnswer) -> Login:
        """Who came back with that answer; `errand` is what his browser kept.

        Raises Refused (``no_provider``; ``errand_lost`` when this browser did not set out, or came
        back from another errand; ``unknown_at_home`` and ``account_disabled`` with ``login``; as
        `IdentityProvider.login_of`) and Unavailable (``provider_down``).
        """
        provider = self._asked()
        if errand is None or not hmac.compare_digest(
            errand.state.encode(), answer.state.encode("utf-8", "replace")
        ):
            raise Refused("errand_lost")
        login = provider.login_of(answer, errand)
        person = self._book.current().find_person(login)
        if person is None:
            raise Refused("unknown_at_home", login=login)
        if person.disabled:
            raise Refused("account_disabled", login=login)
        return login

    def _asked(self) -> IdentityProvider:
        if self._provider is None:
            raise Refused("no_provider")
        return self._provider
