"""Additional items of a position (0200, table 27), and those of 苏标 T/JSATL 12-2017 as data."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from anlan.protocols.bits import names
from anlan.protocols.framing import Malformed
from anlan.protocols.jt808 import details
from anlan.protocols.jt808.figures import moment, place, text

ADAS, DSM, TYRES, BLIND_SPOT = 0x64, 0x65, 0x66, 0x67


@dataclass(frozen=True, slots=True)
class Row:
    """An item that is one number: so many of `step` in `unit`, `size` bytes, high byte first."""

    name: str
    unit: str
    size: int
    step: Decimal = Decimal(1)
    signed: bool = False


_TENTH = Decimal("0.1")

NUMBERS = {
    0x01: Row("里程", "km", 4, _TENTH),
    0x02: Row("油量", "L", 2, _TENTH),
    0x03: Row("行驶记录功能获取的速度", "km/h", 2, _TENTH),
    0x04: Row("需要人工确认报警事件的ID", "", 2),
    0x06: Row("车厢温度", "℃", 2, signed=True),  # 2019
    0x25: Row("扩展车辆信号状态位", "", 4),
    0x2A: Row("IO状态位", "", 2),
    0x30: Row("无线通信网络信号强度", "", 1),
    0x31: Row("GNSS定位卫星数", "", 1),
}

OTHERS = {
    0x05: "胎压",  # 2019
    0x11: "超速报警附加信息",
    0x12: "进出区域/路线报警附加信息",
    0x13: "路段行驶时间不足/过长报警附加信息",
    0x2B: "模拟量",
    ADAS: "高级驾驶辅助报警信息",
    DSM: "驾驶员状态监测报警信息",
    TYRES: "胎压监测报警信息",
    BLIND_SPOT: "盲区监测报警信息",
    0xE0: "后续信息长度",
}

SAFETY_ALARMS = {
    ADAS: {
        0x01: "前向碰撞报警",
        0x02: "车道偏离报警",
        0x03: "车距过近报警",
        0x04: "行人碰撞报警",
        0x05: "频繁变道报警",
        0x06: "道路标识超限报警",
        0x07: "障碍物报警",
        0x10: "道路标志识别事件",
        0x11: "主动抓拍事件",
    },
    DSM: {
        0x01: "疲劳驾驶报警",
        0x02: "接打电话报警",
        0x03: "抽烟报警",
        0x04: "分神驾驶报警",
        0x05: "驾驶员异常报警",
        0x10: "自动抓拍事件",
        0x11: "驾驶员变更事件",
    },
    BLIND_SPOT: {
        0x01: "后方接近报警",
        0x02: "左侧后方接近报警",
        0x03: "右侧后方接近报警",
    },
}
TYRE_ALARMS = {  # bit 0 is the timed report of pressures, which is no alarm
    1: "胎压过高报警",
    2: "胎压过低报警",
    3: "胎温过高报警",
    4: "传感器异常报警",
    5: "胎压不平衡报警",
    6: "慢漏气报警",
    7: "电池电量低报警",
}
# Where speed, altitude, latitude, longitude and time stand behind each other in the item.
_PLACE_AT = {ADAS: 12, DSM: 12, TYRES: 5, BLIND_SPOT: 6}
_SHORTEST = {ADAS: 31, DSM: 31, TYRES: 41, BLIND_SPOT: 25}
_TYRES_AT, _A_TYRE = 40, 9
_LEVELLED = {ADAS, DSM}
FLAGS = {0: "不可用", 1: "开始", 2: "结束"}
VEHICLE_STATES = {
    0: "ACC打开", 1: "左转向", 2: "右转向", 3: "雨刮器打开", 4: "制动", 5: "已插卡", 10: "已定位",
}  # fmt: skip
DRIFTS = {1: "左侧偏离", 2: "右侧偏离"}
ROAD_SIGNS = {1: "限速标志", 2: "限高标志", 3: "限重标志"}
_A_MARK = 16


@dataclass(frozen=True, slots=True)
class AlarmMark:
    """By what pictures and films of an alarm are asked for: the terminal's own id, a moment, which
    alarm of that second it was, and how many files belong to it."""

    terminal: str
    at: datetime
    serial: int
    files: int


@dataclass(frozen=True, slots=True)
class SafetyAlarm:
    """An alarm of the driving assistant; `level` is 1, 2, or None where the kind has none.

    `flag`: 1 begins, 2 ends, 0 says nothing. Speed km/h, altitude m, degrees WGS84, None where it
    states no place. Of the assistant in front of the vehicle (64) also the speed of what is ahead,
    km/h, how far ahead it is, s, to which side the vehicle left its lane, and a road sign with its
    figure; of the driver (65) how tired, 1 to 10. What the kind does not state is None or empty.
    `mark` is None where the item ends before it or it names no moment.
    """

    number: int
    flag: int
    type: int
    name: str
    level: int | None
    speed: int
    altitude: int
    latitude: float | None
    longitude: float | None
    at: datetime
    tyres: tuple["Tyre", ...] = ()
    states: tuple[str, ...] = ()
    mark: AlarmMark | None = None
    ahead_speed: int | None = None
    ahead_s: Decimal | None = None
    drift: str = ""
    road_sign: str = ""
    road_sign_figure: int | None = None
    fatigue: int | None = None


@dataclass(frozen=True, slots=True)
class Tyre:
    """What a tyre alarm says of one wheel, from 0 at the front left in a Z; kPa, ℃, % battery."""

    number: int
    alarms: int
    pressure: int
    temperature: int
    battery: int


@dataclass(frozen=True, slots=True)
class Item:
    """One additional item, as its bytes stand."""

    id: int
    raw: bytes

    @property
    def name(self) -> str:
        """Empty for the maker's own."""
        row = NUMBERS.get(self.id)
        return row.name if row else OTHERS.get(self.id, "")

    @property
    def unit(self) -> str:
        row = NUMBERS.get(self.id)
        return row.unit if row else ""

    @property
    def value(self) -> Decimal | None:
        """The number in `unit`; None for an item that is none, or has another length."""
        row = NUMBERS.get(self.id)
        if row is None or len(self.raw) != row.size:
            return None
        return int.from_bytes(self.raw, "big", signed=row.signed) * row.step

    @property
    def set(self) -> tuple[str, ...] | None:
        """The names of the set bits of a 25 or 2A; None for others."""
        table = details.BITS.get(self.id)
        return None if table is None else names(int.from_bytes(self.raw, "big"), table)

    @property
    def detail(self) -> details.Detail | None:
        """What a 05, 11, 12, 13 or 2B says; None for others, raises `Malformed` for one of another
        length."""
        return details.detail(self.id, self.raw)

    @property
    def alarm(self) -> SafetyAlarm | None:
        """What a 64 to 67 says; None for others, raises `Malformed` for one too short.

        A tyre alarm has no type of its own: its wheels say what is wrong.
        """
        if self.id not in _PLACE_AT:
            return None
        raw, at = self.raw, _PLACE_AT[self.id]
        of_tyres = self.id == TYRES
        if len(raw) < _SHORTEST[self.id]:
            raise Malformed(f"item {self.id:02X} of {len(raw)} bytes")
        latitude, longitude = place(raw[at + 3 : at + 11]) or (None, None)
        states = int.from_bytes(raw[at + 17 : at + 19], "big")
        ahead = self.id == ADAS
        return SafetyAlarm(
            number=int.from_bytes(raw[:4], "big"),
            flag=raw[4],
            type=0 if of_tyres else raw[5],
            name=OTHERS[TYRES] if of_tyres else SAFETY_ALARMS[self.id].get(raw[5], ""),
            level=raw[6] if self.id in _LEVELLED else None,
            speed=raw[at],
            altitude=int.from_bytes(raw[at + 1 : at + 3], "big", signed=True),
            latitude=latitude,
            longitude=longitude,
            at=moment(raw[at + 11 : at + 17]),
            tyres=_tyres(raw) if of_tyres else (),
            states=tuple(name for bit, name in VEHICLE_STATES.items() if states >> bit & 1),
            mark=_mark(raw[at + 19 : at + 19 + _A_MARK]),
            ahead_speed=raw[7] if ahead else None,
            ahead_s=raw[8] * _TENTH if ahead else None,
            drift=DRIFTS.get(raw[9], "") if ahead else "",
            road_sign=ROAD_SIGNS.get(raw[10], "") if ahead else "",
            road_sign_figure=raw[11] if ahead and raw[10] in ROAD_SIGNS else None,
            fatigue=raw[7] if self.id == DSM else None,
        )


def _mark(raw: bytes) -> AlarmMark | None:
    if len(raw) < _A_MARK:
        return None
    try:
        return AlarmMark(text(raw[:7]), moment(raw[7:13]), raw[13], raw[14])
    except Malformed:
        return None


def _tyres(raw: bytes) -> tuple[Tyre, ...]:
    count = raw[_TYRES_AT]
    if len(raw) < _TYRES_AT + 1 + count * _A_TYRE:
        raise Malformed(f"item {TYRES:02X} of {len(raw)} bytes for {count} tyres")
    found = []
    for at in range(_TYRES_AT + 1, _TYRES_AT + 1 + count * _A_TYRE, _A_TYRE):
        alarms, pressure, temperature, battery = (
            int.from_bytes(raw[at + n : at + n + 2], "big") for n in (1, 3, 5, 7)
        )
        found.append(Tyre(raw[at], alarms, pressure, temperature, battery))
    return tuple(found)


def items(raw: bytes) -> tuple[tuple[Item, ...], str]:
    """The whole items behind a position, and what is wrong with the rest; empty for nothing."""
    found: list[Item] = []
    at = 0
    while at < len(raw):
        size = raw[at + 1] if at + 1 < len(raw) else 0
        if at + 2 + size > len(raw):
            return tuple(found), f"item {raw[at]:02X} is cut off"
        found.append(Item(raw[at], raw[at + 2 : at + 2 + size]))
        at += 2 + size
    return tuple(found), ""
