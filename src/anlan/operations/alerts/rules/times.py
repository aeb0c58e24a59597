"""When to leave, and how long an alert holds."""

from datetime import datetime, timedelta

from anlan.operations.alerts.rules.book import Hazard


def leave_by(arrival_at: datetime | None, now: datetime, before_min: float) -> datetime | None:
    """The half hour by which to have left; None means now (or no time of arrival is known)."""
    if arrival_at is None:
        return None
    latest = arrival_at - timedelta(minutes=before_min)
    half = latest.replace(minute=latest.minute // 30 * 30, second=0, microsecond=0)
    return half if half > now else None


def expires_at(crest_at: datetime | None, now: datetime, hazard: Hazard) -> datetime:
    """So long after the crest, whole hour, and never less than the least validity from now."""
    least = now + timedelta(hours=hazard.valid_at_least_h)
    after = (crest_at or now) + timedelta(hours=hazard.valid_after_crest_h)
    until = max(least, after)
    whole = until.replace(minute=0, second=0, microsecond=0)
    return whole if whole == until else whole + timedelta(hours=1)
