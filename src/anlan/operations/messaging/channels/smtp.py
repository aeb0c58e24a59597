"""E-mail by SMTP. ``ANLAN_SMTP_URL``: ``smtp://user:password@host:587?starttls=1`` or ``smtps://``.

One connection a batch; the Message-ID is the delivery's own, so a repeat is recognised.
"""

import os
import smtplib
from collections.abc import Sequence
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import parse_qs, unquote, urlsplit

from anlan.operations.messaging.channels.contract import (
    ChannelDown,
    Letter,
    Outcome,
    Result,
    registered_standings,
)
from anlan.vocabulary import clock
from anlan.vocabulary.levels import Standing

TIMEOUT_S = 5.0


class Smtp:
    """Sends plain-text mail through the district's own mail server."""

    name = "smtp"
    batch = 50
    per_minute: int | None = 300

    @property
    def standings(self) -> frozenset[Standing]:
        return registered_standings(self.name, (Standing.ACTUAL,))

    def send(self, letters: Sequence[Letter]) -> list[Outcome]:
        try:
            server = _connect()
        except (OSError, smtplib.SMTPException) as fault:
            raise ChannelDown(str(fault)) from fault
        sender = os.environ.get("ANLAN_SMTP_FROM", "anlan@localhost")
        with server:
            return [_send_one(server, sender, letter) for letter in letters]


def _connect() -> smtplib.SMTP:
    url = os.environ.get("ANLAN_SMTP_URL", "")
    if not url:
        raise ChannelDown("ANLAN_SMTP_URL is not set")
    parts = urlsplit(url)
    host = parts.hostname or "localhost"
    server: smtplib.SMTP
    if parts.scheme == "smtps":
        server = smtplib.SMTP_SSL(host, parts.port or 465, timeout=TIMEOUT_S)
    else:
        server = smtplib.SMTP(host, parts.port or 25, timeout=TIMEOUT_S)
        if parse_qs(parts.query).get("starttls") == ["1"]:
            server.starttls()
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))
    return server


def _send_one(server: smtplib.SMTP, sender: str, letter: Letter) -> Outcome:
    try:
        server.send_message(_mail(sender, letter))
    except smtplib.SMTPRecipientsRefused as fault:
        code = next(iter(fault.recipients.values()))[0]
        return Outcome(letter.id, _result(code), f"recipient refused ({code})")
    except smtplib.SMTPResponseException as fault:
        return Outcome(letter.id, _result(fault.smtp_code), f"refused ({fault.smtp_code})")
    except (OSError, smtplib.SMTPException, ValueError) as fault:
        return Outcome(letter.id, Result.RETRY, str(fault)[:200])
    return Outcome(letter.id, Result.SENT)


def _mail(sender: str, letter: Letter) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = sender
    mail["To"] = letter.to
    mail["Subject"] = letter.title
    mail["Date"] = format_datetime(clock.now())
    mail["Message-ID"] = f"<{letter.id}@{sender.rpartition('@')[2]}>"
    mail["X-Anlan-Standing"] = letter.standing
    mail.set_content(letter.text)
    return mail


def _result(code: int) -> Result:
    return Result.RETRY if 400 <= code < 500 else Result.REFUSED


SMTP = Smtp()
