"""When a deadline speaks, and to whom: T−3, T−1, T, then +1, +3, +7 (`domain.md` 3) [pv]."""

from collections.abc import Sequence
from datetime import date, time

# Days after the deadline, and how many steps up the chain of rights it speaks to: 0 the owner,
# 1 the owner's head, 2 the department's leader, 3 the committee office.
STAGES = ((-3, 0), (-1, 0), (0, 0), (1, 1), (3, 2), (7, 3))
NEVER = -128
# From this stage on the head of the enterprise whose duty it is has been told.
HEAD = 1
# The right of the committee's office, which is told wherever it sits.
COMMITTEE = "safety.supervise"
# Nobody is reminded at night of what is due in three days [pv].
WORK_BEGINS, WORK_ENDS = time(8, 30), time(17, 30)


def stage(due_on: date, today: date) -> tuple[int, int] | None:
    """The newest stage that has come, None before T−3.

    >>> stage(date(2026, 3, 10), date(2026, 3, 8))
    (-3, 0)
    >>> stage(date(2026, 3, 10), date(2026, 3, 20))
    (7, 3)
    """
    come = [one for one in STAGES if (today - due_on).days >= one[0]]
    return come[-1] if come else None


def above(chain: Sequence[str], right: str, step: int) -> str:
    """The right in `chain` that is told at a step (1 to 3) beside who holds the item by `right`.

    Nobody is his own head: who stands in the chain is passed to the next above, and the last of the
    chain hears of it at the last step, not before. "" where nobody stands between.

    >>> chain = ("regulate", "countersign", "supervise")
    >>> [above(chain, "rectify", step) for step in (1, 2, 3)]
    ['regulate', 'countersign', 'supervise']
    >>> [above(chain, "regulate", step) for step in (1, 2, 3)]
    ['countersign', 'countersign', 'supervise']
    >>> [above(chain, "countersign", step) for step in (1, 2, 3)]
    ['', '', 'supervise']
    """
    own = max((at + 1 for at, one in enumerate(chain) if one == right), default=0)
    if own < step:
        return chain[min(step, len(chain)) - 1]
    return chain[own] if own < len(chain) - 1 else ""
