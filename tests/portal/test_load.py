"""Load from the command line: the pace over all stations, what was acknowledged, the waits."""

import argparse
import asyncio
import socket
import threading

import pytest
from tests.portal.running import anlan

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


def test_a_gateway_that_cannot_be_reached_is_said_to_be_that(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"127.0.0.1:{server.getsockname()[1]}"

        def hang_up():
            server.accept()[0].close()

        threading.Thread(target=hang_up).start()
        asked = ("--lang", "en", "simulate", "mqtt", "GH1", "--gateway")
        cut = anlan(tmp_path, *asked, address)
    assert (cut.returncode, cut.stdout) == (1, "")
    assert cut.stderr.startswith(f"anlan: {address} cannot be reached, or does not answer: ")
    assert anlan(tmp_path, *asked, address).stderr.startswith("anlan: nothing listens at ")
    nowhere = anlan(tmp_path, *asked, "nowhere.invalid:1883")
    assert nowhere.returncode == 1
    assert nowhere.stderr.startswith("anlan: nowhere.invalid:1883 cannot be reached, ")
