"""Tables of a TOML file, taken key by key: what nobody took was misspelt or means nothing here."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from difflib import get_close_matches
from itertools import pairwise
from math import isfinite
from pathlib import Path
from typing import Any

from anlan.hazards.flood.casefile.refusals import N_, RefusedCase

_SECONDS = {"s": 1.0, "min": 60.0, "h": 3600.0, "d": 86400.0}
_DURATION = re.compile(r"\s*(-?[0-9]+(?:\.[0-9]+)?)\s*(s|min|h|d)\s*")
Point = tuple[float, float]


class Table:
    """One table: `file` it stands in, `key` it stands under, values not yet taken."""

    def __init__(self, file: Path, key: str, values: Mapping[str, Any]) -> None:
        self.file = file
        self.key = key
        self._left = dict(values)
        self._known: set[str] = set()

    def where(self, key: str = "") -> str:
        """The file and the key, as a refusal names them."""
        path = ".".join(part for part in (self.key, key) if part)
        return f"{self.file}: {path}" if path else str(self.file)

    def refuse(self, key: str, template: str, **facts: object) -> RefusedCase:
        return RefusedCase(self.where(key), template, **facts)

    def has(self, key: str) -> bool:
        self._known.add(key)
        return key in self._left

    def _take(self, key: str) -> Any:
        self._known.add(key)
        if key not in self._left:
            raise self.refuse(key, N_("is needed"))
        return self._left.pop(key)

    def number(
        self, key: str, *, least: float | None = None, above: float | None = None,
        most: float | None = None,
    ) -> float:  # fmt: skip
        """A finite number; at least `least`, more than `above`, at most `most`."""
        value = self._take(key)
        if not _finite(value):
            raise self.refuse(key, N_("{value!r} is not a number"), value=value)
        if least is not None and value < least:
            raise self.refuse(key, N_("{value:g} is less than {least:g}"), value=value, least=least)
        if above is not None and value <= above:
            raise self.refuse(key, N_("{value:g} is not above {above:g}"), value=value, above=above)
        if most is not None and value > most:
            raise self.refuse(key, N_("{value:g} is more than {most:g}"), value=value, most=most)
        return float(value)

    def text(self, key: str) -> str:
        value = self._take(key)
        if not isinstance(value, str) or not value:
            raise self.refuse(key, N_("{value!r} is not a text"), value=value)
        return value

    def choice(self, key: str, choices: tuple[str, ...]) -> str:
        value = self.text(key)
        if value not in choices:
            raise self.refuse(key, N_("{value!r} is none of {choices}"), value=value,
                              choices=", ".join(choices))  # fmt: skip
        return value

    def seconds(self, key: str) -> float:
        """A length of time: seconds as a number, or a text such as 90s, 10min, 6h, 2d."""
        if isinstance(self._left.get(key), str):
            seconds = self._seconds(key, text := self.text(key))
            if seconds < 0:
                raise self._no_length(key, text)
            return seconds
        return self.number(key, least=0.0)

    def seconds_bounds(self, key: str) -> tuple[float, float]:
        """Two lengths of time, the second not less than the first; may be negative."""
        value = self._take(key)
        if not (isinstance(value, list) and len(value) == 2):
            raise self._no_bounds(key, value)
        return self._ordered(key, [self._seconds(key, item) for item in value])

    def times(self, key: str) -> list[float]:
        """Lengths of time that rise, one at least, none negative."""
        value = self._take(key)
        if not isinstance(value, list) or not value:
            raise self.refuse(key, N_("{value!r} is no list of rising times"), value=value)
        times = [self._seconds(key, item) for item in value]
        if times[0] < 0.0 or any(b <= a for a, b in pairwise(times)):
            raise self.refuse(key, N_("{value!r} is no list of rising times"), value=value)
        return times

    def instant(self, key: str) -> datetime:
        """A date with a time of day, as TOML's own or as a text."""
        value = self._take(key)
        if isinstance(value, datetime):
            return value
        try:
            return datetime.fromisoformat(value)
        except (TypeError, ValueError):
            raise self.refuse(key, N_("{value!r} is no instant"), value=value) from None

    def _seconds(self, key: str, value: Any) -> float:
        if _finite(value):
            return float(value)
        found = _DURATION.fullmatch(value) if isinstance(value, str) else None
        if found is None:
            raise self._no_length(key, value)
        return float(found[1]) * _SECONDS[found[2]]

    def _no_length(self, key: str, value: Any) -> RefusedCase:
        return self.refuse(key, N_("{value!r} is no length of time such as 90s, 10min, 6h"),
                           value=value)  # fmt: skip

    def whole(self, key: str) -> int:
        """A whole number, not negative."""
        value = self._take(key)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise self.refuse(key, N_("{value!r} is no whole number from 0 on"), value=value)
        return value

    def bounds(
        self, key: str, *, least: float | None = None, above: float | None = None
    ) -> tuple[float, float]:
        """Two numbers, [low, high], both at least `least` and more than `above`."""
        value = self._take(key)
        if not (isinstance(value, list) and len(value) == 2 and all(map(_finite, value))):
            raise self._no_bounds(key, value)
        low, high = self._ordered(key, value)
        if (least is not None and low < least) or (above is not None and low <= above):
            raise self.refuse(key, N_("{value:g} is too small"), value=low)
        return low, high

    def _ordered(self, key: str, value: list[Any]) -> tuple[float, float]:
        if value[0] > value[1]:
            raise self._no_bounds(key, value)
        return float(value[0]), float(value[1])

    def _no_bounds(self, key: str, value: Any) -> RefusedCase:
        return self.refuse(key, N_("{value!r} is no [low, high]"), value=value)

    def rising(self, key: str, *, above: float) -> list[float]:
        """Numbers that rise, one at least, all more than `above`."""
        value = self._take(key)
        fine = isinstance(value, list) and value and all(map(_finite, value))
        if not fine or value[0] <= above or any(b <= a for a, b in pairwise(value)):
            raise self.refuse(key, N_("{value!r} is no list of rising numbers above {above:g}"),
                              value=value, above=above)  # fmt: skip
        return [float(item) for item in value]

    def flag(self, key: str) -> bool:
        """true or false; false where it is not given."""
        value = self._take(key) if self.has(key) else False
        if not isinstance(value, bool):
            raise self.refuse(key, N_("{value!r} is neither true nor false"), value=value)
        return value

    def holds(self, key: str, kind: type) -> bool:
        """Whether `key` is given as a text, a table or a list."""
        return self.has(key) and isinstance(self._left[key], kind)

    def called(self) -> str:
        """Its name, or where it stands; the name is not taken."""
        return str(self._left.get("name", self.key))

    def path(self, key: str) -> Path:
        """A file beside the case file; must exist."""
        path = self.file.parent / self.text(key)
        if not path.is_file():
            raise self.refuse(key, N_("there is no file {path}"), path=path)
        return path

    def point(self, key: str) -> Point:
        """x, y in the coordinates of the terrain, metres."""
        return self._point(key, self._take(key))

    def points(self, key: str) -> list[Point]:
        """Corners of a line, two at least."""
        value = self._take(key)
        if not isinstance(value, list) or len(value) < 2:
            raise self.refuse(key, N_("{value!r} is no line of two or more [x, y]"), value=value)
        return [self._point(key, item) for item in value]

    def _point(self, key: str, value: Any) -> Point:
        if not (isinstance(value, list) and len(value) == 2 and all(_finite(v) for v in value)):
            raise self.refuse(key, N_("{value!r} is no [x, y]"), value=value)
        return float(value[0]), float(value[1])

    def table(self, key: str) -> "Table":
        value = self._take(key)
        if not isinstance(value, dict):
            raise self.refuse(key, N_("is to be a table"))
        return Table(self.file, self._under(key), value)

    def tables(self, key: str) -> Iterator["Table"]:
        """The tables of a list, [[key]] in the file; none if it is not there."""
        value = self._take(key) if self.has(key) else []
        if not (isinstance(value, list) and all(isinstance(item, dict) for item in value)):
            raise self.refuse(key, N_("is to be a list of tables"))
        return iter(
            [Table(self.file, f"{self._under(key)}[{i}]", item) for i, item in enumerate(value)]
        )

    def names(self) -> list[str]:
        """What is given and not yet taken."""
        return list(self._left)

    def one_of(self, *keys: str) -> str:
        """The one of these keys that is given; none or two are refused."""
        given = [key for key in keys if self.has(key)]
        if len(given) != 1:
            raise self.refuse("", N_("needs exactly one of {keys}"), keys=", ".join(keys))
        return given[0]

    def finish(self) -> None:
        """Refuse what nobody took."""
        for key in self._left:
            near = get_close_matches(key, sorted(self._known), n=1)
            if near:
                raise self.refuse(key, N_("unknown key; is {near} meant?"), near=near[0])
            raise self.refuse(key, N_("unknown key; known here: {known}"),
                              known=", ".join(sorted(self._known)))  # fmt: skip

    def _under(self, key: str) -> str:
        return f"{self.key}.{key}" if self.key else key


def _finite(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    try:
        return isfinite(value)
    except OverflowError:  # a whole number that no double holds
        return False
