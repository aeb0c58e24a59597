"""The other rooms at a district's full size: three million self-checks and what stands beside them.

Tasks and checks are made by the database out of the enterprises and a small table of periods, one
statement a period, so that three million rows take minutes on SQLite and on PostgreSQL alike.
"""

import contextlib
import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection, transaction

from anlan.operations.checks.rules.cycles import period
from anlan.vocabulary import clock

# Periods an enterprise owes: 30,000 enterprises make three million tasks of a hundred.
DAYS, WEEKS, MONTHS = 30, 34, 36
CASES, TIPS, ACCIDENTS, LISTINGS, RISKS, POSTS = 8_000, 12_000, 1_500, 900, 120_000, 40_000
SEED = 2026

# Of a hundred tasks 84 are done in time, 6 late, 10 never; of a hundred checks 4 find something.
TASKS = """
INSERT INTO checks_checktask (enterprise_id, unit, area_code, sector, cycle, begins_on, due_on,
    done_at, done_on, done_by_name)
SELECT id, name, area_code, sector, %s, %s, %s,
    CASE WHEN (id * 7 + %s) %% 100 < 84 THEN {at} WHEN (id * 7 + %s) %% 100 < 90 THEN {at} END,
    CASE WHEN (id * 7 + %s) %% 100 < 84 THEN {day} WHEN (id * 7 + %s) %% 100 < 90 THEN {day} END,
    CASE WHEN (id * 7 + %s) %% 100 < 90 THEN '唐勇' ELSE '' END
FROM safety_enterprise
"""
CHECKS = """
INSERT INTO checks_checkrecord (key, task_id, enterprise_id, unit, area_code, sector, "use", cycle,
    answers, ok, not_ok, na, performed_at, kept_at, by_name,
    organisation, version, current, counts, reason)
SELECT 'seed-' || id, id, enterprise_id, unit, area_code, sector, 'self', cycle, {answers},
    12, CASE WHEN id %% 25 = 0 THEN 1 ELSE 0 END, 1, done_at, done_at, '唐勇', '', 1, {true},
    {true}, ''
FROM checks_checktask WHERE done_on IS NOT NULL AND begins_on = %s AND cycle = %s
"""
INSPECTIONS = """
INSERT INTO checks_checkrecord (key, enterprise_id, unit, area_code, sector, "use", cycle,
    answers, ok, not_ok, na, performed_at, kept_at, by_name,
    organisation, version, current, counts, reason)
SELECT 'inspected-' || %s || '-' || id, id, name, area_code, sector, 'enforcement', '', {answers},
    20, CASE WHEN (id + %s) %% 3 = 0 THEN 2 ELSE 0 END, 1, {at}, {at}, '巡查员', '', 1, {true},
    {true}, ''
FROM safety_enterprise WHERE (id * 13 + %s) %% 100 < 22
"""
ANSWERS = (
    '[{"code": "gen-exit", "version": 3, "item": 17, "text": "安全出口畅通", "choice": "ok", '
    '"note": "", "confirmed": true}]'
)


def make() -> None:
    """Fill checks, enforcement, hotline, accidents, credit, risks and posts."""
    with _without_indexes("checks_checktask", "checks_checkrecord"), transaction.atomic():
        _checks()
    dice = random.Random(SEED)
    from anlan.operations.safety.models import Enterprise

    rows = Enterprise.objects.order_by("pk").values_list("pk", "name", "area_code", "sector")
    firms = list(rows)
    for made in (_cases, _tips, _accidents, _listings, _risks, _posts):
        _in_lots(made(dice, firms))


@contextlib.contextmanager
def _without_indexes(*tables: str) -> Iterator[None]:
    """The plain indexes of these tables are made when all rows are in, which is many times faster;
    those that keep rows unique stay."""
    if connection.vendor == "sqlite":
        asked = (
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql NOT LIKE '%%UNIQUE%%'"
            " AND tbl_name = %s"
        )
    else:
        asked = (
            "SELECT indexname, indexdef FROM pg_indexes WHERE indexdef NOT LIKE '%%UNIQUE%%'"
            " AND tablename = %s"
        )
    with connection.cursor() as cursor:
        known = []
        for table in tables:
            cursor.execute(asked, [table])
            known += cursor.fetchall()
        for name, _sql in known:
            cursor.execute(f'DROP INDEX "{name}"')
        try:
            yield
        finally:
            for _name, sql in known:
                cursor.execute(sql)


def _in_lots(rows: Iterator[Any], lot: int = 5_000) -> None:
    waiting: list[Any] = []
    for row in rows:
        waiting.append(row)
        if len(waiting) == lot:
            type(row).objects.bulk_create(waiting)
            waiting = []
    if waiting:
        type(waiting[0]).objects.bulk_create(waiting)


def _checks() -> None:
    words = {"at": "%s", "day": "%s", "answers": "%s", "true": "%s"}
    if connection.vendor == "postgresql":
        words = {"at": "%s::timestamptz", "day": "%s::date", "answers": "%s::jsonb", "true": "%s"}
    with connection.cursor() as cursor:
        for n, (cycle, first, last) in enumerate(_periods(clock.today())):
            on_time, late = _noon(last), _noon(last + timedelta(days=1))
            late = min(late, clock.now())
            done = [n, on_time, n, late, n, last, n, last + timedelta(days=1), n]
            said = [cycle, first, last, *done]
            cursor.execute(TASKS.format(**words), [_bound(one) for one in said])
            cursor.execute(
                CHECKS.format(**words),
                [_bound(one) for one in (ANSWERS, True, True, first, cycle)],
            )
        for n in range(36):
            at = clock.now() - timedelta(days=30 * n + 1)
            said = [n, ANSWERS, n, at, at, True, True, n]
            cursor.execute(INSPECTIONS.format(**words), [_bound(one) for one in said])


def _bound(value: Any) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), clock.CHINA)


def _periods(today: date) -> Iterator[tuple[str, date, date]]:
    for cycle, count, step in (("daily", DAYS, 1), ("weekly", WEEKS, 7), ("monthly", MONTHS, 28)):
        first, last = period(cycle, today)
        for _n in range(count):
            first, last = period(cycle, first - timedelta(days=1 if step > 1 else step))
            yield cycle, first, last


def _when(dice: random.Random) -> datetime:
    return clock.now() - timedelta(days=1095 * dice.random())


def _cases(dice: random.Random, firms: list[Any]) -> Iterator[Any]:
    from anlan.operations.enforcement.models import Case

    states = ("ARCHIVED", "ARCHIVED", "ARCHIVED", "FILED", "INVESTIGATED", "DECIDED", "SERVED")
    for n in range(CASES):
        pk, name, area, _sector = dice.choice(firms)
        at, state = _when(dice), dice.choice(states)
        over = state in ("ARCHIVED", "DECIDED", "SERVED")
        yield Case(
            number=f"{at.year}-{n:05d}", key=f"seed-{n}", title="未按规定设置安全警示标志",
            unit="bureau", area_code=area, party_kind="unit", party=name, enterprise_id=pk,
            state=state, opened_at=at, closed_at=at if state == "ARCHIVED" else None,
            due_on=None if state == "ARCHIVED" else at.date() + timedelta(days=60),
            decided_on=at.date() + timedelta(days=40) if over else None,
            fine=dice.choice((5000, 20000, 50000)) if over else 0,
        )  # fmt: skip


def _tips(dice: random.Random, firms: list[Any]) -> Iterator[Any]:
    from anlan.operations.hotline.models import Tip

    for n in range(TIPS):
        pk, name, area, sector = dice.choice(firms)
        at, state = _when(dice), dice.choice(("CLOSED",) * 6 + ("RECEIVED", "ACCEPTED", "VERIFIED"))
        yield Tip(
            number=f"J{at.year}{n:06d}", key=f"seed-{n}", query_digest=f"seed-{n}",
            channel=dice.choice(("phone", "web", "qr")), kind=dice.choice(("danger", "illegal")),
            matter="车间通道堆满货物，消防栓被挡住。", accused=name, place="一车间",
            enterprise_id=pk, area_code=area, sector=sector, state=state, received_at=at,
            unit="bureau", due_on=at.date() + timedelta(days=60),
            closed_at=at if state == "CLOSED" else None,
            verdict=dice.choice(("TRUE", "FALSE", "PARTLY")) if state == "CLOSED" else "",
        )  # fmt: skip


def _accidents(dice: random.Random, firms: list[Any]) -> Iterator[Any]:
    from anlan.operations.accidents.models import Accident

    for n in range(ACCIDENTS):
        pk, name, area, sector = dice.choice(firms)
        at, deaths = _when(dice), dice.choice((0, 0, 0, 0, 0, 0, 0, 1))
        yield Accident(
            number=f"S{at.year}{n:05d}", key=f"seed-{n}", title="高处坠落", enterprise_id=pk,
            unit=name, area_code=area, sector=sector, category="industry", kind="01",
            occurred_at=at, known_at=at, reported_at=at, deaths=deaths, serious=1, level=4,
            state=dice.choice(("CLOSED", "CLOSED", "CLOSED", "INVESTIGATING")),
        )  # fmt: skip


def _listings(dice: random.Random, firms: list[Any]) -> Iterator[Any]:
    from anlan.operations.credit.models import Listing

    for pk, name, _area, _sector in dice.sample(firms, LISTINGS):
        at = _when(dice)
        yield Listing(
            enterprise_id=pk, name=name, credit_code=f"91500106MA{pk:08d}",
            facts="重大隐患逾期未改", basis="安全生产法", months=12, noticed_at=at,
            state=dice.choice(("LISTED", "REMOVED")),
            object_by=at.date(), entered_on=at.date(), until=at.date() + timedelta(days=365),
        )  # fmt: skip


def _risks(dice: random.Random, firms: list[Any]) -> Iterator[Any]:
    from anlan.operations.risks.models import RiskPoint

    for n in range(RISKS):
        pk, name, area, sector = firms[n % len(firms)]
        level = dice.choice((1, 2, 2, 3, 3, 3, 4, 4, 4, 4))
        yield RiskPoint(
            enterprise_id=pk, unit=name, area_code=area, sector=sector,
            name=f"{dice.choice(('打磨间', '配电房', '油库', '行车'))}{n}",
            kind="place", hazards="粉尘积聚遇火源爆炸", level=level, confirmed_level=level,
            state=dice.choice(("CONTROLLED", "CONTROLLED", "ASSESSED")), found_at=clock.now(),
            review_on=clock.today() + timedelta(days=dice.randint(-30, 330)), responsible="唐勇",
        )  # fmt: skip


def _posts(dice: random.Random, firms: list[Any]) -> Iterator[Any]:
    from anlan.operations.posts.models import Post

    for n in range(POSTS):
        pk, _name, _area, _sector = firms[n % len(firms)]
        yield Post(
            enterprise_id=pk, name=f"{dice.choice(('电工', '焊工', '叉车工', '巡检'))}{n}岗",
            opened_at=clock.now(),
        )  # fmt: skip
