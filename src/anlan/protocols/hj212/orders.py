"""What a person may order an instrument to say or to set, and its answers in words.

Left out on purpose: passwords (1072), addresses (1032) and what moves the instrument (calibration,
sampling, purging: 3011-3015), which nobody may do who does not stand beside it.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from anlan.protocols.framing import NotEncodable
from anlan.protocols.hj212 import exchange
from anlan.protocols.hj212.information import Told
from anlan.protocols.hj212.messages import Message
from anlan.protocols.hj212.words import FIGURE_WORDS, INFORMATION_WORDS, TOLD_WORDS
from anlan.vocabulary.words import NP_, Saying, Words

LONGEST_PERIOD = timedelta(days=31)
PERIODS = {"minutes": exchange.MINUTE, "hour": exchange.HOUR, "day": exchange.DAY}


class Ask(StrEnum):
    """Orders of this standard beside those that every device may be given."""

    PERIOD = "ask_period"  # arguments of (minutes, hour, day), since, until
    CLOCK = "read_clock"
    LIVE_INTERVAL = "read_live_interval"
    MINUTE_INTERVAL = "read_minute_interval"
    SET_MINUTE_INTERVAL = "set_minute_interval"  # argument minutes
    IDENTITY = "read_identity"  # argument pollutant, which may lack
    INFORMATION = "read_information"  # the same


_READ: dict[str, str] = {
    Ask.CLOCK: "1011",
    Ask.LIVE_INTERVAL: "1061",
    Ask.MINUTE_INTERVAL: "1063",
    Ask.IDENTITY: exchange.IDENTITY,
    Ask.INFORMATION: exchange.INFORMATION,
}
_WITHOUT_WORDS = {"QN", "DataTime"}


def ordered(to: Message, verb: str, given: Mapping[str, str], at: datetime) -> Message | None:
    """The request for the instrument that sent `to`; None for a word that is no order of these.

    Raises `NotEncodable` for arguments that the standard does not allow.
    """
    asked = _asked(verb, given, at)
    if asked is None:
        return None
    return exchange.request(to, asked[0], at, asked[1])


def _asked(verb: str, given: Mapping[str, str], at: datetime) -> tuple[str, dict[str, str]] | None:
    """The command code of an order and the fields of its content."""
    seconds, pollutant = given.get("seconds", ""), given.get("pollutant", "")
    cn, fields = _READ.get(verb, ""), {"PolId": pollutant} if pollutant else {}
    match verb:
        case "ask_now":
            cn = exchange.LIVE
        case "set_clock":
            cn, fields = exchange.SET_CLOCK, exchange.clock(at)
        case "set_interval" if seconds.isdecimal():
            cn = exchange.SET_LIVE_INTERVAL
            fields = exchange.interval(cn, int(seconds))
        case Ask.PERIOD:
            cn, fields = _history(given)
        case Ask.SET_MINUTE_INTERVAL:
            cn, fields = exchange.SET_MINUTE_INTERVAL, {"MinInterval": given.get("minutes", "")}
    return (cn, fields) if cn else None


def _history(given: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    cn = PERIODS.get(given.get("of", ""))
    try:
        since, until = (datetime.fromisoformat(given.get(name, "")) for name in ("since", "until"))
    except ValueError:
        raise NotEncodable("no period") from None
    aware = since.tzinfo is not None and until.tzinfo is not None
    if cn is None or not aware or not timedelta(0) <= until - since <= LONGEST_PERIOD:
        raise NotEncodable(f"no period of {dict(given)}")
    return cn, exchange.period(since, until)


def told(message: Message) -> tuple[Words, ...]:
    """What an instrument says of itself under 1011, 1061, 1063, 3019 and 3020; else nothing."""
    if message.cn not in TOLD_WORDS:
        return ()
    fields = [(k, v) for group in message.content for k, v in group if k not in _WITHOUT_WORDS]
    return (TOLD_WORDS[message.cn], *(named(*one) for one in fields)) if fields else ()


def named(key: str, value: str) -> Words:
    """A field as it stands, with the name of its information code, its unit and a state's word."""
    code, _, suffix = key.rpartition("-")
    one = Told("", "", code, suffix, value)
    row, field = one.row, f"{key}={value}"
    if row is None:
        return field
    said = {"name": INFORMATION_WORDS[row.name], "field": f"{field}{row.unit}"}
    if not one.word:
        return Saying(*NP_("instrument tells", "%(name)s %(field)s"), said)
    said |= {"state": FIGURE_WORDS[one.word]}
    return Saying(*NP_("instrument tells", "%(name)s %(field)s %(state)s"), said)
