"""A topic map as a person writes it, field by field, and what is wrong with it."""

import json
import math
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from anlan.protocols.mqtt.mapping import (
    DEVICE,
    ISO,
    TIME,
    TIME_FORMATS,
    Path,
    TopicMap,
    ValueMap,
    shown,
)
from anlan.vocabulary.elements import Element
from anlan.vocabulary.words import N_

LARGEST_FILE = 256 * 1024
FIELDS = ("name", "topic", "records", "device", "time", "time_format", "values", "no_data")
_WITH_SOURCE = (*FIELDS, "source")
LONGEST_FIELD = {"name": 60, "values": 4000}  # characters; of every other field
_LONGEST = 200
_TABLE, _MANY = "topic", 200
_NAME = re.compile(r"[\w()-]+", re.ASCII)
_CAPTURES = (DEVICE, TIME)


class Wrong(ValueError):
    """What is wrong with one field: a message and what it speaks of."""

    def __init__(self, message: str, **of: str) -> None:
        super().__init__(message)
        self.message, self.of = message, of


class BadMap(ValueError):
    """A map that cannot be used: field -> what is wrong."""

    def __init__(self, faults: dict[str, Wrong]) -> None:
        super().__init__("; ".join(f"{field}: {fault.message % fault.of}" for field, fault in
                                   faults.items()))  # fmt: skip
        self.faults = faults


def path_of(text: str, captures: bool = False) -> Path:
    """``$.a.0.b`` as steps; with `captures` also ``{device}``, ``{time}`` and ``*``."""
    steps = [step for step in text.strip().removeprefix("$").split(".") if step]
    for step in steps:
        stands_for = step in (*_CAPTURES, "*")
        if stands_for and not captures:
            raise Wrong(N_("%(step)s may stand only in the path of the records"), step=step)
        if not stands_for and not _NAME.fullmatch(step):
            raise Wrong(N_("%(step)s is no key of a path: write $.key.0.key"), step=step)
    for capture in _CAPTURES:
        if steps.count(capture) > 1:
            raise Wrong(N_("%(step)s stands twice"), step=capture)
    return tuple(steps)


def fitting(field: str, text: str) -> str:
    """A field as it is kept, without spaces around it; raises `Wrong` where it is too long."""
    text, most = text.strip(), LONGEST_FIELD.get(field, _LONGEST)
    if len(text) > most:
        raise Wrong(N_("at most %(most)s characters"), most=str(most))
    if "\0" in text:
        raise Wrong(N_("a character that is none stands in it"))
    return text


def read_map(written: Mapping[str, str]) -> TopicMap:
    """The map that the fields say; raises `BadMap` with every field that is wrong."""
    faults: dict[str, Wrong] = {}

    def field(name: str, read: Callable[[str], Any]) -> Any:
        try:
            return read(fitting(name, written.get(name, "")))
        except Wrong as fault:
            faults[name] = fault
            return None

    found = {
        "name": field("name", _named),
        "topic": field("topic", _topic),
        "records": field("records", lambda text: path_of(text, captures=True)),
        "device": field("device", path_of),
        "time": field("time", path_of),
        "time_format": field("time_format", _form),
        "values": field("values", _values),
        "no_data": field("no_data", _numbers),
    }
    if faults:
        raise BadMap(faults)
    return TopicMap(**found)


def write_map(given: TopicMap) -> dict[str, str]:
    """The fields of a map, as `read_map` reads them."""
    return {
        "name": given.name,
        "topic": given.topic,
        "records": shown(given.records),
        "device": shown(given.device) if given.device else "",
        "time": shown(given.time) if given.time else "",
        "time_format": given.time_format,
        "values": "\n".join(
            f"{shown(v.path)} {v.element} {_figure(v.factor)} {_figure(v.offset)}"
            for v in given.values
        ),
        "no_data": " ".join(map(_figure, given.no_data)),
    }


def _figure(number: float) -> str:
    """As many figures as it takes to read the same number again.

    >>> _figure(-9999.0), _figure(1234567.8)
    ('-9999', '1234567.8')
    """
    return repr(number).removesuffix(".0")


def write_file(maps: Iterable[TopicMap]) -> str:
    """Maps as a TOML file of ``[[topic]]`` tables, which `read_file` reads; empty fields left out.

    A string of JSON is one of TOML too, but for DEL.
    """
    tables = []
    for given in maps:
        lines = [f"{name} = {_quoted(text)}" for name, text in write_map(given).items() if text]
        tables.append("\n".join((f"[[{_TABLE}]]", *lines)) + "\n")
    return "\n".join(tables)


def read_file(body: bytes) -> list[dict[str, str]]:
    """The fields of every map in a TOML file, and its ``source``.

    Raises `BadMap` with everything that is wrong: one map that cannot be used refuses the file.
    Its fields are named with the number of their map in front, the file as a whole is ``file``.
    """
    try:
        entries = tomllib.loads(body[: LARGEST_FILE + 1].decode("utf-8")).get(_TABLE)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise BadMap({"file": Wrong(N_("it is no TOML: %(fault)s"), fault=str(fault))}) from None
    if len(body) > LARGEST_FILE or not isinstance(entries, list) or not 0 < len(entries) <= _MANY:
        raise BadMap({"file": Wrong(N_("a file holds 1 to 200 tables [[topic]], up to 256 KiB"))})
    faults: dict[str, Wrong] = {}
    for number, entry in enumerate(entries, 1):
        faults |= {f"{number} {field}": fault for field, fault in _faults(entry).items()}
    if faults:
        raise BadMap(faults)
    return entries


def _faults(entry: object) -> dict[str, Wrong]:
    table = entry if isinstance(entry, dict) else {}
    strange = [k for k, v in table.items() if k not in _WITH_SOURCE or not isinstance(v, str)]
    if strange:
        return {name: Wrong(N_("no text field of a map")) for name in strange}
    faults = {}
    try:
        read_map(table)
    except BadMap as fault:
        faults = fault.faults
    try:
        fitting("source", table.get("source", ""))
    except Wrong as fault:
        faults["source"] = fault
    return faults


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _named(text: str) -> str:
    if not text:
        raise Wrong(N_("give it a name"))
    return text


def _topic(text: str) -> str:
    levels = text.split("/")
    if not text:
        raise Wrong(N_("write a topic, for example geohazard/{device}/data"))
    if "#" in levels[:-1] or any(("#" in lv and lv != "#") for lv in levels):
        raise Wrong(N_("# stands alone and at the end"))
    if any("+" in level and level != "+" for level in levels):
        raise Wrong(N_("+ stands for a whole level"))
    if levels.count(DEVICE) > 1 or any("{" in lv and lv != DEVICE for lv in levels):
        raise Wrong(N_("{device} stands once and for a whole level"))
    return text


def _form(text: str) -> str:
    if (text or ISO) not in TIME_FORMATS:
        raise Wrong(N_("%(form)s is no format of time"), form=text)
    return text or ISO


def _values(text: str) -> tuple[ValueMap, ...]:
    values = tuple(_value(line) for line in text.splitlines() if line.strip())
    if not values:
        raise Wrong(N_("write at least one value, for example: $.crack crack_width"))
    elements = [value.element for value in values]
    for element in elements:
        if elements.count(element) > 1:
            raise Wrong(N_("%(element)s stands twice"), element=element)
    return values


def _value(line: str) -> ValueMap:
    parts = line.split()
    if not 2 <= len(parts) <= 4:
        raise Wrong(
            N_("%(line)s: write path and element, then factor and offset if needed"), line=line
        )
    if parts[1] not in set(Element):
        raise Wrong(N_("%(element)s is no element"), element=parts[1])
    factor, offset = (*(_number(part) for part in parts[2:]), *(1.0, 0.0)[len(parts) - 2 :])
    return ValueMap(path_of(parts[0]), Element(parts[1]), factor, offset)


def _numbers(text: str) -> tuple[float, ...]:
    return tuple(_number(part) for part in text.split())


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise Wrong(N_("%(text)s is no number"), text=text)
    return number
