"""What other systems put: of each kind one thing of Ciqikou street, by the same source and id."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Model

from anlan.operations.accidents.api import key_of as accident_key
from anlan.operations.accidents.models import Accident
from anlan.operations.campaigns.models import Campaign, Entry
from anlan.operations.checks.models import Charge, CheckRecord, InspectionPlan, InspectionTask
from anlan.operations.chemicals.models import (
    Holding,
    IllegalActivity,
    Movement,
    Pipeline,
    Section,
    Waste,
)
from anlan.operations.credit.models import Listing
from anlan.operations.enforcement.models import Case, DiscretionRow
from anlan.operations.enforcement.models import Certificate as OfficerCertificate
from anlan.operations.insurance.models import Engagement, Policy
from anlan.operations.oversight.models import Evaluation, Review
from anlan.operations.posts.actions import meeting_key
from anlan.operations.posts.models import Certificate, Meeting, Post
from anlan.operations.responsibilities.models import Bearer, Commendation, Duty, Work
from anlan.operations.risks.models import MajorHazard, RiskPoint
from anlan.operations.safety.models import Danger, Enterprise, Supervision
from anlan.operations.safety.queries.dangers import sent_key
from anlan.vocabulary import clock

ORIGIN = ("elsewhere", "1")
NAMED: dict[str, type[Model]] = {
    "enterprise_id": Enterprise, "case_id": Case, "work_id": Work, "policy_id": Policy,
    "listing_id": Listing, "hazard_id": MajorHazard, "risk_id": RiskPoint,
    "evaluation_id": Evaluation, "entry_id": Entry, "holding_id": Holding,
    "pipeline_id": Pipeline, "section_id": Section, "waste_id": Waste, "movement_id": Movement,
    "post_id": Post, "certificate_id": Certificate, "inspection_plan_id": InspectionPlan,
    "charge_id": Charge, "bearer_id": Bearer, "duty_id": Duty, "commendation_id": Commendation,
    "engagement_id": Engagement, "review_id": Review, "campaign_id": Campaign,
}  # fmt: skip


def officers_certificate() -> int:
    """Of an officer of the bureau, by the name that the walk asks for."""
    row = OfficerCertificate.objects.get(number="walked-zhifa")
    row.source, row.source_id = ORIGIN
    row.save()
    return int(row.pk)


def discretion_row() -> int:
    """A row of the district's table, by the name that the walk asks for."""
    row = DiscretionRow.objects.latest("id")
    row.system, row.system_id = ORIGIN
    row.save()
    return int(row.pk)


def source_things(known: Mapping[str, Any]) -> None:
    """Give one of each kind the name that the walk asks for."""
    source, source_id = ORIGIN
    for name, model in NAMED.items():
        rows = model._default_manager.filter(pk=known[name])
        rows.update(source=source, source_id=source_id)
    Danger.objects.filter(pk=known["danger_id"]).update(key=sent_key(*ORIGIN))
    Accident.objects.filter(pk=known["accident_id"]).update(key=accident_key(*ORIGIN))
    Meeting.objects.filter(pk=known["meeting_id"]).update(key=meeting_key(*ORIGIN))
    checks = CheckRecord.objects.filter(pk=known["check_id"])
    checks.update(key=f"{source}:{source_id}", current=True)
    _single_check(known["enterprise_id"])
    danger, now = Danger.objects.get(pk=known["danger_id"]), clock.now()
    Supervision.objects.create(
        danger=danger, number="walked", issuer="bureau", issuer_name="走查", supervisor="走查",
        due_on=clock.today() + timedelta(days=9), notice="走查", opened_at=now, opened_by="走查",
        source=source, source_id=source_id,
    )  # fmt: skip
    IllegalActivity.objects.create(danger=danger, activity="sale", marked_at=now, marked_by="走查")


def _single_check(enterprise_id: int) -> None:
    """A check of one enterprise alone that its street has planned."""
    firm, now, today = Enterprise.objects.get(pk=enterprise_id), clock.now(), clock.today()
    place = {"area_code": firm.area_code, "sector": firm.sector, "organisation": "walked"}
    plan = InspectionPlan.objects.create(
        name="走查", enterprise=firm, due_on=today + timedelta(days=9), made_at=now, by_name="走查",
        source=ORIGIN[0], source_id=ORIGIN[1], **place,
    )  # fmt: skip
    InspectionTask.objects.create(
        plan=plan, enterprise=firm, unit=firm.name, begins_on=today, planned_on=today,
        due_on=plan.due_on, asked_until=plan.due_on, **place,
    )  # fmt: skip
