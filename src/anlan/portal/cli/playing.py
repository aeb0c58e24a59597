"""A station at the command line: sends frames to a gateway and says what the gateway answered."""

import argparse
import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from anlan.portal.cli.language import _
from anlan.portal.cli.trouble import Trouble
from anlan.protocols import hj212
from anlan.simulators.hj212_station import Hj212Station
from anlan.simulators.sl651_station import Sl651Station
from anlan.vocabulary import clock
from anlan.vocabulary.readings import Element

TEST_STAGE_M = 181.0


class Station(Protocol):
    """What every simulated station does."""

    async def send(self, observed_at: datetime, values: Mapping[Element, float | None]) -> bool: ...

    async def attend(self, for_s: float) -> int: ...


async def play_sl651(asked: argparse.Namespace, host: str, port: int) -> int:
    """Send the frames that were asked for; 0 when every one was acknowledged."""
    values: dict[Element, float | None] = {}
    if asked.rain is not None:
        values[Element.RAIN_HOUR] = asked.rain
    if asked.stage is not None or not values:
        values[Element.STAGE] = TEST_STAGE_M if asked.stage is None else asked.stage
    async with Sl651Station(host, port, asked.device, _password(asked.password)) as station:
        return await _report(station, values, asked)


async def play_hj212(asked: argparse.Namespace, host: str, port: int) -> int:
    """Send the live data that were asked for; 0 when every frame was answered."""
    values = dict(map(_value, asked.value or ["ph=7.2"]))
    async with Hj212Station(host, port, asked.device, asked.password) as station:
        return await _report(station, values, asked)


async def _report(
    station: Station, values: Mapping[Element, float | None], asked: argparse.Namespace
) -> int:
    refused = 0
    for number in range(asked.times):
        if number:
            await asyncio.gather(asyncio.sleep(asked.every), station.attend(asked.every))
        acked = await station.send(clock.now().replace(second=0, microsecond=0), values)
        refused += not acked
        word = _("the gateway has it") if acked else _("refused, or no answer")
        print(f"{clock.now():%H:%M:%S} {asked.device} {word}", flush=True)
    return 1 if refused else 0


def _value(text: str) -> tuple[Element, float]:
    """``cod=15.2`` as an element and its value."""
    name, _equals, figures = text.partition("=")
    known = ", ".join(element for element in hj212.CODE_OF)
    try:
        element = next(element for element in hj212.CODE_OF if element == name)
        return element, float(figures)
    except (StopIteration, ValueError):
        line = _("{text} is not NAME=NUMBER; the names are {known}")
        raise Trouble(line.format(text=text, known=known), 2) from None


def _password(text: str) -> int:
    try:
        return int(text or "0", 16)
    except ValueError:
        raise Trouble(_("the password is four hexadecimal digits"), 2) from None
