"""How long the night's work of the checks takes for a whole district: tasks, desks, streets.

Streets and the bureau have planned their inspections. Every enterprise is claimed, so that each
has an item on a desk. The first night makes the tasks of all cycles and plans; the second only the
daily ones, and finds all of the first day missed; asked once more it does nothing. Printed is what
was made, the time on the wall and of the processor, and the latter's share of the limit (60 s a
night). Times are printed, never asserted.

    python benchmarks/safety/night.py [--enterprises 30000]
"""

import argparse
import os
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from time import process_time

from anlan.vocabulary import clock

LIMIT_S = 60.0


def prepare(enterprises: int) -> None:
    """A fresh database with the district, its item library and one account that claimed all."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anlan.portal.settings")
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    if "readings" in settings.DATABASES:
        call_command("migrate", database="readings", verbosity=0)
    import district

    from anlan.operations.checks.actions import put_item
    from anlan.operations.checks.actions.district import ORDINARY
    from anlan.operations.people.actions import PLATFORM
    from anlan.operations.people.models import Account
    from anlan.operations.safety.models import Enterprise, Membership

    district.make(enterprises, dangers=0)
    for cycle in ("daily", "weekly", "monthly"):
        put_item(PLATFORM, ORDINARY | {"code": cycle, "text": cycle, "basis": "AQF",
                                       "clause": "41", "cycle": cycle})  # fmt: skip
    owner = Account.objects.get(username="bureau")
    since = clock.now()
    _plans(since)
    Membership.objects.bulk_create(
        Membership(enterprise_id=pk, account=owner, since=since)
        for pk in Enterprise.objects.values_list("pk", flat=True)
    )


def _plans(since: datetime) -> None:
    """Every street plans to see all of its enterprises once a year, the bureau reds each month."""
    import district

    from anlan.operations.checks.models import InspectionPlan

    plans = [(code, "", "12") for code in district.street_codes()] + [("500106", "1", "1")]
    InspectionPlan.objects.bulk_create(
        InspectionPlan(organisation=code, name=f"{code} {months}", area_code=code, level=level,
                       months=months, made_at=since, by_name="bureau")
        for code, level, months in plans
    )  # fmt: skip


def nights() -> None:
    from anlan.operations.checks.actions import make_tasks

    start = clock.now().replace(hour=0, minute=5)
    named = (("first night", 0), ("second night", 1), ("asked again", 1))
    for name, days in named:
        clock.use(clock.DrillClock(start + timedelta(days=days)))
        began, busy = clock.stopwatch(), process_time()
        made = make_tasks()
        took, cpu = clock.stopwatch() - began, process_time() - busy
        print(
            f"{name:<14}{made:>8} tasks {took:7.2f} s, {cpu:6.2f} s of a processor"
            f" {cpu / LIMIT_S:6.1%}",
            flush=True,
        )


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--enterprises", type=int, default=30_000)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ANLAN_HOME"] = str(Path(folder))
        prepare(given.enterprises)
        nights()


if __name__ == "__main__":
    main()
