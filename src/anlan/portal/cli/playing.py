"""A station at the command line: sends frames to a gateway and says what the gateway answered."""

import argparse
import asyncio

from anlan.portal.cli.language import _
from anlan.portal.cli.trouble import Trouble
from anlan.simulators.sl651_station import Sl651Station
from anlan.vocabulary import clock
from anlan.vocabulary.readings import Element

TEST_STAGE_M = 181.0


async def play(asked: argparse.Namespace, host: str, port: int) -> int:
    """Send the frames that were asked for; 0 when every one was acknowledged."""
    values: dict[Element, float | None] = {}
    if asked.rain is not None:
        values[Element.RAIN_HOUR] = asked.rain
    if asked.stage is not None or not values:
        values[Element.STAGE] = TEST_STAGE_M if asked.stage is None else asked.stage
    refused = 0
    async with Sl651Station(host, port, asked.device, _password(asked.password)) as station:
        for number in range(asked.times):
            if number:
                await asyncio.sleep(asked.every)
            acked = await station.send(clock.now().replace(second=0, microsecond=0), values)
            refused += not acked
            word = _("the gateway has it") if acked else _("refused, or no answer")
            print(f"{clock.now():%H:%M:%S} {asked.device} {word}", flush=True)
    return 1 if refused else 0


def _password(text: str) -> int:
    try:
        return int(text or "0", 16)
    except ValueError:
        raise Trouble(_("the password is four hexadecimal digits"), 2) from None
