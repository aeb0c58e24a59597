"""The life of an alarm."""

from enum import StrEnum

from anlan.operations.sensing.rules.station_states import STATE_BITS
from anlan.vocabulary.words import NP_, Term


class AlarmState(StrEnum):
    """OPEN -> CLEARED by the readings. RECORDED: seen only in late data, never raised."""

    OPEN = "open"
    CLEARED = "cleared"
    RECORDED = "recorded"


STATE_WORDS: dict[str, Term] = {
    AlarmState.OPEN: NP_("alarm state", "Open"),
    AlarmState.CLEARED: NP_("alarm state", "Cleared"),
    AlarmState.RECORDED: NP_("alarm state", "Recorded, not raised"),
}
RULE_WORDS: dict[str, Term] = {
    "warning": NP_("alarm rule", "Warning stage"),
    "guarantee": NP_("alarm rule", "Guarantee stage"),
    "red": NP_("alarm rule", "Red level"),
    "class_2": NP_("alarm rule", "Over the class II limit"),
    "class_2_low": NP_("alarm rule", "Under the class II limit"),
    "class_3": NP_("alarm rule", "Over the class III limit"),
    "class_3_low": NP_("alarm rule", "Under the class III limit"),
    "class_4": NP_("alarm rule", "Over the class IV limit"),
    "class_4_low": NP_("alarm rule", "Under the class IV limit"),
    "silence": NP_("alarm rule", "Silence"),
    "mass_silence": NP_("alarm rule", "Silence of a group"),
    "camera_outage": NP_("alarm rule", "Cameras without a picture"),
    "clock": NP_("alarm rule", "Clock off"),
    "battery": NP_("alarm rule", "Battery low"),
    "rain": NP_("alarm rule", "Heavy rain"),
    "emergency": NP_("alarm rule", "Emergency button"),
    "collision": NP_("alarm rule", "Collision or rollover"),
    "fire": NP_("alarm rule", "Fire stated by the device"),
    **{one.rule: one.word for one in STATE_BITS},
}
# What the line of a limit is called where nobody has crossed it.
LIMIT_WORDS: dict[str, Term] = {
    kind: term
    for water_class, term in (
        (2, NP_("alarm rule", "Class II limit")),
        (3, NP_("alarm rule", "Class III limit")),
        (4, NP_("alarm rule", "Class IV limit")),
    )
    for kind in (f"class_{water_class}", f"class_{water_class}_low")
}
SILENCE = "silence"
OF_THE_DEVICE = frozenset(  # not of what it measures
    {SILENCE, "clock", "battery", *(one.rule for one in STATE_BITS if one.of_device)}
)
# What a device says itself is there or not: no figure stands beside it.
STATED = frozenset({"fire", "emergency", "collision", *(one.rule for one in STATE_BITS)})
CAMERA_OUTAGE = "camera_outage"
MAINTENANCE = "maintenance"
SILENT_AFTER_INTERVALS = 2
FRESH_INTERVALS = 2
LONGEST_DURATION_S = 7200
FRESH_AT_LEAST_S = 1800.0


def fresh_s(interval_s: int) -> float:
    """How old the newest reading may be and still raise an alarm, seconds [pv]."""
    return max(FRESH_INTERVALS * float(interval_s), FRESH_AT_LEAST_S)


def max_gap_s(interval_s: int) -> float:
    """Readings further apart than two reporting intervals are not one run, seconds [pv]."""
    return SILENT_AFTER_INTERVALS * float(interval_s)
