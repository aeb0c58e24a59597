"""The duty roster: 24 hours, two officers and a leader, two shifts a day (`domain.md` 3.4 [pv])."""

import tomllib
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from anlan.operations.duty.models import Shift
from anlan.operations.people.actions import Actor, act
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA

DAYS_AHEAD = 14


@dataclass(frozen=True, slots=True)
class NewShift:
    starts_at: datetime
    ends_at: datetime
    officers: tuple[str, ...]
    leader: str
    standby: int = 0


def plan_shift(actor: Actor, shift: NewShift) -> None:
    """Put a shift on the roster; planning the same start again replaces it."""
    with act("duty.plan_shift", actor) as this:
        row, _ = Shift.objects.update_or_create(
            starts_at=shift.starts_at,
            defaults={
                "ends_at": shift.ends_at,
                "officers": list(shift.officers),
                "leader": shift.leader,
                "standby": shift.standby,
            },
        )
        this.on("shift", row.pk, str(row))


def load_district_files(actor: Actor, folder: Path) -> int:
    """Plan the coming two weeks from the district's `duty.toml`; returns how many shifts."""
    path = folder / "duty.toml"
    if not path.exists():
        return 0
    roster = tomllib.loads(path.read_text(encoding="utf-8"))
    planned = 0
    for day in range(-1, DAYS_AHEAD):
        for number, turn in enumerate(roster["shift"]):
            crew = turn["crews"][(day + number) % len(turn["crews"])]
            starts = time.fromisoformat(turn["starts"])
            start = datetime.combine(clock.today() + timedelta(days=day), starts, CHINA)
            plan_shift(
                actor,
                NewShift(
                    start,
                    start + timedelta(hours=turn["hours"]),
                    tuple(crew["officers"]),
                    crew["leader"],
                    crew.get("standby", 0),
                ),
            )
            planned += 1
    return planned
