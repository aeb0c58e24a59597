"""The foreign MQTT brokers that this installation listens to (`ANLAN_MQTT_BROKERS`)."""

import asyncio
import contextlib
import hashlib
import secrets
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from anlan.gateways.broker import BadBroker, BrokerAddress, BrokerLink, broker_address
from anlan.gateways.listener import Gateway
from anlan.portal.cli.language import _
from anlan.portal.cli.trouble import Trouble


def brokers() -> list[BrokerAddress]:
    """Those that are named; raises `Trouble`, which repeats no password."""
    found = []
    for number, url in enumerate(settings.ANLAN_MQTT_BROKERS, 1):
        try:
            found.append(broker_address(url))
        except BadBroker as fault:
            line = _("ANLAN_MQTT_BROKERS, address {number}: {fault}")
            raise Trouble(line.format(number=number, fault=fault), 2) from None
    return found


@contextlib.contextmanager
def linked(gateway: Gateway) -> Iterator[None]:
    """Listen to every broker on the running event loop while this is open."""
    links = [BrokerLink(gateway, to, _client(to)) for to in brokers()]
    tasks = [asyncio.create_task(link.run()) for link in links]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()


def _client(to: BrokerAddress) -> str:
    """A name of 23 characters that stays the same: the broker keeps a session under it."""
    path = Path(settings.ANLAN_HOME) / "mqtt-client"
    if not path.exists():
        path.write_text(secrets.token_hex(4), encoding="ascii")
    own = path.read_text(encoding="ascii")
    return f"anlan-{own}-{hashlib.sha256(str(to).encode()).hexdigest()[:8]}"
