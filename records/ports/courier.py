"""Ways out of the house: mail, short messages."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Message:
    """A short text for one address; the subject where the way has one."""

    to: str
    subject: str
    text: str


class Courier(Protocol):
    """Brings messages to one kind of address. A message may be brought twice, seldom."""

    channel: str
    """What people choose it by: ``mail``, ``sms``."""

    def send(self, message: Message) -> None:
        """Hand the message over.

        Raises Unavailable (``courier_down``) when that may succeed later, Refused
        (``address_refused``) when this address takes nothing.
        """
        ...
