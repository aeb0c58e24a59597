"""What somebody waits for at a district's full size: a year's full report, and a register from a
file.

The report of the whole district is asked for by the bureau and made part by part as the rounds do,
then drawn. The file has 10,000 enterprises: most are new, a tenth changes what is registered, and
every fiftieth line has a fault in a cell or in its credit code. It is sent in, looked at and taken
in as on its pages. Printed is the least processor time of this process and, on PostgreSQL, of the
one that answers it, with its share of the limit (10 s, 30 s). Times are printed, never asserted.

    python benchmarks/safety/waits.py [--postgresql] [--home FOLDER] [--lines 10000]
"""

import argparse
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import lists

from anlan.vocabulary import clock

REPORT_S, IMPORT_S = 10.0, 30.0


def measured(what: str, limit_s: float, task: Callable[[], str]) -> None:
    """Do a task once, and say how long it took and what came of it."""
    backend = lists.backend_of_database()
    began, busy = clock.stopwatch(), lists.busy_s(backend)
    said = task()
    wall, cpu = clock.stopwatch() - began, lists.busy_s(backend) - busy
    print(f"{what:<28}{wall:>8.2f}{cpu:>8.2f}{limit_s:>7.0f}{cpu / limit_s:>8.1%}  {said}")


def report() -> str:
    """A year's report from asking to both files: in how many turns of a round, the longest."""
    from anlan.backbone.jobs import Finished
    from anlan.backbone.reports import draw
    from anlan.operations.people.actions import as_actor
    from anlan.operations.people.models import Account
    from anlan.operations.statistics.actions import advance_reports, ask_report, take_report
    from anlan.operations.statistics.models import Report
    from anlan.operations.statistics.queries import Seen
    from anlan.vocabulary.periods import period

    class Here:
        """Draws in this process, so that its time is counted, too."""

        def submit(self, key: str, _function: str, arguments: Any, *, spare: bool = False) -> None:
            self.answer = Finished(key, draw(arguments))

    here: Any = Here()
    bureau, turns = Account.objects.get(username="bureau"), []
    asked = period(f"{clock.today().year}")
    pk = ask_report(as_actor(bureau), bureau.pk, Seen("500106", ""), asked)
    while not hasattr(here, "answer"):
        began = clock.stopwatch()
        advance_reports(here)
        turns.append(clock.stopwatch() - began)
    take_report(here.answer)
    row = Report.objects.get(pk=pk)
    size = (len(row.pdf) + len(row.xlsx)) // 1024
    return f"{row.state}, {row.parts} parts, {len(turns)} turns up to {max(turns):.1f} s, {size} KB"


def file_of(count: int) -> bytes:
    """A workbook as a unit sends it."""
    from django.utils import translation

    from anlan.backbone.workbooks import workbook
    from anlan.operations.registers.queries import head_of
    from anlan.operations.safety.queries.registers import ENTERPRISES

    with translation.override("zh-hans"):
        head = head_of(ENTERPRISES)
    keys = [field.key for field in ENTERPRISES.typed]
    lines = ([line.get(key, "") for key in keys] for line in _lines(count))
    return bytes(workbook("register", [head, *lines], range(1, len(head) + 1)))


def _lines(count: int) -> Iterator[dict[str, object]]:
    """What is registered of each, by the register's fields; what is not said stays empty."""
    import district

    from anlan.operations.safety.models import Enterprise

    changed = list(Enterprise.objects.filter(credit_code__startswith="91500108")[: count // 10])
    for n in range(count):
        code = changed[n].credit_code if n < len(changed) else _code(n)
        street, sector = district.street_codes()[n % district.STREETS], "industry"
        line: dict[str, object] = {
            "name": f"{district.NAMES[n % 16]}{district.TRADES[n % 8]}{n}号", "credit_code": code,
            "area_code": f"{street}001", "address": f"{n}号", "sector": sector, "scale": "small",
            "people": n % 900, "principal": "唐勇", "principal_phone": "13800138000",
            "state": "open",
        }  # fmt: skip
        if n % 100 == 7:
            line["people"] = "几十个"
        if n % 100 == 57:
            line["credit_code"] = f"{code[:-1]}{'1' if code[-1] != '1' else '2'}"
        yield line


def _code(n: int) -> str:
    from anlan.operations.safety.rules.credit_code import LETTERS, valid

    body = f"91500108{n:09d}"
    return next(body + last for last in LETTERS if valid(body + last))


def bring_in(raw: bytes) -> None:
    """Send it in and look at it, then take it in."""
    from anlan.operations.safety.models import EnterpriseFile

    client = lists.client_of("bureau")
    page: list[str] = []

    def look() -> str:
        sent = io.BytesIO(raw)
        sent.name = "register.xlsx"
        page.append(client.post("/enterprises/import", {"file": sent}).headers["Location"])
        answer = client.get(page[0])
        return f"{len(raw) // 1024} KB, page {answer.status_code}"

    def take() -> str:
        client.post(f"{page[0]}/take")
        return str(EnterpriseFile.objects.get(pk=int(page[0].rsplit("/", 1)[1])).outcome)

    measured("register sent and looked at", IMPORT_S, look)
    measured("register taken in", IMPORT_S, take)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postgresql", action="store_true", help="start a cluster for it")
    parser.add_argument("--url", help="a PostgreSQL that is there")
    parser.add_argument("--home", type=Path)
    parser.add_argument("--lines", type=int, default=10_000)
    given = parser.parse_args()
    with lists.place(given) as (home, url):
        lists.prepare(home, url)
        print(f"{'what':<28}{'wall':>8}{'cpu':>8}{'limit':>7}{'share':>8}")
        measured("report of a year", REPORT_S, report)
        bring_in(file_of(given.lines))


if __name__ == "__main__":
    main()
