"""Ways out of the house: SMTP, and a folder into which messages are written as files."""

import smtplib
import ssl
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

from records.errors import Refused, Unavailable
from records.ports.courier import Courier, Message

_PATIENCE_S = 20.0


@dataclass(frozen=True, slots=True)
class CourierAccess:
    """Which ways there are. A folder is for trying out, and for gateways that take files."""

    mail_host: str | None = None
    """``host:port`` of an SMTP server."""
    mail_from: str = ""
    mail_user: str | None = None
    mail_password: str = field(default="", repr=False)
    mail_tls: bool = True
    """STARTTLS is asked for before anything else is said."""
    mail_folder: Path | None = None
    sms_folder: Path | None = None


NO_COURIERS = CourierAccess()
"""Nothing leaves the house."""


def couriers(access: CourierAccess) -> Sequence[Courier]:
    """The ways that are set up; none, and nothing leaves the house."""
    return tuple(_couriers(access))


def _couriers(access: CourierAccess) -> Iterator[Courier]:
    if access.mail_host is not None:
        yield SmtpCourier(access)
    elif access.mail_folder is not None:
        yield FolderCourier("mail", access.mail_folder)
    if access.sms_folder is not None:
        yield FolderCourier("sms", access.sms_folder)


class FolderCourier:
    """Writes each message as a file, whole or not at all."""

    def __init__(self, channel: str, folder: Path) -> None:
        self.channel = channel
        self._folder = folder

    def send(self, message: Message) -> None:
        """As the port says."""
        name = uuid.uuid4().hex
        text = f"To: {message.to}\nSubject: {message.subject}\n\n{message.text}\n"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            partial = self._folder / f".{name}"
            partial.write_text(text, encoding="utf-8")
            partial.rename(self._folder / f"{name}.txt")
        except OSError as error:
            raise Unavailable("courier_down", channel=self.channel) from error


class SmtpCourier:
    """Hands messages to an SMTP server, each over a connection of its own."""

    channel = "mail"

    def __init__(self, access: CourierAccess) -> None:
        self._access = access

    def send(self, message: Message) -> None:
        """As the port says."""
        mail = EmailMessage()
        mail["From"], mail["To"] = self._access.mail_from, message.to
        mail["Subject"] = " ".join(message.subject.split())
        mail.set_content(message.text)
        try:
            with self._connected() as server:
                server.send_message(mail)
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPNotSupportedError) as error:
            raise Refused("address_refused", channel=self.channel) from error
        except (smtplib.SMTPException, OSError) as error:
            raise Unavailable("courier_down", channel=self.channel) from error

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        host, _, port = (self._access.mail_host or "").partition(":")
        with smtplib.SMTP(host, int(port or 25), timeout=_PATIENCE_S) as server:
            if self._access.mail_tls:
                server.starttls(context=ssl.create_default_context())
            if self._access.mail_user:
                server.login(self._access.mail_user, self._access.mail_password)
            yield server
