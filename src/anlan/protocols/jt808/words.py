"""What people read of the codes of JT/T 808 and T/JSATL 12, to be said in their language.

`codes`, `items` and `parameters` have the same as data, in the standards' own names.
"""

from anlan.protocols.jt808.items import ADAS, BLIND_SPOT, DSM, TYRES
from anlan.vocabulary.words import NP_, Saying, Term

PROTOCOL = "jt808"

ALARM_WORDS = {
    0: NP_("vehicle alarm bit", "Emergency alarm"),
    1: NP_("vehicle alarm bit", "Speeding"),
    2: NP_("vehicle alarm bit", "Fatigued driving"),
    3: NP_("vehicle alarm bit", "Dangerous driving"),
    4: NP_("vehicle alarm bit", "GNSS module fault"),
    5: NP_("vehicle alarm bit", "GNSS antenna missing or cut"),
    6: NP_("vehicle alarm bit", "GNSS antenna short-circuited"),
    7: NP_("vehicle alarm bit", "Terminal's main supply low"),
    8: NP_("vehicle alarm bit", "Terminal's main supply lost"),
    9: NP_("vehicle alarm bit", "Terminal's display fault"),
    10: NP_("vehicle alarm bit", "Speech module fault"),
    11: NP_("vehicle alarm bit", "Camera fault"),
    12: NP_("vehicle alarm bit", "Transport licence card reader fault"),
    13: NP_("vehicle alarm bit", "Speeding (early warning)"),
    14: NP_("vehicle alarm bit", "Fatigued driving (early warning)"),
    15: NP_("vehicle alarm bit", "Driving against the rules"),
    16: NP_("vehicle alarm bit", "Tyre pressure warning"),
    17: NP_("vehicle alarm bit", "Blind spot on a right turn"),
    18: NP_("vehicle alarm bit", "Driving time of the day exceeded"),
    19: NP_("vehicle alarm bit", "Parked too long"),
    20: NP_("vehicle alarm bit", "Entered or left an area"),
    21: NP_("vehicle alarm bit", "Entered or left a route"),
    22: NP_("vehicle alarm bit", "Section driven too fast or too slowly"),
    23: NP_("vehicle alarm bit", "Off the route"),
    24: NP_("vehicle alarm bit", "Vehicle speed sensor fault"),
    25: NP_("vehicle alarm bit", "Fuel level abnormal"),
    26: NP_("vehicle alarm bit", "Vehicle stolen"),
    27: NP_("vehicle alarm bit", "Unauthorised ignition"),
    28: NP_("vehicle alarm bit", "Unauthorised displacement"),
    29: NP_("vehicle alarm bit", "Collision or rollover"),
    30: NP_("vehicle alarm bit", "Rollover (early warning)"),
    31: NP_("vehicle alarm bit", "Unauthorised door opening"),
}

SAFETY_WORDS: dict[int, dict[int, Term]] = {
    ADAS: {
        0x01: NP_("driving assistance", "Forward collision"),
        0x02: NP_("driving assistance", "Lane departure"),
        0x03: NP_("driving assistance", "Too close to the vehicle ahead"),
        0x04: NP_("driving assistance", "Pedestrian collision"),
        0x05: NP_("driving assistance", "Frequent lane changes"),
        0x06: NP_("driving assistance", "Limit of a road sign exceeded"),
        0x07: NP_("driving assistance", "Obstacle"),
        0x10: NP_("driving assistance", "Road sign recognised"),
        0x11: NP_("driving assistance", "Picture taken on purpose"),
    },
    DSM: {
        0x01: NP_("driver monitoring", "Fatigued driving"),
        0x02: NP_("driver monitoring", "On the telephone"),
        0x03: NP_("driver monitoring", "Smoking"),
        0x04: NP_("driver monitoring", "Distracted driving"),
        0x05: NP_("driver monitoring", "Driver abnormal"),
        0x10: NP_("driver monitoring", "Picture taken by itself"),
        0x11: NP_("driver monitoring", "Driver changed"),
    },
    BLIND_SPOT: {
        0x01: NP_("blind spot", "Approach from behind"),
        0x02: NP_("blind spot", "Approach from behind on the left"),
        0x03: NP_("blind spot", "Approach from behind on the right"),
    },
    TYRES: {
        1: NP_("tyre", "Tyre pressure too high"),
        2: NP_("tyre", "Tyre pressure too low"),
        3: NP_("tyre", "Tyre temperature too high"),
        4: NP_("tyre", "Tyre sensor abnormal"),
        5: NP_("tyre", "Tyre pressures unbalanced"),
        6: NP_("tyre", "Tyre leaking slowly"),
        7: NP_("tyre", "Tyre sensor's battery low"),
    },
}
ITEM_WORDS = {
    ADAS: NP_("vehicle item", "Alarm of the driving assistance"),
    DSM: NP_("vehicle item", "Alarm of the driver monitoring"),
    TYRES: NP_("vehicle item", "Alarm of the tyre monitoring"),
    BLIND_SPOT: NP_("vehicle item", "Alarm of the blind spot monitoring"),
}

MESSAGE_WORDS = {  # what terminals say
    0x0001: NP_("terminal message", "General answer"),
    0x0002: NP_("terminal message", "Heartbeat"),
    0x0003: NP_("terminal message", "Terminal logs out"),
    0x0004: NP_("terminal message", "Question for the server's time"),
    0x0005: NP_("terminal message", "Request for missing packets"),
    0x0100: NP_("terminal message", "Registration"),
    0x0102: NP_("terminal message", "Authentication"),
    0x0104: NP_("terminal message", "Its parameters"),
    0x0107: NP_("terminal message", "Its properties"),
    0x0108: NP_("terminal message", "Result of an upgrade"),
    0x0200: NP_("terminal message", "Position"),
    0x0201: NP_("terminal message", "Position as asked for"),
    0x0301: NP_("terminal message", "Event"),
    0x0302: NP_("terminal message", "Answer to a question"),
    0x0303: NP_("terminal message", "Information ordered or cancelled"),
    0x0500: NP_("terminal message", "Answer to the control of the vehicle"),
    0x0608: NP_("terminal message", "Areas or routes as asked for"),
    0x0700: NP_("terminal message", "Driving record"),
    0x0701: NP_("terminal message", "Electronic waybill"),
    0x0702: NP_("terminal message", "Driver's identity"),
    0x0704: NP_("terminal message", "Positions in a batch"),
    0x0705: NP_("terminal message", "CAN bus data"),
    0x0800: NP_("terminal message", "Multimedia event"),
    0x0801: NP_("terminal message", "Multimedia data"),
    0x0802: NP_("terminal message", "Stored multimedia data as searched for"),
    0x0805: NP_("terminal message", "Answer to the order to take pictures"),
    0x0900: NP_("terminal message", "Data passed through"),
    0x0901: NP_("terminal message", "Compressed data"),
    0x0A00: NP_("terminal message", "Terminal's RSA key"),
}


def message_word(number: str) -> Term | str:
    """What a message is, by its number as four hexadecimal figures; empty for one of no table."""
    try:
        return MESSAGE_WORDS.get(int(number, 16), "")
    except ValueError:
        return ""


def word(code: str) -> Term | Saying | str:
    """What a notice's code says; of a maker's own type the kind of item and its number."""
    kind, _dot, number = code.removeprefix(f"{PROTOCOL}:").partition(".")
    if not number.isdecimal():
        return code
    if kind == "bit":
        return ALARM_WORDS.get(int(number), number)
    item = int(kind, 16)
    known = SAFETY_WORDS.get(item, {}).get(int(number))
    if known is not None:
        return known
    values = {"item": ITEM_WORDS.get(item, kind), "number": f"{int(number):02X}"}
    return Saying(*NP_("vehicle item", "%(item)s %(number)s"), values)
