"""The measures of accidents, out of their register."""

from datetime import date, datetime, time

from django.utils.translation import gettext as _

from anlan.operations.accidents.queries import Counted, in_production
from anlan.operations.assessment.models import OutsideFigure
from anlan.operations.assessment.queries.evidence import Evidence, Measured
from anlan.operations.people.queries import Scope
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA

# The plan runs by the five years of the nation's plans: 2021 to 2025, 2026 to 2030.
FIRST_YEAR, YEARS = 2021, 5
GRAVE, CONSIDERABLE = 2, 3
SHOWN = 200


def deaths_by_product(scope: Scope | None) -> Measured:
    """K-01: deaths in accidents in production this year, by the district's product in 亿元."""
    today = clock.today()
    rows = OutsideFigure.objects.filter(key="gdp", valid_from__lte=today).order_by("valid_from")
    product = rows.last()
    if product is None or not product.value:
        return Measured(None, _("No gross product of the district is entered."))
    found = in_production(_first(today.year), _first(today.year + 1))
    deaths = sum(one.deaths for one in found)
    evidence = [_line(one) for one in found if one.deaths][:SHOWN]
    said = _("Gross product: %(value)s × 100 million yuan, %(source)s")
    evidence.append(Evidence(said % {"value": f"{product.value:g}", "source": product.source}, ""))
    return Measured(deaths / product.value, product.source, deaths, product.value, evidence)


def grave_accidents(scope: Scope | None) -> Measured:
    """K-03: serious and extraordinarily serious ones in five years; considerable ones beside."""
    first = FIRST_YEAR + YEARS * ((clock.today().year - FIRST_YEAR) // YEARS)
    found = in_production(_first(first), _first(first + YEARS))
    if not found:
        return Measured(None, _("No accident in production is registered in these five years."))
    grave = [one for one in found if one.level <= GRAVE]
    beside = [one for one in found if one.level == CONSIDERABLE]
    said = _("From %(first)s to %(last)s: %(n)s considerable accidents beside them") % {
        "first": first, "last": first + YEARS - 1, "n": len(beside),
    }  # fmt: skip
    lines = [_line(one) for one in (*grave, *beside)][:SHOWN]
    return Measured(len(grave), "", len(grave), None, [Evidence(said, "/accidents"), *lines])


def _line(one: Counted) -> Evidence:
    said = _("%(number)s %(title)s, %(day)s, dead: %(deaths)s")
    day = f"{one.occurred_at.astimezone(CHINA):%Y-%m-%d}"
    return Evidence(
        said % {"number": one.number, "title": one.title, "day": day, "deaths": one.deaths},
        f"/accidents/{one.id}",
    )


def _first(year: int) -> datetime:
    return datetime.combine(date(year, 1, 1), time(), CHINA)
