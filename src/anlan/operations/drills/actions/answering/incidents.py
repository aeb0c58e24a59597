"""Decisions on the event file: open it, phone, report, sign, close with the final report."""

from datetime import timedelta

from anlan.operations.drills.actions.answering.proposal import Desk, Proposal
from anlan.operations.drills.rules.scenario import Decision
from anlan.operations.incidents.actions import (
    ReportText,
    open_incident,
    record_phone_report,
    report_continuing,
    report_final,
    report_first,
    sign_report,
)
from anlan.operations.incidents.queries import IncidentFile, incident, incidents, prefill, proposed
from anlan.operations.people.actions import Actor
from anlan.vocabulary import clock

# A report is written when its term is near, not a day ahead of it.
AHEAD = timedelta(hours=1)
WRITTEN = {"written", "natural", "follow_up"}
FIRST, FINAL = "first", "final"


def look() -> list[Proposal]:
    """Files to open, and what each open file waits for."""
    found = [Proposal("open_incident", f"incident:{i.id}:open", i.id, i.title) for i in proposed()]
    for row in incidents(states=["OPEN"]):
        file = incident(row.id)
        found += _of(file) if file is not None else []
    return found


def _of(file: IncidentFile) -> list[Proposal]:
    def waits(verb: str, key: str, ident: int) -> Proposal:
        return Proposal(verb, key, ident, file.row.title)

    name, found = f"incident:{file.row.id}", []
    if file.row.phoned_at is None:
        found.append(waits("phone_report", f"{name}:phone", file.row.id))
    if file.draft is not None:
        found.append(waits("sign_report", f"report:{file.draft.id}", file.draft.id))
    elif _owes_a_report(file):
        number = len(file.signed) + 1
        found.append(waits("report", f"{name}:report:{number}", file.row.id))
    elif file.row.stable_at is not None and not file.holds and file.signed:
        found.append(waits("final_report", f"{name}:final", file.row.id))
    return found


def _owes_a_report(file: IncidentFile) -> bool:
    """Whether a written report is due within the hour."""
    return any(
        o.key in WRITTEN and o.met_at is None and o.due_at - clock.now() <= AHEAD
        for o in file.obligations
    )


def _open(actor: Actor, proposal: Proposal, decision: Decision) -> None:
    open_incident(actor, proposal.ident)


def _phone(actor: Actor, proposal: Proposal, decision: Decision) -> None:
    record_phone_report(actor, proposal.ident, decision.facts["told"], decision.words)


def _report(actor: Actor, proposal: Proposal, decision: Decision) -> None:
    said = prefill(proposal.ident)
    write = report_first if said.kind == FIRST else report_continuing
    write(
        actor,
        proposal.ident,
        ReportText(
            figures=said.figures, situation=said.situation, measures=said.measures,
            reason=decision.words,
        ),
    )  # fmt: skip


def _finish(actor: Actor, proposal: Proposal, decision: Decision) -> None:
    """The records' figures, and those of the script that no record of the house can know."""
    said = prefill(proposal.ident, final=True)
    known = {key: value for key, value in said.figures.items() if value is not None}
    figures = {"affected": known.get("relocated", 0), **decision.facts, **known}
    report_final(
        actor,
        proposal.ident,
        ReportText(
            figures=figures, situation=said.situation, measures=said.measures,
            reason=decision.words,
        ),
    )  # fmt: skip


def _sign(actor: Actor, proposal: Proposal, decision: Decision) -> None:
    sign_report(actor, proposal.ident)


INCIDENTS = Desk(
    look,
    {"incidents", "alerts", "response", "deadlines"},
    {
        "open_incident": _open, "phone_report": _phone, "report": _report,
        "sign_report": _sign, "final_report": _finish,
    },
)  # fmt: skip
