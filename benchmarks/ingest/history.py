"""The newest value of every series, and a year on a chart, out of a long history.

The history is made inside the database: every series reports every five minutes. Beside it the same
two questions to a history of one row a series and of one year: what the length of the history adds.

    python benchmarks/ingest/history.py [--series 5000] [--rows 2000000]

The aim: 5,000 series over 100 million rows (`--rows 100000000`, some 8 GB and ten minutes) within
50 ms, and a year of 5-minute readings drawn within 200 ms.
"""

import argparse
import json
import os
import platform
import statistics
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from anlan.vocabulary import clock

YEAR = 365 * 288
STATION = """
INSERT INTO sensing_reading (series, at, source, value, sent_at, received_at)
WITH RECURSIVE step(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM step WHERE n + 1 < {count})
SELECT {series}, strftime('%Y-%m-%d %H:%M:%S', {epoch} + 300 * n, 'unixepoch'), 'sl651',
 180 + (n % 997) / 100.0, strftime('%Y-%m-%d %H:%M:%S', {epoch} + 300 * n, 'unixepoch'),
 strftime('%Y-%m-%d %H:%M:%S', {epoch} + 300 * n, 'unixepoch') FROM step
"""
NEWEST = """
INSERT INTO sensing_latestreading (series, at, value, source, received_at)
SELECT series, max(at), value, source, received_at FROM sensing_reading WHERE series = {series}
"""
HOURS = """
INSERT INTO sensing_rollup (series, span_s, start, count, total, low, high, last)
SELECT series, 3600, substr(at, 1, 13) || ':00:00', count(*), sum(value), min(value), max(value),
 max(value) FROM sensing_reading WHERE series = {series} GROUP BY series, substr(at, 1, 13)
"""


def prepare(folder: Path, count: int) -> list[int]:
    """An empty installation with stations of one series each; returns the series."""
    os.environ["ANLAN_HOME"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "anlan.portal.settings"
    os.environ.pop("ANLAN_DATABASE_URL", None)
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("migrate", database="readings", verbosity=0)
    from anlan.operations.people.actions import PLATFORM
    from anlan.operations.sensing.actions import NewStation, register_stations
    from anlan.operations.sensing.models import Series

    register_stations(
        PLATFORM,
        [
            NewStation(
                code=f"g{n}", name=f"g{n}", kind="stage", device=f"{n:010d}", lon=106.4, lat=29.6,
                area_code="500106", interval_s=300, datum="wusong", elements=("stage",),
            )
            for n in range(count)
        ],
        [],
    )  # fmt: skip
    return list(Series.objects.order_by("pk").values_list("pk", flat=True))


def fill(series: list[int], each: int, year: int) -> None:
    """`each` readings of every series until now, and a year of the series `year`."""
    from django.db import connections

    with connections["readings"].cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
        for one in series:
            count = YEAR if one == year else each
            epoch = int(clock.now().timestamp()) // 300 * 300 - 300 * count
            cursor.execute(STATION.format(count=count, series=one, epoch=epoch))
            cursor.execute(NEWEST.format(series=one))
        cursor.execute(HOURS.format(series=year))


def milliseconds(ask: Callable[[], object], times: int = 7) -> float:
    spent = []
    for _ in range(times):
        began = clock.stopwatch()
        ask()
        spent.append(clock.stopwatch() - began)
    return round(1000 * statistics.median(spent), 1)


def ask(series: list[int]) -> dict[str, float]:
    from anlan.operations.sensing.models import LatestReading
    from anlan.operations.sensing.queries import curve, latest

    until = clock.now()

    def newest() -> None:
        rows = LatestReading.objects.filter(series__gte=series[0], series__lte=series[-1])
        if len(list(rows.values_list("series", "at", "value"))) != len(series):
            raise SystemExit("a newest value is missing")

    def year() -> None:
        if not 1000 < len(curve("g0", "stage", until - timedelta(days=365), until).at) < 4000:
            raise SystemExit("the year was not drawn")

    codes = [f"g{n}" for n in range(min(200, len(series)))]
    return {
        "newest_ms": milliseconds(newest),
        "newest_of_200_stations_with_their_rates_ms": milliseconds(lambda: latest(codes)),
        "year_drawn_ms": milliseconds(year),
    }


def measure(count: int, rows: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="anlan-history-") as name:
        series = prepare(Path(name), count)
        began = clock.stopwatch()
        fill(series, max(1, rows // count), series[0])
        return {
            "rows": max(1, rows // count) * (count - 1) + YEAR,
            "filled_s": round(clock.stopwatch() - began, 1),
            **ask(series),
        }


def main() -> None:
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--series", type=int, default=5000)
    asked.add_argument("--rows", type=int, default=2_000_000)
    given = asked.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(json.dumps(measure(given.series, given.rows), indent=2))


if __name__ == "__main__":
    main()
