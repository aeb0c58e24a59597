"""The body of a position report (0200, table 23): where a vehicle is, how it is, what is wrong."""

from dataclasses import dataclass
from datetime import datetime

from anlan.protocols.bits import names
from anlan.protocols.framing import Malformed, NotEncodable
from anlan.protocols.jt808.codes import ALARMS, LOAD, STATUS
from anlan.protocols.jt808.figures import degrees, millionths, moment, stamped
from anlan.protocols.jt808.items import Item, items

_BASIC = 28
_ACC, _FIXED, _SOUTH, _WEST = 1, 2, 4, 8


@dataclass(frozen=True, slots=True)
class Position:
    """A position report. Degrees WGS84, south and west negative; altitude m; speed km/h.

    `direction` in degrees from north, clockwise. Without `fixed` the place is the last known one.
    """

    alarm: int
    status: int
    latitude: float
    longitude: float
    altitude: int
    speed: float
    direction: int
    at: datetime
    items: tuple[Item, ...] = ()

    @property
    def alarms(self) -> tuple[str, ...]:
        return names(self.alarm, ALARMS)

    @property
    def states(self) -> tuple[str, ...]:
        return (*names(self.status, STATUS), LOAD[self.status >> 8 & 3])

    @property
    def fixed(self) -> bool:
        """Whether the receiver knew where it was."""
        return bool(self.status & _FIXED)

    @property
    def ignition(self) -> bool:
        return bool(self.status & _ACC)

    def item(self, number: int) -> Item | None:
        return next((one for one in self.items if one.id == number), None)


def position(body: bytes) -> Position:
    """Raises `Malformed`."""
    if len(body) < _BASIC:
        raise Malformed(f"a position of {len(body)} bytes")
    status = int.from_bytes(body[4:8], "big")
    return Position(
        alarm=int.from_bytes(body[:4], "big"),
        status=status,
        latitude=degrees(body[8:12]) * (-1 if status & _SOUTH else 1),
        longitude=degrees(body[12:16]) * (-1 if status & _WEST else 1),
        altitude=int.from_bytes(body[16:18], "big", signed=True),
        speed=int.from_bytes(body[18:20], "big") / 10,
        direction=int.from_bytes(body[20:22], "big"),
        at=moment(body[22:28]),
        items=items(body[_BASIC:]),
    )


def written(of: Position) -> bytes:
    """The body of a position; raises `NotEncodable`, also where a sign contradicts the status."""
    signs = ((of.latitude, of.status & _SOUTH), (of.longitude, of.status & _WEST))
    if any(value and bool(bit) != (value < 0) for value, bit in signs):
        raise NotEncodable("the status says another hemisphere than the sign")
    try:
        return b"".join(
            (
                of.alarm.to_bytes(4, "big"),
                of.status.to_bytes(4, "big"),
                millionths(of.latitude),
                millionths(of.longitude),
                of.altitude.to_bytes(2, "big", signed=True),
                round(of.speed * 10).to_bytes(2, "big"),
                of.direction.to_bytes(2, "big"),
                stamped(of.at),
                *(bytes([one.id, len(one.raw)]) + one.raw for one in of.items),
            )
        )
    except (OverflowError, ValueError) as error:
        raise NotEncodable(str(error)) from None
