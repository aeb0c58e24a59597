"""Signed POSTs to other systems: only to hosts that the installation allows, never redirected.

``X-Anlan-Signature: sha256=HMAC(key, timestamp + "." + body)``; ``Idempotency-Key`` names what is
sent. ``ANLAN_WEBHOOK_HOSTS`` lists the hosts, by comma, each with its port where it has one.
"""

import hashlib
import hmac
import os
from urllib.parse import urlsplit

import httpx

from anlan.vocabulary import clock

TIMEOUT_S = 4.0


def client() -> httpx.Client:
    return httpx.Client(timeout=TIMEOUT_S, follow_redirects=False, trust_env=False)


def allowed(url: str) -> bool:
    """Is the URL's host (with its port, when one is listed) on the allow-list?"""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return False
    hosts = {h.strip() for h in os.environ.get("ANLAN_WEBHOOK_HOSTS", "").split(",") if h.strip()}
    return parts.hostname in hosts or f"{parts.hostname}:{parts.port}" in hosts


def signature(key: str, timestamp: str, body: bytes) -> str:
    """``sha256=…`` over timestamp, a dot and the body."""
    mac = hmac.new(key.encode(), timestamp.encode() + b"." + body, hashlib.sha256)
    return f"sha256={mac.hexdigest()}"


def post(by: httpx.Client, url: str, ident: str, key: str, body: bytes) -> httpx.Response:
    """Send JSON; raises `httpx.HTTPError` when there is no answer."""
    timestamp = str(int(clock.now().timestamp()))
    headers = {
        "Content-Type": "application/json",
        "Idempotency-Key": ident,
        "X-Anlan-Timestamp": timestamp,
        "X-Anlan-Signature": signature(key, timestamp, body),
    }
    return by.post(url, content=body, headers=headers)
