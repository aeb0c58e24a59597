"""Village loudspeaker posts: HTTP devices that speak a text and answer with a receipt.

``POST /play {id, text, standing, signature}``; the signature is
HMAC-SHA256(``ANLAN_LOUDSPEAKER_KEY``, id + "\\n" + standing + "\\n" + text) in hex. The receipt
``{id, played_at, seconds, signature}``, signed over its first three in the same way, is the proof
of delivery; any other answer says only that the order left. The address is the post's base URL,
or a post's code that ``ANLAN_LOUDSPEAKER_URL`` (with ``{code}``) turns into one.
"""

import hashlib
import hmac
import os
from collections.abc import Sequence

import httpx

from anlan.operations.messaging.channels.contract import (
    ChannelDown,
    Letter,
    Outcome,
    Result,
    registered_standings,
    send_at_once,
)
from anlan.vocabulary.levels import Standing

TIMEOUT_S = 4.0


class Loudspeaker:
    """Lets every post speak the text."""

    name = "loudspeaker"
    batch = 40
    per_minute: int | None = 240

    @property
    def standings(self) -> frozenset[Standing]:
        return registered_standings(self.name, (Standing.ACTUAL,))

    def send(self, letters: Sequence[Letter]) -> list[Outcome]:
        with httpx.Client(timeout=TIMEOUT_S, follow_redirects=False, trust_env=False) as client:
            return send_at_once(letters, lambda letter: _play(client, letter))


def signature(key: str, *parts: str) -> str:
    """What the post checks before it speaks, and what its receipt is checked by."""
    return hmac.new(key.encode(), "\n".join(parts).encode(), hashlib.sha256).hexdigest()


def _url(address: str) -> str:
    if address.startswith(("http://", "https://")):
        return address.rstrip("/")
    template = os.environ.get("ANLAN_LOUDSPEAKER_URL", "")
    if not template:
        raise ChannelDown("ANLAN_LOUDSPEAKER_URL is not set")
    return template.replace("{code}", address).rstrip("/")


def _play(client: httpx.Client, letter: Letter) -> Outcome:
    key = os.environ.get("ANLAN_LOUDSPEAKER_KEY", "")
    order = {
        "id": letter.id,
        "text": letter.text,
        "standing": letter.standing,
        "signature": signature(key, letter.id, letter.standing, letter.text),
    }
    try:
        answer = client.post(f"{_url(letter.to)}/play", json=order)
    except httpx.HTTPError as fault:
        # Every post is a device of its own: one that is silent does not stop the others.
        return Outcome(letter.id, Result.RETRY, str(fault)[:200])
    if answer.is_server_error:
        return Outcome(letter.id, Result.RETRY, f"answered {answer.status_code}")
    if not answer.is_success:
        return Outcome(letter.id, Result.REFUSED, f"answered {answer.status_code}")
    return _receipt(letter, answer, key)


def _receipt(letter: Letter, answer: httpx.Response, key: str) -> Outcome:
    try:
        body = answer.json()
    except ValueError:
        body = None
    if not isinstance(body, dict) or body.get("id") != letter.id:
        return Outcome(letter.id, Result.SENT, "no receipt with this id")
    wanted = signature(key, letter.id, str(body.get("played_at")), str(body.get("seconds")))
    if not hmac.compare_digest(wanted.encode(), str(body.get("signature", "")).encode()):
        return Outcome(letter.id, Result.SENT, "the receipt is not signed by the post")
    return Outcome(letter.id, Result.DELIVERED)


LOUDSPEAKER = Loudspeaker()
