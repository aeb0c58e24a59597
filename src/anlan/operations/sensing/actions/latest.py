"""The newest value of every series, corrected by whatever came late."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from operator import attrgetter

from django.db.models import F

from anlan.operations.sensing.actions import reading_rows
from anlan.operations.sensing.models import LatestReading, Reading
from anlan.operations.sensing.queries.windows import not_wrong
from anlan.operations.sensing.rules.quality import FAR_AHEAD
from anlan.operations.sensing.rules.standing import Statement, one_a_moment

LOOK_BACK = 50  # readings


def refresh_latest(
    said: Mapping[int, Sequence[Statement]],
    ranks: Mapping[int, list[str]],
    changed: Collection[int],
) -> None:
    """Bring the newest values up to date. Inside the caller's transaction.

    `said`: by series, without what a clock far ahead says: that is nothing of now. `ranks`: the
    sources of each series, the one that counts first. The series that are `changed` (a known moment
    got another value), that said "no data" or that another source spoke for are read again; the
    others can only have moved forward.
    """
    again, newest = set(changed), []
    for series, mine in said.items():
        if series in again or _unsure(mine, ranks[series]):
            again.add(series)
        else:
            newest.append(max(mine, key=attrgetter("at")))
    reading_rows.raise_latest([(s.series, s.at, s.value, s.source, s.received_at) for s in newest])
    for series in sorted(again):
        read_again(series, ranks[series])


def _unsure(said: Iterable[Statement], sources: Sequence[str]) -> bool:
    """Does a statement say "no data", or come from a source that does not count first?"""
    return any(one.value is None or [one.source] != sources[:1] for one in said)


def read_again(series: int, ranks: list[str]) -> None:
    """The newest moment whose value counts, from the readings; none is left where none has one."""
    rows = not_wrong(Reading.objects).filter(series=series, at__lte=F("received_at") + FAR_AHEAD)
    rows = rows.order_by("-at", "-source")
    place = 0
    while page := list(rows[place : place + LOOK_BACK]):
        oldest = page[-1].at
        # A moment cut in two by the page's end is looked at whole with the next page.
        whole = [row for row in page if row.at > oldest or len(page) < LOOK_BACK]
        for row in reversed(one_a_moment(whole, ranks)):
            if row.value is not None:
                LatestReading.objects.update_or_create(
                    series=series,
                    defaults={
                        "at": row.at, "value": row.value, "source": row.source,
                        "received_at": row.received_at,
                    },
                )  # fmt: skip
                return
        place += max(len(whole), 1)
    LatestReading.objects.filter(series=series).delete()
