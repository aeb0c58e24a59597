"""What an instrument says of itself (3019, 3020) and what it is told to be (3021), as data.

A code of 2017 annex B is ``i``, a figure for the device (1 instrument, 2 data logger, 3 auxiliary),
one for the kind (1 log, 2 state, 3 parameter) and three running figures; the table may be extended.
``PolId`` names the factor whose instrument speaks, and holds until the next one.

待核: the rows behind `_PRACTICE` are no table of the 2017 edition; they are what makers of
instruments send under provincial extensions (`Information.to_check`), their words for states too.
For i12001 the makers contradict each other, so its figure is given without a word. In flue gas some
send i13010 to i13020 for other things than the annex names.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from anlan.protocols.framing import Malformed
from anlan.protocols.hj212.messages import Message
from anlan.protocols.hj212.segment import DATA_TIME, moment

IDENTITY, INFORMATION_OF, SET_PARAMETER = "3019", "3020", "3021"
POLLUTANT = "PolId"
_INFO, _SERIAL = "Info", "SN"
_QUOTE = "//"


class Kind(StrEnum):
    """The second figure of a code."""

    LOG = "日志"
    STATE = "状态"
    PARAMETER = "参数"


DEVICES = {"1": "在线监控(监测)仪器仪表", "2": "数据采集传输仪", "3": "辅助设备"}
KINDS = {"1": Kind.LOG, "2": Kind.STATE, "3": Kind.PARAMETER}

# code, name, unit, - without one, or @ for a time
_ANNEX_B = """
i11001 运行日志 -
i12001 工作状态 -
i13001 测量量程 -
i13002 测量精度 -
i13003 测量间隔 min
i13004 消解温度 °C
i13005 消解时长 min
i13006 空白校准时间 @
i13007 截距 -
i13008 斜率 -
i13009 测量检出限 -
i13010 测量信号值 -
i13011 线性相关系数 -
i13012 二次多项式系数 -
i13013 标样校准时间 @
i21001 运行日志 -
i22001 工作状态 -
"""

_PRACTICE = """
i12007 气态分析仪工作状态 -
i12008 气态分析仪报警状态 -
i12009 气态分析仪报警详情 -
i12101 污水分析仪工作状态 -
i12102 污水分析仪报警状态 -
i12103 污水分析仪报警详情 -
i13021 零点校准时间 @
i13022 零点校准系数 -
i13023 零点校准浓度 mg/m³
i13024 零点校准原始值 -
i13025 零点校准漂移 %
i13026 量程校准系数 -
i13027 量程校准时间 @
i13028 量程校准浓度 mg/m³
i13029 量程校准原始值 -
i13101 零点校准时间 @
i13104 零点校准浓度 mg/L
i13105 零点校准原始值 -
i13106 零点校准漂移 %
i13107 量程校准时间 @
i13108 量程校准浓度 mg/L
i13110 量程校准原始值 -
i13112 量程校准漂移 %
i13116 量程 mg/L
i13119 修正斜率 -
i13120 修正截距 mg/L
i13128 标样核查时间 @
i13129 标样核查偏差百分比 %
i13130 标样核查标液浓度 mg/L
i22005 报警详情 -
"""

_ALARM = {0: "正常", 1: "报警"}
_GAS_STATE = {0: "运行", 1: "维护", 2: "故障", 3: "校准", 5: "反吹", 6: "标定", 99: "其他"}
_GAS_ALARM = {
    0: "正常", 1: "气路堵塞", 2: "上限报警", 3: "下限报警", 4: "缺仪表风", 5: "温控报警",
    6: "光强弱报警", 7: "伴热管温度报警", 8: "氧传感器老化报警", 9: "探头温度故障", 99: "其他",
}  # fmt: skip
_WATER_STATE = {
    0: "空闲", 1: "做样", 2: "清洗", 3: "维护", 4: "故障", 5: "校准", 6: "标样核查", 99: "其他",
}  # fmt: skip
_WATER_ALARM = {
    0: "正常", 1: "缺试剂", 2: "缺蒸馏水", 3: "缺标液", 4: "缺水样", 5: "加热故障", 6: "光源故障",
    7: "测量值超上限", 8: "测量值超下限", 9: "排残液故障", 10: "采样故障", 99: "其他",
}  # fmt: skip
_LOGGER_STATE = {0: "运行", 1: "停机", 2: "故障", 3: "维护"}
_LOGGER_ALARM = {0: "正常", 1: "市电中断", 2: "自动对时未成功"}
_WORDS = {  # 待核, all of them
    "i12007": _GAS_STATE, "i12008": _ALARM, "i12009": _GAS_ALARM,
    "i12101": _WATER_STATE, "i12102": _ALARM, "i12103": _WATER_ALARM,
    "i22001": _LOGGER_STATE, "i22005": _LOGGER_ALARM,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Information:
    """One row. `unit` is empty for none or for that of the factor; `words` say what a state's
    figure means. `is_time`: stated as YYYYMMDDhhmmss, Beijing time. `to_check`: 待核, not in the
    2017 edition's own table."""

    code: str
    name: str
    unit: str
    words: dict[int, str]
    is_time: bool
    to_check: bool


def _rows(text: str, *, to_check: bool) -> Iterator[Information]:
    for code, name, unit in (line.split() for line in text.splitlines() if line):
        own = "" if unit in "-@" else unit
        yield Information(code, name, own, _WORDS.get(code, {}), unit == "@", to_check)


INFORMATION = {
    row.code: row
    for row in (*_rows(_ANNEX_B, to_check=False), *_rows(_PRACTICE, to_check=True))
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """One thing said of an instrument. `pollutant` names the factor that it measures, empty for the
    data logger itself; `at` is the DataTime in force, as it stands."""

    pollutant: str
    at: str
    code: str
    suffix: str
    text: str

    @property
    def row(self) -> Information | None:
        """Name and unit, for a code of the tables."""
        return INFORMATION.get(self.code) if self.suffix == _INFO else None

    @property
    def device(self) -> str:
        """Which device speaks; also for a code that the tables lack, empty for no such code."""
        return DEVICES.get(self.code[1], "") if _is_code(self.code) else ""

    @property
    def kind(self) -> Kind | None:
        """Whether it is a log, a state or a parameter; also for a code that the tables lack."""
        return KINDS.get(self.code[2]) if _is_code(self.code) else None

    @property
    def value(self) -> Decimal | datetime | str:
        """A figure, a time or the text of a log; raises `Malformed` for what is none.

        What the tables do not name is kept as it came.
        """
        row = self.row
        if row is None or not self.text:
            return self.text
        if self.kind is Kind.LOG:
            return self.text.removeprefix(_QUOTE).removesuffix(_QUOTE)
        if row.is_time:
            return moment(self.text)
        try:
            number = Decimal(self.text)
        except InvalidOperation:
            number = Decimal("nan")
        if not number.is_finite():
            raise Malformed(f"{self.code}-{self.suffix}={self.text} is no number")
        return number

    @property
    def word(self) -> str:
        """What the figure of a state means; empty where no table says it."""
        words = self.row.words if self.row else {}
        plain = self.text.isascii() and self.text.isdecimal() and len(self.text) < 4
        return words.get(int(self.text), "") if plain else ""


def _is_code(code: str) -> bool:
    return len(code) == 6 and code[0] == "i" and code[1:].isascii() and code[1:].isdecimal()


def of_itself(message: Message) -> tuple[Told, ...]:
    """What a 3019, 3020 or 3021 says of instruments, in order; nothing of other messages."""
    if message.cn not in (IDENTITY, INFORMATION_OF, SET_PARAMETER):
        return ()
    found, at, pollutant = [], "", ""
    for group in message.content:
        for key, value in group:
            code, dash, suffix = key.rpartition("-")
            if key == DATA_TIME:
                at = value
            elif key == POLLUTANT:
                pollutant = value
            elif dash and suffix in (_INFO, _SERIAL):
                found.append(Told(pollutant, at, code, suffix, value))
    return tuple(found)


def contradictions(message: Message) -> Iterator[str]:
    """Fields that state two values for one thing, under one time and one factor; the first counts.

    The same value once more is no contradiction, and several lines of a log are none.
    """
    seen: dict[tuple[str, str, str], str] = {}
    at = pollutant = ""
    for group in message.content:
        for key, value in group:
            if key == DATA_TIME:
                at = value
            elif key == POLLUTANT:
                pollutant = value
            elif seen.setdefault((at, pollutant, key), value) != value and not _is_log(key):
                yield f"{key}={seen[at, pollutant, key]}, and again {key}={value}"


def _is_log(key: str) -> bool:
    code = key.rpartition("-")[0]
    return _is_code(code) and KINDS.get(code[2]) is Kind.LOG
