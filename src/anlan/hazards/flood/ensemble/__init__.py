"""Many runs of one case, each with its own hydrographs, roughness and breaches.

`begin` lays an ensemble out in a folder, `missing` says which members still have to run, `run_over`
runs them by whatever map function it is given, `gather` turns the members into probabilities. A
member is written when it finishes: whoever dies takes only what was under way.
"""

from anlan.hazards.flood.ensemble.draws import Drawn, draw
from anlan.hazards.flood.ensemble.gathering import STORE, Gathered, export_probabilities, gather
from anlan.hazards.flood.ensemble.members import OtherEnsemble, run_member
from anlan.hazards.flood.ensemble.running import (
    Answer,
    Ensemble,
    MapJobs,
    begin,
    run_over,
)

__all__ = [
    "STORE", "Answer", "Drawn", "Ensemble", "Gathered", "MapJobs", "OtherEnsemble", "begin", "draw",
    "export_probabilities", "gather", "run_member", "run_over",
]  # fmt: skip
