"""The drill's stations: real frames over real TCP to the platform's own gateway.

An event loop of the drill's own, beside the gateway's, so that both sides really go through the
socket. A station sends one frame and waits for its acknowledgement before the next one speaks.
"""

import asyncio
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from anlan.operations.drills.actions.ledger import Ledger
from anlan.operations.drills.rules.scenario import Input
from anlan.operations.drills.rules.series import Point
from anlan.operations.sensing.queries import StationRow, directory, station
from anlan.simulators.sl651_station import RAIN, RIVER, Sl651Station
from anlan.vocabulary.elements import Element


class NoSuchStation(LookupError):
    """The scenario names a station that the district does not have, or that has no device."""


class Devices:
    """The stations of one scenario, connected to one gateway."""

    def __init__(self, gateway: tuple[str, int], ledger: Ledger) -> None:
        self._gateway = gateway
        self._ledger = ledger
        self._passwords = directory("sl651")
        self._stations: dict[str, Sl651Station] = {}
        self._runner = asyncio.Runner()
        self.acked = 0

    @property
    def sent(self) -> int:
        """Frames written to the line, repeats included."""
        return sum(one.sent for one in self._stations.values())

    def __enter__(self) -> Self:
        self._runner.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._runner.run(self._hang_up())
        self._runner.__exit__(kind, error, trace)

    def send(self, reports: Sequence[tuple[Input, Point]]) -> None:
        """Report one time's values, station by station, each acknowledged."""
        devices = [(self._device(source), source, point) for source, point in reports]
        self._ledger.frame_sent()
        self._runner.run(self._send(devices))

    async def _send(self, reports: Sequence[tuple[Sl651Station, Input, Point]]) -> None:
        for device, source, point in reports:
            self.acked += await device.send(point.at, {source.element: point.value})

    def _device(self, source: Input) -> Sl651Station:
        if source.station not in self._stations:
            row = station(source.station)
            if row is None or row.device not in self._passwords:
                raise NoSuchStation(f"the district has no device at the station {source.station}")
            self._stations[source.station] = self._play(row, source)
        return self._stations[source.station]

    def _play(self, row: StationRow, source: Input) -> Sl651Station:
        host, port = self._gateway
        kind = RIVER if source.element is Element.STAGE else RAIN
        password = self._passwords[row.device].password
        return Sl651Station(host, port, row.device, password, station_class=kind)

    async def _hang_up(self) -> None:
        for one in self._stations.values():
            await one.close()
