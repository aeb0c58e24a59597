"""Orders that change a station or move what it controls (40, 47-49, 4B-4F), as a person gives them.

A wrong one cuts the station off or moves water: whoever offers them asks for a right and for a
second thought. The station only passes on what pumps, valves and gates are to do; their own
control keeps them safe (6.6.4.26, 6.6.4.28). All are written in HEX/BCD coding; `content_text` puts
them into ASCII.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import StrEnum

from anlan.protocols.framing import NotEncodable
from anlan.protocols.sl651 import content


class Work(StrEnum):
    """The orders, each with its arguments."""

    MODE = "set_work_mode"  # mode: 1 to 4
    CLEAR = "clear_storage"
    RESET = "factory_settings"
    LOCK = "new_password"  # password: 4 hex figures
    CARD = "set_card"  # on: 1 or 0
    PUMPS = "switch_pumps"  # count, and on: the numbers of those that are to run
    VALVES = "switch_valves"  # the same: those that are to be open
    GATES = "move_gates"  # openings: whole cm, one for every gate, 0 shuts it
    QUOTA = "set_quota"  # on: 1 or 0


MODES = {"1": "自报", "2": "自报确认", "3": "查询应答", "4": "调试或维修"}  # table D.1, 0C
SWITCHES = frozenset({Work.PUMPS, Work.VALVES, Work.GATES})
_MODE = 0x0C
_MOST = 64
_LONGEST_CM = 9999
_NUMBERS = re.compile(r"[\s,，、;；]+")
_PASSWORD = re.compile(r"[0-9A-Fa-f]{4}", re.ASCII)
Given = Mapping[str, str]


def written(verb: str, given: Given, password: int) -> tuple[int, bytes]:
    """Function and content of an order; `password` is the station's present one.

    Raises `NotEncodable` for arguments that no station can be given.
    """
    return _WRITERS[Work(verb)](given, password)


def _mode(given: Given, _password: int) -> tuple[int, bytes]:
    if given.get("mode", "") not in MODES:
        raise NotEncodable("a station works in one of four modes")
    parameter = content.parameter(_MODE, Decimal(given["mode"]))
    return content.SET_BASIC, content.set_parameters([parameter])


def _new_password(given: Given, password: int) -> tuple[int, bytes]:
    if not _PASSWORD.fullmatch(given.get("password", "")):
        raise NotEncodable("a password is 4 hex figures")
    return content.NEW_PASSWORD, content.new_password(password, int(given["password"], 16))


def _pumps(given: Given, _password: int) -> tuple[int, bytes]:
    return content.PUMPS, content.switch(_switched(given))


def _valves(given: Given, _password: int) -> tuple[int, bytes]:
    return content.VALVES, content.switch(_switched(given))


def _gates(given: Given, _password: int) -> tuple[int, bytes]:
    openings = _whole(given.get("openings", ""))
    if not openings or len(openings) > _MOST or max(openings) > _LONGEST_CM:
        raise NotEncodable("give an opening in whole centimetres for every gate")
    return content.GATES, content.move_gates([cm > 0 for cm in openings], openings)


def _switched(given: Given) -> list[bool]:
    """Of so many, those with these numbers on, the others off."""
    counts, numbers = _whole(given.get("count", "")), _whole(given.get("on", ""))
    if len(counts) != 1 or not 0 < counts[0] <= _MOST:
        raise NotEncodable(f"there are 1 to {_MOST} of them")
    if not {1, *numbers} <= set(range(1, counts[0] + 1)):
        raise NotEncodable(f"their numbers are 1 to {counts[0]}")
    return [n in numbers for n in range(1, counts[0] + 1)]


def _whole(text: str) -> list[int]:
    words = [word for word in _NUMBERS.split(text) if word]
    if not all(word.isdecimal() and len(word) <= 4 for word in words):
        raise NotEncodable(f"{text} are no whole numbers")
    return [int(word) for word in words]


def _is_on(given: Given) -> bool:
    if given.get("on") not in ("0", "1"):
        raise NotEncodable("it is on or off")
    return given["on"] == "1"


_WRITERS: dict[Work, Callable[[Given, int], tuple[int, bytes]]] = {
    Work.MODE: _mode,
    Work.CLEAR: lambda _given, _password: (content.CLEAR, content.clear_storage()),
    Work.RESET: lambda _given, _password: (content.RESET, content.factory_settings()),
    Work.LOCK: _new_password,
    Work.CARD: lambda given, _password: (content.SET_CARD, content.set_card(_is_on(given))),
    Work.PUMPS: _pumps,
    Work.VALVES: _valves,
    Work.GATES: _gates,
    Work.QUOTA: lambda given, _password: (content.QUOTA, content.quota(_is_on(given))),
}
