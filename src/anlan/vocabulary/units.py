"""Figures as a district office writes them (`ui.md` 5): real minus, commas, unit after a space.

Unknown is —, none is 0; "no data" is a sentence and stays with the page.
"""

import math

UNKNOWN = "—"
MINUS = "−"


def _signed(text: str) -> str:
    return text.replace("-", MINUS)


def stage_m(value: float | None) -> str:
    """Always two decimals; the datum is written by the caller.

    >>> stage_m(193.7)
    '193.70'
    """
    return UNKNOWN if value is None else _signed(f"{value:.2f}")


def change_m(value: float | None) -> str:
    if value is None:
        return UNKNOWN
    return _signed(f"{value:+.2f}")


def rain_mm(value: float | None) -> str:
    return UNKNOWN if value is None else f"{value:.1f}"


def flow_m3s(value: float | None) -> str:
    """Three significant figures with commas.

    >>> flow_m3s(28437.0)
    '28,400'
    """
    if value is None:
        return UNKNOWN
    if value == 0:
        return "0"
    digits = 2 - math.floor(math.log10(abs(value)))
    return _signed(f"{round(value, digits):,.{max(digits, 0)}f}")


def whole(value: int | None) -> str:
    return UNKNOWN if value is None else _signed(f"{value:,}")


def percent(part: int, of: int) -> str:
    """A share beside its counts: 2,817 / 3,482 · 81%; — where there is nothing to share."""
    return UNKNOWN if of == 0 else f"{round(100 * part / of)}%"


def area_km2(square_metres: float | None) -> str:
    return UNKNOWN if square_metres is None else f"{square_metres / 1e6:.1f}"
