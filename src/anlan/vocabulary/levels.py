"""The levels of the rule book. Each is its own type: they never share a field or a colour table.

1 is the most severe for alerts, responses, risk and event severity; the forest-fire danger rank
alone rises with danger (`domain.md`, universal conventions and 4).
"""

from enum import IntEnum, StrEnum

from anlan.vocabulary.words import NP_


class AlertLevel(IntEnum):
    """预警级别."""

    RED = 1
    ORANGE = 2
    YELLOW = 3
    BLUE = 4


class ResponseLevel(IntEnum):
    """响应级别."""

    I = 1  # noqa: E741 - the rule book's own name
    II = 2
    III = 3
    IV = 4


class RiskLevel(IntEnum):
    """风险等级: 红橙黄蓝."""

    RED = 1
    ORANGE = 2
    YELLOW = 3
    BLUE = 4


class EventSeverity(IntEnum):
    """事件分级."""

    EXTREME = 1
    MAJOR = 2
    LARGE = 3
    ORDINARY = 4


class DangerRank(IntEnum):
    """森林火险等级: rises with danger."""

    NONE = 1
    LOW = 2
    MEDIUM = 3
    HIGH = 4
    EXTREME = 5


class Standing(StrEnum):
    """What a message or record is: CAP's status. Separated at the channel."""

    ACTUAL = "Actual"
    EXERCISE = "Exercise"
    TEST = "Test"


ALERT_WORDS = {
    AlertLevel.RED: NP_("alert level", "Red"),
    AlertLevel.ORANGE: NP_("alert level", "Orange"),
    AlertLevel.YELLOW: NP_("alert level", "Yellow"),
    AlertLevel.BLUE: NP_("alert level", "Blue"),
}
RESPONSE_WORDS = {
    ResponseLevel.I: NP_("response level", "Level I"),
    ResponseLevel.II: NP_("response level", "Level II"),
    ResponseLevel.III: NP_("response level", "Level III"),
    ResponseLevel.IV: NP_("response level", "Level IV"),
}
