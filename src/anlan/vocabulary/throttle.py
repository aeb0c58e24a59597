"""So many events a key and no more: for doors that anybody may knock at."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass(slots=True)
class Throttle:
    """At most `limit` events a key within `per_s` seconds, remembered for at most `keys` keys."""

    limit: int
    per_s: float
    keys: int = 10_000
    _seen: dict[str, list[datetime]] = field(default_factory=dict)

    def allow(self, key: str, now: datetime) -> bool:
        """Count one event of `key`; False when it is one too many."""
        since = now - timedelta(seconds=self.per_s)
        recent = [at for at in self._seen.pop(key, ()) if at > since]
        allowed = len(recent) < self.limit
        if allowed:
            recent.append(now)
        self._seen[key] = recent
        while len(self._seen) > self.keys:
            self._seen.pop(next(iter(self._seen)))
        return allowed

    def spent(self, key: str, now: datetime) -> bool:
        """Has `key` used up its events? Counts nothing."""
        since = now - timedelta(seconds=self.per_s)
        return sum(at > since for at in self._seen.get(key, ())) >= self.limit
