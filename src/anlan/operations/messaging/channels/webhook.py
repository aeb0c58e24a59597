"""HTTP webhook: a signed POST to another system, e.g. the operator's short-message gateway.

``ANLAN_WEBHOOK_URL`` takes letters addressed to a telephone number; an address that is itself a
URL is posted to directly. Only hosts in ``ANLAN_WEBHOOK_HOSTS`` are ever called, redirects are not
followed. ``X-Anlan-Signature: sha256=HMAC(key, timestamp + "." + body)`` with
``ANLAN_WEBHOOK_KEY``; ``Idempotency-Key`` is the delivery's id. Answers: 2xx taken (a JSON
``{"state": "delivered"}`` is a receipt), 409 already taken, 429 and 5xx later, the rest refused.
"""

import json
import os
from collections.abc import Sequence

import httpx

from anlan.backbone.posting import allowed, client, post
from anlan.operations.messaging.channels.contract import (
    ChannelDown,
    Letter,
    Outcome,
    Result,
    registered_standings,
    send_at_once,
)
from anlan.vocabulary.levels import Standing


class Webhook:
    """Posts each letter as JSON."""

    name = "webhook"
    batch = 200
    per_minute: int | None = 1200

    @property
    def standings(self) -> frozenset[Standing]:
        return registered_standings(self.name, (Standing.ACTUAL,))

    def send(self, letters: Sequence[Letter]) -> list[Outcome]:
        with client() as by:
            return send_at_once(letters, lambda letter: _post(by, letter))


def _post(by: httpx.Client, letter: Letter) -> Outcome:
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
    try:
        answer = post(by, url, letter.id, os.environ.get("ANLAN_WEBHOOK_KEY", ""), body)
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
