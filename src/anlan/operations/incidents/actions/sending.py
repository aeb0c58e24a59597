"""The signed report leaves: to the offices that the district's terms name, by messaging."""

from datetime import timedelta

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anlan.operations.incidents.models import Incident, Report, ReportingTerms
from anlan.operations.incidents.rules.loss import FIELDS, figures, written
from anlan.operations.incidents.rules.states import REPORT_WORDS, ReportKind
from anlan.operations.messaging.actions import Addressee, NewMailing, send_mailing
from anlan.operations.people.actions import Actor, seal_text
from anlan.vocabulary import clock
from anlan.vocabulary.levels import Standing

READABLE_DAYS = 30


def send_report(actor: Actor, incident: Incident, report: Report) -> int:
    """Send a signed report once; returns to how many offices (0 where none are named).

    Keeps the mailing in `report.mailing_id`; the caller saves. Written in the house's language.
    """
    day = clock.today()
    terms = ReportingTerms.on(day)
    channel = terms.channels.get(incident.standing, "") if terms else ""
    if terms is None or not terms.recipients or not channel:
        return 0
    with translation.override(settings.LANGUAGE_CODE):
        title, text = letter(incident, report)
    addressees = [
        Addressee(
            ref=f"report:{number}", label_masked=one["name"], area_code=incident.area_code,
            channel=channel, address_sealed=seal_text(one["address"]), personal={"kind": "copy"},
        )
        for number, one in enumerate(terms.recipients, 1)
    ]  # fmt: skip
    report.mailing_id = send_mailing(
        actor,
        NewMailing(
            key=f"incident-report:{report.pk}", subject_kind="incident_report",
            subject_id=str(report.pk), standing=Standing(incident.standing), level=None,
            title=title, text=text, expires_at=clock.now() + timedelta(days=READABLE_DAYS),
            addressees=addressees, page={"kind": "copy"},
        ),
    )  # fmt: skip
    return len(addressees)


def letter(incident: Incident, report: Report) -> tuple[str, str]:
    """Title and text of a report as it is sent; figures nobody knows are left out."""
    kind = pgettext(*REPORT_WORDS[ReportKind(report.kind)])
    title = _("%(kind)s %(number)s/%(version)d: %(title)s") % {
        "kind": kind, "number": incident.number, "version": report.sequence,
        "title": incident.title,
    }  # fmt: skip
    known = figures(report.figures)
    lines = [
        f"{pgettext(*f.word)} {written(known[f.key])} {pgettext(*f.unit)}"
        for f in FIELDS
        if known[f.key] is not None
    ]
    parts = [report.situation, "\n".join(lines), report.measures, report.reason]
    return title, "\n".join(part for part in parts if part)
