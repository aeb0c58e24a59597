"""The measures of accidents, out of their register."""

from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from anlan.operations.accidents.queries import Counted, in_production, in_use
from anlan.operations.assessment.models import OutsideFigure
from anlan.operations.assessment.queries.evidence import Evidence, Measured
from anlan.operations.people.queries import Scope
from anlan.operations.people.queries.days import day_words
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA
from anlan.vocabulary.words import N_

# The plan runs by the five years of the nation's plans: 2021 to 2025, 2026 to 2030.
FIRST_YEAR, YEARS = 2021, 5
GRAVE, CONSIDERABLE = 2, 3
SHOWN = 200
UNUSED = N_(
    "The register of accidents is not in use: none was ever entered, so it cannot say that there"
    " were none."
)


def deaths_by_product(scope: Scope | None, on: date | None = None) -> Measured:
    """K-01: deaths in accidents in production this year, by the district's product in 亿元."""
    today = on or clock.today()
    if not in_use(_after(today)):
        return Measured(None, _(UNUSED))
    rows = OutsideFigure.objects.filter(key="gdp", valid_from__lte=today).order_by("valid_from")
    product = rows.last()
    if product is None or not product.value:
        return Measured(None, _("No gross product of the district is entered."))
    found = in_production(_first(today.year), _after(today))
    deaths = sum(one.deaths for one in found)
    evidence = [_line(one) for one in found if one.deaths][:SHOWN]
    said = _("Gross product: %(value)s × 100 million yuan, %(source)s")
    evidence.append(Evidence(said % {"value": f"{product.value:g}", "source": product.source}, ""))
    return Measured(deaths / product.value, product.source, deaths, product.value, evidence)


def change_of_deaths(scope: Scope | None, on: date | None = None) -> Measured:
    """K-02: deaths in these five years against the five before, of which as large a part counts.

    Those before are the figure that the district entered (`deaths_before`, from the first day of
    these five years on), else what the register has.
    """
    today = on or clock.today()
    first = _first_year(today)
    begin, end = date(first, 1, 1), date(first + YEARS, 1, 1)
    entered = OutsideFigure.objects.filter(
        key="deaths_before", valid_from__gte=begin, valid_from__lte=today
    ).last()
    source = entered.source if entered else _("the register of accidents")
    earlier = in_production(_first(first - YEARS), _first(first))
    before = entered.value if entered else sum(one.deaths for one in earlier)
    if not before:
        return Measured(None, _("No deaths of the five years before are entered."))
    if not in_use(_after(today)):
        return Measured(None, _(UNUSED))
    part = min(1.0, ((today - begin).days + 1) / (end - begin).days)
    found = in_production(_first(first), _after(today))
    deaths, due = sum(one.deaths for one in found), before * part
    said = _(
        "From %(first)s to %(last)s: %(before)s dead, %(source)s; until today %(part)s %% count"
    )
    line = Evidence(said % {
        "first": first - YEARS, "last": first - 1, "before": f"{before:g}", "source": source,
        "part": f"{100 * part:.1f}",
    }, "")  # fmt: skip
    lines = [_line(one) for one in found if one.deaths][:SHOWN]
    return Measured(100 * (deaths - due) / due, source, deaths, due, [line, *lines])


def grave_accidents(scope: Scope | None, on: date | None = None) -> Measured:
    """K-03: serious and extraordinarily serious ones in five years; considerable ones beside.

    None in a register that is kept is a true 0, the target; an unused register says nothing.
    """
    today = on or clock.today()
    first = _first_year(today)
    if not in_use(_after(today)):
        return Measured(None, _(UNUSED))
    found = in_production(_first(first), _after(today))
    grave = [one for one in found if one.level <= GRAVE]
    beside = [one for one in found if one.level == CONSIDERABLE]
    said = _("From %(first)s to %(last)s: %(n)s considerable accidents beside them") % {
        "first": first, "last": first + YEARS - 1, "n": len(beside),
    }  # fmt: skip
    lines = [_line(one) for one in (*grave, *beside)][:SHOWN]
    return Measured(len(grave), "", len(grave), None, [Evidence(said, "/accidents"), *lines])


def _line(one: Counted) -> Evidence:
    said = _("%(number)s %(title)s, %(day)s, dead: %(deaths)s")
    day = day_words(one.occurred_at)
    return Evidence(
        said % {"number": one.number, "title": one.title, "day": day, "deaths": one.deaths},
        f"/accidents/{one.id}",
    )


def _first_year(today: date) -> int:
    """The first of the plan's five years that a day lies in."""
    return FIRST_YEAR + YEARS * ((today.year - FIRST_YEAR) // YEARS)


def _after(day: date) -> datetime:
    """The moment at which a day is over."""
    return datetime.combine(day + timedelta(1), time(), CHINA)


def _first(year: int) -> datetime:
    return datetime.combine(date(year, 1, 1), time(), CHINA)
