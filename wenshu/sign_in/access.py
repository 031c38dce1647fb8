"""What the settings say of a provider of identities and of a directory."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ProviderAccess:
    """An OpenID provider at which this installation is a client."""

    issuer: str
    """Its address, as it stands in what it signs."""
    client: str
    back: str
    """The address of ``/sign-in/unified/back`` as browsers reach it; the provider knows it."""
    secret: str = field(default="", repr=False)
    """Empty for a public client, which PKCE alone stands for."""
    claim: str = "preferred_username"
    """Which claim is the login."""
    title: str = "统一身份认证"
    ca: Path | None = None
    """PEM file of an authority of one's own; None is those of the system."""


@dataclass(frozen=True, slots=True)
class DirectoryAccess:
    """An LDAP directory; the first server that answers is asked."""

    servers: tuple[str, ...]
    """``ldaps://host:port`` or ``ldap+starttls://host:port``."""
    person: str
    """How a person is named there: a DN or ``name@domain``, with ``{login}`` in its place."""
    ca: Path | None = None


@dataclass(frozen=True, slots=True)
class SignInAccess:
    """Who else says that somebody is who he is."""

    provider: ProviderAccess | None = None
    directory: DirectoryAccess | None = None


PASSWORDS_ONLY = SignInAccess()
"""Nobody else."""
