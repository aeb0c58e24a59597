"""A station at the command line: sends frames to a gateway and says what the gateway answered."""

import argparse
import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, Protocol

from anlan.portal.cli.language import _
from anlan.portal.cli.load import Send, addresses, load
from anlan.portal.cli.trouble import Trouble
from anlan.protocols import hj212
from anlan.protocols.sl651 import Coding
from anlan.simulators.gb26875_unit import FAULT, FIRE, NORMAL, Gb26875Unit
from anlan.simulators.hj212_station import Hj212Station
from anlan.simulators.jt808_vehicle import Jt808Vehicle
from anlan.simulators.line import OnLine
from anlan.simulators.mqtt_sensor import MqttSensor, Refused
from anlan.simulators.sl651_station import Sl651Station
from anlan.vocabulary import clock
from anlan.vocabulary.elements import UNITS, Element

TEST_STAGE_M = 181.0
KM_A_DEGREE = 96.8  # of longitude at 29.6° N


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
    password, coding = _password(asked.password), Coding[asked.coding.upper()]
    if asked.stations:
        fleet = [Sl651Station(host, port, d, password, coding=coding) for d in _addresses(asked)]
        return await _load(fleet, [partial(_value_now, s, values) for s in fleet], asked)
    async with Sl651Station(host, port, asked.device, password, coding=coding) as station:
        return await _report(station, values, asked)


async def play_gb26875(asked: argparse.Namespace, host: str, port: int) -> int:
    """Send the state of a part that was asked for; 0 when every frame was confirmed."""
    status = {"normal": NORMAL, "fire": FIRE, "fault": FAULT}[asked.state]
    if asked.stations:
        fleet = [Gb26875Unit(host, port, d) for d in _addresses(asked)]
        return await _load(fleet, [partial(_state, one, status, asked) for one in fleet], asked)
    async with Gb26875Unit(host, port, asked.device) as unit:
        return await _repeated(partial(_state, unit, status, asked), unit, asked)


async def _state(unit: Gb26875Unit, status: int, asked: argparse.Namespace) -> bool:
    at = clock.now().replace(microsecond=0)
    return await unit.send_state(status, at, asked.address, asked.words)


async def play_hj212(asked: argparse.Namespace, host: str, port: int) -> int:
    """Send the live data that were asked for; 0 when every frame was answered."""
    values = dict(_value(text, hj212.CODE_OF) for text in asked.value or ["ph=7.2"])
    if asked.stations:
        fleet = [Hj212Station(host, port, d, asked.password) for d in _addresses(asked)]
        return await _load(fleet, [partial(_value_now, s, values) for s in fleet], asked)
    async with Hj212Station(host, port, asked.device, asked.password) as station:
        return await _report(station, values, asked)


async def play_mqtt(asked: argparse.Namespace, host: str, port: int) -> int:
    """Publish the values that were asked for; 0 when every message was acknowledged."""
    values = dict(_value(text, UNITS) for text in asked.value or ["battery=12.5"])
    sensor = MqttSensor(host, port, asked.device, asked.password, kind=asked.kind)
    if asked.stations:
        fleet = [
            MqttSensor(host, port, d, asked.password, kind=asked.kind) for d in _addresses(asked)
        ]
        return await _load(fleet, [partial(_value_now, s, values) for s in fleet], asked)
    try:
        async with sensor:
            await sensor.subscribe()
            return await _report(sensor, values, asked)
    except Refused:
        line = _("the gateway does not let {device} in; is it registered with this password?")
        raise Trouble(line.format(device=asked.device)) from None


async def play_jt808(asked: argparse.Namespace, host: str, port: int) -> int:
    """Sign on and report positions, driving east; 0 when every one was acknowledged."""
    edition, began = int(asked.edition), clock.now()
    alarm = sum(1 << bit for bit in set(asked.alarm or ()))
    if asked.stations:
        fleet = [Jt808Vehicle(host, port, d, edition, alarm=alarm) for d in _addresses(asked)]
        return await _load(fleet, [partial(_drive, one, asked, began) for one in fleet], asked)
    async with Jt808Vehicle(host, port, asked.device, edition, alarm=alarm) as vehicle:
        return await _repeated(partial(_drive, vehicle, asked, began), vehicle, asked)


async def _drive(vehicle: Jt808Vehicle, asked: argparse.Namespace, began: datetime) -> bool:
    """One position, as far along as the speed has carried it; it signs on where it has not."""
    if not vehicle.signed_on and not await vehicle.sign_on():
        return False
    along = (clock.now() - began).total_seconds() * asked.speed / 3600 / KM_A_DEGREE
    return await vehicle.send(clock.now(), asked.lon + along, asked.lat, asked.speed)


def _addresses(asked: argparse.Namespace) -> list[str]:
    return addresses(asked.device, asked.stations)


async def _value_now(station: Station, values: Mapping[Element, float | None]) -> bool:
    return await station.send(clock.now().replace(microsecond=0), values)


async def _load(fleet: Iterable[OnLine[Any]], sends: list[Send], asked: argparse.Namespace) -> int:
    async with contextlib.AsyncExitStack() as open_:
        for one in fleet:
            await open_.enter_async_context(one)
        return await load(sends, asked)


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
