"""From what an instrument sends to the house's readings, and back for one that reports."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from anlan.protocols.framing import Malformed
from anlan.protocols.hj212.codes import COMMANDS, Way
from anlan.protocols.hj212.messages import Message
from anlan.protocols.hj212.segment import Content, Observation, seconds
from anlan.vocabulary.readings import Element, Reading

ELEMENT_OF = {
    "w00000": Element.DISCHARGE,
    "w01001": Element.PH,
    "w01003": Element.TURBIDITY,
    "w01009": Element.DISSOLVED_OXYGEN,
    "w01010": Element.WATER_TEMPERATURE,
    "w01014": Element.CONDUCTIVITY,
    "w01018": Element.COD,
    "w01019": Element.PERMANGANATE,
    "w21001": Element.TOTAL_NITROGEN,
    "w21003": Element.AMMONIA_NITROGEN,
    "w21011": Element.TOTAL_PHOSPHORUS,
    "a01001": Element.AIR_TEMPERATURE,
}
CODE_OF = {element: code for code, element in ELEMENT_OF.items()}
PER_ELEMENT_UNIT = {Element.DISCHARGE: Decimal("0.001")}  # the standard's flow is in L/s
CLOCK_AHEAD = timedelta(minutes=1)


def readings(message: Message, received_at: datetime) -> tuple[Reading, ...]:
    """The live values (``-Rtd``) in a message, for the elements the house knows.

    Means, extremes and sums of a period (``-Avg``, ``-Min``, ``-Max``, ``-Cou``) are other
    quantities than the live value at the same time and give no readings. A value whose flag says
    that it is no measurement (out of order, calibration, maintenance) becomes None, "no data".
    HJ 212 has no time of sending but QN, which is the request's where there was one; the frame's
    arrival stands for it. What is in `doubts` is left out.
    """
    try:
        at = message.moment("DataTime")
    except Malformed:
        return ()
    if at is None or not _reports(message) or at > received_at + CLOCK_AHEAD:
        return ()
    found = []
    for observation in message.observations:
        row = observation.factor
        element = ELEMENT_OF.get(row.code) if row else None
        if element is None or not observation.text("Rtd"):
            continue
        try:
            number = observation.value("Rtd") if observation.measured else None
        except Malformed:
            continue
        scaled = None if number is None else number * PER_ELEMENT_UNIT.get(element, 1)
        value = None if scaled is None else float(scaled)
        found.append(Reading(message.mn, element, at, value, received_at))
    return tuple(found)


def doubts(message: Message, received_at: datetime) -> tuple[tuple[str, str], ...]:
    """What in a message is not believed, ``(reason, detail)``, though the rest of it is.

    ``element``: figures that are none. ``malformed``: data without a time, or with one that is
    none. ``out_of_range``: data from after they came. ``flag``: a data flag the standard has not.
    """
    return tuple(_doubts(message, received_at))


def _doubts(message: Message, received_at: datetime) -> Iterator[tuple[str, str]]:
    if not _reports(message):
        return
    observations = message.observations
    try:
        at = message.moment("DataTime")
    except Malformed as error:
        yield "malformed", f"DataTime: {error}"
    else:
        if at is None and observations:
            yield "malformed", "data without DataTime"
        if at is not None and at > received_at + CLOCK_AHEAD:
            yield "out_of_range", f"data of {at:%Y-%m-%d %H:%M:%S}, after they came"
    for observation in observations:
        yield from _of(observation)


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


_FIGURES = {"Rtd", "Min", "Avg", "Max", "Cou", "ZsRtd", "ZsMin", "ZsAvg", "ZsMax"}


def _reports(message: Message) -> bool:
    """Data, not a question for them: a question has no factors and an answer no data."""
    row = COMMANDS.get(message.cn)
    return message.cn.startswith("2") and (row is None or row.way in (Way.UP, Way.BOTH))


def measured(at: datetime, values: Mapping[Element, float | None]) -> Content:
    """The content of a 2011 with live values at one time; None is sent with flag D, out of order.

    Figures have three decimals.
    """
    groups: Iterable[tuple[tuple[str, str], ...]] = (
        ((f"{CODE_OF[element]}-Rtd", _figures(element, value)),
         (f"{CODE_OF[element]}-Flag", "D" if value is None else "N"))
        for element, value in values.items()
    )  # fmt: skip
    return ((("DataTime", seconds(at)),), *groups)


def _figures(element: Element, value: float | None) -> str:
    per_unit = float(PER_ELEMENT_UNIT.get(element, 1))
    return f"{0.0 if value is None else value / per_unit:.3f}"
