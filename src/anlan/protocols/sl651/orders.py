"""What a person may order a station to say or to set.

What changes the station itself or moves water stands in `works`. The addresses of the centre and of
the station (40) are left out on purpose: a wrong one cuts the station off for good.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from anlan.protocols.framing import NotEncodable
from anlan.protocols.sl651 import content, content_text
from anlan.protocols.sl651.exchange import ASK_LIVE, question, reporting_interval
from anlan.protocols.sl651.frames import Coding
from anlan.protocols.sl651.measuring import ELEMENT_OF
from anlan.protocols.sl651.messages import Message
from anlan.protocols.sl651.parameters import PARAMETERS
from anlan.protocols.sl651.works import Work, written
from anlan.vocabulary.figures import plain_decimal

ASK_MANUAL = 0x39
LONGEST_PERIOD = timedelta(days=31)
STEPS = {"5": timedelta(minutes=5), "60": timedelta(hours=1), "1440": timedelta(days=1)}
# Running parameters that a keeper sets from afar: reporting, sampling, bases and thresholds.
SETTABLE = tuple(range(0x20, 0x49))
_READ_RUNNING = tuple(range(0x20, 0x28))
_READ_BASIC = (0x0C, 0x0D, 0x0F)


class Ask(StrEnum):
    """Orders of this standard beside those that every device may be given."""

    PERIOD = "ask_period"  # arguments element, since, until, step (minutes)
    ELEMENT = "ask_element"  # argument element
    MANUAL = "ask_manual"
    BASIC = "read_basic"
    RUNNING = "read_settings"
    SET_RUNNING = "set_setting"  # arguments code, value
    VERSION = "read_version"
    STATUS = "read_status"
    EVENTS = "read_events"
    CLOCK = "read_clock"


_BARE = {
    Ask.MANUAL: ASK_MANUAL,
    Ask.VERSION: content.VERSION,
    Ask.STATUS: content.STATUS,
    Ask.EVENTS: content.EVENTS,
    Ask.CLOCK: content.CLOCK,
}
ASKABLE = {element.value: code for code, element in reversed(ELEMENT_OF.items()) if code < 0xF0}


def ordered(to: Message, verb: str, given: Mapping[str, str], at: datetime) -> Message | None:
    """The question for the station that sent `to`; None for a word that is no order of these.

    Raises `NotEncodable` for arguments that no station can be given.
    """
    match verb:
        case "ask_now":
            return question(to, ASK_LIVE, at)
        case "set_clock":
            return question(to, content.SET_CLOCK, at)
    if verb in _BARE:
        return question(to, _BARE[Ask(verb)], at)
    if verb == "set_interval" and given.get("seconds", "").isdecimal():
        function, rest = content.SET_RUNNING, reporting_interval(int(given["seconds"]))
    elif verb in set(Work):
        function, rest = written(verb, given, to.password)
    elif verb in set(Ask):
        function, rest = _content(Ask(verb), given)
    else:
        return None
    if to.coding is Coding.ASCII:
        rest = content_text.written(function, rest)
    return question(to, function, at, rest)


def _content(verb: Ask, given: Mapping[str, str]) -> tuple[int, bytes]:
    match verb:
        case Ask.PERIOD:
            since, until = (_hour(given.get(name, "")) for name in ("since", "until"))
            step = STEPS.get(given.get("step", ""))
            if step is None or not timedelta(0) < until - since <= LONGEST_PERIOD:
                raise NotEncodable(f"no period of {dict(given)}")
            asked = content.ask_period(since, until, step, _code(given))
            return content.ASK_PERIOD, asked
        case Ask.ELEMENT:
            return content.ASK_ELEMENTS, content.ask_elements([_code(given)])
        case Ask.BASIC:
            return content.BASIC, content.ask_parameters(_READ_BASIC)
        case Ask.RUNNING:
            return content.RUNNING, content.ask_parameters(_READ_RUNNING)
    return content.SET_RUNNING, content.set_parameters([setting(given)])


def setting(given: Mapping[str, str]) -> content.Parameter:
    """The parameter and value of a `set_setting`; raises `NotEncodable`."""
    code, text = given.get("code", ""), given.get("value", "")
    if code not in {f"{one:02X}" for one in SETTABLE}:
        raise NotEncodable(f"{code} is not set from afar")
    row = PARAMETERS[int(code, 16)]
    try:
        value = plain_decimal(text)
    except ValueError:
        raise NotEncodable("no number") from None
    if value.copy_abs() >= Decimal(10) ** (row.digits - row.decimals):
        raise NotEncodable(f"{row.name} has {row.digits} figures")
    one = content.parameter(row.code, value)
    content.set_parameters([one])
    return one


def _code(given: Mapping[str, str]) -> int:
    element = given.get("element", "")
    if element not in ASKABLE:
        raise NotEncodable(f"{element} is no element of a station")
    return ASKABLE[element]


def _hour(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise NotEncodable(f"{text} is no time") from None
    if at.tzinfo is None:
        raise NotEncodable(f"{text} has no zone")
    return at.replace(minute=0, second=0, microsecond=0)
