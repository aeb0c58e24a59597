"""Active fires seen by satellite, in the CSV columns of NASA FIRMS (VIIRS and MODIS).

Columns go by their header, for the products order them differently and some leave `instrument`
out. Times are UTC; `acq_time` is HHMM whose leading zeros may be missing ("41" is 00:41).
Confidence is a letter or a word for VIIRS and a percentage for MODIS, where FIRMS itself calls
below 30 low and from 80 high. `frp` is the fire's radiative power in MW and may be blank.
"""

import csv
import io
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

NEEDED = ("latitude", "longitude", "acq_date", "acq_time", "satellite", "confidence")
MODIS_LOW, MODIS_HIGH = 30, 80  # percent


class Confidence(StrEnum):
    LOW = "low"
    NOMINAL = "nominal"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Fire:
    """A pixel in which something burns. lon/lat WGS 84 degrees; `acquired_at` UTC.

    `stated` is the confidence as it came; `brightness_k` kelvin; `day` None where not said.
    """

    instrument: str
    satellite: str
    lon: float
    lat: float
    acquired_at: datetime
    confidence: Confidence
    stated: str
    brightness_k: float | None
    frp_mw: float | None
    day: bool | None


@dataclass(frozen=True, slots=True)
class Rejected:
    """A line (the header is 1) that says no fire, and why."""

    line: int
    reason: str


class NotFirms(ValueError):
    """The text is no table of fires: the service answers so when its key is wrong, for one."""


_LETTERS = {
    "l": Confidence.LOW, "low": Confidence.LOW, "n": Confidence.NOMINAL,
    "nominal": Confidence.NOMINAL, "h": Confidence.HIGH, "high": Confidence.HIGH,
}  # fmt: skip
_SATELLITES = {"N": "Suomi NPP", "1": "NOAA-20", "N20": "NOAA-20", "2": "NOAA-21",
               "N21": "NOAA-21", "T": "Terra", "A": "Aqua"}  # fmt: skip


def parse(text: str, most: int) -> list[Fire | Rejected]:
    """Every line of an answer, at most `most`. Raises `NotFirms` without the columns."""
    try:
        lines = csv.reader(io.StringIO(text.lstrip("\ufeff"), ""))
        header = [cell.strip().lower() for cell in next(lines, [])]
        if missing := [name for name in NEEDED if name not in header]:
            raise NotFirms(f"no column {missing[0]}: {text[:80].strip()}")
        found: list[Fire | Rejected] = []
        for number, line in enumerate(lines, 2):
            if len(found) >= most:
                break
            if line:
                found.append(_fire(number, dict(zip(header, map(str.strip, line), strict=False))))
    except csv.Error as fault:
        raise NotFirms(str(fault)) from fault
    return found


def _fire(number: int, row: Mapping[str, str]) -> Fire | Rejected:
    try:
        lat, lon = _figure(row["latitude"]), _figure(row["longitude"])
        if lat is None or lon is None or abs(lat) > 90 or abs(lon) > 180:
            return Rejected(number, "latitude, longitude")
        at = _moment(row["acq_date"], row["acq_time"])
        modis = "bright_t31" in row or row.get("instrument", "").upper() == "MODIS"
        return Fire(
            instrument="MODIS" if modis else "VIIRS",
            satellite=_SATELLITES.get(row["satellite"], row["satellite"]), lon=round(lon, 5),
            lat=round(lat, 5), acquired_at=at, confidence=_confidence(row["confidence"]),
            stated=row["confidence"],
            brightness_k=_figure(row.get("brightness") or row.get("bright_ti4") or ""),
            frp_mw=_figure(row.get("frp", "")),
            day={"D": True, "N": False}.get(row.get("daynight", "")),
        )  # fmt: skip
    except (KeyError, ValueError, OverflowError) as fault:
        return Rejected(number, str(fault))


def _moment(day: str, time: str) -> datetime:
    if not (time.isascii() and time.isdigit()) or len(time) > len("HHMM"):
        raise ValueError(f"acq_time {time!r}")
    hour, minute = divmod(int(time), 100)
    return datetime.strptime(day, "%Y-%m-%d").replace(hour=hour, minute=minute, tzinfo=UTC)


def _confidence(stated: str) -> Confidence:
    if stated.lower() in _LETTERS:
        return _LETTERS[stated.lower()]
    percent = float(stated)
    if not 0 <= percent <= 100:
        raise ValueError(f"confidence {stated!r}")
    if percent < MODIS_LOW:
        return Confidence.LOW
    return Confidence.HIGH if percent >= MODIS_HIGH else Confidence.NOMINAL


def _figure(text: str) -> float | None:
    """A finite number; blank is unknown."""
    if not text:
        return None
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"{text!r} is no number")
    return value
