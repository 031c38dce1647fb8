"""Other ways to sign in: a provider of identities (OIDC) and a directory (LDAP)."""
