"""Figures of whole periods and pictures, as devices stated them."""

from dataclasses import dataclass
from datetime import datetime

from anlan.operations.sensing.models import StatedPeriod, StationPicture
from anlan.vocabulary import clock


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """Mean and extremes of one period, in the element's unit; `total` as in `PeriodValue`."""

    at: datetime
    low: float | None
    mean: float | None
    high: float | None
    total: float | None
    revised: bool


@dataclass(frozen=True, slots=True)
class PictureRow:
    """A station's picture without its bytes; `size` in bytes."""

    id: int
    at: datetime
    received_at: datetime
    width: int
    height: int
    size: int
    digest: str


def stated_spans(code: str, element: str) -> list[str]:
    """The kinds of period of which the station has stated something."""
    rows = StatedPeriod.objects.filter(station__code=code, element=element)
    return sorted(rows.order_by().values_list("span", flat=True).distinct())


def stated_periods(code: str, element: str, span: str, limit: int = 24) -> list[PeriodRow]:
    """The newest periods, each with what was stated of it last."""
    rows = StatedPeriod.objects.filter(station__code=code, element=element, span=span)
    found: dict[datetime, PeriodRow] = {}
    for row in rows.order_by("-at", "received_at", "content")[: 4 * limit]:
        revised = row.at in found
        local = row.at.astimezone(clock.CHINA)
        found[row.at] = PeriodRow(local, row.low, row.mean, row.high, row.total, revised)
    return list(found.values())[:limit]


def pictures(code: str, limit: int = 12) -> list[PictureRow]:
    """A station's pictures, the last that came first."""
    rows = StationPicture.objects.filter(station__code=code).defer("body")
    return [
        PictureRow(
            row.pk, row.at.astimezone(clock.CHINA), row.received_at.astimezone(clock.CHINA),
            row.width, row.height, row.size, row.digest,
        )
        for row in rows.order_by("-received_at", "-pk")[:limit]
    ]  # fmt: skip


def picture_body(code: str, picture_id: int) -> bytes | None:
    """The bytes of a station's picture."""
    rows = StationPicture.objects.filter(station__code=code, pk=picture_id)
    body = rows.values_list("body", flat=True).first()
    return None if body is None else bytes(body)
