"""A terminal's settings (8103, 8104, 0104; table 12): names, units and how each is written."""

from dataclasses import dataclass
from decimal import Decimal

from anlan.protocols.jt808.figures import text

_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Parameter:
    """`size` bytes of a number of `step` in `unit`, high byte first; text in GBK where it is 0.

    A `secret` is not for a log.
    """

    name: str
    unit: str = ""
    size: int = 4
    step: Decimal = Decimal(1)
    secret: bool = False

    def value(self, raw: bytes) -> Decimal | str | None:
        """What the bytes say; None for a number of another length."""
        if not self.size:
            return text(raw)
        return int.from_bytes(raw, "big") * self.step if len(raw) == self.size else None


def _said(name: str, *, secret: bool = False) -> Parameter:
    return Parameter(name, size=0, secret=secret)


PARAMETERS = {
    0x0001: Parameter("终端心跳发送间隔", "s"),
    0x0002: Parameter("TCP消息应答超时时间", "s"),
    0x0003: Parameter("TCP消息重传次数"),
    0x0004: Parameter("UDP消息应答超时时间", "s"),
    0x0005: Parameter("UDP消息重传次数"),
    0x0006: Parameter("SMS消息应答超时时间", "s"),
    0x0007: Parameter("SMS消息重传次数"),
    0x0010: _said("主服务器APN"),
    0x0011: _said("主服务器无线通信拨号用户名"),
    0x0012: _said("主服务器无线通信拨号密码", secret=True),
    0x0013: _said("主服务器地址"),
    0x0014: _said("备份服务器APN"),
    0x0015: _said("备份服务器无线通信拨号用户名"),
    0x0016: _said("备份服务器无线通信拨号密码", secret=True),
    0x0017: _said("备份服务器地址"),
    0x0018: Parameter("服务器TCP端口"),  # 2013; in 2019 with the address
    0x0019: Parameter("服务器UDP端口"),  # 2013
    0x001A: _said("道路运输证IC卡认证主服务器地址"),
    0x001B: Parameter("道路运输证IC卡认证主服务器TCP端口"),
    0x001C: Parameter("道路运输证IC卡认证主服务器UDP端口"),
    0x001D: _said("道路运输证IC卡认证备份服务器地址"),
    0x0020: Parameter("位置汇报策略"),
    0x0021: Parameter("位置汇报方案"),
    0x0022: Parameter("驾驶员未登录汇报时间间隔", "s"),
    0x0023: _said("从服务器APN"),  # 2019, as 0024 to 0026
    0x0024: _said("从服务器无线通信拨号用户名"),
    0x0025: _said("从服务器无线通信拨号密码", secret=True),
    0x0026: _said("从服务器备份地址"),
    0x0027: Parameter("休眠时汇报时间间隔", "s"),
    0x0028: Parameter("紧急报警时汇报时间间隔", "s"),
    0x0029: Parameter("缺省时间汇报间隔", "s"),
    0x002C: Parameter("缺省距离汇报间隔", "m"),
    0x002D: Parameter("驾驶员未登录汇报距离间隔", "m"),
    0x002E: Parameter("休眠时汇报距离间隔", "m"),
    0x002F: Parameter("紧急报警时汇报距离间隔", "m"),
    0x0030: Parameter("拐点补传角度", "°"),
    0x0031: Parameter("电子围栏半径", "m", 2),
    0x0040: _said("监控平台电话号码"),
    0x0041: _said("复位电话号码"),
    0x0042: _said("恢复出厂设置电话号码"),
    0x0043: _said("监控平台SMS电话号码"),
    0x0044: _said("接收终端SMS文本报警号码"),
    0x0045: Parameter("终端电话接听策略"),
    0x0046: Parameter("每次最长通话时间", "s"),
    0x0047: Parameter("当月最长通话时间", "s"),
    0x0048: _said("监听电话号码"),
    0x0049: _said("监管平台特权短信号码"),
    0x0050: Parameter("报警屏蔽字"),
    0x0051: Parameter("报警发送文本SMS开关"),
    0x0052: Parameter("报警拍摄开关"),
    0x0053: Parameter("报警拍摄存储标志"),
    0x0054: Parameter("关键标志"),
    0x0055: Parameter("最高速度", "km/h"),
    0x0056: Parameter("超速持续时间", "s"),
    0x0057: Parameter("连续驾驶时间门限", "s"),
    0x0058: Parameter("当天累计驾驶时间门限", "s"),
    0x0059: Parameter("最小休息时间", "s"),
    0x005A: Parameter("最长停车时间", "s"),
    0x005B: Parameter("超速预警差值", "km/h", 2, _TENTH),
    0x005C: Parameter("疲劳驾驶预警差值", "s", 2),
    0x005D: Parameter("碰撞报警参数", size=2),
    0x005E: Parameter("侧翻报警参数", "°", 2),
    0x0064: Parameter("定时拍照控制"),
    0x0065: Parameter("定距拍照控制"),
    0x0070: Parameter("图像/视频质量"),
    0x0071: Parameter("亮度"),
    0x0072: Parameter("对比度"),
    0x0073: Parameter("饱和度"),
    0x0074: Parameter("色度"),
    0x0080: Parameter("车辆里程表读数", "km", 4, _TENTH),
    0x0081: Parameter("车辆所在的省域ID", size=2),
    0x0082: Parameter("车辆所在的市域ID", size=2),
    0x0083: _said("机动车号牌"),
    0x0084: Parameter("车牌颜色", size=1),
    0x0090: Parameter("GNSS定位模式", size=1),
    0x0091: Parameter("GNSS波特率", size=1),
    0x0092: Parameter("GNSS模块详细定位数据输出频率", size=1),
    0x0093: Parameter("GNSS模块详细定位数据采集频率", "s"),
    0x0094: Parameter("GNSS模块详细定位数据上传方式", size=1),
    0x0095: Parameter("GNSS模块详细定位数据上传设置"),
    0x0100: Parameter("CAN总线通道1采集时间间隔", "ms"),
    0x0101: Parameter("CAN总线通道1上传时间间隔", "s", 2),
    0x0102: Parameter("CAN总线通道2采集时间间隔", "ms"),
    0x0103: Parameter("CAN总线通道2上传时间间隔", "s", 2),
}
