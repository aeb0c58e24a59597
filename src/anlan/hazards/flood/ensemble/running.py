"""An ensemble laid out in a folder, and its members run by a map function that the caller brings.

The map function takes a job by its dotted path and the arguments of each call by key, runs them
where and in whatever order it likes, and yields what comes back. `anlan.backbone.jobs.spread` is
one over a pool of processes or a cluster; a plain loop is another.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

from anlan.hazards.flood.casefile import CaseFile, Plan
from anlan.hazards.flood.ensemble.draws import Drawn, draw
from anlan.hazards.flood.ensemble.members import OtherEnsemble, fingerprint, is_whole

JOB = "anlan.hazards.flood.ensemble.run_member"
NOTE = "ensemble.json"


class Answer(Protocol):
    """What comes back of a call: an answer, or none and the fault."""

    @property
    def key(self) -> str: ...

    @property
    def answer(self) -> Mapping[str, Any] | None: ...

    @property
    def fault(self) -> str: ...


MapJobs = Callable[[str, Mapping[str, Mapping[str, Any]]], Iterable[Answer]]
Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, eq=False)
class Ensemble:
    """asked: the case; folder: of the results; plan, drawn: what the members are."""

    asked: CaseFile
    folder: Path
    plan: Plan
    drawn: Drawn
    fingerprint: str

    @property
    def members(self) -> int:
        return len(self.drawn.values)

    def missing(self) -> list[int]:
        """Members that have not finished yet, and those whose files cannot be read."""
        return [n for n in range(self.members) if not is_whole(self.folder, n)]


def begin(asked: CaseFile, plan: Plan, members: int, folder: Path) -> Ensemble:
    """Lay an ensemble out, or take up the one that lies there.

    Raises `OtherEnsemble` where the folder holds members of another case, seed or number.
    """
    made = Ensemble(asked, folder, plan, draw(plan, members), fingerprint(asked))
    note = {
        "case": asked.name, "members": members, "seed": plan.seed,
        "fingerprint": made.fingerprint, "varied": [asdict(one) for one in plan.varied],
    }  # fmt: skip
    path = folder / NOTE
    if path.exists():
        if _noted(path) != note:
            raise OtherEnsemble(f"{folder} holds another ensemble")
        return made
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(note, ensure_ascii=False, indent=1), encoding="utf-8")
    return made


def _noted(path: Path) -> Any:
    """What an ensemble says of itself; None where that cannot be read."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return None


def run_over(
    ensemble: Ensemble, map_jobs: MapJobs, *, threads: int = 1, told: Told | None = None
) -> dict[int, str]:
    """Run the members that are missing. told: how many of how many are done, after each.

    Answers what went wrong with those that did not come back; a later call tries them again.
    """
    calls = {
        str(number): {
            "case": str(ensemble.asked.path.resolve()), "folder": str(ensemble.folder.resolve()),
            "fingerprint": ensemble.fingerprint, "number": number,
            "values": ensemble.drawn.values[number].tolist(), "threads": threads,
        }
        for number in ensemble.missing()
    }  # fmt: skip
    done, faults = ensemble.members - len(calls), {}
    for back in map_jobs(JOB, calls):
        if back.answer is None:
            faults[int(back.key)] = back.fault
            continue
        done += 1
        if told is not None:
            told(done, ensemble.members)
    return faults
