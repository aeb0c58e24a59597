"""The body of a position report (0200, table 23): where a vehicle is, how it is, what is wrong."""

from dataclasses import dataclass
from datetime import datetime

from anlan.protocols.bits import names
from anlan.protocols.framing import Malformed, NotEncodable
from anlan.protocols.jt808.codes import ALARMS, ALARMS_OF_2013, LOAD, STATUS
from anlan.protocols.jt808.figures import millionths, moment, place, stamped
from anlan.protocols.jt808.items import Item, items

_BASIC = 28
_ACC, _FIXED, _SOUTH, _WEST, _ENCIPHERED = 1, 2, 4, 8, 0x20
_NO_TIME = bytes(6)


@dataclass(frozen=True, slots=True)
class Position:
    """A position report. Degrees WGS84, south and west negative; altitude m; speed km/h.

    `direction` in degrees from north, clockwise. Without `fixed` the place is the last known one;
    it is None where the terminal knows none, or enciphers it (status bit 5). `at` is None for a
    terminal that has no time yet. `faults`: what could not be read beside the rest.
    """

    alarm: int
    status: int
    latitude: float | None
    longitude: float | None
    altitude: int
    speed: float
    direction: int
    at: datetime | None
    items: tuple[Item, ...] = ()
    faults: tuple[str, ...] = ()

    def alarms_in(self, edition: int) -> tuple[str, ...]:
        """The names of the set alarm bits in an edition's words, 2013 or 2019."""
        return names(self.alarm, ALARMS_OF_2013 if edition == 2013 else ALARMS)

    @property
    def states(self) -> tuple[str, ...]:
        return (*names(self.status, STATUS), LOAD[self.status >> 8 & 3])

    @property
    def fixed(self) -> bool:
        """Whether the receiver knew where it was, and says it."""
        return bool(self.status & _FIXED) and self.latitude is not None

    @property
    def enciphered(self) -> bool:
        """Whether its coordinates can be read by the owner of the key alone."""
        return bool(self.status & _ENCIPHERED)

    @property
    def ignition(self) -> bool:
        return bool(self.status & _ACC)

    def item(self, number: int) -> Item | None:
        return next((one for one in self.items if one.id == number), None)


def position(body: bytes) -> Position:
    """What can be read of a report; raises `Malformed` for one that is cut off before its items."""
    if len(body) < _BASIC:
        raise Malformed(f"a position of {len(body)} bytes")
    status = int.from_bytes(body[4:8], "big")
    latitude, longitude = _place(status, body[8:16])
    at, unset = _moment(body[22:28])
    found, cut = items(body[_BASIC:])
    return Position(
        alarm=int.from_bytes(body[:4], "big"),
        status=status,
        latitude=latitude,
        longitude=longitude,
        altitude=int.from_bytes(body[16:18], "big", signed=True),
        speed=int.from_bytes(body[18:20], "big") / 10,
        direction=int.from_bytes(body[20:22], "big"),
        at=at,
        items=found,
        faults=tuple(fault for fault in (unset, cut) if fault),
    )


def _place(status: int, raw: bytes) -> tuple[float, float] | tuple[None, None]:
    found = None if status & _ENCIPHERED else place(raw)
    if found is None:
        return None, None
    lat, lon = found
    return (-lat if status & _SOUTH else lat), (-lon if status & _WEST else lon)


def _moment(raw: bytes) -> tuple[datetime | None, str]:
    try:
        return moment(raw), ""
    except Malformed as error:
        return None, str(error)


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
                _NO_TIME if of.at is None else stamped(of.at),
                *(bytes([one.id, len(one.raw)]) + one.raw for one in of.items),
            )
        )
    except (OverflowError, ValueError) as error:
        raise NotEncodable(str(error)) from None
