"""Who vouches for people besides the house: a provider of identities, a directory (LG-09)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from records.errors import WenshuError
from records.ports.clock import Clock
from records.ports.directory import Directory
from records.ports.identity_provider import IdentityProvider
from services.keeping.probing import Probe
from wenshu.sign_in.access import SignInAccess
from wenshu.sign_in.ldap_directory import LdapDirectory
from wenshu.sign_in.oidc_provider import OidcProvider
from wenshu.sign_in.resting import Resting


@dataclass(frozen=True, slots=True)
class Outside:
    """Those that are set up."""

    provider: IdentityProvider | None
    directory: Directory | None

    @property
    def probes(self) -> Sequence[Probe]:
        """How each is tried; who has neither tries nothing."""
        return tuple(self._probes())

    def _probes(self) -> Iterator[Probe]:
        if self.provider is not None:
            yield Probe("provider", _fault_of(self.provider.look))
        if self.directory is not None:
            yield Probe("directory", _fault_of(self.directory.look))


def outside_of(access: SignInAccess, clock: Clock) -> Outside:
    """The adapters; nothing is asked of anybody yet."""
    provider, directory = access.provider, access.directory
    return Outside(
        OidcProvider(provider, clock, resting=Resting()) if provider else None,
        LdapDirectory(directory, resting=Resting()) if directory else None,
    )


def _fault_of(look: Callable[[], None]) -> Callable[[], WenshuError | None]:
    def fault() -> WenshuError | None:
        try:
            look()
        except WenshuError as error:
            return error
        return None

    return fault
