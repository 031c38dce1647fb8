"""The Content-Disposition of a download (RFC 6266, RFC 8187)."""

from urllib.parse import quote

from records.file_names import clean_name

_PLAIN = "!#$&+-.^_`|~"
"""Characters that an extended value may hold unescaped besides letters and digits (RFC 8187)."""


def content_disposition(kind: str, name: str) -> str:
    """The header's value: `kind` is attachment or inline; any name is made harmless."""
    clean = clean_name(name)
    ascii_name = "".join(c if " " <= c < "\x7f" and c not in '"\\%;' else "_" for c in clean)
    return f"{kind}; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(clean, safe=_PLAIN)}"
