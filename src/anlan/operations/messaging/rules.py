"""Deliveries and their links, as decisions: states, signed tokens, back-off, what a text says.

A link is a capability: id + expiry + HMAC, so it needs no account and cannot be guessed; it
expires by the house's clock.
"""

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from anlan.vocabulary.levels import Standing
from anlan.vocabulary.transitions import NoSuchStep, Step, Table


class DeliveryState(StrEnum):
    """Where one message to one recipient stands."""

    QUEUED = "QUEUED"
    SENT = "SENT"
    DELIVERED = "DELIVERED"
    READ = "READ"
    ACKED = "ACKED"
    FAILED = "FAILED"


class Answer(StrEnum):
    """What a recipient says back."""

    OK = "ok"
    HELP = "help"
    AWAY = "away"


_S = DeliveryState
# A receipt may overtake another, or come after the channel had given up: forward only.
DELIVERY = Table(
    (
        Step("send", (_S.QUEUED,), _S.SENT),
        Step("fail", (_S.QUEUED, _S.SENT), _S.FAILED),
        Step("deliver", (_S.QUEUED, _S.SENT, _S.FAILED), _S.DELIVERED),
        Step("read", (_S.QUEUED, _S.SENT, _S.DELIVERED, _S.FAILED), _S.READ),
        Step("answer", (_S.QUEUED, _S.SENT, _S.DELIVERED, _S.READ, _S.FAILED), _S.ACKED),
    )
)
REACHED = {
    "delivered": (_S.DELIVERED, _S.READ, _S.ACKED),
    "read": (_S.READ, _S.ACKED),
    "acked": (_S.ACKED,),
}


def advances(verb: str, state: str) -> bool:
    """May `verb` move a delivery out of `state`?"""
    try:
        DELIVERY.step(verb, state)
    except NoSuchStep:
        return False
    return True


def sources(verb: str) -> tuple[str, ...]:
    """The states `verb` starts from."""
    return tuple(dict.fromkeys(s for step in DELIVERY.steps if step.verb == verb
                               for s in step.sources))  # fmt: skip


# --- back-off -----------------------------------------------------------------------------------

MAX_ATTEMPTS = 6
FIRST_RETRY_S = 30


def retry_after(attempts: int) -> timedelta | None:
    """Wait after the `attempts`-th failed try: 30 s doubling to 16 min; None gives up."""
    if attempts >= MAX_ATTEMPTS:
        return None
    return timedelta(seconds=FIRST_RETRY_S * 2 ** (attempts - 1))


# --- one-time links -----------------------------------------------------------------------------

CODE_BYTES, EXPIRY_BYTES, MAC_BYTES = 8, 4, 12
TOKEN_CHARACTERS = 32
_PURPOSE = b"anlan.r1"


class LinkFault(Exception):
    """A link that opens nothing."""


class LinkForged(LinkFault):
    """The link was not made here, or was altered."""


class LinkExpired(LinkFault):
    """The link was ours; its time is over."""


def delivery_code(key: bytes, mailing_key: str, ref: str, channel: str) -> str:
    """The public id of a delivery, 16 hex digits: the same for the same need, so a repeat shows."""
    text = "\x1f".join((mailing_key, ref, channel)).encode()
    return hmac.new(key, b"delivery" + text, hashlib.sha256).hexdigest()[: 2 * CODE_BYTES]


def make_token(key: bytes, code: str, expires_at: datetime) -> str:
    """32 URL-safe characters: id, expiry (whole seconds), and an HMAC-SHA256 cut to 96 bits."""
    payload = bytes.fromhex(code) + int(expires_at.timestamp()).to_bytes(EXPIRY_BYTES, "big")
    return base64.urlsafe_b64encode(payload + _mac(key, payload)).decode()


def read_token(key: bytes, token: str, now: datetime) -> str:
    """The delivery code a token opens; raises `LinkForged` or `LinkExpired`."""
    if len(token) != TOKEN_CHARACTERS or not token.isascii():
        raise LinkForged
    try:
        raw = base64.b64decode(token, altchars=b"-_", validate=True)
    except binascii.Error as fault:
        raise LinkForged from fault
    payload, mac = raw[:-MAC_BYTES], raw[-MAC_BYTES:]
    if not hmac.compare_digest(mac, _mac(key, payload)):
        raise LinkForged
    expires_at = datetime.fromtimestamp(int.from_bytes(payload[CODE_BYTES:], "big"), UTC)
    if expires_at <= now:
        raise LinkExpired
    return payload[:CODE_BYTES].hex()


def token_digest(token: str) -> str:
    """What the database keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _mac(key: bytes, payload: bytes) -> bytes:
    return hmac.new(key, _PURPOSE + payload, hashlib.sha256).digest()[:MAC_BYTES]


# --- words --------------------------------------------------------------------------------------

# Fixed, not translated: a recipient must see it whatever the catalogue says.
STANDING_MARKS = {Standing.EXERCISE: "【演练】", Standing.TEST: "【测试】", Standing.ACTUAL: ""}
_SLOT = re.compile(r"〔([^〔〕]{1,20})〕")


def fill(text: str, slots: Mapping[str, str]) -> str:
    """Put a recipient's own facts into 〔…〕; a slot without a fact is left out with its marks.

    >>> fill("转移到〔安置点〕", {"安置点": "磁器口小学"})
    '转移到磁器口小学'
    """
    return _SLOT.sub(lambda found: slots.get(found.group(1), ""), text)


def slots_of(text: str) -> list[str]:
    """The names of the slots in a text, in order, once."""
    return list(dict.fromkeys(_SLOT.findall(text)))


def marked(standing: str, text: str) -> str:
    """The text with 【演练】 or 【测试】 in front unless it is Actual."""
    mark = STANDING_MARKS[Standing(standing)]
    return text if not mark or text.startswith(mark) else mark + text


def sms_parts(text: str) -> int:
    """How many short messages a text takes: 70 characters alone, else 67 a part (GSM 03.38)."""
    units = len(text.encode("utf-16-le")) // 2
    return 1 if units <= 70 else -(-units // 67)


# --- restraint ----------------------------------------------------------------------------------


def carries(channel_standings: Iterable[str], standing: str) -> bool:
    """May a channel carry a message of this standing? Only what it says it may."""
    return standing in set(channel_standings)
