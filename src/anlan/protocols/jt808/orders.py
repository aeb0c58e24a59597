"""What a platform may order a terminal: parameters (8103), controls (8105) and text (8300).

Of the controls (table 18) two are left out on purpose: with 1 a terminal loads a program, with 2 it
goes to another platform, from wherever the order says.
"""

from collections.abc import Mapping
from enum import StrEnum

from anlan.protocols.framing import NotEncodable
from anlan.protocols.jt808.bodies import Control, Parameters, Text

LONGEST_WORDS = 200  # [pv] signs; what a driver can take in
_SHOWN_AND_SPOKEN = 0b1100
# Numbers of 4 bytes (table 12) and what is allowed here [pv], in the unit of their name.
SETTABLE: dict[int, tuple[int, int]] = {
    0x0001: (10, 3600),
    0x0027: (60, 86_400),
    0x0028: (5, 600),
    0x002C: (50, 10_000),
    0x0055: (10, 150),
    0x0056: (1, 600),
    0x0057: (600, 86_400),
    0x0058: (600, 86_400),
    0x0059: (60, 86_400),
    0x005A: (60, 604_800),
}
INTERVAL, INTERVAL_S = 0x0029, (5, 86_400)  # [pv] seconds between reports
RESTART = 4
_LONGEST_FIGURE = 10  # of four bytes


class Order(StrEnum):
    """Orders beside those that every kind of device may have."""

    ASK_PARAMETERS = "ask_parameters"
    SET_PARAMETER = "set_parameter"  # `code` in four hexadecimal digits, `value`
    CONTROL = "control"  # `command`: to start again
    SAY = "say"  # `words`
    SHUT_DOWN = "shut_down"
    FACTORY = "terminal_factory_settings"
    CLOSE_DATA = "close_data"
    CLOSE_RADIO = "close_radio"


# Controls after which the terminal may not be reached from here any more.
PARTING = {Order.SHUT_DOWN: 3, Order.FACTORY: 5, Order.CLOSE_DATA: 6, Order.CLOSE_RADIO: 7}


def body_of(verb: str, given: Mapping[str, str]) -> Parameters | Control | Text:
    """The body of an order that has one; raises `NotEncodable` for what may not be ordered."""
    match verb:
        case Order.SET_PARAMETER:
            return _parameter(given.get("code", ""), given.get("value", ""))
        case Order.CONTROL if given.get("command") == str(RESTART):
            return Control(RESTART)
        case _ if verb in PARTING:
            return Control(PARTING[Order(verb)])
        case Order.SAY if 0 < len(given.get("words", "").strip()) <= LONGEST_WORDS:
            return Text(_SHOWN_AND_SPOKEN, given["words"].strip())
    raise NotEncodable(f"{verb} {dict(given)}")


def interval(seconds: str) -> Parameters:
    """How often it reports by default (parameter 0029); raises `NotEncodable`."""
    return _number(INTERVAL, seconds, *INTERVAL_S)


def _parameter(code: str, value: str) -> Parameters:
    numbers = {f"{number:04X}": number for number in SETTABLE}
    if code not in numbers:
        raise NotEncodable(f"parameter {code[:8]} = {value:.20}")
    return _number(numbers[code], value, *SETTABLE[numbers[code]])


def _number(parameter: int, value: str, low: int, high: int) -> Parameters:
    plain = value.isascii() and value.isdecimal() and len(value) <= _LONGEST_FIGURE
    if not plain or not low <= int(value) <= high:
        raise NotEncodable(f"parameter {parameter:04X} = {value:.20}, allowed {low} to {high}")
    return Parameters(((parameter, int(value).to_bytes(4, "big")),))
