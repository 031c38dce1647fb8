"""Bookings as a calendar that other programs subscribe to: iCalendar (RFC 5545)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

MEDIA_TYPE = "text/calendar; charset=utf-8"

_LINE_OCTETS = 75
"""RFC 5545 3.1: longer lines are folded."""


@dataclass(frozen=True, slots=True)
class Event:
    """One entry; both ends aware. `changed_at` is when it was last changed."""

    uid: str
    begins: datetime
    ends: datetime
    summary: str
    changed_at: datetime
    location: str = ""
    contact: str = ""
    confirmed: bool = True


def feed(name: str, events: Iterable[Event]) -> str:
    """The calendar, its lines ended by CRLF and folded at 75 octets."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Wenshu//Rooms//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
        *(line for event in events for line in _event(event)),
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _event(event: Event) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(event.uid)}"
    yield f"DTSTAMP:{_instant(event.changed_at)}"
    yield f"DTSTART:{_instant(event.begins)}"
    yield f"DTEND:{_instant(event.ends)}"
    yield f"SUMMARY:{_text(event.summary)}"
    if event.location:
        yield f"LOCATION:{_text(event.location)}"
    if event.contact:
        yield f"CONTACT:{_text(event.contact)}"
    yield f"STATUS:{'CONFIRMED' if event.confirmed else 'TENTATIVE'}"
    yield "END:VEVENT"


def _instant(at: datetime) -> str:
    """Form 2 of RFC 5545 3.3.5: UTC."""
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    """RFC 5545 3.3.11: backslash, semicolon, comma and line breaks are escaped."""
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n")):
        text = text.replace(plain, escaped)
    text = text.replace("\n", "\\n").replace("\r", "\\n")
    return "".join(character for character in text if character == "\t" or character >= " ")


def _folded(line: str) -> str:
    """Continuation lines begin with a space; no character is cut in two."""
    pieces, octets = [""], 0
    for character in line:
        size = len(character.encode())
        if octets + size > _LINE_OCTETS:
            pieces.append(" ")
            octets = 1
        pieces[-1] += character
        octets += size
    return "\r\n".join(pieces)
