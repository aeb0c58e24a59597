"""What people read of the codes of GB/T 26875.3, to be said in their language.

`codes` has the same as data, in the standard's own names.
"""

from collections.abc import Mapping

from anlan.protocols.gb26875.codes import QUANTITIES
from anlan.vocabulary.words import NP_, Saying, Term

PROTOCOL = "gb26875"
TRANSMITTER = "transmitter"

SYSTEM_WORDS = {
    0: NP_("fire system", "General"),
    1: NP_("fire system", "Fire alarm system"),
    10: NP_("fire system", "Fire linkage controller"),
    11: NP_("fire system", "Hydrant system"),
    12: NP_("fire system", "Sprinkler system"),
    13: NP_("fire system", "Gas extinguishing system"),
    14: NP_("fire system", "Water spray system (by pump)"),
    15: NP_("fire system", "Water spray system (by pressure vessel)"),
    16: NP_("fire system", "Foam extinguishing system"),
    17: NP_("fire system", "Dry powder extinguishing system"),
    18: NP_("fire system", "Smoke control and exhaust system"),
    19: NP_("fire system", "Fire doors and shutters"),
    20: NP_("fire system", "Fire lift"),
    21: NP_("fire system", "Emergency public address"),
    22: NP_("fire system", "Emergency lighting and exit signs"),
    23: NP_("fire system", "Fire power supply"),
    24: NP_("fire system", "Fire telephone"),
}

PART_WORDS = {
    0: NP_("fire part", "General"),
    1: NP_("fire part", "Fire alarm controller"),
    10: NP_("fire part", "Flammable gas detector"),
    11: NP_("fire part", "Point flammable gas detector"),
    12: NP_("fire part", "Stand-alone flammable gas detector"),
    13: NP_("fire part", "Line flammable gas detector"),
    16: NP_("fire part", "Electrical fire alarm unit"),
    17: NP_("fire part", "Residual current detector"),
    18: NP_("fire part", "Cable temperature detector"),
    21: NP_("fire part", "Detection loop"),
    22: NP_("fire part", "Fire display panel"),
    23: NP_("fire part", "Manual call point"),
    24: NP_("fire part", "Hydrant button"),
    25: NP_("fire part", "Fire detector"),
    30: NP_("fire part", "Heat detector"),
    31: NP_("fire part", "Point heat detector"),
    32: NP_("fire part", "Point heat detector (type S)"),
    33: NP_("fire part", "Point heat detector (type R)"),
    34: NP_("fire part", "Line heat detector"),
    35: NP_("fire part", "Line heat detector (type S)"),
    36: NP_("fire part", "Line heat detector (type R)"),
    37: NP_("fire part", "Fibre-optic heat detector"),
    40: NP_("fire part", "Smoke detector"),
    41: NP_("fire part", "Point ionisation smoke detector"),
    42: NP_("fire part", "Point optical smoke detector"),
    43: NP_("fire part", "Beam smoke detector"),
    44: NP_("fire part", "Aspirating smoke detector"),
    50: NP_("fire part", "Combined detector"),
    51: NP_("fire part", "Combined smoke and heat detector"),
    52: NP_("fire part", "Combined light and heat detector"),
    53: NP_("fire part", "Combined light and smoke detector"),
    61: NP_("fire part", "Ultraviolet flame detector"),
    62: NP_("fire part", "Infrared flame detector"),
    69: NP_("fire part", "Light-sensing fire detector"),
    74: NP_("fire part", "Gas detector"),
    78: NP_("fire part", "Video fire detector"),
    79: NP_("fire part", "Acoustic fire detector"),
    81: NP_("fire part", "Gas extinguishing controller"),
    82: NP_("fire part", "Electrical control device"),
    83: NP_("fire part", "Display of the control room"),
    84: NP_("fire part", "Module"),
    85: NP_("fire part", "Input module"),
    86: NP_("fire part", "Output module"),
    87: NP_("fire part", "Input and output module"),
    88: NP_("fire part", "Relay module"),
    91: NP_("fire part", "Fire pump"),
    92: NP_("fire part", "Fire water tank"),
    95: NP_("fire part", "Sprinkler pump"),
    96: NP_("fire part", "Water flow indicator"),
    97: NP_("fire part", "Signal valve"),
    98: NP_("fire part", "Alarm valve"),
    99: NP_("fire part", "Pressure switch"),
    101: NP_("fire part", "Valve actuator"),
    102: NP_("fire part", "Fire door"),
    103: NP_("fire part", "Fire damper"),
    104: NP_("fire part", "Ventilation and air conditioning"),
    105: NP_("fire part", "Foam pump"),
    106: NP_("fire part", "Solenoid valve of the pipework"),
    111: NP_("fire part", "Smoke control fan"),
    113: NP_("fire part", "Smoke exhaust fire damper"),
    114: NP_("fire part", "Normally closed air inlet"),
    115: NP_("fire part", "Smoke exhaust outlet"),
    116: NP_("fire part", "Electric smoke curtain"),
    117: NP_("fire part", "Fire shutter controller"),
    118: NP_("fire part", "Fire door monitor"),
    121: NP_("fire part", "Sounder"),
}

COMMAND_WORDS = {
    1: NP_("fire unit command", "Control"),
    2: NP_("fire unit command", "Data"),
    3: NP_("fire unit command", "Confirmed"),
    4: NP_("fire unit command", "Request"),
    5: NP_("fire unit command", "Answered"),
    6: NP_("fire unit command", "Denied"),
}

_STATES = {
    "normal": NP_("fire state", "Normal operation"),
    "fire": NP_("fire state", "Fire"),
    "fault": NP_("fire state", "Fault"),
    "shielded": NP_("fire state", "Disabled"),
    "supervised": NP_("fire state", "Supervisory"),
    "started": NP_("fire state", "Started"),
    "feedback": NP_("fire state", "Feedback"),
    "delayed": NP_("fire state", "Delayed"),
    "mains_fault": NP_("fire state", "Mains fault"),
    "backup_fault": NP_("fire state", "Backup supply fault"),
    "power_fault": NP_("fire state", "Power fault"),
    "bus_fault": NP_("fire state", "Bus fault"),
    "manual": NP_("fire state", "Manual"),
    "changed": NP_("fire state", "Configuration changed"),
    "reset": NP_("fire state", "Reset"),
    "channel_fault": NP_("fire state", "Fault of the channel to the centre"),
    "line_fault": NP_("fire state", "Fault of the monitored line"),
    "test": NP_("fire state", "Test"),
    "operation.reset": NP_("fire operation", "Reset"),
    "operation.mute": NP_("fire operation", "Silenced"),
    "operation.call": NP_("fire operation", "Manual alarm"),
    "operation.cleared": NP_("fire operation", "Alarm cleared"),
    "operation.self_test": NP_("fire operation", "Self-test"),
    "operation.confirmed": NP_("fire operation", "Confirmed"),
    "operation.test": NP_("fire operation", "Test"),
    "inspection.confirmed": NP_("fire operation", "Inspection answered"),
}
STATE_WORDS = {f"{PROTOCOL}:{state}": term for state, term in _STATES.items()}

QUANTITY_WORDS = {
    1: NP_("fire quantity", "Event count"),
    2: NP_("fire quantity", "Height"),
    3: NP_("fire quantity", "Temperature"),
    4: NP_("fire quantity", "Pressure"),
    5: NP_("fire quantity", "Pressure"),
    6: NP_("fire quantity", "Gas concentration"),
    7: NP_("fire quantity", "Time"),
    8: NP_("fire quantity", "Voltage"),
    9: NP_("fire quantity", "Current"),
    10: NP_("fire quantity", "Flow"),
    11: NP_("fire quantity", "Air flow"),
    12: NP_("fire quantity", "Wind speed"),
}
_QUANTITY = f"{PROTOCOL}:quantity."
_COUNT = NP_("fire quantity", "events")  # the unit of the first
_ITSELF = NP_("fire part", "Transmission unit")


def word(code: str, value: float | None = None) -> Term | Saying | str:
    """What a notice's code says, a quantity with its `value`; the code itself where it has none."""
    number = code.removeprefix(_QUANTITY)
    if number == code or value is None:
        return STATE_WORDS.get(code, code)
    kind = int(number) if number.isdecimal() else -1
    row = QUANTITIES.get(kind)
    if row is None:
        return Saying(*NP_("fire quantity", "Quantity %(kind)s: %(value)s"),
                      {"kind": number, "value": f"{value:g}"})  # fmt: skip
    values = {"name": QUANTITY_WORDS[kind], "value": f"{value:g}",
              "unit": _COUNT if kind == 1 else row.unit}  # fmt: skip
    return Saying(*NP_("fire quantity", "%(name)s %(value)s %(unit)s"), values)


def part_word(part: str, words: str = "") -> Term | Saying | str:
    """``1-0/40-5`` as people name it: fire alarm system, smoke detector 5; with what the device
    calls it behind it."""
    system, _slash, component = part.partition("/")
    said: list[Term | Saying | str] = [
        one for one in (_named(system, SYSTEM_WORDS), _named(component, PART_WORDS)) if one
    ]
    if part == TRANSMITTER:
        said = [_ITSELF]
    said += [words] if words else []
    named = said.pop(0) if said else ""
    for one in said:
        named = Saying(*NP_("fire part", "%(whole)s, %(part)s"), {"whole": named, "part": one})
    return named


def _named(piece: str, table: Mapping[int, Term]) -> Term | Saying | str:
    kind, _dash, address = piece.partition("-")
    if not kind.isdigit():
        return ""
    name = table.get(int(kind), kind)
    if address == "0":
        return name
    return Saying(*NP_("fire part", "%(name)s %(address)s"), {"name": name, "address": address})
