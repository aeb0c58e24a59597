"""From what an instrument sends to the house's readings, and back for one that reports."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from anlan.protocols.framing import Malformed
from anlan.protocols.hj212.codes import COMMANDS, Way
from anlan.protocols.hj212.information import Told, contradictions, of_itself
from anlan.protocols.hj212.messages import Message
from anlan.protocols.hj212.segment import (
    DATA_TIME,
    Content,
    Fields,
    Observation,
    moment,
    seconds,
)
from anlan.protocols.hj212.segment import observations as observations_of
from anlan.vocabulary.readings import Element, PeriodValue, Reading, Span

ELEMENT_OF = {
    "w00000": Element.DISCHARGE,
    "w01001": Element.PH,
    "w01003": Element.TURBIDITY,
    "w01009": Element.DISSOLVED_OXYGEN,
    "w01010": Element.WATER_TEMPERATURE,
    "w01012": Element.SUSPENDED_SOLIDS,
    "w01014": Element.CONDUCTIVITY,
    "w01018": Element.COD,
    "w01019": Element.PERMANGANATE,
    "w21001": Element.TOTAL_NITROGEN,
    "w21003": Element.AMMONIA_NITROGEN,
    "w21011": Element.TOTAL_PHOSPHORUS,
    "a01001": Element.AIR_TEMPERATURE,
    "a01002": Element.HUMIDITY,
    "a01006": Element.AIR_PRESSURE,
    "a01007": Element.WIND_SPEED,
    "a01008": Element.WIND_DIRECTION,
    "a05024": Element.OZONE,
    "a21004": Element.NITROGEN_DIOXIDE,
    "a21005": Element.CARBON_MONOXIDE,
    "a21026": Element.SULFUR_DIOXIDE,
    "a34001": Element.TSP,
    "a34002": Element.PM10,
    "a34004": Element.PM2_5,
}
CODE_OF = {element: code for code, element in ELEMENT_OF.items()}
PER_ELEMENT_UNIT = {  # the standard's flow is in L/s, its pressure in kPa
    Element.DISCHARGE: Decimal("0.001"),
    Element.AIR_PRESSURE: Decimal(10),
}
SPANS = {"2051": Span.MINUTES, "2061": Span.HOUR, "2031": Span.DAY}
_OF_PERIODS = ("Min", "Avg", "Max")
_Dated = tuple[datetime, tuple[Observation, ...]]
# A value of a clock that is further ahead would stay the newest until that time has come; one
# that is not is kept, and marked where it lies ahead of its arrival (ADR 0014). As for tracks.
CLOCK_AHEAD = timedelta(minutes=10)


def readings(message: Message, received_at: datetime) -> tuple[Reading, ...]:
    """The live values (``-Rtd``) in a message, for the elements the house knows.

    Means and extremes of a period are other quantities than the live value at the same time: they
    are in `periods`. A value whose flag says that it is no measurement (out of order, calibration,
    maintenance) becomes None, "no data". HJ 212 has no time of sending but QN, which is the
    request's where there was one; the frame's arrival stands for it. What is in `doubts` is left
    out.
    """
    return tuple(
        Reading(message.mn, element, at, _value(observation, "Rtd", element), received_at)
        for at, observations in _stated(message, received_at)
        for element, observation in _known(observations)
        if observation.text("Rtd") and _is_figure(observation, "Rtd")
    )


def periods(message: Message, received_at: datetime) -> tuple[PeriodValue, ...]:
    """The means and extremes of a period (``-Avg``, ``-Min``, ``-Max`` of 2031, 2051 and 2061).

    Sums (``-Cou``) are amounts discharged, another quantity than the element, and are left out. A
    flag that says "no measurement" leaves every figure None.
    """
    span = SPANS.get(message.cn)
    if span is None:
        return ()
    return tuple(
        PeriodValue(message.mn, element, span, at, *(
            _value(observation, suffix, element) if _is_figure(observation, suffix) else None
            for suffix in _OF_PERIODS
        ))
        for at, observations in _stated(message, received_at)
        for element, observation in _known(observations)
        if any(observation.text(suffix) for suffix in _OF_PERIODS)
    )  # fmt: skip


def _stated(message: Message, received_at: datetime) -> Iterator[_Dated]:
    """What a message says of its times, those left out that cannot be believed."""
    if not _reports(message):
        return
    for stated, observations in _by_time(message):
        try:
            at = moment(stated)
        except Malformed:
            continue
        if at <= received_at + CLOCK_AHEAD:
            yield at, observations


def _by_time(message: Message) -> Iterator[tuple[str, tuple[Observation, ...]]]:
    """DataTime as it stands ("" where there is none) and the factors of that time.

    A message that answers for a period may state several times; what stands before the first is
    of the first.
    """
    times = [text for group in message.content for key, text in group if key == DATA_TIME]
    at, groups = (times or [""])[0], dict[str, list[Fields]]()
    for group in message.content:
        at = dict(group).get(DATA_TIME, at)
        groups.setdefault(at, []).append(group)
    for stated, its in groups.items():
        yield stated, observations_of(tuple(its))


def _known(observations: Iterable[Observation]) -> Iterator[tuple[Element, Observation]]:
    for observation in observations:
        row = observation.factor
        element = ELEMENT_OF.get(row.code) if row else None
        if element is not None:
            yield element, observation


def _is_figure(observation: Observation, suffix: str) -> bool:
    try:
        observation.value(suffix)
    except Malformed:
        return False
    return True


def _value(observation: Observation, suffix: str, element: Element) -> float | None:
    number = observation.value(suffix) if observation.measured else None
    return None if number is None else float(number * PER_ELEMENT_UNIT.get(element, 1))


def doubts(message: Message, received_at: datetime) -> tuple[tuple[str, str], ...]:
    """What in a message is not believed, ``(reason, detail)``, though the rest of it is.

    ``element``: figures that are none. ``malformed``: data without a time, or with one that is
    none, and a field that states two values. ``out_of_range``: data from after they came. ``flag``:
    a data flag the standard has not. What is doubted of a divided message is only said when it is
    whole.
    """
    return tuple(_doubts(message, received_at))


def _doubts(message: Message, received_at: datetime) -> Iterator[tuple[str, str]]:
    if message.packet is not None:
        return
    for twice in contradictions(message):
        yield "malformed", twice
    for one in of_itself(message):
        yield from _of_itself(one)
    if not _reports(message):
        return
    for stated, observations in _by_time(message):
        if stated:
            yield from _of_time(stated, received_at)
        elif observations:
            yield "malformed", "data without DataTime"
        for observation in observations:
            yield from _of(observation)


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
    return (((DATA_TIME, seconds(at)),), *groups)


def averaged(at: datetime, values: Mapping[Element, float | None]) -> Content:
    """The content of a 2051, 2061 or 2031 of an instrument that saw the same value all the time."""
    groups: Iterable[tuple[tuple[str, str], ...]] = (
        (*((f"{CODE_OF[element]}-{suffix}", _figures(element, value)) for suffix in _OF_PERIODS),
         (f"{CODE_OF[element]}-Flag", "D" if value is None else "N"))
        for element, value in values.items()
    )  # fmt: skip
    return (((DATA_TIME, seconds(at)),), *groups)


def _figures(element: Element, value: float | None) -> str:
    per_unit = float(PER_ELEMENT_UNIT.get(element, 1))
    return f"{0.0 if value is None else value / per_unit:.3f}"
