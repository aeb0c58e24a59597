"""The elements of SL 651-2014, annex C table C.1, as data: identifier, symbol, name, unit, width.

Names are the standard's own. `digits` and `decimals` are its N(D, d): D figures without the point,
d of them behind it.
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How the bytes of an element are read."""

    DECIMAL = "decimal"  # packed decimal figures
    STATUS = "status"  # 4 bytes of bits, table 58
    RAIN_BYTES = "rain_bytes"  # F4: a byte each, 0.1 mm, FF = not valid
    LEVEL_WORDS = "level_words"  # F5-FC: two bytes each, 0.01 m, FFFF = not valid
    PICTURE = "picture"  # F3: JPEG to the end of the body
    BULK = "bulk"  # FD: velocities to the end of the body


@dataclass(frozen=True, slots=True)
class Definition:
    """One row of table C.1."""

    code: int
    symbol: str
    name: str
    unit: str = ""
    digits: int = 0
    decimals: int = 0
    kind: Kind = Kind.DECIMAL


MM, M, M3S, MS, MGL, C, PCT = "mm", "m", "m³/s", "m/s", "mg/L", "°C", "%"

_ROWS: list[tuple[int, str, str, str, int, int]] = [
    (0x01, "AC", "断面面积", "m²", 8, 2),
    (0x02, "AI", "瞬时气温", C, 3, 1),
    (0x03, "C", "瞬时水温", C, 3, 1),
    (0x05, "DT", "时段长", "HH.mm", 4, 2),
    (0x06, "ED", "日蒸发量", MM, 5, 1),
    (0x07, "EJ", "当前蒸发", MM, 5, 1),
    (0x08, "FL", "气压", "hPa", 5, 0),
    (0x09, "GH", "闸坝、水库闸门开启高度", M, 5, 2),
    (0x0A, "GN", "输水设备、闸门(组)编号", "", 3, 0),
    (0x0B, "GS", "输水设备类别", "", 1, 0),
    (0x0C, "GT", "水库、闸坝闸门开启孔数", "孔", 3, 0),
    (0x0D, "GTP", "地温", C, 3, 1),
    (0x0E, "H", "地下水瞬时埋深", M, 6, 2),
    (0x0F, "HW", "波浪高度", M, 5, 2),
    (0x10, "M10", "10厘米处土壤含水量", PCT, 4, 1),
    (0x11, "M20", "20厘米处土壤含水量", PCT, 4, 1),
    (0x12, "M30", "30厘米处土壤含水量", PCT, 4, 1),
    (0x13, "M40", "40厘米处土壤含水量", PCT, 4, 1),
    (0x14, "M50", "50厘米处土壤含水量", PCT, 4, 1),
    (0x15, "M60", "60厘米处土壤含水量", PCT, 4, 1),
    (0x16, "M80", "80厘米处土壤含水量", PCT, 4, 1),
    (0x17, "M100", "100厘米处土壤含水量", PCT, 4, 1),
    (0x18, "MST", "湿度", PCT, 4, 1),
    (0x19, "NS", "开机台数", "台", 2, 0),
    (0x1A, "P1", "1小时时段降水量", MM, 5, 1),
    (0x1B, "P2", "2小时时段降水量", MM, 5, 1),
    (0x1C, "P3", "3小时时段降水量", MM, 5, 1),
    (0x1D, "P6", "6小时时段降水量", MM, 5, 1),
    (0x1E, "P12", "12小时时段降水量", MM, 5, 1),
    (0x1F, "PD", "日降水量", MM, 5, 1),
    (0x20, "PJ", "当前降水量", MM, 5, 1),
    (0x21, "PN01", "1分钟时段降水量", MM, 5, 1),
    (0x22, "PN05", "5分钟时段降水量", MM, 5, 1),
    (0x23, "PN10", "10分钟时段降水量", MM, 5, 1),
    (0x24, "PN30", "30分钟时段降水量", MM, 5, 1),
    (0x25, "PR", "暴雨量", MM, 5, 1),
    (0x26, "PT", "降水量累计值", MM, 6, 1),
    (0x27, "Q", "瞬时流量、抽水流量", M3S, 9, 3),
    *((0x27 + n, f"Q{n}", f"取(排)水口流量{n}", M3S, 9, 3) for n in range(1, 9)),
    (0x30, "QA", "总出库流量、过闸总流量", M3S, 9, 3),
    (0x31, "QZ", "输水设备流量、过闸(组)流量", M3S, 9, 3),
    (0x32, "SW", "输沙量", "10⁴ t", 11, 3),
    (0x33, "UC", "风向", "", 2, 0),
    (0x34, "UE", "风力(级)", "", 2, 0),
    (0x35, "US", "风速", MS, 4, 1),
    (0x36, "VA", "断面平均流速", MS, 5, 3),
    (0x37, "VJ", "当前瞬时流速", MS, 5, 3),
    (0x38, "VT", "电源电压", "V", 4, 2),
    (0x39, "Z", "瞬时河道水位、潮位", M, 7, 3),
    (0x3A, "ZB", "库(闸、站)下水位", M, 7, 3),
    (0x3B, "ZU", "库(闸、站)上水位", M, 7, 3),
    *((0x3B + n, f"Z{n}", f"取(排)水口水位{n}", M, 7, 3) for n in range(1, 9)),
    (0x44, "SQ", "含沙量", "kg/m³", 9, 3),
    (0x46, "pH", "pH值", "", 4, 2),
    (0x47, "DO", "溶解氧", MGL, 4, 1),
    (0x48, "COND", "电导率", "µS/cm", 5, 0),
    (0x49, "TURB", "浊度", "度", 3, 0),
    (0x4A, "CODMN", "高锰酸盐指数", MGL, 4, 1),
    (0x4B, "REDOX", "氧化还原电位", "mV", 5, 1),
    (0x4C, "NH4N", "氨氮", MGL, 6, 2),
    (0x4D, "TP", "总磷", MGL, 5, 3),
    (0x4E, "TN", "总氮", MGL, 5, 2),
    (0x4F, "TOC", "总有机碳", MGL, 4, 2),
    (0x50, "CU", "铜", MGL, 7, 4),
    (0x51, "ZN", "锌", MGL, 6, 4),
    (0x52, "SE", "硒", MGL, 7, 5),
    (0x53, "AS", "砷", MGL, 7, 5),
    (0x54, "THG", "总汞", MGL, 7, 5),
    (0x55, "CD", "镉", MGL, 7, 5),
    (0x56, "PB", "铅", MGL, 7, 5),
    (0x57, "CHLA", "叶绿素a", MGL, 4, 2),
    *((0x57 + n, f"WP{n}", f"水压{n}", "kPa", 5, 2) for n in range(1, 9)),
    *((0x5F + n, f"SYL{n}", f"水表{n}剩余水量", "m³", 11, 3) for n in range(1, 9)),
    *((0x67 + n, f"SBL{n}", f"水表{n}每小时水量", "m³/h", 10, 2) for n in range(1, 9)),
    (0x70, "VTA", "交流A相电压", "V", 4, 1),
    (0x71, "VTB", "交流B相电压", "V", 4, 1),
    (0x72, "VTC", "交流C相电压", "V", 4, 1),
    (0x73, "VIA", "交流A相电流", "A", 4, 1),
    (0x74, "VIB", "交流B相电流", "A", 4, 1),
    (0x75, "VIC", "交流C相电流", "A", 4, 1),
]

_SPECIAL = [
    Definition(0x45, "ZT", "遥测站状态及报警信息", kind=Kind.STATUS),
    Definition(0xF3, "PIC", "图片信息", kind=Kind.PICTURE),
    Definition(0xF4, "DRP", "1小时内每5分钟时段雨量", MM, 3, 1, Kind.RAIN_BYTES),
    *(
        Definition(0xF4 + n, f"DRZ{n}", f"1小时内5分钟间隔相对水位{n}", M, 5, 2, Kind.LEVEL_WORDS)
        for n in range(1, 9)
    ),
    Definition(0xFD, "DATA", "流速批量数据传输", kind=Kind.BULK),
]

ELEMENTS = {row[0]: Definition(*row) for row in _ROWS} | {d.code: d for d in _SPECIAL}

STATUS_BITS = (
    "交流电停电",
    "蓄电池电压低",
    "水位超限报警",
    "流量超限报警",
    "水质超限报警",
    "流量仪表故障",
    "水位仪表故障",
    "终端箱门关闭",
    "存储器异常",
    "IC卡有效",
    "水泵停机",
    "剩余水量超限",
)

STATION_CLASSES = {
    0x50: "降水",
    0x48: "河道",
    0x4B: "水库(湖泊)",
    0x5A: "闸坝",
    0x44: "泵站",
    0x54: "潮汐",
    0x4D: "墒情",
    0x47: "地下水",
    0x51: "水质",
    0x49: "取水口",
    0x4F: "排水口",
}

FUNCTIONS = {
    0x2F: "链路维持报",
    0x30: "测试报",
    0x31: "均匀时段水文信息报",
    0x32: "遥测站定时报",
    0x33: "遥测站加报报",
    0x34: "遥测站小时报",
    0x35: "遥测站人工置数报",
    0x36: "遥测站图片报",
    0x37: "查询遥测站实时数据",
    0x38: "查询遥测站时段数据",
    0x39: "查询遥测站人工置数",
    0x3A: "查询遥测站指定要素数据",
    0x40: "修改遥测站基本配置表",
    0x41: "读取/自报遥测站基本配置表",
    0x42: "修改遥测站运行参数配置表",
    0x43: "读取/自报遥测站运行参数配置表",
    0x44: "查询水泵电机实时工作数据",
    0x45: "查询遥测终端软件版本",
    0x46: "查询遥测站状态和报警信息",
    0x47: "初始化固态存储数据",
    0x48: "恢复终端出厂设置",
    0x49: "修改密码",
    0x4A: "设置遥测站时钟",
    0x4B: "设置遥测终端IC卡状态",
    0x4C: "控制水泵开关/水泵状态自报",
    0x4D: "控制阀门开关/阀门状态自报",
    0x4E: "控制闸门开关/闸门状态自报",
    0x4F: "水量定值控制",
    0x50: "查询遥测站事件记录",
    0x51: "查询遥测站时钟",
}
