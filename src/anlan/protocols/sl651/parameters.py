"""The parameters of a station as data: annex D, tables D.1 (basic) and D.4 (running).

Names are the standard's own; `digits` and `decimals` are its N(D, d), `kind` says how the others
are read. An identifier leads the value as it leads an element's, with its width behind it.
"""

from dataclasses import dataclass
from enum import StrEnum


class Form(StrEnum):
    """How the bytes of a parameter are read."""

    DECIMAL = "decimal"  # packed decimal figures
    BYTES = "bytes"  # bytes as they stand
    TEXT = "text"  # ASCII
    BARE = "bare"  # an identifier alone, which guards an order that clears something (47, 48)


@dataclass(frozen=True, slots=True)
class Definition:
    """One row of tables D.1 and D.4."""

    code: int
    name: str
    unit: str = ""
    digits: int = 0
    decimals: int = 0
    form: Form = Form.DECIMAL


M, KPA, MGL, M3 = "m", "kPa", "mg/L", "m³"
PASSWORD, SERVICE_RANGE, CLEAR_STORAGE, FACTORY_SETTINGS = 0x03, 0x0E, 0x97, 0x98

_BASIC = [
    Definition(0x01, "中心站地址", form=Form.BYTES),
    Definition(0x02, "遥测站地址", form=Form.BYTES),
    Definition(PASSWORD, "密码", form=Form.BYTES),
    *(
        Definition(0x04 + n, f"中心站{n // 2 + 1}{way}信道类型及地址", form=Form.BYTES)
        for n, way in enumerate(("主", "备用") * 4)
    ),
    Definition(0x0C, "工作方式", "", 2),
    Definition(0x0D, "遥测站采集要素设置", form=Form.BYTES),
    Definition(SERVICE_RANGE, "中继站(集合转发站)服务地址范围", form=Form.BYTES),
    Definition(0x0F, "遥测站通信设备识别号", form=Form.TEXT),
]

_ROWS: list[tuple[int, str, str, int, int]] = [
    (0x20, "定时报时间间隔", "h", 2, 0),
    (0x21, "加报时间间隔", "min", 2, 0),
    (0x22, "降水量日起始时间", "h", 2, 0),
    (0x23, "采样间隔", "s", 4, 0),
    (0x24, "水位数据存储间隔", "min", 2, 0),
    (0x25, "雨量计分辨力", "mm", 2, 1),
    (0x26, "水位计分辨力", "cm", 2, 1),
    (0x27, "雨量加报阈值", "mm", 2, 0),
    *((0x27 + n, f"水位基值{n}", M, 7, 3) for n in range(1, 9)),
    *((0x2F + n, f"水位修正基值{n}", M, 5, 3) for n in range(1, 9)),
    *((0x37 + n, f"加报水位{n}", M, 4, 2) for n in range(1, 9)),
    (0x40, "加报水位以上加报阈值", M, 3, 2),
    (0x41, "加报水位以下加报阈值", M, 3, 2),
    (0x42, "流量加报阈值", "m³/s", 6, 3),
    (0x43, "流速加报阈值", "m/s", 5, 3),
    (0x44, "闸位加报阈值", M, 3, 2),
    (0x45, "功率加报阈值", "kW", 6, 0),
    (0x46, "气压加报阈值", "hPa", 4, 0),
    (0x47, "风速加报阈值", "m/s", 4, 2),
    (0x48, "水温加报阈值", "°C", 2, 1),
    *((0x49 + n, f"取(排)水口{n // 2 + 1}{'上下'[n % 2]}限水位", M, 4, 2) for n in range(16)),
    *((0x59 + n, f"取(排)水口{n // 2 + 1}{'上下'[n % 2]}限水压", KPA, 8, 2) for n in range(16)),
    (0x69, "水温上限", "°C", 3, 1),
    (0x6A, "水温下限", "°C", 3, 1),
    (0x6B, "pH值上限", "", 2, 1),
    (0x6C, "pH值下限", "", 2, 1),
    (0x6D, "溶解氧上限", MGL, 4, 1),
    (0x6E, "溶解氧下限", MGL, 4, 1),
    (0x6F, "高锰酸盐指数上限", MGL, 4, 1),
    (0x70, "高锰酸盐指数下限", MGL, 4, 1),
    (0x71, "电导率上限", "µS/cm", 5, 0),
    (0x72, "电导率下限", "µS/cm", 5, 0),
    (0x73, "氧化还原电位上限", "mV", 5, 1),
    (0x74, "氧化还原电位下限", "mV", 5, 1),
    (0x75, "浊度上限", "度", 3, 0),
    (0x76, "浊度下限", "度", 3, 0),
    (0x77, "氨氮上限", MGL, 6, 2),
    (0x78, "氨氮下限", MGL, 6, 2),
    (0x79, "总氮上限", MGL, 5, 2),
    (0x7A, "总氮下限", MGL, 5, 2),
    (0x7B, "铜上限", MGL, 7, 4),
    (0x7C, "铜下限", MGL, 7, 4),
    (0x7D, "锌上限", MGL, 6, 4),
    (0x7E, "锌下限", MGL, 6, 4),
    (0x7F, "氟化物上限", MGL, 5, 2),
    (0x80, "氟化物下限", MGL, 5, 2),
    (0x81, "硒上限", MGL, 7, 5),
    (0x82, "硒下限", MGL, 7, 5),
    (0x83, "砷上限", MGL, 7, 5),
    (0x84, "砷下限", MGL, 7, 5),
    (0x85, "汞上限", MGL, 7, 5),
    (0x86, "汞下限", MGL, 7, 5),
    (0x87, "镉上限", MGL, 7, 5),
    (0x88, "镉下限", MGL, 7, 5),
    (0x89, "总有机碳上限", MGL, 4, 2),
    (0x8A, "总有机碳下限", MGL, 4, 2),
    (0x8B, "叶绿素上限", MGL, 4, 2),
    (0x8C, "叶绿素下限", MGL, 4, 2),
    (0x8D, "流量上限", "m³/s", 11, 3),
    *((0x8D + n, f"水表{n}充值水量", M3, 11, 3) for n in range(1, 9)),
    (0x96, "水量定值量", M3, 11, 3),
    *((0x98 + n, f"水表{n}水量表底(初始)值", M3, 11, 3) for n in range(1, 9)),
    *((0xA0 + n, f"水表{n}剩余水量报警值", M3, 11, 3) for n in range(1, 9)),
]

_GUARDS = [
    Definition(CLEAR_STORAGE, "固态存储数据初始化", form=Form.BARE),
    Definition(FACTORY_SETTINGS, "遥测终端参数恢复出厂设置", form=Form.BARE),
]

PARAMETERS = (
    {row.code: row for row in _BASIC}
    | {row[0]: Definition(*row) for row in _ROWS}
    | {row.code: row for row in _GUARDS}
)

EVENTS = (  # table 82, ERC1 and on
    "历史数据初始化记录",
    "参数变更记录",
    "状态量变位记录",
    "传感器及仪表故障记录",
    "密码修改记录",
    "终端故障记录",
    "交流失电记录",
    "蓄电池电压低告警记录",
    "终端箱非法打开记录",
    "水泵故障记录",
    "剩余水量超限告警记录",
    "水位超限告警记录",
    "水压超限告警记录",
    "水质参数超限告警记录",
    "数据出错记录",
    "发报文记录",
    "收报文记录",
    "发报文出错记录",
)
