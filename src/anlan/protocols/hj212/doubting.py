"""What in a message of HJ 212 is not believed, or has no place in the house."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from anlan.protocols.framing import Malformed
from anlan.protocols.hj212.information import Told, contradictions, of_itself
from anlan.protocols.hj212.measuring import CLOCK_AHEAD, by_time, placed, reports
from anlan.protocols.hj212.messages import Message
from anlan.protocols.hj212.segment import DATA_TIME, Observation, moment


def doubts(message: Message, received_at: datetime) -> tuple[tuple[str, str], ...]:
    """What in a message is not believed, ``(reason, detail)``, though the rest of it is.

    ``element``: figures that are none. ``malformed``: data without a time, or with one that is
    none, and a field that states two values. ``out_of_range``: data from after they came. ``flag``:
    a data flag the standard has not. ``unsupported``: what the house has no place for, as it
    stands; a sampling time and a maker's own flag (EFlag) beside a figure are no data. What is
    doubted of a divided message is only said when it is whole.
    """
    return tuple(_doubts(message, received_at))


def _doubts(message: Message, received_at: datetime) -> Iterator[tuple[str, str]]:
    if message.packet is not None:
        return
    for twice in contradictions(message):
        yield "malformed", twice
    for one in of_itself(message):
        yield from _of_itself(one)
    if reports(message):
        yield from _of_data(message, received_at)


def _of_data(message: Message, received_at: datetime) -> Iterator[tuple[str, str]]:
    without: list[str] = []
    for stated, observations in by_time(message):
        if stated:
            yield from _of_time(stated, received_at)
        elif observations:
            yield "malformed", "data without DataTime"
        for observation in observations:
            yield from _of(observation)
        without += _unplaced(message.cn, observations)
    without += _beside(message)
    if without:
        yield "unsupported", "; ".join(without)


def _unplaced(command: str, observations: Sequence[Observation]) -> Iterator[str]:
    kept: dict[str, frozenset[str]] = {}
    for one in placed(observations):
        code = one.observation.code
        kept[code] = kept.get(code, frozenset()) | one.kept(command)
    for observation in observations:
        known = kept.get(observation.code, frozenset()) | _NO_DATA
        for suffix, text in observation.fields:
            if text and suffix not in known and not (suffix == "Cou" and _is_zero(text)):
                yield f"{observation.code}-{suffix}={text}"


def fields_named(detail: str) -> str:
    """The fields that a detail of `doubts` names, without their figures: what it says each time.

    Empty where it names none.
    """
    pairs = [part.partition("=") for part in detail.split("; ")]
    return " ".join(name for name, _, _ in pairs) if all(sign for _, sign, _ in pairs) else ""


def _is_zero(text: str) -> bool:
    return not text.strip("0.")


def _beside(message: Message) -> Iterator[str]:
    """Fields of a report that are of no factor, but say something."""
    for group in message.content:
        for key, text in group:
            if "-" not in key and text and key not in _FRAME:
                yield f"{key}={text}"


def _of_itself(one: Told) -> Iterator[tuple[str, str]]:
    try:
        _ = one.value
    except Malformed as error:
        yield "element", str(error)


def _of_time(stated: str, received_at: datetime) -> Iterator[tuple[str, str]]:
    try:
        at = moment(stated)
    except Malformed as error:
        yield "malformed", f"DataTime: {error}"
    else:
        if at > received_at + CLOCK_AHEAD:
            yield "out_of_range", f"data of {at:%Y-%m-%d %H:%M:%S}, after they came"


def _of(observation: Observation) -> Iterator[tuple[str, str]]:
    for suffix, text in observation.fields:
        if suffix in _FIGURES and text:
            try:
                observation.value(suffix)
            except Malformed as error:
                yield "element", str(error)
    flag = observation.text("Flag")
    if flag and observation.flag is None:
        yield "flag", f"{observation.code}-Flag={flag}"


_NO_DATA = frozenset({"Flag", "EFlag", "SampleTime"})
_FRAME = {DATA_TIME, "BeginTime", "EndTime", "PolId"}
_FIGURES = {"Rtd", "Min", "Avg", "Max", "Cou", "ZsRtd", "ZsMin", "ZsAvg", "ZsMax"}
