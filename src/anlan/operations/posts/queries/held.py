"""The certificates that posts need of those who work at them, for the indicator K-39."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from anlan.operations.posts.models import Certificate, Worker


@dataclass(frozen=True, slots=True)
class Need:
    """An enterprise's: how many certificates its people need by their posts, how many hold."""

    enterprise_id: int
    name: str
    needed: int
    held: int


def certificates_needed(day: date) -> list[Need]:
    """By enterprise, those that lack most first. Two queries; of the whole district: whoever calls
    has found out that the reader sees it. One that has expired on `day` is not held."""
    held = defaultdict(set)
    valid = Certificate.objects.filter(replaced_at=None, expires_on__gte=day)
    for worker, kind in valid.values_list("worker", "kind"):
        held[worker].add(kind)
    workers = Worker.objects.filter(until=None, post__closed_at=None)
    counts: dict[tuple[int, str], list[int]] = defaultdict(lambda: [0, 0])
    for pk, kinds, firm, name in workers.values_list(
        "pk", "post__certificates", "post__enterprise", "post__enterprise__name"
    ):
        wanted = set(kinds)
        counts[firm, name][0] += len(wanted)
        counts[firm, name][1] += len(wanted & held[pk])
    found = [Need(*firm, needed, has) for firm, (needed, has) in counts.items() if needed]
    return sorted(found, key=lambda one: (one.held - one.needed, one.enterprise_id))
