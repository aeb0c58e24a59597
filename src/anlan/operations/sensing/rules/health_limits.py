"""By which limits the health of devices is judged: dated rows, each with what it rests on.

``[pv]`` marks this platform's proposals, to be verified by the district (`domain.md`); its system
administrator sets others from a day on (`HealthLimit`), for all devices, a kind or a model.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from anlan.operations.sensing.rules.mass_silence import MassLimits
from anlan.vocabulary.words import N_, NP_, Term

BATTERY = "battery"  # the alarm's rule
RECOVERED = 1.02  # [pv] of the limit, so that a battery at it is not one alarm after another


def charged(volts: float | None, limit_v: float) -> bool:
    """Is a battery that was low well again?"""
    return volts is not None and volts >= RECOVERED * limit_v


class LimitName(StrEnum):
    """What is limited; units in `LIMITS`."""

    BATTERY_V = "battery_v"  # 0: not judged
    BATTERY_MIN = "battery_min"
    SIGNAL_DBM = "signal_dbm"
    MASS_COUNT = "mass_count"
    MASS_SHARE = "mass_share"
    MASS_MIN = "mass_min"


class Meaning(NamedTuple):
    """What a limit is called, its unit, its least and greatest value, and whether it may differ by
    kind and model of device."""

    word: Term
    unit: str
    least: float
    most: float
    by_device: bool = False


LIMITS = {
    LimitName.BATTERY_V: Meaning(NP_("health limit", "Battery is low below"), "V", 0, 60, True),
    LimitName.BATTERY_MIN: Meaning(NP_("health limit", "An alarm when low for"), "min", 0, 10080),
    LimitName.SIGNAL_DBM: Meaning(NP_("health limit", "Signal is weak below"), "dBm", -150, 0),
    LimitName.MASS_COUNT: Meaning(NP_("health limit", "Silent together, at least"), "", 2, 1000),
    LimitName.MASS_SHARE: Meaning(NP_("health limit", "… of those in service"), "%", 1, 100),
    LimitName.MASS_MIN: Meaning(NP_("health limit", "… within"), "min", 1, 1440),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitRow:
    """One version of a limit; `kind` and `device_model` are empty where it is for all."""

    name: str
    value: float
    valid_from: date
    source: str
    kind: str = ""
    device_model: str = ""
    edition: int = 0
    entered_by: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        return self.name, self.kind, self.device_model

    @property
    def version(self) -> tuple[date, int]:
        return self.valid_from, self.edition


_FROM = date(2000, 1, 1)
_LEAD = N_("[pv] a 12 V lead-acid battery is nearly empty at 11.5 V")
_GROUP = N_("[pv] fewer are chance, more are one cause")
PROPOSED = (
    LimitRow(
        name=LimitName.BATTERY_V, value=0, valid_from=_FROM,
        source=N_("[pv] not judged: its supply is not known"),
    ),
    *(
        LimitRow(name=LimitName.BATTERY_V, kind=kind, value=11.5, valid_from=_FROM, source=_LEAD)
        for kind in ("stage", "rain", "weather", "water_quality", "bridge")
    ),
    LimitRow(
        name=LimitName.BATTERY_V, kind="geohazard", value=3.3, valid_from=_FROM,
        source=N_("[pv] 3.6 V lithium cells; models on 12 V need a limit of their own"),
    ),
    LimitRow(
        name=LimitName.BATTERY_MIN, value=60, valid_from=_FROM,
        source=N_("[pv] shorter dips are those of a load"),
    ),
    LimitRow(
        name=LimitName.SIGNAL_DBM, value=-95, valid_from=_FROM,
        source=N_("[pv] CSQ 9 (3GPP TS 27.007, 8.5); below, frames are lost"),
    ),
    LimitRow(name=LimitName.MASS_COUNT, value=5, valid_from=_FROM, source=_GROUP),
    LimitRow(name=LimitName.MASS_SHARE, value=50, valid_from=_FROM, source=_GROUP),
    LimitRow(name=LimitName.MASS_MIN, value=60, valid_from=_FROM, source=_GROUP),
)  # fmt: skip


class Limits:
    """The limits in force on a day."""

    def __init__(self, rows: Iterable[LimitRow], day: date) -> None:
        """Of two versions that have begun, the later counts."""
        begun = [row for row in (*PROPOSED, *rows) if row.valid_from <= day]
        self._rows = {row.key: row for row in sorted(begun, key=lambda row: row.version)}

    @property
    def rows(self) -> list[LimitRow]:
        return [row for name in LimitName for row in self._rows.values() if row.name == name]

    def of(self, name: LimitName, kind: str = "", device_model: str = "") -> LimitRow:
        """The limit for a device: that of its model, else of its kind, else of all."""
        keys = [(name, kind, device_model), (name, "", device_model), (name, kind, "")]
        found = (self._rows.get(key) for key in keys)
        return next((row for row in found if row), self._rows[name, "", ""])

    def low_battery(self, volts: float | None, kind: str, device_model: str) -> bool:
        """Is the battery low? One that says 0 V has none."""
        limit = self.of(LimitName.BATTERY_V, kind, device_model).value
        return volts is not None and 0 < volts < limit

    def weak_signal(self, dbm: float | None) -> bool:
        return dbm is not None and dbm < self.of(LimitName.SIGNAL_DBM).value

    @property
    def battery_for(self) -> timedelta:
        """How long a battery must be low for an alarm."""
        return timedelta(minutes=self.of(LimitName.BATTERY_MIN).value)

    @property
    def mass(self) -> MassLimits:
        return MassLimits(
            at_least=round(self.of(LimitName.MASS_COUNT).value),
            share=self.of(LimitName.MASS_SHARE).value / 100,
            together=timedelta(minutes=self.of(LimitName.MASS_MIN).value),
        )
