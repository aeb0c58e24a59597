"""Decisions on the event file: open it, phone, report, sign, close with the final report."""

from datetime import timedelta

from anlan.operations.drills.actions.answering.proposal import Proposal, Verb
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


def _open_files() -> list[IncidentFile]:
    found = [incident(row.id) for row in incidents(states=["OPEN"])]
    return [file for file in found if file is not None]


def _to_open() -> list[Proposal]:
    return [Proposal("open_incident", f"incident:{i.id}:open", i.id, i.title) for i in proposed()]


def _open(actor: Actor, proposal: Proposal, decision: Decision) -> None:
    open_incident(actor, proposal.ident)


def _to_phone() -> list[Proposal]:
    return [
        Proposal("phone_report", f"incident:{f.row.id}:phone", f.row.id, f.row.title)
        for f in _open_files()
        if f.row.phoned_at is None
    ]


def _phone(actor: Actor, proposal: Proposal, decision: Decision) -> None:
    record_phone_report(actor, proposal.ident, decision.facts["told"], decision.words)


def _to_report() -> list[Proposal]:
    """Files that owe a written report within the hour and have no draft yet."""
    return [
        Proposal("report", f"incident:{f.row.id}:report:{len(f.signed) + 1}", f.row.id, f.row.title)
        for f in _open_files()
        if f.draft is None
        and any(
            o.key in WRITTEN and o.met_at is None and o.due_at - clock.now() <= AHEAD
            for o in f.obligations
        )
    ]


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


def _to_finish() -> list[Proposal]:
    """Files of an event that is stable, that nothing holds open and whose final is not drafted."""
    return [
        Proposal("final_report", f"incident:{f.row.id}:final", f.row.id, f.row.title)
        for f in _open_files()
        if f.row.stable_at is not None and not f.holds and f.signed and f.draft is None
    ]


def _finish(actor: Actor, proposal: Proposal, decision: Decision) -> None:
    said = prefill(proposal.ident, final=True)
    report_final(
        actor,
        proposal.ident,
        ReportText(
            figures=said.figures, situation=said.situation, measures=said.measures,
            reason=decision.words,
        ),
    )  # fmt: skip


def _to_sign() -> list[Proposal]:
    return [
        Proposal("sign_report", f"report:{f.draft.id}", f.draft.id, f.row.title)
        for f in _open_files()
        if f.draft is not None
    ]


def _sign(actor: Actor, proposal: Proposal, decision: Decision) -> None:
    sign_report(actor, proposal.ident)


INCIDENTS = (
    Verb("open_incident", _to_open, _open),
    Verb("phone_report", _to_phone, _phone),
    Verb("report", _to_report, _report),
    Verb("sign_report", _to_sign, _sign),
    Verb("final_report", _to_finish, _finish),
)
