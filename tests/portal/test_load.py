"""Load from the command line: the pace over all stations, what was acknowledged, the waits."""

import argparse
import asyncio

import pytest

from anlan.portal.cli.load import addresses, load, share
from anlan.portal.cli.trouble import Trouble


def test_the_pace_is_that_of_all_stations_together(capsys):
    sent = []

    async def send(station):
        sent.append(station)
        return station != 2

    asked = argparse.Namespace(rate=100.0, for_s=0.3)
    stations = [lambda n=n: send(n) for n in range(3)]
    assert asyncio.run(load(stations, asked)) == 1
    assert 24 <= len(sent) <= 33
    assert abs(sent.count(0) - sent.count(2)) <= 1
    assert str(len(sent)) in capsys.readouterr().out


def test_waits_and_addresses():
    assert share([], 0.5) == 0
    assert share([0.1, 0.2, 0.3, 0.4], 0.99) == 0.4
    assert addresses("A09", 2) == ["A09", "A10"]
    for first, count in (("A9", 2), ("ABC", 1)):
        with pytest.raises(Trouble):
            addresses(first, count)
