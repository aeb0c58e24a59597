"""Reporting upward: the phone call, the drafted version, the other person's signature."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from anlan.operations.deadlines.actions import close_item
from anlan.operations.incidents.actions.desk import ask_to_sign, key, meet, next_follow_up
from anlan.operations.incidents.actions.file import (
    close_incident,
    locked,
    refuse_while_held,
    write,
)
from anlan.operations.incidents.actions.sending import send_report
from anlan.operations.incidents.events import ReportSigned
from anlan.operations.incidents.models import Incident, Report
from anlan.operations.incidents.queries.reporting import obligations_of, signed_figures
from anlan.operations.incidents.rules.loss import (
    Figures,
    Finding,
    check,
    check_parts,
    figures,
)
from anlan.operations.incidents.rules.states import (
    INCIDENT,
    REPORT,
    IncidentState,
    ReportKind,
    ReportState,
)
from anlan.operations.people.actions import Actor, act
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import NoSuchStep, Refused
from anlan.vocabulary.words import N_

SIGNED_TEXTS = {
    ReportKind.FIRST: N_("First report signed, sent to %(offices)d offices"),
    ReportKind.CONTINUING: N_("Report %(number)d signed, sent to %(offices)d offices"),
    ReportKind.FINAL: N_("Final report signed, sent to %(offices)d offices"),
}


class FiguresRefused(Refused):
    """The figures contradict themselves or the version before; `findings` says where."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(N_("The figures do not agree; nothing was saved."))
        self.findings = findings


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportText:
    """What one version says. Figures by key (`rules.loss.FIELDS`); unknown is None or absent.

    `townships` breaks figures down by township code; `reason` explains drops and jumps.
    """

    figures: Mapping[str, object] = field(default_factory=dict)
    townships: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    situation: str = ""
    measures: str = ""
    reason: str = ""


def record_phone_report(actor: Actor, incident_id: int, told: str, note: str = "") -> bool:
    """The municipality was phoned: who was told what. The first call meets the 30-minute term.

    Returns False when this very call was recorded before.
    """
    with act("incidents.phone", actor) as this:
        incident = locked(incident_id)
        _refuse_unless_open(incident)
        this.on("incident", incident.pk, str(incident))
        last = incident.entries.filter(kind="phone").order_by("-id").first()
        if last is not None and (last.parameters, last.detail) == ({"told": told}, note):
            return False
        if incident.phoned_at is None:
            incident.phoned_at = clock.now()
            incident.save(update_fields=["phoned_at"])
            meet(incident, "phone")
        write(incident, actor, "phone", N_("Phoned %(told)s"), detail=note, told=told)
    return True


def report_first(actor: Actor, incident_id: int, text: ReportText) -> int:
    """Draft the first report (初报); unknown figures may stay blank. Returns the report's id."""
    return _draft(actor, incident_id, ReportKind.FIRST, text)


def report_continuing(actor: Actor, incident_id: int, text: ReportText) -> int:
    """Draft the next report (续报), even when nothing changed."""
    return _draft(actor, incident_id, ReportKind.CONTINUING, text)


def report_final(actor: Actor, incident_id: int, text: ReportText) -> int:
    """Draft the final, verified report (终报). `Refused` while a response still runs."""
    return _draft(actor, incident_id, ReportKind.FINAL, text)


def sign_report(actor: Actor, report_id: int) -> None:
    """Sign and send a draft of another person; the final one closes the file.

    Raises `Refused` for one's own draft, for one signed already, and for a final report while
    something keeps the file open.
    """
    with act("incidents.sign_report", actor) as this:
        report = _locked_report(report_id)
        incident = locked(report.incident_id)
        _report_step("sign", report)
        if actor.id is not None and actor.id == report.drafted_by_id:
            raise Refused(N_("You drafted this report; another person signs it."))
        if report.kind == ReportKind.FINAL:
            refuse_while_held(incident)
        report.state, report.signed_at = ReportState.SIGNED, clock.now()
        report.signed_by_id = actor.id
        offices = send_report(actor, incident, report)
        report.save(update_fields=["state", "signed_at", "signed_by", "mailing_id"])
        close_item(key(incident, "sign"), actor.label)
        kind = ReportKind(report.kind)
        write(incident, actor, "report", SIGNED_TEXTS[kind],
              number=report.sequence, offices=offices)  # fmt: skip
        this.on("report", report.pk, f"{incident.number}/{report.sequence}")
        this.publish(ReportSigned(incident_id=incident.pk, report_id=report.pk, kind=report.kind))
        if kind is ReportKind.FINAL:
            close_incident(actor, incident.pk)
        else:
            next_follow_up(incident, report.signed_at)


def return_report(actor: Actor, report_id: int, why: str) -> None:
    """Give a draft back in one sentence; the drafter writes a new one."""
    if not why.strip():
        raise Refused(N_("Write in one sentence why."))
    with act("incidents.return_report", actor) as this:
        report = _locked_report(report_id)
        incident = locked(report.incident_id)
        _report_step("return", report)
        report.state, report.returned_why = ReportState.RETURNED, why.strip()
        report.save(update_fields=["state", "returned_why"])
        close_item(key(incident, "sign"), actor.label)
        write(incident, actor, "report", N_("Report %(number)d returned: %(why)s"),
              number=report.sequence, why=why.strip())  # fmt: skip
        this.on("report", report.pk, f"{incident.number}/{report.sequence}")


def _draft(actor: Actor, incident_id: int, kind: ReportKind, text: ReportText) -> int:
    if actor.id is None:
        raise Refused(N_("A person writes the report."))
    now = figures(text.figures)
    parts = {code: figures(values) for code, values in text.townships.items()}
    with act("incidents.draft_report", actor) as this:
        incident = locked(incident_id)
        _refuse_unless_open(incident)
        _refuse_out_of_turn(incident, kind)
        if kind is ReportKind.FINAL:
            refuse_while_held(incident)
        _refuse_contradictions(incident, now, parts, (kind, text.reason))
        report = incident.reports.filter(state=ReportState.DRAFTED).first() or Report(
            incident=incident, sequence=_next_sequence(incident)
        )
        report.kind = kind
        report.figures = {k: str(v) for k, v in now.items() if v is not None}
        report.townships = {
            code: {k: str(v) for k, v in values.items() if v is not None}
            for code, values in parts.items()
        }
        report.situation, report.measures = text.situation, text.measures
        report.reason, report.drafted_at = text.reason, clock.now()
        report.drafted_by_id = actor.id
        report.save()
        ask_to_sign(incident, report, _due(incident))
        this.on("report", report.pk, f"{incident.number}/{report.sequence}")
        this.detail |= {"kind": kind, "figures": report.figures}
    return report.pk


def _refuse_contradictions(
    incident: Incident,
    now: Figures,
    parts: Mapping[str, Figures],
    said: tuple[ReportKind, str],
) -> None:
    kind, reason = said
    found = check(now, signed_figures(incident.pk), final=kind is ReportKind.FINAL)
    found += check_parts(now, parts)
    against = [f for f in found if f.fatal or not reason.strip()]
    if against:
        raise FiguresRefused(against)


def _refuse_out_of_turn(incident: Incident, kind: ReportKind) -> None:
    signed = incident.reports.filter(state=ReportState.SIGNED)
    first = signed.filter(kind=ReportKind.FIRST).select_related("signed_by").first()
    if kind is ReportKind.FIRST and first is not None and first.signed_at is not None:
        raise Refused(
            N_("The first report was signed by %(who)s at %(when)s; write a continuing one."),
            who=str(first.signed_by or "Anlan"),
            when=f"{first.signed_at.astimezone(clock.CHINA):%H:%M}",
        )
    if kind is not ReportKind.FIRST and first is None:
        raise Refused(N_("The initial report comes first."))


def _refuse_unless_open(incident: Incident) -> None:
    try:
        INCIDENT.step("report", incident.state)
    except NoSuchStep as fault:
        closed = incident.state == IncidentState.CLOSED
        message = N_("The file is closed.") if closed else N_("The file is not open yet.")
        raise Refused(message) from fault


def _report_step(verb: str, report: Report) -> None:
    try:
        REPORT.step(verb, report.state)
    except NoSuchStep as fault:
        if report.state == ReportState.SIGNED and report.signed_at:
            raise Refused(
                N_("Already signed by %(who)s at %(when)s."), who=str(report.signed_by or "Anlan"),
                when=f"{report.signed_at.astimezone(clock.CHINA):%H:%M}",
            ) from fault  # fmt: skip
        raise Refused(N_("This draft was returned: %(why)s"), why=report.returned_why) from fault


def _locked_report(report_id: int) -> Report:
    rows = Report.objects.select_for_update(of=("self",)).select_related("signed_by")
    return rows.get(pk=report_id)


def _next_sequence(incident: Incident) -> int:
    signed = incident.reports.filter(state=ReportState.SIGNED)
    newest = signed.order_by("-sequence").values_list("sequence", flat=True).first()
    return (newest or 0) + 1


def _due(incident: Incident) -> datetime | None:
    owed = (o for o in obligations_of(incident) if o.met_at is None and o.key != "phone")
    return min((o.due_at for o in owed), default=None)
