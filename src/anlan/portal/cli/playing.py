"""A station at the command line: sends frames to a gateway and says what the gateway answered."""

import argparse
import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from datetime import datetime
from typing import Protocol

from anlan.portal.cli.language import _
from anlan.portal.cli.trouble import Trouble
from anlan.protocols import hj212
from anlan.simulators.gb26875_unit import FAULT, FIRE, NORMAL, Gb26875Unit
from anlan.simulators.hj212_station import Hj212Station
from anlan.simulators.mqtt_sensor import MqttSensor, Refused
from anlan.simulators.sl651_station import Sl651Station
from anlan.vocabulary import clock
from anlan.vocabulary.readings import UNITS, Element

TEST_STAGE_M = 181.0


class Attending(Protocol):
    """A device that obeys on its line."""

    async def attend(self, for_s: float) -> int: ...


class Station(Attending, Protocol):
    """What every simulated station does."""

    async def send(self, observed_at: datetime, values: Mapping[Element, float | None]) -> bool: ...


async def play_sl651(asked: argparse.Namespace, host: str, port: int) -> int:
    """Send the frames that were asked for; 0 when every one was acknowledged."""
    values: dict[Element, float | None] = {}
    if asked.rain is not None:
        values[Element.RAIN_HOUR] = asked.rain
    if asked.stage is not None or not values:
        values[Element.STAGE] = TEST_STAGE_M if asked.stage is None else asked.stage
    async with Sl651Station(host, port, asked.device, _password(asked.password)) as station:
        return await _report(station, values, asked)


async def play_gb26875(asked: argparse.Namespace, host: str, port: int) -> int:
    """Send the state of a part that was asked for; 0 when every frame was confirmed."""
    status = {"normal": NORMAL, "fire": FIRE, "fault": FAULT}[asked.state]
    async with Gb26875Unit(host, port, asked.device) as unit:

        async def send() -> bool:
            at = clock.now().replace(microsecond=0)
            return await unit.send_state(status, at, asked.address, asked.words)

        return await _repeated(send, unit, asked)


async def play_hj212(asked: argparse.Namespace, host: str, port: int) -> int:
    """Send the live data that were asked for; 0 when every frame was answered."""
    values = dict(_value(text, hj212.CODE_OF) for text in asked.value or ["ph=7.2"])
    async with Hj212Station(host, port, asked.device, asked.password) as station:
        return await _report(station, values, asked)


async def play_mqtt(asked: argparse.Namespace, host: str, port: int) -> int:
    """Publish the values that were asked for; 0 when every message was acknowledged."""
    values = dict(_value(text, UNITS) for text in asked.value or ["battery=12.5"])
    sensor = MqttSensor(host, port, asked.device, asked.password, kind=asked.kind)
    try:
        async with sensor:
            await sensor.subscribe()
            return await _report(sensor, values, asked)
    except Refused:
        line = _("the gateway does not let {device} in; is it registered with this password?")
        raise Trouble(line.format(device=asked.device)) from None


async def _report(
    station: Station, values: Mapping[Element, float | None], asked: argparse.Namespace
) -> int:
    async def send() -> bool:
        return await station.send(clock.now().replace(second=0, microsecond=0), values)

    return await _repeated(send, station, asked)


async def _repeated(
    send: Callable[[], Awaitable[bool]], device: Attending, asked: argparse.Namespace
) -> int:
    """Send so often, obeying meanwhile, and say each time what became of it."""
    refused = 0
    for number in range(asked.times):
        if number:
            await asyncio.gather(asyncio.sleep(asked.every), device.attend(asked.every))
        acked = await send()
        refused += not acked
        word = _("the gateway has it") if acked else _("refused, or no answer")
        print(f"{clock.now():%H:%M:%S} {asked.device} {word}", flush=True)
    return 1 if refused else 0


def _value(text: str, elements: Collection[Element]) -> tuple[Element, float]:
    """``cod=15.2`` as an element and its value."""
    name, _equals, figures = text.partition("=")
    try:
        return next(element for element in elements if element == name), float(figures)
    except (StopIteration, ValueError):
        line = _("{text} is not NAME=NUMBER; the names are {known}")
        raise Trouble(line.format(text=text, known=", ".join(elements)), 2) from None


def _password(text: str) -> int:
    try:
        return int(text or "0", 16)
    except ValueError:
        raise Trouble(_("the password is four hexadecimal digits"), 2) from None
