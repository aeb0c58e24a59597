"""From what an instrument sends to the house's readings, and back for one that reports."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from anlan.protocols.framing import Malformed
from anlan.protocols.hj212.codes import COMMANDS, Way
from anlan.protocols.hj212.factors import FACTORS
from anlan.protocols.hj212.messages import Message
from anlan.protocols.hj212.places import (
    AMOUNT_UNITS,
    CODE_OF,
    CONVERTED,
    ELEMENT_OF,
    TO_AMOUNT,
    TO_UNIT,
)
from anlan.protocols.hj212.segment import (
    DATA_TIME,
    Content,
    Fields,
    Observation,
    moment,
    seconds,
)
from anlan.protocols.hj212.segment import observations as observations_of
from anlan.vocabulary.elements import Element
from anlan.vocabulary.readings import PeriodValue, Reading, Span

SPANS = {"2051": Span.MINUTES, "2061": Span.HOUR, "2031": Span.DAY}
_LIVE, _OF_PERIODS, _SUM, _CONVERTED = "Rtd", ("Min", "Avg", "Max"), "Cou", "Zs"
_SAMPLE_TAKEN = "3015"
_Dated = tuple[datetime, tuple[Observation, ...]]
# A value of a clock that is further ahead would stay the newest until that time has come; one
# that is not is kept, and marked where it lies ahead of its arrival (ADR 0014). As for tracks.
CLOCK_AHEAD = timedelta(minutes=10)


class Placed(NamedTuple):
    """What an observation says of one element; `prefix` stands before its suffixes."""

    element: Element
    observation: Observation
    to_unit: Decimal
    prefix: str = ""

    def value(self, suffix: str) -> float | None:
        """The figure in the element's unit: None where there is none, or none that was measured."""
        try:
            number = self.observation.value(self.prefix + suffix)
        except Malformed:
            return None
        if number is None or not self.observation.measured:
            return None
        return float(number * self.to_unit)

    def states(self, suffix: str) -> bool:
        """Whether a figure stands there."""
        try:
            return self.observation.value(self.prefix + suffix) is not None
        except Malformed:
            return False

    def kept(self, command: str) -> frozenset[str]:
        """The suffixes that are kept of a message of this command."""
        suffixes = [_LIVE, *(_OF_PERIODS if command in SPANS else ())]
        summed = command in SPANS and not self.prefix and self.element in AMOUNT_UNITS
        return frozenset([*(self.prefix + one for one in suffixes), *([_SUM] if summed else ())])


def readings(message: Message, received_at: datetime) -> tuple[Reading, ...]:
    """The live values (``-Rtd``, ``-ZsRtd``) in a message, for the elements the house knows.

    Means and extremes of a period are other quantities than the live value at the same time: they
    are in `periods`. A value whose flag says that it is no measurement (out of order, calibration,
    maintenance) becomes None, "no data". HJ 212 has no time of sending but QN, which is the
    request's where there was one; the frame's arrival stands for it. What is in `doubts` is left
    out.
    """
    return tuple(
        Reading(message.mn, one.element, at, one.value(_LIVE), received_at)
        for at, observations in _stated(message, received_at)
        for one in placed(observations)
        if one.states(_LIVE)
    )


def periods(message: Message, received_at: datetime) -> tuple[PeriodValue, ...]:
    """The figures of a period (``-Avg``, ``-Min``, ``-Max``, ``-Cou`` of 2031, 2051 and 2061).

    A flag that says "no measurement" leaves every figure None.
    """
    span = SPANS.get(message.cn)
    if span is None:
        return ()
    return tuple(
        PeriodValue(message.mn, one.element, span, at, *_figures_of(one))
        for at, observations in _stated(message, received_at)
        for one in placed(observations)
        if any(map(one.states, _OF_PERIODS)) or _sum(one) is not None
    )


def _figures_of(one: Placed) -> tuple[float | None, ...]:
    return (*map(one.value, _OF_PERIODS), _sum(one))


def _sum(one: Placed) -> float | None:
    if one.prefix or one.element not in AMOUNT_UNITS or not one.observation.measured:
        return None
    row = one.observation.factor
    # An amount has a unit of its own, not that of the element.
    return one._replace(to_unit=TO_AMOUNT[row]).value(_SUM) if row else None


def _stated(message: Message, received_at: datetime) -> Iterator[_Dated]:
    """What a message says of its times, those left out that cannot be believed."""
    if not reports(message):
        return
    for stated, observations in by_time(message):
        try:
            at = moment(stated)
        except Malformed:
            continue
        if at <= received_at + CLOCK_AHEAD:
            yield at, observations


def by_time(message: Message) -> Iterator[tuple[str, tuple[Observation, ...]]]:
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


def placed(observations: Iterable[Observation]) -> Iterator[Placed]:
    """Each element that is stated, once: of two codes for one the first."""
    seen: set[Element] = set()
    for one in observations:
        row = one.factor
        element = ELEMENT_OF.get(row.code) if row else None
        if row is None or element is None or element in seen:
            continue
        seen.add(element)
        yield Placed(element, one, TO_UNIT[row])
        if row.code in CONVERTED:
            yield Placed(CONVERTED[row.code], one, TO_UNIT[row], _CONVERTED)


def reports(message: Message) -> bool:
    """Data, not a question for them: a question has no factors and an answer no data."""
    row = COMMANDS.get(message.cn)
    data = message.cn.startswith("2") or message.cn == _SAMPLE_TAKEN
    return data and (row is None or row.way in (Way.UP, Way.BOTH))


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
    to_unit = float(TO_UNIT[FACTORS[CODE_OF[element]]])
    return f"{0.0 if value is None else value / to_unit:.3f}"
