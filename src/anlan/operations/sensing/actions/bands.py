"""The bands in which rates and conditions are quiet: kept with what was read, else forgotten."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from math import inf, isinf
from typing import NamedTuple

from anlan.operations.sensing.models import QuietBand
from anlan.operations.sensing.rules.bands import Band
from anlan.operations.sensing.rules.standing import Statement


class Kept(NamedTuple):
    """A band that is kept, and since when it holds."""

    since: datetime
    band: Band

    def holds(self, statements: Iterable[Statement]) -> bool:
        return all(
            one.at >= self.since and (one.value is None or self.band.holds(one.value))
            for one in statements
        )


def kept_bands(rules: Collection[int], series: Collection[int]) -> dict[tuple[int, int], Kept]:
    """(rule, series) -> the band that is kept of it. One query."""
    rows = QuietBand.objects.filter(rule__pk__among=rules, series__pk__among=series)
    return {
        (rule, pk): Kept(since, Band(-inf if low is None else low, inf if high is None else high))
        for rule, pk, since, low, high in rows.values_list("rule", "series", "since", "low", "high")
    }


def keep_bands(found: Mapping[int, tuple[datetime, dict[int, Band] | None]]) -> None:
    """Put what was found of each rule in the place of its bands. Two queries."""
    if not found:
        return
    QuietBand.objects.filter(rule__pk__among=found).delete()
    QuietBand.objects.bulk_create(
        [
            QuietBand(
                rule_id=rule, series_id=pk, since=since,
                low=None if isinf(band.low) else band.low,
                high=None if isinf(band.high) else band.high,
            )
            for rule, (since, bands) in found.items()
            for pk, band in (bands or {}).items()
        ]
    )  # fmt: skip


def forget_bands(series: Collection[int]) -> None:
    """Look anew at every rule that reads these series: what stands in them, or how, has changed."""
    touched = QuietBand.objects.filter(series__pk__among=series).values_list("rule", flat=True)
    QuietBand.objects.filter(rule__pk__among=list(touched)).delete()
