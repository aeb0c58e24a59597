"""What people read of the parameters, events and states of SL 651, to be said in their language.

`parameters` has the same as data, in the standard's own names.
"""

from anlan.protocols.sl651.parameters import CLEAR_STORAGE, FACTORY_SETTINGS, PASSWORD
from anlan.vocabulary.words import NP_, Saying, Term

_LIMITED = (
    NP_("limited by a station", "the water temperature"),
    NP_("limited by a station", "pH"),
    NP_("limited by a station", "dissolved oxygen"),
    NP_("limited by a station", "the permanganate index"),
    NP_("limited by a station", "conductivity"),
    NP_("limited by a station", "the redox potential"),
    NP_("limited by a station", "turbidity"),
    NP_("limited by a station", "ammonia nitrogen"),
    NP_("limited by a station", "total nitrogen"),
    NP_("limited by a station", "copper"),
    NP_("limited by a station", "zinc"),
    NP_("limited by a station", "fluoride"),
    NP_("limited by a station", "selenium"),
    NP_("limited by a station", "arsenic"),
    NP_("limited by a station", "mercury"),
    NP_("limited by a station", "cadmium"),
    NP_("limited by a station", "total organic carbon"),
    NP_("limited by a station", "chlorophyll"),
    NP_("limited by a station", "the discharge"),
)
_UPPER = NP_("station parameter", "Upper limit of %(of)s")
_LOWER = NP_("station parameter", "Lower limit of %(of)s")


def _numbered(term: Term, first: int, count: int) -> dict[int, Saying]:
    return {first + n: Saying(*term, {"n": n + 1}) for n in range(count)}


def _centres() -> dict[int, Saying]:
    main = NP_("station parameter", "Main channel and address of centre %(n)s")
    spare = NP_("station parameter", "Backup channel and address of centre %(n)s")
    return {
        0x04 + n: Saying(*(spare if n % 2 else main), {"n": n // 2 + 1}) for n in range(8)
    }  # fmt: skip


def _intakes() -> dict[int, Saying]:
    stages = (
        NP_("station parameter", "Upper limit of the stage at intake or outlet %(n)s"),
        NP_("station parameter", "Lower limit of the stage at intake or outlet %(n)s"),
    )
    pressures = (
        NP_("station parameter", "Upper limit of the pressure at intake or outlet %(n)s"),
        NP_("station parameter", "Lower limit of the pressure at intake or outlet %(n)s"),
    )
    return {
        first + n: Saying(*terms[n % 2], {"n": n // 2 + 1})
        for first, terms in ((0x49, stages), (0x59, pressures)) for n in range(16)
    }  # fmt: skip


def _limits() -> dict[int, Saying]:
    """Those of the discharge end with the upper one."""
    return {
        0x69 + n: Saying(*(_LOWER if n % 2 else _UPPER), {"of": _LIMITED[n // 2]})
        for n in range(2 * len(_LIMITED) - 1)
    }


PARAMETER_WORDS: dict[int, Term | Saying] = {
    0x01: NP_("station parameter", "Address of the centre"),
    0x02: NP_("station parameter", "Address of the station"),
    PASSWORD: NP_("station parameter", "Password"),
    **_centres(),
    0x0C: NP_("station parameter", "Way of working"),
    0x0D: NP_("station parameter", "Elements that the station collects"),
    0x0E: NP_("station parameter", "Addresses that the relay serves"),
    0x0F: NP_("station parameter", "Number of the communication device"),
    0x20: NP_("station parameter", "Interval of timed reports"),
    0x21: NP_("station parameter", "Interval of extra reports"),
    0x22: NP_("station parameter", "Hour at which the day of rain begins"),
    0x23: NP_("station parameter", "Sampling interval"),
    0x24: NP_("station parameter", "Interval at which stages are stored"),
    0x25: NP_("station parameter", "Resolution of the rain gauge"),
    0x26: NP_("station parameter", "Resolution of the stage gauge"),
    0x27: NP_("station parameter", "Rain that brings an extra report"),
    **_numbered(NP_("station parameter", "Base %(n)s of the stage"), 0x28, 8),
    **_numbered(NP_("station parameter", "Correction of base %(n)s of the stage"), 0x30, 8),
    **_numbered(NP_("station parameter", "Stage %(n)s of extra reports"), 0x38, 8),
    0x40: NP_("station parameter", "Change above the stage of extra reports that brings one"),
    0x41: NP_("station parameter", "Change below the stage of extra reports that brings one"),
    0x42: NP_("station parameter", "Discharge that brings an extra report"),
    0x43: NP_("station parameter", "Velocity that brings an extra report"),
    0x44: NP_("station parameter", "Gate opening that brings an extra report"),
    0x45: NP_("station parameter", "Power that brings an extra report"),
    0x46: NP_("station parameter", "Air pressure that brings an extra report"),
    0x47: NP_("station parameter", "Wind speed that brings an extra report"),
    0x48: NP_("station parameter", "Water temperature that brings an extra report"),
    **_intakes(),
    **_limits(),
    **_numbered(NP_("station parameter", "Water credited to meter %(n)s"), 0x8E, 8),
    0x96: NP_("station parameter", "Water quota"),
    CLEAR_STORAGE: NP_("station parameter", "Clear what is stored"),
    FACTORY_SETTINGS: NP_("station parameter", "Reset to factory settings"),
    **_numbered(NP_("station parameter", "Initial reading of meter %(n)s"), 0x99, 8),
    **_numbered(NP_("station parameter", "Remaining water alarm of meter %(n)s"), 0xA1, 8),
}

UNIT_WORDS = {"度": NP_("unit of turbidity", "degrees")}  # the others are the same everywhere

EVENT_WORDS = (  # in the order of `parameters.EVENTS`
    NP_("station event", "History initialised"),
    NP_("station event", "Parameters changed"),
    NP_("station event", "States changed"),
    NP_("station event", "Sensor or meter faults"),
    NP_("station event", "Password changed"),
    NP_("station event", "Terminal faults"),
    NP_("station event", "Mains lost"),
    NP_("station event", "Battery low"),
    NP_("station event", "Box opened without permission"),
    NP_("station event", "Pump faults"),
    NP_("station event", "Remaining water beyond its limit"),
    NP_("station event", "Stage beyond its limit"),
    NP_("station event", "Water pressure beyond its limit"),
    NP_("station event", "Water quality beyond its limit"),
    NP_("station event", "Data errors"),
    NP_("station event", "Messages sent"),
    NP_("station event", "Messages received"),
    NP_("station event", "Messages that could not be sent"),
)

ALARM_WORDS = {  # table 58: a bit that is set is the state named
    0: NP_("station alarm", "Mains off"),
    1: NP_("station alarm", "Battery low"),
    2: NP_("station alarm", "Stage beyond its limit"),
    3: NP_("station alarm", "Discharge beyond its limit"),
    4: NP_("station alarm", "Water quality beyond its limit"),
    5: NP_("station alarm", "Flow meter fault"),
    6: NP_("station alarm", "Stage gauge fault"),
    8: NP_("station alarm", "Memory fault"),
    11: NP_("station alarm", "Remaining water beyond its limit"),
}
# Of these makers disagree which way round they are: the bit is told as it stands.
STATE_WORDS = {
    7: NP_("station state bit", "Door of the box"),
    9: NP_("station state bit", "IC card"),
    10: NP_("station state bit", "Pump"),
}

MODE_WORDS = {  # of `works.MODES`
    "1": NP_("station mode", "Reports by itself"),
    "2": NP_("station mode", "Reports by itself and is confirmed"),
    "3": NP_("station mode", "Answers when asked"),
    "4": NP_("station mode", "Being set up or repaired"),
}
