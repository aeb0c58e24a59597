"""The newest value of every series, corrected by whatever came late."""

from collections.abc import Collection, Iterable, Mapping

from django.db.models import F

from anlan.operations.sensing.actions import reading_rows
from anlan.operations.sensing.models import LatestReading, Reading
from anlan.operations.sensing.queries.windows import not_wrong
from anlan.operations.sensing.rules.quality import FAR_AHEAD, far_ahead
from anlan.operations.sensing.rules.standing import Statement, one_a_moment

LOOK_BACK = 50  # readings


def refresh_latest(
    statements: Iterable[Statement],
    ranks: Mapping[int, list[str]],
    changed: Collection[int],
) -> None:
    """Bring the newest values up to date. Inside the caller's transaction.

    A device whose clock is far ahead says nothing of now.

    `ranks`: the sources of each series, the one that counts first. The series that are `changed`
    (a known moment got another value), that said "no data" or that another source spoke for are
    read again; the others can only have moved forward.
    """
    newest: dict[int, Statement] = {}
    again = set(changed)
    for said in statements:
        if far_ahead(said.at, said.received_at):
            continue
        if said.value is None or [said.source] != ranks[said.series][:1]:
            again.add(said.series)
            continue
        known = newest.get(said.series)
        if known is None or said.at > known.at:
            newest[said.series] = said
    reading_rows.raise_latest(
        [(s.series, s.at, s.value, s.source, s.received_at) for s in newest.values()
         if s.series not in again]
    )  # fmt: skip
    for series in sorted(again):
        read_again(series, ranks[series])


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
