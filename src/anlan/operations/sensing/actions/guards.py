"""Which rules new readings touch, told without reading what was stored before."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from anlan.operations.sensing.actions.bands import Kept, kept_bands
from anlan.operations.sensing.models import AlarmRule
from anlan.operations.sensing.queries.rule_inputs import level_in
from anlan.operations.sensing.rules.crossings import Limit
from anlan.operations.sensing.rules.quiet import quiet
from anlan.operations.sensing.rules.rule_kinds import ALLOWS_FIGURE, LOWER, RuleKind
from anlan.operations.sensing.rules.standing import Statement

Said = Mapping[int, list[Statement]]


class Guard(NamedTuple):
    """What tells whether a new reading matters to a rule; datums and units as in the rule."""

    rule: int
    series: int
    key: str
    kind: str
    direction: str
    value: float
    datum: str
    hysteresis: float
    series_datum: str
    offset_m: float | None

    def quiet_for(self, statements: Iterable[Statement]) -> bool:
        """Do these values begin, move and end no crossing of a threshold?"""
        level = level_in(self.value, self.datum, self.series_datum, self.offset_m)
        limit = Limit(level, self.hysteresis, allowed=self.direction in ALLOWS_FIGURE)
        values = (one.value for one in statements)
        return quiet(values, limit, lower=self.direction in LOWER)


class Reader(NamedTuple):
    """A condition over several series, and one that it reads."""

    rule: int
    key: str
    series: int


def guards_of(series: Collection[int]) -> list[Guard]:
    rows = AlarmRule.objects.filter(series__pk__among=series).values_list(
        "pk", "series_id", "key", "kind", "direction", "value", "datum", "hysteresis",
        "series__datum", "station__offset_m",
    )  # fmt: skip
    return list(map(Guard._make, rows))


def readers_of(series: Collection[int]) -> list[Reader]:
    rows = AlarmRule.inputs.through.objects.filter(series__pk__among=series)
    return list(map(Reader._make, rows.values_list("alarmrule", "alarmrule__key", "series")))


def loud(
    guards: Collection[Guard], readers: Collection[Reader], said: Said, known: Collection[str]
) -> tuple[set[str], set[int]]:
    """The keys and the conditions that new readings may begin, move or end an alarm of.

    At most one query, whatever the rules reach back to: a threshold looks at the new values, a rate
    or a condition whether they stay in its bands. What has an alarm that they may move is loud.
    """
    rates = [guard for guard in guards if guard.kind == RuleKind.RATE]
    banded = {guard.rule for guard in rates} | {reader.rule for reader in readers}
    kept = kept_bands(banded, said) if banded else {}
    keys = {guard.key for guard in rates if not _calm(kept, guard.rule, guard.series, said)}
    for guard in guards:
        if guard.kind == RuleKind.MISSING:
            continue
        threshold = guard.kind == RuleKind.THRESHOLD
        if guard.key in known or (threshold and not guard.quiet_for(said[guard.series])):
            keys.add(guard.key)
    return keys, {
        reader.rule
        for reader in readers
        if reader.key in known or not _calm(kept, reader.rule, reader.series, said)
    }


def _calm(kept: Mapping[tuple[int, int], Kept], rule: int, series: int, said: Said) -> bool:
    band = kept.get((rule, series))
    return band is not None and band.holds(said[series])
