"""What position reports of JT/T 808 come to: fixes, alarms and the signal, in CGCS2000."""

from datetime import datetime

from anlan.protocols import jt808
from anlan.protocols.jt808 import Item, Position
from anlan.terrain.crs import gcj02_to_cgcs2000
from anlan.vocabulary import readings
from anlan.vocabulary.elements import Element
from anlan.vocabulary.notices import Notice
from anlan.vocabulary.readings import Fix, Reading

_MILEAGE, _FUEL, _SIGNAL = 0x01, 0x02, 0x30
_STRONGEST = 31


def fix(device: str, place: Position, gcj02: bool, received_at: datetime) -> Fix:
    """A position report as a fix; one without a time is of its arrival."""
    return Fix(
        device=device,
        at=place.at or received_at,
        position=_true(place.longitude, place.latitude, gcj02),
        located=place.fixed,
        sent_at=received_at,
        altitude_m=float(place.altitude),
        speed_kmh=place.speed,
        heading_deg=float(place.direction),
        mileage_km=_number(place, _MILEAGE),
        fuel_l=_number(place, _FUEL),
        alarm=place.alarm,
    )


def signal(device: str, place: Position, received_at: datetime) -> tuple[Reading, ...]:
    """What the terminal receives of its network (item 30), where it says so as JT/T 808 does.

    The item is the modem's CSQ, 0 to 31, in steps of 2 dB from -113 dBm (3GPP TS 27.007, 8.5); a
    greater figure is a maker's own scale, or 99 for unknown, and says nothing.
    """
    csq = _number(place, _SIGNAL)
    if csq is None or csq > _STRONGEST:
        return ()
    at = place.at or received_at
    return (Reading(device, Element.SIGNAL, at, 2 * csq - 113, received_at),)


def alarms(device: str, of: Position, gcj02: bool) -> tuple[tuple[Notice, ...], tuple[str, ...]]:
    """What the items 64 to 67 of a report state, and which of them cannot be read, and why."""
    found: list[Notice] = []
    faults: list[str] = []
    for item in of.items:
        try:
            found += _stated(device, item, of, gcj02)
        except jt808.Malformed as error:
            faults.append(str(error))
    return tuple(found), tuple(faults)


def _stated(device: str, item: Item, of: Position, gcj02: bool) -> tuple[Notice, ...]:
    alarm = item.alarm
    if alarm is None:
        return ()
    lon, lat = (None, None) if of.enciphered else (alarm.longitude, alarm.latitude)
    return jt808.stated(device, item, _true(lon, lat, gcj02))


def _true(lon: float | None, lat: float | None, gcj02: bool) -> readings.Position | None:
    if lon is None or lat is None:
        return None
    if gcj02:
        true_lon, true_lat = gcj02_to_cgcs2000(lon, lat)
        lon, lat = float(true_lon), float(true_lat)
    return readings.Position(lon, lat)


def _number(place: Position, item: int) -> float | None:
    found = place.item(item)
    return None if found is None or found.value is None else float(found.value)
