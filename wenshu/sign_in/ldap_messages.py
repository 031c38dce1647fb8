"""The messages that a bind takes (RFC 4511), and how a name is written in a DN (RFC 4514)."""

import re
from typing import Any

from pyasn1.codec.ber import decoder, encoder
from pyasn1.error import PyAsn1Error
from pyasn1_modules import rfc2251

_PLAIN = re.compile(r"[A-Za-z0-9_@.-]")
_START_TLS = "1.3.6.1.4.1.1466.20037"

SUCCESS = 0
REFUSALS = frozenset({19, 32, 34, 48, 49, 50, 53})
"""Results by which a directory says no to this person and this password: policy, no such name, no
name at all, no such way, wrong, no right, unwilling. With any other it does not work."""


class NotLdap(Exception):
    """What came is no answer of a directory."""


def escaped(login: str) -> str:
    """As a value within a DN: whatever could end it is written by its bytes."""
    return "".join(
        each if _PLAIN.fullmatch(each) else "".join(f"\\{byte:02X}" for byte in each.encode())
        for each in login
    )


def bind_request(number: int, name: str, password: str) -> bytes:
    """Whoever is named, by his password."""
    message, operation = _message(number)
    bind = operation["bindRequest"]
    bind["version"] = 3
    bind["name"] = name.encode()
    bind["authentication"]["simple"] = password.encode()
    return _bytes_of(message)


def start_tls_request(number: int) -> bytes:
    """TLS, before anything else is said."""
    message, operation = _message(number)
    operation["extendedReq"]["requestName"] = _START_TLS
    return _bytes_of(message)


def result_of(answer: bytes, number: int) -> int:
    """The result that a message of that number tells. Raises NotLdap."""
    try:
        message, rest = decoder.decode(answer, asn1Spec=rfc2251.LDAPMessage())
        operation = message["protocolOp"]
        name = operation.getName()
        if rest or int(message["messageID"]) != number or not name.endswith(("Response", "Resp")):
            raise NotLdap(name)
        return int(operation[name]["resultCode"])
    except (PyAsn1Error, ValueError, TypeError, IndexError) as error:
        raise NotLdap(type(error).__name__) from error


def length_of(head: bytes) -> int | None:
    """Bytes of a message that begins so, its head included; None when more must be known.

    Raises NotLdap.
    """
    if len(head) < 2:
        return None
    if head[0] != 0x30:
        raise NotLdap("no message")
    if head[1] < 0x80:
        return 2 + head[1]
    count = head[1] & 0x7F
    if not 1 <= count <= 4:
        raise NotLdap("no length")
    if len(head) < 2 + count:
        return None
    return 2 + count + int.from_bytes(head[2 : 2 + count])


def _message(number: int) -> tuple[Any, Any]:
    message = rfc2251.LDAPMessage()
    message["messageID"] = number
    return message, message["protocolOp"]


def _bytes_of(message: Any) -> bytes:
    made: bytes = encoder.encode(message)
    return made
