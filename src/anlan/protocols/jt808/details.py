"""What the additional items of a position say that are more than one number (0200, 2013 and 2019).

The bits of 25 and 2A and the layouts of 11, 12, 13 and 2B are the same in both editions; the tyre
pressures (05) are of 2019. A place or an area is named by the number under which the platform set
it (8600 to 8606).

待核: the unit of a tyre pressure. 2019 writes Pa for one byte a wheel, which no tyre has; it is
given as a bare figure.
"""

from collections.abc import Callable
from dataclasses import dataclass

from anlan.protocols.framing import Malformed

PRESSURES, SPEEDING, CROSSING, ROAD_TIME = 0x05, 0x11, 0x12, 0x13
SIGNALS, INPUTS, ANALOG = 0x25, 0x2A, 0x2B

PLACES = {0: "无特定位置", 1: "圆形区域", 2: "矩形区域", 3: "多边形区域", 4: "路段"}
CROSSED = {1: "圆形区域", 2: "矩形区域", 3: "多边形区域", 4: "路线"}
WAYS = {0: "进", 1: "出"}
RESULTS = {0: "不足", 1: "过长"}
BITS = {
    SIGNALS: {
        0: "近光灯信号",
        1: "远光灯信号",
        2: "右转向灯信号",
        3: "左转向灯信号",
        4: "制动信号",
        5: "倒档信号",
        6: "雾灯信号",
        7: "示廓灯",
        8: "喇叭信号",
        9: "空调状态",
        10: "空挡信号",
        11: "缓速器工作",
        12: "ABS工作",
        13: "加热器工作",
        14: "离合器状态",
    },
    INPUTS: {0: "深度休眠状态", 1: "休眠状态"},
}
_WHEELS, _NO_WHEEL = 30, 0xFF
_NO_PLACE = 0


@dataclass(frozen=True, slots=True)
class Speeding:
    """11: where the vehicle is too fast. `place` of `PLACES`; `area` is None for no certain one."""

    place: int
    area: int | None


@dataclass(frozen=True, slots=True)
class Crossing:
    """12: which area or route was entered or left; `place` of `CROSSED`, `way` of `WAYS`."""

    place: int
    area: int
    way: int


@dataclass(frozen=True, slots=True)
class RoadTime:
    """13: how many seconds the vehicle took for a section of road; `result` of `RESULTS`."""

    road: int
    seconds: int
    result: int


@dataclass(frozen=True, slots=True)
class Analog:
    """2B: what two analog inputs read, in the terminal's own units (bits 0-15 and 16-31)."""

    ad0: int
    ad1: int


@dataclass(frozen=True, slots=True)
class Pressures:
    """05: tyre pressures from the front, left to right; None for a wheel that says nothing."""

    wheels: tuple[int | None, ...]


Detail = Speeding | Crossing | RoadTime | Analog | Pressures


def _speeding(raw: bytes) -> Speeding | None:
    if len(raw) == 1 and raw[0] == _NO_PLACE:
        return Speeding(_NO_PLACE, None)
    if len(raw) != 5:
        return None
    return Speeding(raw[0], None if raw[0] == _NO_PLACE else int.from_bytes(raw[1:], "big"))


def _crossing(raw: bytes) -> Crossing | None:
    return Crossing(raw[0], int.from_bytes(raw[1:5], "big"), raw[5]) if len(raw) == 6 else None


def _road_time(raw: bytes) -> RoadTime | None:
    if len(raw) != 7:
        return None
    return RoadTime(int.from_bytes(raw[:4], "big"), int.from_bytes(raw[4:6], "big"), raw[6])


def _analog(raw: bytes) -> Analog | None:
    if len(raw) != 4:
        return None
    return Analog(int.from_bytes(raw[2:], "big"), int.from_bytes(raw[:2], "big"))


def _pressures(raw: bytes) -> Pressures | None:
    if len(raw) != _WHEELS:
        return None
    last = len(raw.rstrip(bytes([_NO_WHEEL])))
    return Pressures(tuple(None if one == _NO_WHEEL else one for one in raw[:last]))


_READ: dict[int, Callable[[bytes], Detail | None]] = {
    PRESSURES: _pressures,
    SPEEDING: _speeding,
    CROSSING: _crossing,
    ROAD_TIME: _road_time,
    ANALOG: _analog,
}


def detail(item: int, raw: bytes) -> Detail | None:
    """The fields of an item; None for one that is a number, an alarm of the driving assistant or
    the maker's own; raises `Malformed` for one of another length than the standard's."""
    read = _READ.get(item)
    if read is None:
        return None
    found = read(raw)
    if found is None:
        raise Malformed(f"item {item:02X} of {len(raw)} bytes")
    return found
