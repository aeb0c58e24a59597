"""What the doctor says of one thing that it looked at."""

from dataclasses import dataclass

GOOD, WARN, BAD = "good", "warn", "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `BAD` keeps the platform from working, `WARN` only part of it."""

    state: str
    subject: str
    says: str
