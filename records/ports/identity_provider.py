"""A provider of identities: a site outside of the house at which people sign in (LG-09)."""

from dataclasses import dataclass, field
from typing import Protocol

from records.identity import Login


@dataclass(frozen=True, slots=True)
class Errand:
    """What one browser keeps while its person is at the provider: three secrets, used once."""

    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ProviderAnswer:
    """What the provider says by the address with which a browser comes back; empty for nothing."""

    state: str = ""
    code: str = field(default="", repr=False)
    issuer: str = ""
    error: str = ""


class IdentityProvider(Protocol):
    """Sends people out to sign in, and is told who came back."""

    @property
    def title(self) -> str:
        """What people call it."""
        ...

    def address(self, errand: Errand) -> str:
        """Where the browser goes. Raises Unavailable (``provider_down``)."""
        ...

    def login_of(self, answer: ProviderAnswer, errand: Errand) -> Login:
        """Who came back, as the provider vouches for him: a login that may be nobody's here.

        Raises Refused (``provider_refused``; ``provider_untrusted`` with a ``fault``: the answer is
        not for us, not of now, or not the provider's) and Unavailable (``provider_down``; with
        ``asked`` False when the provider was not asked at all).
        """
        ...

    def look(self) -> None:
        """Whether it answers. Raises Unavailable (``provider_down``)."""
        ...
