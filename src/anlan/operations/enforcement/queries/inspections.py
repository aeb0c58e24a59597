"""The inspections that were recorded in cases: by day, place and sector, for the statistics."""

from datetime import date

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Substr

from anlan.operations.enforcement.models import Case
from anlan.vocabulary.areas import STREET_DIGITS

# Something was ordered, punished or proposed after the inspection.
FOUND = Q(ordered=True) | Q(summary=True) | Q(proposed=True) | Q(filed_on__isnull=False)
OF_ITS_OWN = Q(counted_as_check=False)


def inspections_in_cases(first: date, last: date) -> dict[tuple[str, str], tuple[int, int]]:
    """By township and sector ("" where the party is not in the register): how many from `first` to
    `last`, both in, and after how many of them something was found. One query.

    Not those that are the visit of a check by checklist, which counts as such.
    """
    made = Case.objects.filter(
        OF_ITS_OWN, inspected_on__gte=first, inspected_on__lte=last
    ).order_by()
    rows = made.values_list(Substr("area_code", 1, STREET_DIGITS), "sector")
    return {
        (township, sector): (made, found)
        for township, sector, made, found in rows.annotate(
            Count("pk"), found=Count("pk", filter=FOUND)
        )
    }


def inspected_in_a_case(first: date, last: date) -> Q:
    """Enterprises that were so inspected in a span of days, as a part of a question of them."""
    seen = Case.objects.filter(
        enterprise=OuterRef("pk"), inspected_on__gte=first, inspected_on__lte=last
    )
    return Q(Exists(seen))


def inspected_on(case_id: int) -> date | None:
    """The day of a case's inspection."""
    return Case.objects.filter(pk=case_id).values_list("inspected_on", flat=True).first()


def first_inspected() -> date | None:
    """The day of the first of all."""
    days = Case.objects.filter(inspected_on__isnull=False).order_by("inspected_on")
    return days.values_list("inspected_on", flat=True).first()
