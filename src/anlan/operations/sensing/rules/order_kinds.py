"""What a device may be ordered: a row an order, with the protocols that carry it and its right.

What a protocol lets an order say stands with the protocol (`protocols.sl651.orders`,
`protocols.hj212.orders`); here is what people see of it and what they must give.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from anlan.operations.sensing.rules.orders import ORDERABLE
from anlan.protocols import sl651
from anlan.protocols.hj212 import orders as hj212_orders
from anlan.protocols.hj212.codes import MINUTE_INTERVALS
from anlan.protocols.jt808 import orders as jt808_orders
from anlan.protocols.jt808.parameters import PARAMETERS as TERMINAL_PARAMETERS
from anlan.protocols.jt808.settings import PARAMETER_WORDS as TERMINAL_WORDS
from anlan.protocols.sl651 import orders as sl651_orders
from anlan.protocols.sl651.parameters import PARAMETERS
from anlan.protocols.sl651.words import PARAMETER_WORDS
from anlan.protocols.sl651.works import SWITCHES, Work, written
from anlan.vocabulary import clock
from anlan.vocabulary.figures import plain_decimal
from anlan.vocabulary.readings import Verb
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_, NP_, Term

ASK, SET = "sensing.order", "sensing.set_device"
SL651, HJ212, JT808 = frozenset({"sl651"}), frozenset({"hj212"}), frozenset({"jt808"})
EVERY = ORDERABLE
PROMPT_S = 180.0
SHORTEST_INTERVAL_S, LONGEST_INTERVAL_S = 30, 86_400
LONGEST_PERIOD = min(sl651_orders.LONGEST_PERIOD, hj212_orders.LONGEST_PERIOD)
_Asked, _Inquired, _Terminal = sl651_orders.Ask, hj212_orders.Ask, jt808_orders.Order
_LONGEST_FIGURE = 9
_WRONG_PERIOD = N_("Give a period that has begun and is at most 31 days long.")


@dataclass(frozen=True, slots=True)
class OrderKind:
    """One order: its word, who carries it, the right it takes, and the arguments it needs.

    `sure`: who gives it must have made sure, because it cannot be taken back. `promptly`: it is
    carried within `PROMPT_S` or not at all, because it moves water.
    """

    word: Term
    protocols: frozenset[str]
    right: str = ASK
    needs: tuple[str, ...] = ()
    sure: bool = False
    promptly: bool = False


def _works() -> dict[str, OrderKind]:
    """The orders that change an SL 651 station or move what it controls."""
    words: dict[str, tuple[Term, tuple[str, ...]]] = {
        Work.MODE: (NP_("order to a device", "Set how the station works"), ("mode",)),
        Work.PUMPS: (NP_("order to a device", "Switch pumps"), ("count", "on")),
        Work.VALVES: (NP_("order to a device", "Switch valves"), ("count", "on")),
        Work.GATES: (NP_("order to a device", "Move gates"), ("openings",)),
        Work.QUOTA: (NP_("order to a device", "Switch the control by quota"), ("on",)),
        Work.CARD: (NP_("order to a device", "Switch the IC card"), ("on",)),
        Work.LOCK: (NP_("order to a device", "Give it a new password"), ("password",)),
        Work.CLEAR: (NP_("order to a device", "Clear what the station has stored"), ()),
        Work.RESET: (NP_("order to a device", "Reset the station to factory settings"), ()),
    }  # fmt: skip
    return {
        verb: OrderKind(word, SL651, SET, needs, sure=True, promptly=verb in SWITCHES)
        for verb, (word, needs) in words.items()
    }


def _partings() -> dict[str, OrderKind]:
    """The orders after which a vehicle's terminal may not be reached from here any more."""
    words: dict[str, Term] = {
        _Terminal.SHUT_DOWN: NP_("order to a device", "Shut the terminal down"),
        _Terminal.FACTORY: NP_("order to a device", "Reset the terminal to factory settings"),
        _Terminal.CLOSE_DATA: NP_("order to a device", "Close the terminal's data line"),
        _Terminal.CLOSE_RADIO: NP_("order to a device", "Close all the terminal's radio"),
    }
    return {verb: OrderKind(word, JT808, SET, sure=True) for verb, word in words.items()}


ORDER_KINDS: dict[str, OrderKind] = {
    Verb.ASK_NOW: OrderKind(NP_("order to a device", "Ask now"), EVERY),
    Verb.SET_CLOCK: OrderKind(NP_("order to a device", "Set the clock"), EVERY - JT808),
    Verb.INSPECT: OrderKind(
        NP_("order to a device", "Inspect the watch"), frozenset({"gb26875"})
    ),
    Verb.SET_INTERVAL: OrderKind(
        NP_("order to a device", "Set the reporting interval"), EVERY - {"gb26875"},
        needs=("seconds",),
    ),
    _Asked.PERIOD: OrderKind(
        NP_("order to a device", "Ask for past data"), SL651 | HJ212, needs=("since", "until")
    ),
    _Asked.ELEMENT: OrderKind(
        NP_("order to a device", "Ask for one element"), SL651, needs=("element",)
    ),
    _Asked.MANUAL: OrderKind(NP_("order to a device", "Ask for what was keyed in"), SL651),
    _Asked.STATUS: OrderKind(NP_("order to a device", "Ask for state and alarms"), SL651),
    _Asked.VERSION: OrderKind(NP_("order to a device", "Ask for the version"), SL651),
    _Asked.EVENTS: OrderKind(NP_("order to a device", "Ask for the event counts"), SL651),
    _Asked.CLOCK: OrderKind(NP_("order to a device", "Ask for the device's time"), SL651 | HJ212),
    _Asked.BASIC: OrderKind(NP_("order to a device", "Read the basic settings"), SL651),
    _Asked.RUNNING: OrderKind(NP_("order to a device", "Read the running settings"), SL651),
    _Asked.SET_RUNNING: OrderKind(
        NP_("order to a device", "Change a setting"), SL651, SET, ("code", "value")
    ),
    _Inquired.LIVE_INTERVAL: OrderKind(
        NP_("order to a device", "Ask for the interval of live data"), HJ212
    ),
    _Inquired.MINUTE_INTERVAL: OrderKind(
        NP_("order to a device", "Ask for the interval of minute data"), HJ212
    ),
    _Inquired.IDENTITY: OrderKind(NP_("order to a device", "Ask for its identity"), HJ212),
    _Inquired.INFORMATION: OrderKind(NP_("order to a device", "Ask for its own state"), HJ212),
    _Inquired.SET_MINUTE_INTERVAL: OrderKind(
        NP_("order to a device", "Set the interval of minute data"), HJ212, SET, ("minutes",)
    ),
    _Terminal.SAY: OrderKind(
        NP_("order to a device", "Speak to the driver"), JT808, needs=("words",)
    ),
    _Terminal.ASK_PARAMETERS: OrderKind(
        NP_("order to a device", "Ask for its parameters"), JT808
    ),
    _Terminal.SET_PARAMETER: OrderKind(
        NP_("order to a device", "Set a parameter"), JT808, SET, ("code", "value")
    ),
    _Terminal.CONTROL: OrderKind(
        NP_("order to a device", "Restart the terminal"), JT808, SET, ("command",)
    ),
    **_works(),
    **_partings(),
}  # fmt: skip
# Those that take no arguments beyond the everyday ones, each a button.
QUESTIONS = (
    _Asked.STATUS, _Asked.CLOCK, _Asked.VERSION, _Asked.EVENTS, _Asked.MANUAL, _Asked.BASIC,
    _Asked.RUNNING, _Inquired.INFORMATION, _Inquired.IDENTITY, _Inquired.LIVE_INTERVAL,
    _Inquired.MINUTE_INTERVAL,
)  # fmt: skip
SETTINGS = [
    (f"{code:02X}", PARAMETER_WORDS[code], PARAMETERS[code].unit)
    for code in sl651_orders.SETTABLE
]  # fmt: skip
VEHICLE_SETTINGS = [
    (f"{number:04X}", TERMINAL_WORDS[number], low, high, TERMINAL_PARAMETERS[number].unit)
    for number, (low, high) in jt808_orders.SETTABLE.items()
]  # fmt: skip
SPANS: dict[str, Term] = {
    "minutes": NP_("data of a period", "Minutes"),
    "hour": NP_("data of a period", "Hours"),
    "day": NP_("data of a period", "Days"),
}


def arguments(verb: str, protocol: str, given: Mapping[str, str]) -> dict[str, str]:
    """What the order carries; raises `Refused` where the device or the standard has none such."""
    kind = ORDER_KINDS.get(verb)
    if kind is None:
        raise Refused(N_("There is no such order."))
    if protocol not in kind.protocols:
        raise Refused(N_("This station's device knows no such order."))
    if kind.sure and given.get("sure") != "1":
        raise Refused(N_("Tick that you have made sure: such an order cannot be taken back."))
    taken = {name: given.get(name, "").strip() for name in kind.needs}
    if verb == _Asked.PERIOD:
        return _period(protocol, given)
    if verb in _CHECKED:
        _CHECKED[verb](taken)
    return taken


def _interval(taken: Mapping[str, str]) -> None:
    seconds = taken["seconds"]
    if not seconds.isdecimal() or len(seconds) > _LONGEST_FIGURE:
        raise Refused(N_("Give the interval in minutes."))
    if not SHORTEST_INTERVAL_S <= int(seconds) <= LONGEST_INTERVAL_S:
        raise Refused(N_("An interval is half a minute to a day."))


def _minutes(taken: Mapping[str, str]) -> None:
    if taken["minutes"] not in {str(n) for n in MINUTE_INTERVALS}:
        raise Refused(N_("Minute data come every 5, 10, 15, 20 or 30 minutes."))


def _element(taken: Mapping[str, str]) -> None:
    if taken["element"] not in sl651_orders.ASKABLE:
        raise Refused(N_("The station has no such element."))


def _period(protocol: str, given: Mapping[str, str]) -> dict[str, str]:
    """Whole minutes of China time, as a form states them."""
    try:
        since, until = (
            datetime.fromisoformat(given.get(name, "")).replace(second=0, microsecond=0)
            for name in ("since", "until")
        )
    except ValueError:
        raise Refused(_WRONG_PERIOD) from None
    if since.tzinfo is None or until.tzinfo is None:
        since, until = since.replace(tzinfo=clock.CHINA), until.replace(tzinfo=clock.CHINA)
    if not timedelta(0) < until - since <= LONGEST_PERIOD or since >= clock.now():
        raise Refused(_WRONG_PERIOD)
    taken = {"since": since.isoformat(), "until": until.isoformat()}
    if protocol == "hj212":
        taken["of"] = given.get("of", "")
        if taken["of"] not in hj212_orders.PERIODS:
            raise Refused(N_("Say which data: of minutes, hours or days."))
        return taken
    taken |= {"element": given.get("element", ""), "step": given.get("step", "")}
    if taken["element"] not in sl651_orders.ASKABLE:
        raise Refused(N_("The station has no such element."))
    if taken["step"] not in sl651_orders.STEPS:
        raise Refused(N_("Say how far apart the values are."))
    return taken


def _setting(taken: dict[str, str]) -> None:
    try:
        taken["value"] = f"{plain_decimal(taken['value']):f}"
        sl651_orders.setting(taken)
    except ValueError:
        raise Refused(N_("The setting cannot have this value.")) from None


def _work(verb: str, taken: Mapping[str, str]) -> None:
    try:
        written(verb, taken, 0)
    except sl651.NotEncodable:
        said = {
            Work.PUMPS: N_("Say how many there are and the numbers of those that are to be on."),
            Work.VALVES: N_("Say how many there are and the numbers of those that are to be on."),
            Work.GATES: N_("Give an opening in whole centimetres for every gate, 0 to shut it."),
            Work.LOCK: N_("A password is 4 figures from 0 to 9 and A to F."),
        }
        raise Refused(said.get(Work(verb), N_("Choose what it is to be."))) from None


def _terminal(verb: str, taken: dict[str, str]) -> None:
    try:
        jt808_orders.body_of(verb, taken)
    except sl651.NotEncodable:
        said = {
            _Terminal.SAY: N_("Say something to the driver, in at most 200 signs."),
            _Terminal.SET_PARAMETER: N_("The parameter cannot have this value."),
        }  # fmt: skip
        raise Refused(said.get(_Terminal(verb), N_("There is no such order."))) from None


_CHECKED: dict[str, Callable[[dict[str, str]], None]] = {
    Verb.SET_INTERVAL: _interval,
    _Asked.SET_RUNNING: _setting,
    _Asked.ELEMENT: _element,
    _Inquired.SET_MINUTE_INTERVAL: _minutes,
    **{work: partial(_work, work) for work in Work},
    **{verb: partial(_terminal, verb) for verb in _Terminal if ORDER_KINDS[verb].needs},
}
