"""What people read of a terminal's parameters and answers, to be said in their language.

`parameters` and `codes` have the same as data, in the standard's own names.
"""

from collections.abc import Iterable

from anlan.protocols.jt808.parameters import PARAMETERS
from anlan.vocabulary.words import NP_, Saying

PARAMETER_WORDS = {
    0x0001: NP_("terminal parameter", "Heartbeat interval"),
    0x0002: NP_("terminal parameter", "Time limit of answers over TCP"),
    0x0003: NP_("terminal parameter", "Repeats over TCP"),
    0x0004: NP_("terminal parameter", "Time limit of answers over UDP"),
    0x0005: NP_("terminal parameter", "Repeats over UDP"),
    0x0006: NP_("terminal parameter", "Time limit of answers by SMS"),
    0x0007: NP_("terminal parameter", "Repeats by SMS"),
    0x0010: NP_("terminal parameter", "Main server's APN"),
    0x0011: NP_("terminal parameter", "Main server's dial-up user"),
    0x0012: NP_("terminal parameter", "Main server's dial-up password"),
    0x0013: NP_("terminal parameter", "Main server's address"),
    0x0014: NP_("terminal parameter", "Backup server's APN"),
    0x0015: NP_("terminal parameter", "Backup server's dial-up user"),
    0x0016: NP_("terminal parameter", "Backup server's dial-up password"),
    0x0017: NP_("terminal parameter", "Backup server's address"),
    0x0018: NP_("terminal parameter", "Server's TCP port"),
    0x0019: NP_("terminal parameter", "Server's UDP port"),
    0x001A: NP_("terminal parameter", "Main server's address for IC cards"),
    0x001B: NP_("terminal parameter", "Main server's TCP port for IC cards"),
    0x001C: NP_("terminal parameter", "Main server's UDP port for IC cards"),
    0x001D: NP_("terminal parameter", "Backup server's address for IC cards"),
    0x0020: NP_("terminal parameter", "When positions are reported"),
    0x0021: NP_("terminal parameter", "How positions are reported"),
    0x0022: NP_("terminal parameter", "Reporting interval without a driver"),
    0x0023: NP_("terminal parameter", "Second server's APN"),
    0x0024: NP_("terminal parameter", "Second server's dial-up user"),
    0x0025: NP_("terminal parameter", "Second server's dial-up password"),
    0x0026: NP_("terminal parameter", "Second server's backup address"),
    0x0027: NP_("terminal parameter", "Reporting interval asleep"),
    0x0028: NP_("terminal parameter", "Reporting interval in an emergency"),
    0x0029: NP_("terminal parameter", "Usual reporting interval"),
    0x002C: NP_("terminal parameter", "Usual reporting distance"),
    0x002D: NP_("terminal parameter", "Reporting distance without a driver"),
    0x002E: NP_("terminal parameter", "Reporting distance asleep"),
    0x002F: NP_("terminal parameter", "Reporting distance in an emergency"),
    0x0030: NP_("terminal parameter", "Angle of a bend that is reported"),
    0x0031: NP_("terminal parameter", "Radius of the fence"),
    0x0040: NP_("terminal parameter", "Platform's telephone number"),
    0x0041: NP_("terminal parameter", "Telephone number for a reset"),
    0x0042: NP_("terminal parameter", "Telephone number for factory settings"),
    0x0043: NP_("terminal parameter", "Platform's number for SMS"),
    0x0044: NP_("terminal parameter", "Number that receives alarms by SMS"),
    0x0045: NP_("terminal parameter", "How calls are taken"),
    0x0046: NP_("terminal parameter", "Longest call"),
    0x0047: NP_("terminal parameter", "Longest calls of a month"),
    0x0048: NP_("terminal parameter", "Number that listens in"),
    0x0049: NP_("terminal parameter", "Authority's privileged SMS number"),
    0x0050: NP_("terminal parameter", "Alarms that are masked"),
    0x0051: NP_("terminal parameter", "Alarms that send an SMS"),
    0x0052: NP_("terminal parameter", "Alarms that take a picture"),
    0x0053: NP_("terminal parameter", "Alarms whose pictures are stored"),
    0x0054: NP_("terminal parameter", "Key alarms"),
    0x0055: NP_("terminal parameter", "Highest speed"),
    0x0056: NP_("terminal parameter", "How long speeding lasts"),
    0x0057: NP_("terminal parameter", "Longest driving without a rest"),
    0x0058: NP_("terminal parameter", "Longest driving of a day"),
    0x0059: NP_("terminal parameter", "Shortest rest"),
    0x005A: NP_("terminal parameter", "Longest parking"),
    0x005B: NP_("terminal parameter", "How far below the limit speeding is warned of"),
    0x005C: NP_("terminal parameter", "How long before the limit fatigue is warned of"),
    0x005D: NP_("terminal parameter", "Collision alarm"),
    0x005E: NP_("terminal parameter", "Rollover alarm"),
    0x0064: NP_("terminal parameter", "Pictures by time"),
    0x0065: NP_("terminal parameter", "Pictures by distance"),
    0x0070: NP_("terminal parameter", "Picture quality"),
    0x0071: NP_("terminal parameter", "Brightness"),
    0x0072: NP_("terminal parameter", "Contrast"),
    0x0073: NP_("terminal parameter", "Saturation"),
    0x0074: NP_("terminal parameter", "Hue"),
    0x0080: NP_("terminal parameter", "Mileage"),
    0x0081: NP_("terminal parameter", "Province of the vehicle"),
    0x0082: NP_("terminal parameter", "City of the vehicle"),
    0x0083: NP_("terminal parameter", "Number plate"),
    0x0084: NP_("terminal parameter", "Colour of the plate"),
    0x0090: NP_("terminal parameter", "GNSS systems"),
    0x0091: NP_("terminal parameter", "GNSS baud rate"),
    0x0092: NP_("terminal parameter", "GNSS output rate"),
    0x0093: NP_("terminal parameter", "GNSS sampling rate"),
    0x0094: NP_("terminal parameter", "How GNSS data are uploaded"),
    0x0095: NP_("terminal parameter", "When GNSS data are uploaded"),
    0x0100: NP_("terminal parameter", "Sampling interval of CAN bus 1"),
    0x0101: NP_("terminal parameter", "Upload interval of CAN bus 1"),
    0x0102: NP_("terminal parameter", "Sampling interval of CAN bus 2"),
    0x0103: NP_("terminal parameter", "Upload interval of CAN bus 2"),
}

RESULT_WORDS = {
    0: NP_("terminal answer", "Done or confirmed"),
    1: NP_("terminal answer", "Failed"),
    2: NP_("terminal answer", "Something in the message is wrong"),
    3: NP_("terminal answer", "Not supported"),
    4: NP_("terminal answer", "Alarm confirmed"),
}


def listed(values: Iterable[tuple[int, bytes]]) -> tuple[Saying, ...]:
    """Parameters and their values, those that the standard names; no passwords."""
    told = []
    for number, raw in values:
        row = PARAMETERS.get(number)
        if row is None or row.secret:
            continue
        value = row.value(raw)
        said = {"name": PARAMETER_WORDS[number], "value": raw.hex().upper() if value is None
                else f"{value}", "unit": row.unit}  # fmt: skip
        with_unit = NP_("terminal answer", "%(name)s %(value)s %(unit)s")
        bare = NP_("terminal answer", "%(name)s %(value)s")
        told.append(Saying(*(with_unit if row.unit else bare), said))
    return tuple(told)
