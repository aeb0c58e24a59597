"""What a page of a list costs at the full size of a district, in the sight of few and of all.

Each list is asked for its first and deepest page, searched, filtered and sorted, as the grid worker
of one community, a street, a department and the bureau; then the bureau's statistics. Printed is
the shortest of several turns on the wall, the least processor time (which is what says something
on a machine that others use too) with its share of the limit (150 ms a list, 500 ms the
statistics), and how many questions went to the database. Times are printed, never asserted.

    python benchmarks/safety/lists.py [--postgresql] [--home FOLDER] [--turns 5] [--explain]

A folder that was filled before is used again; filling one takes some minutes.
"""

import argparse
import contextlib
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time
from typing import Any

from anlan.vocabulary import clock

LIMIT_MS, STATISTICS_MS = 150.0, 500.0
WHO = ("grid", "street", "industry", "bureau")
READERS = {"/cases": ("office",)}  # whom nobody else's list is shown to
LISTS = {
    "/dangers": {
        "first": "view=open", "all, first": "view=", "all, deepest": "page=9999999",
        "all, middle": "page=MIDDLE", "open, deepest": "view=open&page=9999999",
        "late": "view=late", "sorted by find": "sort=-found_at&page=3",
        "by grade, deepest": "sort=-grade&page=9999999", "by number": "sort=-number",
        "filtered": "sector=fire&grade=MAJOR",
        "filtered, street": "area_code=500106009&source=patrol",
        "span of days": "found_at_since=2026-06-01&found_at_until=2026-06-30",
        "searched, rare": "q=鑫源机械厂1号", "searched, common": "q=消防",
        "searched, none": "q=没有这种", "searched, open, sorted": "view=open&q=灭火&sort=-found_at",
    },
    "/enterprises": {
        "first": "x=", "deepest": "page=9999999", "searched": "q=机械厂",
        "searched, none": "q=没有这种", "filtered": "sector=fire&scale=small",
        "sorted": "sort=-people&page=9999999", "unrated": "view=unrated",
    },
    "/checks/tasks": {
        "to do today": "view=open", "all, first": "view=", "all, deepest": "view=&page=9999999",
        "missed, deepest": "view=missed&page=9999999", "late": "view=late",
        "sorted by done": "view=&sort=-done_at&page=3", "searched": "view=&q=机械厂",
        "searched, none": "view=&q=没有这种", "filtered": "view=missed&sector=fire&cycle=weekly",
        "span of days": "view=&due_on_since=2026-06-01&due_on_until=2026-06-30&kept=late",
    },
    "/checks": {
        "first": "x=", "deepest": "page=9999999", "found": "view=found&page=9999999",
        "inspections": "view=authority&page=9999999", "searched": "q=机械厂",
        "searched, none": "q=没有这种", "filtered": "sector=fire&use=enforcement",
    },
    "/risks": {"first": "view=open", "deepest": "page=9999999", "late": "view=late",
               "searched": "q=打磨", "searched, none": "q=没有这种",
               "sorted": "sort=-name&page=9999999"},
    "/posts": {"first": "x=", "deepest": "page=9999999", "searched": "q=焊工",
               "sorted": "sort=-name"},
    "/cases": {"first": "view=open", "deepest": "page=9999999", "searched": "q=机械厂",
               "sorted": "sort=-fine"},
    "/hotline": {"first": "view=open", "deepest": "page=9999999", "searched": "q=机械厂",
                 "sorted": "sort=-received_at"},
    "/accidents": {"first": "view=open", "deepest": "page=9999999", "searched": "q=机械厂",
                   "sorted": "sort=-deaths"},
    "/credit": {"first": "x=", "all": "all="},
}  # fmt: skip
STATISTICS = {"/statistics": {"this year": "", "this month": "period=MONTH"}}


def prepare(home: Path, url: str | None) -> None:
    """The tables, filled where they are empty, with the planner's statistics."""
    os.environ["ANLAN_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "anlan.portal.settings"
    os.environ.pop("ANLAN_DATABASE_URL", None)
    if url:
        os.environ["ANLAN_DATABASE_URL"] = url
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    call_command("migrate", verbosity=0)
    if "readings" in settings.DATABASES:
        call_command("migrate", database="readings", verbosity=0)
    from anlan.operations.checks.models import CheckTask
    from anlan.operations.safety.models import Danger

    began = clock.stopwatch()
    if empty := not Danger.objects.exists():
        import district

        district.make()
    if bare := not CheckTask.objects.exists():
        import rooms

        rooms.make()
    if empty or bare:
        print(f"filled in {clock.stopwatch() - began:.0f} s", file=sys.stderr)
    from anlan.operations.safety.actions import index_words
    from anlan.operations.statistics.actions import count_months

    _to_the_end("months counted", count_months)
    _to_the_end("dangers' words indexed", lambda: index_words(20_000))
    if empty or bare:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE" if url else "ANALYZE")


def _to_the_end(word: str, part: Callable[[], int]) -> None:
    """Turn after turn of a round's part, as often as it finds something to do."""
    began, total = clock.stopwatch(), 0
    while done := part():
        total += done
    print(f"{total} {word} in {clock.stopwatch() - began:.1f} s", file=sys.stderr)


def busy_s(backend: int | None) -> float:
    """Processor time of this process and, on PostgreSQL, of the one that answers it (Linux)."""
    if backend is None:
        return process_time()
    return process_time() + int(Path(f"/proc/{backend}/schedstat").read_text().split()[0]) / 1e9


def backend_of_database() -> int | None:
    """The process of the database that this connection has, where it is one of this machine."""
    from django.db import connection

    if connection.vendor == "sqlite":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = int(cursor.fetchone()[0])
    return pid if Path(f"/proc/{pid}/schedstat").exists() else None


def ask(client: Any, address: str, turns: int) -> tuple[float, float, int, int]:
    """The shortest of `turns` and the least processor time that it took, in ms; the questions asked
    of the database; the status."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    backend = backend_of_database()

    best = least = float("inf")
    for _turn in range(turns):
        began, busy = clock.stopwatch(), busy_s(backend)
        answer = client.get(address)
        answer.getvalue()
        best = min(best, 1000 * (clock.stopwatch() - began))
        least = min(least, 1000 * (busy_s(backend) - busy))
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return best, least, len(asked), answer.status_code


def explain(client: Any, address: str) -> None:
    """Each question of a page that took more than 5 ms, with the database's plan."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    prefix = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN (ANALYZE) "
    for one in asked.captured_queries:
        if float(one["time"]) < 0.005 or not one["sql"].startswith("SELECT"):
            continue
        print(f"--- {one['time']} s\n{one['sql'][:1500]}")
        with connection.cursor() as cursor:
            cursor.execute(prefix + one["sql"].replace("%", "%%"), [])
            for row in cursor.fetchall():
                print("   ", row[-1])


def client_of(name: str) -> Any:
    from django.test import Client

    from anlan.operations.people.models import Account

    client = Client()
    client.force_login(Account.objects.get(username=name))
    return client


def measure(turns: int, who: tuple[str, ...], only: str, shown: bool) -> None:
    from anlan.operations.safety.models import Danger

    middle = Danger.objects.count() // 50
    print(
        f"{'list':<14}{'asked':<26}{'by':<10}{'wall':>7}{'cpu':>7}{'limit':>7}{'share':>7}{'queries':>9}"
    )
    for page, questions in (LISTS | STATISTICS).items():
        for name, question in questions.items():
            for one in READERS.get(page, who):
                if only and only not in f"{page} {name}":
                    continue
                asked = question.replace("MIDDLE", str(middle))
                asked = asked.replace("MONTH", f"{clock.today():%Y-%m}")
                client = client_of(one)
                ms, busy, queries, status = ask(client, f"{page}?{asked}", turns)
                limit = STATISTICS_MS if page in STATISTICS else LIMIT_MS
                said = f"{100 * busy / limit:.0f} %" if status == 200 else f"({status})"
                print(
                    f"{page:<14}{name:<26}{one:<10}{ms:>7.0f}{busy:>7.0f}{limit:>7.0f}"
                    f"{said:>7}{queries:>9}",
                    flush=True,
                )
                if shown and busy > limit / 2:
                    explain(client, f"{page}?{asked}")


@contextlib.contextmanager
def place(arguments: argparse.Namespace) -> Iterator[tuple[Path, str | None]]:
    """The installation's folder and its database's address, where that is a server's."""
    with contextlib.ExitStack() as stack:
        home = arguments.home or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = arguments.url
        if arguments.postgresql and url is None:
            sys.path.insert(0, str(Path(__file__).parents[1] / "ingest"))
            from installation import postgresql

            url, _process = stack.enter_context(postgresql(home))
        yield home, url


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postgresql", action="store_true", help="start a cluster for it")
    parser.add_argument("--url", help="a PostgreSQL that is there")
    parser.add_argument("--home", type=Path)
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--who", nargs="*", default=WHO)
    parser.add_argument("--only", default="", help="rows whose words hold this")
    parser.add_argument("--explain", action="store_true", help="plans of what is slow")
    given = parser.parse_args()
    with place(given) as (home, url):
        prepare(home, url)
        measure(given.turns, tuple(given.who), given.only, given.explain)


if __name__ == "__main__":
    main()
