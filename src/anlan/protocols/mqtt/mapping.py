"""What a JSON message on a topic means: which readings of which device, by configuration.

A `TopicMap` names the topics it is for, where in the JSON the records are, and what is a reading in
each. `{device}` and `{time}` stand for a level of the topic or a key of the JSON that is the device
or the time; `*` stands for any key or every member of a list. So
``$.{device}.L1_QJ_1.{time}`` reads ``{"100054920": {"L1_QJ_1": {"2026-03-14T07:04:03Z": {…}}}}``.
"""

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from anlan.protocols.framing import Malformed
from anlan.vocabulary.clock import CHINA
from anlan.vocabulary.elements import Element
from anlan.vocabulary.readings import Reading
from anlan.vocabulary.words import N_

DEVICE, TIME = "{device}", "{time}"
CONNECTION = ""  # the device is the one that is connected
EPOCH_S, EPOCH_MS, ISO, LOCAL = "epoch_s", "epoch_ms", "iso", "local"
TIME_FORMATS = (ISO, LOCAL, EPOCH_S, EPOCH_MS)
MOST_READINGS = 1000  # of one message
MOST_FAULTS = 20  # of one message that are named
AHEAD = timedelta(minutes=1)  # a clock that runs a little fast

Path = tuple[str, ...]


class Unread(Malformed):
    """Why a message gives no readings: words to be translated, and what they speak of."""

    def __init__(self, message: str, **of: str) -> None:
        super().__init__(message % of)
        self.message, self.of = message, of


class Heard(NamedTuple):
    """What one message says: its readings, and what of it could not be read (the first few)."""

    readings: tuple[Reading, ...]
    faults: tuple[Unread, ...]


@dataclass(frozen=True, slots=True)
class ValueMap:
    """A value of a record: `element` = number at `path` x `factor` + `offset`, in its unit."""

    path: Path
    element: Element
    factor: float = 1.0
    offset: float = 0.0


@dataclass(frozen=True, slots=True)
class TopicMap:
    """How messages on some topics are read.

    `records`, `device`, `time` are paths; `device` and `time` are looked for in the record, then in
    the whole message, and are empty where a capture, the connection or the arrival says it.
    `no_data`: numbers that stand for "no data".
    """

    name: str
    topic: str
    values: tuple[ValueMap, ...]
    records: Path = ()
    device: Path = ()
    time: Path = ()
    time_format: str = ISO
    no_data: tuple[float, ...] = ()


def matches(pattern: str, topic: str) -> dict[str, str] | None:
    """What the topic's levels say (`{device}`), None when the pattern is not for it."""
    said: dict[str, str] = {}
    levels = topic.split("/")
    wanted = pattern.split("/")
    for place, level in enumerate(wanted):
        if level == "#":
            return said
        if place >= len(levels):
            return None
        if level == DEVICE:
            said[DEVICE] = levels[place]
        elif level not in ("+", levels[place]):
            return None
    return said if len(levels) == len(wanted) else None


def readings(
    given: TopicMap, topic: str, payload: bytes, connected: str, received_at: datetime
) -> Heard:
    """The readings of a message, and what stands beside them that is none.

    `connected`: the device on whose connection it came. A path that leads nowhere gives no reading
    of that element; a value that is no number costs that value alone, a record without device or
    of a time ahead of `received_at` that record. A message that gives no reading at all is refused:
    raises `Unread`, which names the path and the fault.
    """
    said = matches(given.topic, topic)
    if said is None:
        raise Unread(N_("topic %(topic)s is not %(wanted)s"), topic=topic, wanted=given.topic)
    try:
        document = _document(payload)
    except (ValueError, RecursionError):
        raise Unread(N_("the message is no JSON")) from None
    found: list[Reading] = []
    faults: list[Unread] = []
    for captured, record in _records(document, given.records, said):
        try:
            device = _device(given, captured, record, document) or connected
            at = _at(given, captured, record, document) or received_at
            _not_ahead(at, received_at)
        except Unread as fault:
            faults.append(fault)
            continue
        for value in given.values:
            try:
                numbers = list(_numbers(given, value, record))
            except Unread as fault:
                faults.append(fault)
                continue
            found += [Reading(device.upper(), value.element, at, n, received_at) for n in numbers]
        if len(found) > MOST_READINGS:
            raise Unread(N_("more than %(most)s readings in one message"), most=str(MOST_READINGS))
        del faults[MOST_FAULTS:]
    if not found:
        raise faults[0] if faults else Unread(
            N_("nothing at %(path)s is a value that %(map)s knows"),
            path=shown(given.records), map=given.name,
        )  # fmt: skip
    return Heard(tuple(found), tuple(faults))


def _not_ahead(at: datetime, received_at: datetime) -> None:
    if at > received_at + AHEAD:
        raise Unread(N_("observed %(at)s, later than it came"), at=f"{at:%Y-%m-%d %H:%M:%S}")


def _document(payload: bytes) -> Any:
    """UTF-8 (RFC 8259, 8.1) whose escapes spell whole characters; raises `ValueError`."""
    text = payload.decode("utf-8-sig")
    document = json.loads(text)
    if "\\u" in text:
        json.dumps(document, ensure_ascii=False).encode()  # half a surrogate pair is no character
    return document


def shown(path: Path) -> str:
    """A path as it is written."""
    return ".".join(("$", *path))


def _records(
    node: Any, path: Path, said: Mapping[str, str]
) -> Iterator[tuple[Mapping[str, str], Any]]:
    """Every node that the path leads to, with what was captured on the way."""
    if not path:
        yield said, node
        return
    step, rest = path[0], path[1:]
    if step in (DEVICE, TIME) and isinstance(node, dict):
        for key, below in node.items():
            yield from _records(below, rest, {**said, step: key})
    elif step == "*":
        for below in node.values() if isinstance(node, dict) else _listed(node):
            yield from _records(below, rest, said)
    elif (below := _below(node, step)) is not None:
        yield from _records(below, rest, said)


def _listed(node: Any) -> list[Any]:
    return node if isinstance(node, list) else []


def _below(node: Any, step: str) -> Any:
    if isinstance(node, dict):
        return node.get(step)
    if isinstance(node, list) and step.isdecimal() and int(step) < len(node):
        return node[int(step)]
    return None


def _at_path(node: Any, path: Path) -> Any:
    for step in path:
        node = _below(node, step)
    return node


def _device(given: TopicMap, captured: Mapping[str, str], record: Any, document: Any) -> str:
    if DEVICE in captured:
        return captured[DEVICE]
    if not given.device:
        return CONNECTION
    named = _at_path(record, given.device)
    if named is None:
        named = _at_path(document, given.device)
    if not isinstance(named, str | int) or isinstance(named, bool) or named == "":
        raise Unread(N_("%(path)s names no device"), path=shown(given.device))
    return str(named)


def _at(
    given: TopicMap, captured: Mapping[str, str], record: Any, document: Any
) -> datetime | None:
    if TIME in captured:
        return moment(captured[TIME], given.time_format)
    if not given.time:
        return None
    stated = _at_path(record, given.time)
    if stated is None:
        stated = _at_path(document, given.time)
    if stated is None:
        raise Unread(N_("%(path)s states no time"), path=shown(given.time))
    return moment(stated, given.time_format)


def moment(stated: Any, form: str) -> datetime:
    """A stated time, aware; raises `Unread`."""
    try:
        if form in (EPOCH_S, EPOCH_MS):
            seconds = float(stated) / (1000 if form == EPOCH_MS else 1)
            return datetime.fromtimestamp(seconds, UTC)
        read = datetime.fromisoformat(str(stated))
    except (ValueError, TypeError, OverflowError, OSError):
        raise Unread(
            N_("%(stated)s is no time (%(form)s)"), stated=repr(str(stated)[:40]), form=form
        ) from None
    if form == LOCAL and read.tzinfo is None:
        return read.replace(tzinfo=CHINA)
    if read.tzinfo is None:
        raise Unread(N_("%(stated)s says no time zone"), stated=str(stated))
    return read


def _numbers(given: TopicMap, value: ValueMap, record: Any) -> Iterator[float | None]:
    stated = _at_path(record, value.path)
    if stated is None:
        return
    try:
        number = float("" if isinstance(stated, bool) else stated)
    except (ValueError, TypeError, OverflowError):
        number = math.nan
    made = number * value.factor + value.offset
    if not math.isfinite(made):
        raise Unread(
            N_("%(path)s: %(stated)s is no number"),
            path=shown(value.path),
            stated=repr(str(stated)[:40]),
        )
    yield None if number in given.no_data else made
