"""When a deadline speaks, and to whom: T−3, T−1, T, then +1, +3, +7 (`domain.md` 3) [pv]."""

from datetime import date, time

# Days after the deadline, and how many steps up the chain of rights it speaks to: 0 the owner,
# 1 the owner's head, 2 the department's leader, 3 the committee office.
STAGES = ((-3, 0), (-1, 0), (0, 0), (1, 1), (3, 2), (7, 3))
NEVER = -128
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
