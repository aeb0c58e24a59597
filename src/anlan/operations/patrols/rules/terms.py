"""The figures of patrols: dated configuration of the district, each with its unit."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from anlan.operations.patrols.rules.states import Hazard, Means


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """One version of the figures.

    `least_share` %: of the points (of a post: of the signs of life) that make it complete.
    `worst_accuracy_m`: a position worse than this shows nothing. `radius_m`: of a point that says
    none. `interval_s`: between positions of a phone. `gap_min`: more without a position is a gap.
    `sign_slack_min`: how far from its time a sign of life counts. `most_kmh`: faster is doubtful,
    by means. `early_min`: how long before its time it may begin. `grace_h`: after the time is over
    records still come in, then it is missed. `confirm_days`, `ask_days`: working days to confirm,
    and to say why one was missed. `track_days`: then a track is thinned to what proves something.
    `repeat_h`: hours after which a route that an alert or a response calls out is called out again
    while that lasts, where it says none of its own. `departments`: the organisation that leads in a
    hazard.
    """

    source: str
    least_share: int
    worst_accuracy_m: int
    radius_m: int
    interval_s: int
    gap_min: int
    sign_slack_min: int
    early_min: int
    grace_h: int
    confirm_days: int
    ask_days: int
    track_days: int
    repeat_h: int
    most_kmh: Mapping[str, int]
    departments: Mapping[str, str]


_WHOLE = [one.name for one in fields(Terms) if one.type is int]


def parsed(source: str, figures: Mapping[str, Any]) -> Terms:
    """The figures as the district's file and the table keep them; raises `ValueError`,
    `KeyError`."""
    whole = {key: _whole(key, figures[key]) for key in _WHOLE}
    if whole["least_share"] > 100:
        raise ValueError(f"least_share is a share of 100, not {whole['least_share']}")
    speeds = {key: _whole(key, figures["most_kmh"][key]) for key in map(str, Means)}
    departments = {str(Hazard(key)): str(code) for key, code in figures["departments"].items()}
    return Terms(source=source, most_kmh=speeds, departments=departments, **whole)


def _whole(key: str, value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError(f"{key}: a whole number above 0, not {value!r}")
    return value
