"""HTTP webhook: a signed POST to another system, e.g. the operator's short-message gateway.

``ANLAN_WEBHOOK_URL`` takes letters addressed to a telephone number; an address that is itself a
URL is posted to directly. Only hosts in ``ANLAN_WEBHOOK_HOSTS`` are ever called, redirects are not
followed. ``X-Anlan-Signature: sha256=HMAC(key, timestamp + "." + body)`` with
``ANLAN_WEBHOOK_KEY``; ``Idempotency-Key`` is the delivery's id. Answers: 2xx taken (a JSON
``{"state": "delivered"}`` is a receipt), 409 already taken, 429 and 5xx later, the rest refused.
"""

import hashlib
import hmac
import json
import os
from collections.abc import Sequence
from urllib.parse import urlsplit

import httpx

from anlan.operations.messaging.channels.contract import (
    ChannelDown,
    Letter,
    Outcome,
    Result,
    registered_standings,
    send_at_once,
)
from anlan.vocabulary import clock
from anlan.vocabulary.levels import Standing

TIMEOUT_S = 4.0


class Webhook:
    """Posts each letter as JSON."""

    name = "webhook"
    batch = 200
    per_minute: int | None = 1200

    @property
    def standings(self) -> frozenset[Standing]:
        return registered_standings(self.name, (Standing.ACTUAL,))

    def send(self, letters: Sequence[Letter]) -> list[Outcome]:
        with httpx.Client(timeout=TIMEOUT_S, follow_redirects=False, trust_env=False) as client:
            return send_at_once(letters, lambda letter: _post(client, letter))


def signature(key: str, timestamp: str, body: bytes) -> str:
    """``sha256=…`` over timestamp, a dot and the body."""
    mac = hmac.new(key.encode(), timestamp.encode() + b"." + body, hashlib.sha256)
    return f"sha256={mac.hexdigest()}"


def allowed(url: str) -> bool:
    """Is the URL's host (with its port, when one is listed) on the allow-list?"""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return False
    hosts = {h.strip() for h in os.environ.get("ANLAN_WEBHOOK_HOSTS", "").split(",") if h.strip()}
    return parts.hostname in hosts or f"{parts.hostname}:{parts.port}" in hosts


def _post(client: httpx.Client, letter: Letter) -> Outcome:
    to_url = letter.to.startswith(("http://", "https://"))
    url = letter.to if to_url else os.environ.get("ANLAN_WEBHOOK_URL", "")
    if not url:
        raise ChannelDown("ANLAN_WEBHOOK_URL is not set")
    if not allowed(url):
        return Outcome(letter.id, Result.REFUSED, "host is not on the allow-list")
    content = {"id": letter.id, "standing": letter.standing, "level": letter.level,
               "title": letter.title, "text": letter.text, "link": letter.link}  # fmt: skip
    if not to_url:
        content["to"] = letter.to
    body = json.dumps(content, ensure_ascii=False).encode()
    timestamp = str(int(clock.now().timestamp()))
    headers = {
        "Content-Type": "application/json",
        "Idempotency-Key": letter.id,
        "X-Anlan-Timestamp": timestamp,
        "X-Anlan-Signature": signature(os.environ.get("ANLAN_WEBHOOK_KEY", ""), timestamp, body),
    }
    try:
        answer = client.post(url, content=body, headers=headers)
    except httpx.ConnectError as fault:
        raise ChannelDown(str(fault)) from fault
    except httpx.HTTPError as fault:
        return Outcome(letter.id, Result.RETRY, str(fault)[:200])
    return _outcome(letter, answer)


def _outcome(letter: Letter, answer: httpx.Response) -> Outcome:
    if answer.is_success:
        delivered = _says_delivered(answer)
        return Outcome(letter.id, Result.DELIVERED if delivered else Result.SENT)
    if answer.status_code == httpx.codes.CONFLICT:
        return Outcome(letter.id, Result.SENT, "already taken")
    later = answer.status_code == httpx.codes.TOO_MANY_REQUESTS or answer.is_server_error
    return Outcome(
        letter.id, Result.RETRY if later else Result.REFUSED, f"answered {answer.status_code}"
    )


def _says_delivered(answer: httpx.Response) -> bool:
    try:
        body = answer.json()
    except ValueError:
        return False
    return isinstance(body, dict) and str(body.get("state", "")).lower() == "delivered"


WEBHOOK = Webhook()
