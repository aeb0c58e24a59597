"""Keep what devices state beside readings: figures of whole periods, and pictures."""

import hashlib
from collections.abc import Sequence

from anlan.operations.sensing.models import StatedPeriod, Station, StationPicture
from anlan.protocols import jpeg
from anlan.vocabulary.frames import Frame
from anlan.vocabulary.readings import PeriodValue

MOST_PICTURES = 500  # of a station; at most 256 KiB each


def record_stated(good: Sequence[Frame]) -> None:
    """Store them once; what nobody registered is left out. Inside the caller's transaction."""
    frames = [frame for frame in good if frame.periods or frame.pictures]
    if not frames:
        return
    devices = {frame.device for frame in frames}
    known = dict(Station.objects.filter(device__in=devices).values_list("device", "pk"))
    StatedPeriod.objects.bulk_create(
        (
            StatedPeriod(
                station_id=known[one.device], element=one.element, span=one.span, at=one.at,
                source=frame.protocol, content=_content(one), low=one.low, mean=one.mean,
                high=one.high, total=one.total, received_at=frame.received_at,
            )
            for frame in frames for one in frame.periods if one.device in known
        ),
        ignore_conflicts=True,
    )  # fmt: skip
    _pictures(frames, known)


def _content(one: PeriodValue) -> str:
    figures: tuple[float | None, ...] = (one.low, one.mean, one.high)
    if one.total is not None:
        figures += (one.total,)
    return hashlib.sha256(repr(figures).encode()).hexdigest()[:16]


def _pictures(frames: Sequence[Frame], known: dict[str, int]) -> None:
    rows = []
    for frame in frames:
        for one in frame.pictures:
            pixels = jpeg.size(one.body)
            if pixels and one.device in known:
                rows.append(
                    StationPicture(
                        station_id=known[one.device], at=one.at, received_at=frame.received_at,
                        digest=hashlib.sha256(one.body).hexdigest(), body=one.body,
                        width=pixels[0], height=pixels[1], size=len(one.body),
                    )
                )  # fmt: skip
    StationPicture.objects.bulk_create(rows, ignore_conflicts=True)
    for station in {row.station_id for row in rows}:
        mine = StationPicture.objects.filter(station=station).order_by("-received_at", "-pk")
        old = list(mine.values_list("pk", flat=True)[MOST_PICTURES:][:MOST_PICTURES])
        if old:
            StationPicture.objects.filter(pk__in=old).delete()
