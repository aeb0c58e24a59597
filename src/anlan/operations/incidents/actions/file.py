"""Opening, settling and closing an event file."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anlan.operations.alerts.queries import AlertRow, alert
from anlan.operations.incidents.actions.desk import (
    ask_to_open,
    clear,
    link,
    meet,
    set_term,
    start_terms,
)
from anlan.operations.incidents.events import IncidentClosed, IncidentOpened, IncidentProposed
from anlan.operations.incidents.models import Entry, Incident
from anlan.operations.incidents.queries.reporting import terms_on
from anlan.operations.incidents.rules.states import (
    HAZARD_WORDS,
    INCIDENT,
    IncidentState,
    ReportKind,
    ReportState,
)
from anlan.operations.people.actions import PLATFORM, Actor, act
from anlan.operations.people.queries.days import full_day_words
from anlan.operations.territory.queries import area_names
from anlan.vocabulary import clock
from anlan.vocabulary.areas import DISTRICT_DIGITS, STREET_DIGITS, area_code
from anlan.vocabulary.transitions import NoSuchStep, Refused
from anlan.vocabulary.words import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class NewIncident:
    """An emergency that no alert announced: what, where, when it happened and was known."""

    title: str
    hazard: str
    area_code: str
    known_at: datetime
    occurred_at: datetime | None = None


def propose_incident(alert_id: int) -> int | None:
    """Ask a person to open a file for the alert's chain; returns the file's id.

    Called again for the same chain it changes nothing, unless the file was declined before: then
    it asks again. None when there is no such alert.
    """
    found = alert(alert_id)
    if found is None:
        return None
    incident = Incident.objects.filter(alert_first_id=found.first_id).first()
    if incident is not None and incident.state != IncidentState.DECLINED:
        return incident.pk
    with act("incidents.propose", PLATFORM) as this:
        if incident is None:
            incident = Incident.objects.create(
                title=_title(found), hazard=found.hazard, standing=settings.ANLAN_STANDING,
                area_code=found.area_code[:DISTRICT_DIGITS], alert_id=alert_id,
                alert_first_id=found.first_id, known_at=clock.now(),
            )  # fmt: skip
        else:
            INCIDENT.step("propose again", incident.state)
            incident.state, incident.alert_id = IncidentState.PROPOSED, alert_id
            incident.known_at, incident.title = clock.now(), _title(found)
            incident.save()
        ask_to_open(incident)
        this.on("incident", incident.pk, str(incident))
        this.publish(IncidentProposed(incident_id=incident.pk, alert_id=alert_id))
    return incident.pk


def propose_for_sign(number: str, hazard: str, area_code: str, link: str) -> int:
    """A sign that was found true asks a person to open a file; returns the file's id.

    A file of the hazard in this street that is proposed or open already is told of it instead, and
    of one report once.
    """
    text = N_("Report %(number)s to 12350 was verified: a sign of this hazard")
    told = Entry.objects.filter(kind="sign", parameters={"number": number}).first()
    if told is not None:
        return told.incident_id
    with act("incidents.propose", PLATFORM) as this:
        incident = Incident.objects.filter(
            hazard=hazard, area_code__in=(area_code[:DISTRICT_DIGITS], area_code[:STREET_DIGITS]),
            state__in=(IncidentState.PROPOSED, IncidentState.OPEN),
        ).order_by("-pk").first()  # fmt: skip
        if incident is None:
            incident = Incident.objects.create(
                title=_name(hazard, area_code[:STREET_DIGITS]), hazard=hazard,
                standing=settings.ANLAN_STANDING, area_code=area_code[:STREET_DIGITS],
                known_at=clock.now(),
            )  # fmt: skip
            ask_to_open(incident)
        Entry.objects.create(
            incident=incident, at=clock.now(), kind="sign", text=text,
            parameters={"number": number}, link=link,
        )  # fmt: skip
        this.on("incident", incident.pk, str(incident))
    return incident.pk


def open_incident(actor: Actor, incident_id: int) -> str:
    """Open a proposed file: it gets its number, the reporting terms start. Returns the number.

    Raises `Refused` when it is open already (saying by whom) or was declined.
    """
    with act("incidents.open", actor) as this:
        incident = locked(incident_id)
        _step("open", incident)
        _open(actor, incident)
        this.on("incident", incident.pk, str(incident))
        this.publish(_opened(incident))
    return incident.number


def open_new_incident(actor: Actor, new: NewIncident) -> int:
    """Open a file that no alert proposed; returns its id. The same words twice open one file."""
    HAZARD_WORDS[new.hazard]
    same = Incident.objects.filter(
        title=new.title, area_code=area_code(new.area_code), known_at=new.known_at
    ).first()
    if same is not None:
        return same.pk
    if new.known_at > clock.now() or (new.occurred_at and new.occurred_at > new.known_at):
        raise Refused(N_("It happened, then it was known, then it is reported: check the times."))
    with act("incidents.open", actor) as this:
        incident = Incident(
            title=new.title, hazard=new.hazard, area_code=area_code(new.area_code),
            standing=settings.ANLAN_STANDING, known_at=new.known_at, occurred_at=new.occurred_at,
        )  # fmt: skip
        incident.save()
        _open(actor, incident)
        this.on("incident", incident.pk, str(incident))
        this.publish(_opened(incident))
    return incident.pk


def decline_incident(actor: Actor, incident_id: int, reason: str) -> None:
    """No file is needed, in one sentence why. Raises `Refused` without it or when it is open."""
    if not reason.strip():
        raise Refused(N_("Write in one sentence why."))
    with act("incidents.decline", actor) as this:
        incident = locked(incident_id)
        _step("decline", incident)
        incident.state, incident.reason = IncidentState.DECLINED, reason.strip()
        incident.save(update_fields=["state", "reason"])
        clear(incident)
        this.on("incident", incident.pk, str(incident))
        this.detail["reason"] = reason.strip()


def settle_incident(actor: Actor, incident_id: int) -> None:
    """The event is stable: follow-ups stop, the verified final report is owed within 10 days."""
    with act("incidents.settle", actor) as this:
        incident = locked(incident_id)
        this.on("incident", incident.pk, str(incident))
        if incident.state != IncidentState.OPEN or incident.stable_at is not None:
            return
        incident.stable_at = clock.now()
        incident.save(update_fields=["stable_at"])
        meet(incident, "follow_up")
        days = terms_on(incident.stable_at.date()).final_days
        set_term(incident, "final", incident.stable_at + timedelta(days=days))
        write(incident, actor, "state", N_("The event is stable"))


def close_incident(actor: Actor, incident_id: int) -> None:
    """Close a file whose final report is signed and that nothing keeps open; else `Refused`."""
    with act("incidents.close", actor) as this:
        incident = locked(incident_id)
        _step("close", incident)
        refuse_while_held(incident)
        finals = incident.reports.filter(kind=ReportKind.FINAL, state=ReportState.SIGNED)
        if not finals.exists():
            raise Refused(N_("The final report is not signed yet."))
        incident.state, incident.closed_at = IncidentState.CLOSED, clock.now()
        incident.closed_by_id = actor.id
        incident.save(update_fields=["state", "closed_at", "closed_by"])
        clear(incident)
        write(incident, actor, "state", N_("File closed"))
        this.on("incident", incident.pk, str(incident))
        this.publish(IncidentClosed(incident_id=incident.pk))


def refuse_while_held(incident: Incident) -> None:
    """Raise `Refused` naming what keeps the file open."""
    hold = incident.holds.filter(released_at=None).order_by("since").first()
    if hold is not None:
        raise Refused(hold.reason, **hold.parameters)


def locked(incident_id: int) -> Incident:
    """The file, locked for this transaction where the database locks rows."""
    rows: QuerySet[Incident] = Incident.objects.select_for_update(of=("self",))
    return rows.select_related("opened_by", "closed_by").get(pk=incident_id)


def write(
    incident: Incident,
    actor: Actor,
    kind: str,
    text: str,
    *,
    detail: str = "",
    **parameters: object,
) -> None:
    """A line of the file's own making."""
    Entry.objects.create(
        incident=incident, at=clock.now(), kind=kind, text=text, parameters=parameters,
        detail=detail, by="" if actor.id is None else actor.label, link=link(incident),
    )  # fmt: skip


def _title(found: AlertRow) -> str:
    """Where, what and since when (沙坪坝区洪水 2020年8月18日): the alert's colour will change."""
    return _name(found.hazard, found.area_code[:DISTRICT_DIGITS])


def _name(hazard: str, code: str) -> str:
    term = HAZARD_WORDS.get(hazard)
    return _("%(area)s: %(hazard)s %(day)s") % {
        "area": area_names([code]).get(code, code),
        "hazard": pgettext(*term) if term else hazard,
        "day": full_day_words(clock.today()),
    }


def _open(actor: Actor, incident: Incident) -> None:
    now = clock.now()
    incident.number = _next_number(now.year)
    incident.state, incident.opened_at = IncidentState.OPEN, now
    incident.opened_by_id = actor.id
    incident.save()
    clear(incident)
    start_terms(incident)
    write(incident, actor, "state", N_("File opened, number %(number)s"), number=incident.number)


def _opened(incident: Incident) -> IncidentOpened:
    return IncidentOpened(
        incident_id=incident.pk, hazard=incident.hazard, area_code=incident.area_code
    )


def _next_number(year: int) -> str:
    """The next number of the year, e.g. 2020-003; the unique constraint guards against twins."""
    taken = Incident.objects.filter(number__startswith=f"{year}-").values_list("number", flat=True)
    newest = max((int(number.partition("-")[2]) for number in taken), default=0)
    return f"{year}-{newest + 1:03d}"


def _step(verb: str, incident: Incident) -> None:
    try:
        INCIDENT.step(verb, incident.state)
    except NoSuchStep as fault:
        raise _refusal(incident) from fault


def _refusal(incident: Incident) -> Refused:
    if incident.state == IncidentState.OPEN and incident.opened_at:
        return Refused(
            N_("Already opened by %(who)s at %(when)s, number %(number)s."),
            who=str(incident.opened_by or "Anlan"), number=incident.number,
            when=f"{incident.opened_at.astimezone(clock.CHINA):%H:%M}",
        )  # fmt: skip
    if incident.state == IncidentState.CLOSED and incident.closed_at:
        return Refused(
            N_("Already closed by %(who)s at %(when)s."),
            who=str(incident.closed_by or "Anlan"),
            when=f"{incident.closed_at.astimezone(clock.CHINA):%H:%M}",
        )
    if incident.state == IncidentState.DECLINED:
        return Refused(N_("Declined: %(reason)s"), reason=incident.reason)
    return Refused(N_("The file is not open yet."))
