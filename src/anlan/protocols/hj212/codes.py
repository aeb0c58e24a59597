"""Codes of HJ 212 as data: systems, commands, answers, data flags; names are the standard's own."""

from dataclasses import dataclass
from enum import StrEnum


class Way(StrEnum):
    """Who sends a command code of its own accord; the other side answers."""

    DOWN = "down"  # the centre asks or orders
    UP = "up"  # the field instrument reports
    BOTH = "both"  # ordered by the centre, carried out and reported under the same code
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Command:
    """A row of 2017 table 9 (2005 table 5): the name, who begins, and the content's fields."""

    name: str
    way: Way
    fields: tuple[str, ...] = ()


_PERIOD = ("BeginTime", "EndTime")
_POLLUTANT = ("PolId",)

COMMANDS = {
    "1000": Command("设置超时时间及重发次数", Way.DOWN, ("OverTime", "ReCount")),
    "1001": Command("设置超限报警时间", Way.DOWN, ("WarnTime",)),  # 2005 only
    "1011": Command("提取/上传现场机时间", Way.BOTH, _POLLUTANT),
    "1012": Command("设置现场机时间", Way.DOWN, ("PolId", "SystemTime")),
    "1013": Command("现场机时间校准请求", Way.UP, _POLLUTANT),
    "1021": Command("提取/上传污染物报警门限值", Way.BOTH, _POLLUTANT),  # 2005 only
    "1022": Command("设置污染物报警门限值", Way.DOWN, _POLLUTANT),  # 2005 only
    "1031": Command("提取/上传上位机地址", Way.BOTH),  # 2005 only
    "1032": Command("设置上位机地址", Way.DOWN, ("AlarmTarget",)),  # 2005 only
    "1041": Command("提取/上传数据上报时间", Way.BOTH),  # 2005 only
    "1042": Command("设置数据上报时间", Way.DOWN, ("ReportTime",)),  # 2005 only
    "1061": Command("提取/上传实时数据间隔", Way.BOTH, ("RtdInterval",)),
    "1062": Command("设置实时数据间隔", Way.DOWN, ("RtdInterval",)),
    "1063": Command("提取/上传分钟数据间隔", Way.BOTH, ("MinInterval",)),
    "1064": Command("设置分钟数据间隔", Way.DOWN, ("MinInterval",)),
    "1072": Command("设置现场机密码", Way.DOWN, ("NewPW",)),
    "2011": Command("取/上传污染物实时数据", Way.BOTH),
    "2012": Command("停止察看污染物实时数据", Way.DOWN),
    "2021": Command("取/上传设备运行状态数据", Way.BOTH),
    "2022": Command("停止察看设备运行状态", Way.DOWN),
    "2031": Command("取/上传污染物日历史数据", Way.BOTH, _PERIOD),
    "2041": Command("取/上传设备运行时间日历史数据", Way.BOTH, _PERIOD),
    "2051": Command("取/上传污染物分钟数据", Way.BOTH, _PERIOD),
    "2061": Command("取/上传污染物小时数据", Way.BOTH, _PERIOD),
    "2071": Command("取/上传污染物报警记录", Way.BOTH, _PERIOD),  # 2005 only
    "2072": Command("上传报警事件", Way.UP),  # 2005 only
    "2081": Command("上传数采仪开机时间", Way.UP, ("DataTime", "RestartTime")),
    "3011": Command("零点校准量程校准", Way.DOWN, _POLLUTANT),
    "3012": Command("即时采样", Way.DOWN, _POLLUTANT),
    "3013": Command("启动清洗/反吹", Way.DOWN, _POLLUTANT),
    "3014": Command("比对采样", Way.DOWN, _POLLUTANT),
    "3015": Command("超标留样", Way.BOTH, ("DataTime", "VaseNo")),
    "3016": Command("设置采样时间周期", Way.DOWN, ("PolId", "CstartTime", "Ctime")),
    "3017": Command("提取/上传采样时间周期", Way.BOTH, ("PolId", "CstartTime", "Ctime")),
    "3018": Command("提取/上传出样时间", Way.BOTH, ("PolId", "Stime")),
    "3019": Command("提取/上传设备唯一标识", Way.BOTH, _POLLUTANT),
    "3020": Command("提取/上传现场机信息", Way.BOTH, ("PolId", "InfoId", *_PERIOD)),
    "3021": Command("设置现场机参数", Way.DOWN, ("PolId", "InfoId")),
    "9011": Command("请求应答", Way.ANSWER, ("QnRtn",)),
    "9012": Command("执行结果", Way.ANSWER, ("ExeRtn",)),
    "9013": Command("通知应答", Way.ANSWER),
    "9014": Command("数据应答", Way.ANSWER),
    "9021": Command("登录注册", Way.UP),  # 2005 only
    "9022": Command("登录应答", Way.ANSWER, ("Logon",)),  # 2005 only
}

# What stands in an order's fields (2017 table 4, 2005 table 4): a pattern, and the least and most.
FIELDS: dict[str, tuple[str, int | None, int | None]] = {
    "OverTime": (r"\d{1,2}", 1, 99),  # s
    "ReCount": (r"\d{1,2}", 0, 99),
    "WarnTime": (r"\d{1,5}", 0, None),
    "PolId": (r"[A-Za-z]?\w{1,6}", None, None),
    "SystemTime": (r"\d{14}", None, None),
    "BeginTime": (r"\d{14}", None, None),
    "EndTime": (r"\d{14}", None, None),
    "AlarmTarget": (r"\w{1,20}", None, None),
    "ReportTime": (r"\d{4}", None, None),
    "RtdInterval": (r"\d{1,4}", 30, 3600),  # s
    "MinInterval": (r"\d{1,2}", 5, 30),  # min; 5, 10, 15, 20, 30
    "NewPW": (r"\w{6}", None, None),
    "VaseNo": (r"\d{1,2}", None, None),
    "CstartTime": (r"\d{6}", None, None),
    "Ctime": (r"\d{1,2}", 0, 24),  # h
    "InfoId": (r"[A-Za-z]\w{1,5}", None, None),
}
MINUTE_INTERVALS = {5, 10, 15, 20, 30}

SYSTEMS = {
    "21": "地表水质量监测",
    "22": "空气质量监测",
    "23": "声环境质量监测",
    "24": "地下水质量监测",
    "25": "土壤质量监测",
    "26": "海水质量监测",
    "27": "挥发性有机物监测",
    "31": "大气环境污染源",
    "32": "地表水体环境污染源",
    "33": "地下水体环境污染源",
    "34": "海洋环境污染源",
    "35": "土壤环境污染源",
    "36": "声环境污染源",
    "37": "振动环境污染源",
    "38": "放射性环境污染源",
    "39": "工地扬尘污染源",
    "41": "电磁环境污染源",
    "51": "烟气排放过程监控",
    "52": "污水排放过程监控",
    "91": "系统交互",
}

REQUEST_ANSWERS = {  # QnRtn, 2017 table 7
    1: "准备执行请求",
    2: "请求被拒绝",
    3: "PW错误",
    4: "MN错误",
    5: "ST错误",
    6: "Flag错误",
    7: "QN错误",
    8: "CN错误",
    9: "CRC校验错误",
    100: "未知错误",
}

RESULTS = {  # ExeRtn, 2017 table 6
    1: "执行成功",
    2: "执行失败,但不知道原因",
    3: "命令请求条件错误",
    4: "通讯超时",
    5: "系统繁忙不能执行",
    6: "系统故障",
    100: "没有数据",
}


@dataclass(frozen=True, slots=True)
class DataFlag:
    """What a value's flag says, and whether the value then is a measurement."""

    name: str
    measured: bool


DATA_FLAGS = {  # 2017 table 8, 2005 table 3 where it says more
    "N": DataFlag("在线监控(监测)仪器仪表工作正常", True),
    "F": DataFlag("在线监控(监测)仪器仪表停运", False),
    "M": DataFlag("在线监控(监测)仪器仪表处于维护期间产生的数据", False),
    "S": DataFlag("手工输入的设定值", True),
    "D": DataFlag("在线监控(监测)仪器仪表故障", False),
    "C": DataFlag("在线监控(监测)仪器仪表处于校准状态", False),
    "T": DataFlag("在线监控(监测)仪器仪表采样数值超过测量上限", False),
    "B": DataFlag("在线监控(监测)仪器仪表与数采仪通讯异常", False),
    "P": DataFlag("电源故障", False),  # 2005
    "0": DataFlag("校准数据", False),  # 2005, air stations
    "1": DataFlag("气象参数", True),  # 2005, air stations
    "2": DataFlag("异常数据", False),  # 2005, air stations
    "3": DataFlag("正常数据", True),  # 2005, air stations
}

SUFFIXES = {  # fields of a factor, 2017 table 5
    "Rtd": "实时采样数据",
    "Min": "指定时间内最小值",
    "Avg": "指定时间内平均值",
    "Max": "指定时间内最大值",
    "Cou": "指定时间内累计值",
    "ZsRtd": "实时采样折算数据",
    "ZsMin": "指定时间内最小折算值",
    "ZsAvg": "指定时间内平均折算值",
    "ZsMax": "指定时间内最大折算值",
    "Flag": "监测仪器数据标记",
    "EFlag": "监测仪器扩充数据标记",
    "SampleTime": "污染物采样时间",
    "Data": "噪声监测时间段内数据",
    "DayData": "噪声昼间数据",
    "NightData": "噪声夜间数据",
    "RS": "设备运行状态",
    "RT": "设备运行时间",
    "SN": "设备唯一标识",
    "Info": "现场端信息",
    "Ala": "报警事件",  # 2005
    "UpValue": "报警上限",  # 2005
    "LowValue": "报警下限",  # 2005
}
