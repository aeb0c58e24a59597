"""The bureau is told of units that fall behind: once each, until what was wrong is mended.

An alarm is an item on the bureau's desk, late from the moment that it is raised, so that it stands
among what is late on the command screen (`domain.md` 3, P-01).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from anlan.operations.deadlines.actions import NewItem, close_each, open_item
from anlan.operations.people.actions import PLATFORM, act
from anlan.operations.safety.queries.figures import late_dangers
from anlan.operations.statistics.models import SupervisionAlarm
from anlan.operations.statistics.queries.board import Units, units
from anlan.operations.statistics.queries.lines import Seen
from anlan.operations.statistics.rules.words import TITLES
from anlan.operations.territory.queries import areas
from anlan.vocabulary import clock
from anlan.vocabulary.periods import month_of, year_of
from anlan.vocabulary.words import N_

KIND = "supervision"
RIGHT = "safety.supervise"


@dataclass(frozen=True, slots=True)
class _Wanted:
    """An alarm that holds now; `since`: from when the unit is behind, None: since it was seen."""

    kind: str
    unit: str
    link: str
    parameters: Mapping[str, object]
    since: datetime | None

    @property
    def key(self) -> str:
        return f"{KIND}:{self.kind}:{self.unit}"


def tell_bureau() -> int:
    """Raise what holds and is not raised, say it anew where its figures changed, clear what is
    mended; returns how many of all."""
    districts = areas("district")
    if not districts:
        return 0
    district = districts[0].code
    wanted = {one.key: one for one in _wanted(district)}
    rows = SupervisionAlarm.objects.filter(cleared_at=None).values_list("key", "said")
    standing = dict(rows)
    fresh = [one for key, one in wanted.items() if standing.get(key) != dict(one.parameters)]
    mended = set(standing) - set(wanted)
    for one in fresh:
        _raise(one, district)
    if mended:
        with act("statistics.clear_alarms", PLATFORM) as this:
            SupervisionAlarm.objects.filter(key__in=mended, cleared_at=None).update(
                cleared_at=clock.now()
            )
            close_each(mended)
            this.on("supervision_alarm", "mended", f"{len(mended)} alarms")
            this.detail = {"keys": sorted(mended)}
    return len(fresh) + len(mended)


def _raise(one: _Wanted, district: str) -> None:
    with act("statistics.raise_alarm", PLATFORM) as this:
        said = {"link": one.link, "said": dict(one.parameters)}
        row, _new = SupervisionAlarm.objects.update_or_create(
            key=one.key, cleared_at=None, defaults=said,
            create_defaults=said | {"kind": one.kind, "unit": one.unit, "raised_at": clock.now()},
        )  # fmt: skip
        open_item(NewItem(
            key=one.key, kind=KIND, title=TITLES[one.kind], action=N_("Look into it"),
            link=one.link, right=RIGHT, area_code=district, due_at=one.since or row.raised_at,
            parameters=dict(one.parameters),
        ))  # fmt: skip
        this.on("supervision_alarm", row.pk, one.key)


def _wanted(district: str) -> list[_Wanted]:
    today = clock.today()
    of = Seen(district, "")
    year, month = units(of, year_of(today)), units(of, month_of(today))
    last = units(of, month_of(today).before)
    return [*_majors(district), *_zeros(last, month), *_caseless(last, month), *_scores(year)]


def _majors(district: str) -> list[_Wanted]:
    today, names = clock.today(), {one.code: one.name for one in areas("township")}
    found = []
    by_unit: dict[str, tuple[int, datetime]] = {}
    for one in late_dangers(district, "", today):
        if one.oldest is None:
            continue
        since = clock.end_of(one.oldest)
        n, earlier = by_unit.get(one.township, (0, since))
        by_unit[one.township] = (n + one.major, min(since, earlier))
    for unit, (n, since) in by_unit.items():
        link = "/dangers?" + urlencode({"view": "late", "grade": "MAJOR", "area_code": unit})
        found.append(_Wanted("major", unit, link, {"unit": names.get(unit, unit), "n": n}, since))
    return found


def _zeros(last: Units, month: Units) -> list[_Wanted]:
    """Units without a find in the whole of last month, as long as they have none in this one."""
    if last.counted_at is None or not last.whole.tally.found:
        return []
    still = {one.key for one in month.zero_units}
    since = clock.end_of(last.period.last)
    return [
        _Wanted("zero", one.key, one.page, {"unit": one.name, "month": last.period.key}, since)
        for one in last.zero_units if one.key in still
    ]  # fmt: skip


def _caseless(last: Units, month: Units) -> list[_Wanted]:
    """Units with officers that filed no case in the whole of last month, nor in this one; where
    nobody files here, nobody is named."""
    if not any(one.cases for one in last.enforcers):
        return []
    still = {one.code for one in month.caseless}
    since = clock.end_of(last.period.last)
    return [
        _Wanted("nocase", one.code, f"/statistics?period={last.period.key}",
                {"unit": one.name, "month": last.period.key}, since)
        for one in last.caseless if one.code in still
    ]  # fmt: skip


def _scores(year: Units) -> list[_Wanted]:
    """Units of which records speak, and badly."""
    found, limit = [], year.rule.alarm_below
    for one in (*year.townships, *year.departments):
        points = one.score.points
        if points is None or not one.tally.to_close or points >= limit:
            continue
        said = {"unit": one.name, "points": f"{points:g}", "limit": f"{limit:g}"}
        found.append(_Wanted("score", one.key, one.page, said, None))
    return found
