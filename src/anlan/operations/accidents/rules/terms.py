"""Within how long an accident is entered: the district's, dated."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """`enter_hours`: from when the accident became known until it stands in the register."""

    enter_hours: int
    source: str

    @property
    def to_enter(self) -> timedelta:
        return timedelta(hours=self.enter_hours)
