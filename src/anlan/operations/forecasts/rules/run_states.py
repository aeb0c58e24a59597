"""The life of a model run: a row with a lease, carried by a pool that may die."""

from enum import StrEnum

from anlan.vocabulary.words import NP_, Term


class RunState(StrEnum):
    """QUEUED -> RUNNING -> DONE | FAILED; a lease that runs out puts RUNNING back to QUEUED."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


STATE_WORDS: dict[str, Term] = {
    RunState.QUEUED: NP_("model run", "Queued"),
    RunState.RUNNING: NP_("model run", "Computing"),
    RunState.DONE: NP_("model run", "Issued"),
    RunState.FAILED: NP_("model run", "Failed"),
}
MARKS: dict[str, str] = {
    RunState.QUEUED: "wait",
    RunState.RUNNING: "doing",
    RunState.DONE: "done",
    RunState.FAILED: "late",
}
CHECKED_LEADS_H = (1, 3, 6, 9, 12, 18, 24)
