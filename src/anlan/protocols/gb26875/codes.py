"""Codes of GB/T 26875.3 as data: commands, types, systems, parts, quantities, status bits.

Names are the standard's own. Codes from 128 are the user's (type: 128–254); what is absent here is
reserved.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum, StrEnum


class Command(IntEnum):
    """What a frame is for (table 3)."""

    CONTROL = 1
    SEND = 2
    CONFIRM = 3
    REQUEST = 4
    RESPOND = 5
    DENY = 6


COMMANDS = {
    Command.CONTROL: "控制命令",
    Command.SEND: "发送数据",
    Command.CONFIRM: "确认",
    Command.REQUEST: "请求",
    Command.RESPOND: "应答",
    Command.DENY: "否认",
}


class Way(StrEnum):
    """Whose types these are: the transmission unit's, or the monitoring centre's."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Type:
    """A row of table 4: the name and the fields of one information object, in their order."""

    name: str
    way: Way
    fields: tuple[str, ...]


_SYSTEM = ("system", "system_address")
_PART = (*_SYSTEM, "part", "part_address")

TYPES = {
    1: Type("上传建筑消防设施系统状态", Way.UP, (*_SYSTEM, "status")),
    2: Type("上传建筑消防设施部件运行状态", Way.UP, (*_PART, "status", "description")),
    3: Type("上传建筑消防设施部件模拟量值", Way.UP, (*_PART, "quantity", "figure")),
    4: Type("上传建筑消防设施操作信息", Way.UP, (*_SYSTEM, "operation", "operator")),
    5: Type("上传建筑消防设施软件版本", Way.UP, (*_SYSTEM, "version")),
    6: Type("上传建筑消防设施系统配置情况", Way.UP, (*_SYSTEM, "configuration")),
    7: Type("上传建筑消防设施部件配置情况", Way.UP, (*_PART, "description")),
    8: Type("上传建筑消防设施系统时间", Way.UP, (*_SYSTEM, "moment")),
    21: Type("上传用户信息传输装置运行状态", Way.UP, ("transmitter_status",)),
    24: Type("上传用户信息传输装置操作信息", Way.UP, ("operation", "operator")),
    25: Type("上传用户信息传输装置软件版本", Way.UP, ("version",)),
    26: Type("上传用户信息传输装置配置情况", Way.UP, ("configuration",)),
    28: Type("上传用户信息传输装置系统时间", Way.UP, ("moment",)),
    61: Type("读建筑消防设施系统状态", Way.DOWN, _SYSTEM),
    62: Type("读建筑消防设施部件运行状态", Way.DOWN, _PART),
    63: Type("读建筑消防设施部件模拟量值", Way.DOWN, _PART),
    64: Type("读建筑消防设施操作信息", Way.DOWN, (*_SYSTEM, "records", "moment")),
    65: Type("读建筑消防设施软件版本", Way.DOWN, _SYSTEM),
    66: Type("读建筑消防设施系统配置情况", Way.DOWN, _SYSTEM),
    67: Type("读建筑消防设施部件配置情况", Way.DOWN, _PART),
    68: Type("读建筑消防设施系统时间", Way.DOWN, _SYSTEM),
    81: Type("读用户信息传输装置运行状态", Way.DOWN, ("reserved",)),
    84: Type("读用户信息传输装置操作信息记录", Way.DOWN, ("records", "moment")),
    85: Type("读用户信息传输装置软件版本", Way.DOWN, ("reserved",)),
    86: Type("读用户信息传输装置配置情况", Way.DOWN, ("reserved",)),
    88: Type("读用户信息传输装置系统时间", Way.DOWN, ("reserved",)),
    89: Type("初始化用户信息传输装置", Way.DOWN, ("reserved",)),
    90: Type("同步用户信息传输装置时钟", Way.DOWN, ("moment",)),
    91: Type("查岗命令", Way.DOWN, ("minutes",)),
}

SYSTEMS = {
    0: "通用",
    1: "火灾报警系统",
    10: "消防联动控制器",
    11: "消火栓系统",
    12: "自动喷水灭火系统",
    13: "气体灭火系统",
    14: "水喷雾灭火系统(泵启动方式)",
    15: "水喷雾灭火系统(压力容器启动方式)",
    16: "泡沫灭火系统",
    17: "干粉灭火系统",
    18: "防烟排烟系统",
    19: "防火门及卷帘系统",
    20: "消防电梯",
    21: "消防应急广播",
    22: "消防应急照明和疏散指示系统",
    23: "消防电源",
    24: "消防电话",
}

PARTS = {
    0: "通用",
    1: "火灾报警控制器",
    10: "可燃气体探测器",
    11: "点型可燃气体探测器",
    12: "独立式可燃气体探测器",
    13: "线型可燃气体探测器",
    16: "电气火灾监控报警器",
    17: "剩余电流式电气火灾监控探测器",
    18: "测温式电气火灾监控探测器",
    21: "探测回路",
    22: "火灾显示盘",
    23: "手动火灾报警按钮",
    24: "消火栓按钮",
    25: "火灾探测器",
    30: "感温火灾探测器",
    31: "点型感温火灾探测器",
    32: "点型感温火灾探测器(S型)",
    33: "点型感温火灾探测器(R型)",
    34: "线型感温火灾探测器",
    35: "线型感温火灾探测器(S型)",
    36: "线型感温火灾探测器(R型)",
    37: "光纤感温火灾探测器",
    40: "感烟火灾探测器",
    41: "点型离子感烟火灾探测器",
    42: "点型光电感烟火灾探测器",
    43: "线型光束感烟火灾探测器",
    44: "吸气式感烟火灾探测器",
    50: "复合式火灾探测器",
    51: "复合式感烟感温火灾探测器",
    52: "复合式感光感温火灾探测器",
    53: "复合式感光感烟火灾探测器",
    61: "紫外火焰探测器",
    62: "红外火焰探测器",
    69: "感光火灾探测器",
    74: "气体探测器",
    78: "图像摄像方式火灾探测器",
    79: "感声火灾探测器",
    81: "气体灭火控制器",
    82: "消防电气控制装置",
    83: "消防控制室图形显示装置",
    84: "模块",
    85: "输入模块",
    86: "输出模块",
    87: "输入/输出模块",
    88: "中继模块",
    91: "消防水泵",
    92: "消防水箱",
    95: "喷淋泵",
    96: "水流指示器",
    97: "信号阀",
    98: "报警阀",
    99: "压力开关",
    101: "阀驱动装置",
    102: "防火门",
    103: "防火阀",
    104: "通风空调",
    105: "泡沫液泵",
    106: "管网电磁阀",
    111: "防烟排烟风机",
    113: "排烟防火阀",
    114: "常闭送风口",
    115: "排烟口",
    116: "电控挡烟垂壁",
    117: "防火卷帘控制器",
    118: "防火门监控器",
    121: "警报装置",
}


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a part measures: a figure is so many of `step`, in `unit`."""

    name: str
    unit: str
    step: Decimal


_TENTH = Decimal("0.1")

QUANTITIES = {
    1: Quantity("事件计数", "件", Decimal(1)),
    2: Quantity("高度", "m", Decimal("0.01")),
    3: Quantity("温度", "℃", _TENTH),
    4: Quantity("压力", "MPa", _TENTH),
    5: Quantity("压力", "kPa", _TENTH),
    6: Quantity("气体浓度", "%LEL", _TENTH),
    7: Quantity("时间", "s", Decimal(1)),
    8: Quantity("电压", "V", _TENTH),
    9: Quantity("电流", "A", _TENTH),
    10: Quantity("流量", "L/s", _TENTH),
    11: Quantity("风量", "m³/min", _TENTH),
    12: Quantity("风速", "m/s", Decimal(1)),
}

# Bit 0 clear means a test is running; every other bit means something when it is set.
STATUS = {
    0: "正常运行",
    1: "火警",
    2: "故障",
    3: "屏蔽",
    4: "监管",
    5: "启动",
    6: "反馈",
    7: "延时",
    8: "主电故障",
    9: "备电故障",
    10: "总线故障",
    11: "手动",
    12: "配置改变",
    13: "复位",
}

PART_STATUS = STATUS | {8: "电源故障"}  # a part has one supply, a system mains and backup

TRANSMITTER_STATUS = {
    0: "正常监视",
    1: "火警",
    2: "故障",
    3: "主电故障",
    4: "备电故障",
    5: "与监控中心通信信道故障",
    6: "监测连接线路故障",
}

OPERATIONS = {
    0: "复位",
    1: "消音",
    2: "手动报警",
    3: "警情消除",
    4: "自检",
    5: "确认",
    6: "测试",
}

TRANSMITTER_OPERATIONS = OPERATIONS | {5: "查岗应答"}
