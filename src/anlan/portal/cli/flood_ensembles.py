"""`anlan flood ensemble`: many runs of a case, over this machine's processors or a Dask cluster."""

import argparse
import os
import sys
from functools import partial

from anlan.backbone.jobs import spread
from anlan.hazards.flood.casefile import CaseFile
from anlan.hazards.flood.ensemble import (
    Ensemble,
    Gathered,
    OtherEnsemble,
    begin,
    export_probabilities,
    gather,
    run_over,
)
from anlan.portal.cli.flood_cases import INTERRUPTED, made, read, unwritten
from anlan.portal.cli.language import _
from anlan.portal.cli.trouble import Trouble
from anlan.portal.computing import jobs_at


def run(asked: argparse.Namespace) -> int:
    """Run the members that are missing in a folder, then say what they say together."""
    case = read(asked.case)
    if case.plan is None:
        raise Trouble(_("{case}: has no [ensemble]: it does not say what to vary").format(
            case=asked.case))  # fmt: skip
    if asked.members < 2:
        raise Trouble(_("an ensemble has two members or more"))
    try:
        ensemble = begin(case, case.plan, asked.members, made(asked.out))
        faults = _run_missing(asked, ensemble)
    except OtherEnsemble as fault:
        raise Trouble(_("{folder} holds an ensemble of another case, seed or number of members; "
                        "take an empty folder").format(folder=asked.out)) from fault  # fmt: skip
    except OSError as fault:
        raise unwritten(asked.out, fault) from fault
    print(file=sys.stderr)
    for number, why in sorted(faults.items()):
        print(_("member {number}: {fault}").format(number=number, fault=why), file=sys.stderr)
    if lost := ensemble.missing():
        raise Trouble(_("{count} of {all} members are missing; the finished ones are kept, the "
                        "same command goes on with the others").format(
            count=len(lost), all=ensemble.members))  # fmt: skip
    try:
        gathered = gather(ensemble)
        maps = export_probabilities(gathered, case, asked.out)
    except OSError as fault:
        raise unwritten(asked.out, fault) from fault
    _say(case, gathered)
    print(_("{store}, {table} and {count} maps are in {folder}").format(
        store=gathered.store.name, table=gathered.table.name, count=len(maps),
        folder=asked.out))  # fmt: skip
    return 0


def _run_missing(asked: argparse.Namespace, ensemble: Ensemble) -> dict[int, str]:
    if asked.workers is not None and asked.workers < 1:
        raise Trouble(_("--workers is 1 or more"), 2)
    url = asked.jobs or os.environ.get("ANLAN_JOBS_URL", "")
    try:
        with jobs_at(url, asked.workers or os.cpu_count() or 1) as (jobs, width):
            return run_over(ensemble, partial(spread, jobs, width), told=_tell)
    except KeyboardInterrupt:
        done = ensemble.members - len(ensemble.missing())
        raise Trouble(_("stopped; {done} of {all} members are kept, the same command goes on with "
                        "the others").format(done=done, all=ensemble.members),
                      INTERRUPTED) from None  # fmt: skip


def _tell(done: int, members: int) -> None:
    told = _("{done} of {members} members").format(done=done, members=members)
    print(f"\r{told}", end="   ", file=sys.stderr, flush=True)


def _say(case: CaseFile, gathered: Gathered) -> None:
    found, cell_km2 = gathered.results, case.case.grid.cell_m**2 / 1e6
    for edge, chance in zip(found["depth_class"].values, found["exceedance_probability"].values,
                            strict=True):  # fmt: skip
        likely, sure = (float((chance >= share).sum()) * cell_km2 for share in (0.5, 0.95))
        print(_("{edge:g} m or more: on {likely:.2f} km² in half of the members, on {sure:.2f} km² "
                "in 95 %").format(edge=float(edge), likely=likely, sure=sure))  # fmt: skip
