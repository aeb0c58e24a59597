"""The measures behind indicators: each reads other rooms' records and names those it read.

A new measure is one function and one line in `MEASURES`; what has none says "no data".
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anlan.operations.alerts.queries import AlertRow, alerts
from anlan.operations.assessment.models import OutsideFigure
from anlan.operations.assessment.queries.accidents import (
    change_of_deaths,
    deaths_by_product,
    grave_accidents,
)
from anlan.operations.assessment.queries.evidence import Evidence, Measured
from anlan.operations.assessment.queries.qualified import certificates_held, qualified_officers
from anlan.operations.assessment.rules.lead_time import Issue, Lead, Onset, leads, mean_minutes
from anlan.operations.exercises.queries import owners
from anlan.operations.forecasts.queries import accuracy, reaches, runs
from anlan.operations.messaging.queries import Funnel, funnel
from anlan.operations.people.queries import Scope
from anlan.operations.people.queries.days import day_words, moment_words
from anlan.operations.resources.queries import resettlement_kit, shelter_totals
from anlan.operations.sensing.queries import alarms, signals, station
from anlan.vocabulary import clock
from anlan.vocabulary.areas import DISTRICT_DIGITS
from anlan.vocabulary.clock import CHINA
from anlan.vocabulary.levels import ALERT_WORDS, AlertLevel
from anlan.vocabulary.units import whole

OUT = ("PUBLISHED", "UPDATED", "LIFTED", "EXPIRED")
SHOWN = 200


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure, and whether it can be taken of a part of the district. `past`: as it stood on a
    day; None where only the present is on record."""

    of: Callable[[Scope | None], Measured]
    by_area: bool
    past: Callable[[Scope | None, date], Measured] | None = None


def whole_district(scope: Scope | None) -> bool:
    """Does this sight reach over the whole district?"""
    return scope is None or len(scope.area_prefix or "-" * 12) <= DISTRICT_DIGITS


def forecast_accuracy(scope: Scope | None, on: date | None = None) -> Measured:
    """K-14: qualified of all checked forecasts of this year; of another, of its days until `on`."""
    last = None if on is None else midnight(on + timedelta(days=1))
    found = accuracy(midnight((on or clock.today()).replace(month=1, day=1)), last)
    if not found.total:
        return Measured(None, _("No forecast of this year has been checked against observations."))
    wanted = set(found.run_ids)
    evidence = []
    for run in runs(limit=SHOWN):
        if run.id in wanted:
            checks = run.error_by_lead_time
            words = _("Forecast of %(when)s: %(qualified)d of %(total)d qualified") % {
                "when": moment_words(run.issued_at),
                "qualified": sum(one.qualified for one in checks),
                "total": len(checks),
            }
            evidence.append(Evidence(words, f"/forecasts/{run.id}"))
    share = 100 * found.qualified / found.total
    return Measured(share, "", found.qualified, found.total, evidence)


def lead_time(scope: Scope | None) -> Measured:
    """K-16 on flood alerts: how long before the observed crossing the alert was out, minutes."""
    found = leads(_onsets(scope), _issues())
    if not found:
        return Measured(None, _("No station on a forecast reach has crossed a mark this year."))
    names = {one.onset.station_code: one for one in found}
    words = {code: (row.name if (row := station(code)) else code) for code in names}
    minutes = sum(one.minutes for one in found)
    evidence = [line for one in found for line in _lead_lines(one, words[one.onset.station_code])]
    return Measured(mean_minutes(found), "", minutes, len(found), evidence)


def vehicles_located(scope: Scope | None) -> Measured:
    """K-37: vehicles located within 30 days by vehicles registered; who is missing stands first.

    Buses, coaches, dangerous goods and freight over 12 t; those of no stated class are named.
    """
    vehicles = signals()
    found = [one for one in vehicles if one.counted]
    if not found:
        return Measured(None, _("No vehicle of the classes that K-37 counts is registered."))
    missing = sorted((one for one in found if not one.located), key=lambda one: one.code)
    located = len(found) - len(missing)
    evidence = [
        Evidence(
            _("%(vehicle)s: last located %(when)s")
            % {"vehicle": one.name, "when": moment_words(one.at)}
            if one.at else _("%(vehicle)s: never located") % {"vehicle": one.name},
            f"/stations/{one.code}",
        )
        for one in missing[:SHOWN]
    ]  # fmt: skip
    evidence.append(Evidence(_("Vehicles counted: %(count)s") % {"count": whole(len(found))},
                             "/stations?kind=vehicle"))  # fmt: skip
    unknown = sum(not one.classed for one in vehicles)
    if unknown:
        evidence.append(Evidence(_("Without a stated class, not counted: %(count)s")
                                 % {"count": whole(unknown)},
                                 "/stations?kind=vehicle&class=none"))  # fmt: skip
    return Measured(100 * located / len(found), "", located, len(found), evidence)


def shelter_count(scope: Scope | None) -> Measured:
    """K-44: shelters in the register."""
    totals = shelter_totals(scope)
    line = _("%(count)s shelters, room for %(capacity)s people") % {
        "count": whole(totals.count), "capacity": whole(totals.capacity),
    }  # fmt: skip
    return Measured(totals.count, "", totals.count, None, [Evidence(line, "/shelters")])


def area_per_person(scope: Scope | None) -> Measured:
    """K-45: effective shelter area by residents."""
    figure = outside_figure("population", clock.today())
    if figure is None:
        return Measured(None, _("No population is loaded."))
    area = shelter_totals(scope).area_m2
    line = _("Effective area of all shelters: %(area)s m²") % {"area": whole(round(area))}
    people = _("Residents: %(people)s, %(source)s") % {
        "people": whole(round(figure.value)), "source": figure.source,
    }  # fmt: skip
    evidence = [Evidence(line, "/shelters"), Evidence(people, "")]
    return Measured(area / figure.value, figure.source, area, figure.value, evidence)


def exercises_held(scope: Scope | None, on: date | None = None) -> Measured:
    """K-46: owners with a comprehensive exercise this year."""
    year = (on or clock.today()).year
    found = owners(scope, year)
    if not found:
        return Measured(None, _("Nobody in sight owes an exercise."))
    met = [one for one in found if one.met]
    held = [
        Evidence(f"{one.name}: {row.name}, {day_words(row.held_on)}", f"/exercises/{row.id}")
        for one in met
        for row in one.held
    ]
    missing = [
        Evidence(_("%(owner)s: none yet") % {"owner": one.name}, f"/exercises?year={year}")
        for one in found
        if not one.met
    ]
    return Measured(100 * len(met) / len(found), "", len(met), len(found), [*missing, *held])


def people_served(scope: Scope | None) -> Measured:
    """K-47: resettled people whom the stock serves; the scarcest line decides."""
    kit = resettlement_kit()
    if not kit.lines:
        return Measured(None, _("No norm per resettled person is loaded."))
    lines = [
        Evidence(
            _("%(item)s: %(stock)s %(unit)s serve %(people)s people") % {
                "item": line.item_name, "stock": whole(round(line.stock)), "unit": line.unit,
                "people": whole(line.people),
            },
            "",
        )
        for line in kit.lines
    ]  # fmt: skip
    return Measured(kit.people, "", kit.people, None, lines)


def responsible_answers(scope: Scope | None) -> Measured:
    """Responsible persons who answered, of those who must, over this year's alerts."""
    return _receipts("responsible", lambda f: (f.must_answered, f.asked))


def household_confirmations(scope: Scope | None) -> Measured:
    """Households that confirmed, of those targeted, over this year's alerts."""
    return _receipts("households", lambda f: (f.acked, f.targeted))


MEASURES: dict[str, Measure] = {
    "K-01": Measure(deaths_by_product, by_area=False, past=deaths_by_product),
    "K-02": Measure(change_of_deaths, by_area=False, past=change_of_deaths),
    "K-03": Measure(grave_accidents, by_area=False, past=grave_accidents),
    "K-12": Measure(qualified_officers, by_area=False),
    "K-14": Measure(forecast_accuracy, by_area=False, past=forecast_accuracy),
    "K-16": Measure(lead_time, by_area=False),
    "K-37": Measure(vehicles_located, by_area=False),
    "K-39": Measure(certificates_held, by_area=False),
    "K-44": Measure(shelter_count, by_area=False),
    "K-45": Measure(area_per_person, by_area=False),
    "K-46": Measure(exercises_held, by_area=True, past=exercises_held),
    "K-47": Measure(people_served, by_area=False),
    "X-01": Measure(responsible_answers, by_area=False),
    "X-02": Measure(household_confirmations, by_area=False),
}


def outside_figure(key: str, on: date) -> OutsideFigure | None:
    """The figure in force on a day; before the first, the first."""
    rows = OutsideFigure.objects.filter(key=key).order_by("valid_from")
    return rows.filter(valid_from__lte=on).last() or rows.first()


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), CHINA)


def year_start() -> datetime:
    return midnight(date(clock.today().year, 1, 1))


def _issues() -> list[Issue]:
    return [
        Issue(row.id, row.first_id, row.level, row.published_at, row.ended_at or row.expires_at)
        for row in _alerts_out()
        if row.hazard == "flood" and row.published_at is not None
    ]


def _alerts_out() -> list[AlertRow]:
    """This year's alerts that left the house, oldest first; a test is no alert."""
    found = [row for row in alerts(None, OUT, limit=SHOWN) if row.standing != "Test"]
    return sorted(
        (r for r in found if r.published_at is not None and r.published_at >= year_start()),
        key=lambda row: row.id,
    )


def _onsets(scope: Scope | None) -> list[Onset]:
    found = []
    for code in sorted({reach.station for reach in reaches()}):
        for row in alarms(scope, station=code, since=year_start(), limit=SHOWN):
            if row.element == "stage" and row.level is not None:
                found.append(Onset(row.id, code, row.level, row.began_at))
    return found


def _lead_lines(one: Lead, name: str) -> list[Evidence]:
    told = {
        "station": name, "when": moment_words(one.onset.at), "minutes": whole(round(one.minutes)),
        "level": pgettext(*ALERT_WORDS[AlertLevel(one.onset.level)]),
    }  # fmt: skip
    if one.issue is None:
        line = _("%(station)s crossed the mark %(level)s at %(when)s unannounced: 0 min")
        return [Evidence(line % told, f"/stations/{one.onset.station_code}")]
    line = _("%(station)s crossed the mark %(level)s at %(when)s: %(minutes)s min ahead")
    told["issued"] = moment_words(one.issue.since)
    return [
        Evidence(line % told, f"/stations/{one.onset.station_code}"),
        Evidence(_("Alert published at %(issued)s") % told, f"/alerts/{one.issue.id}"),
    ]


def _receipts(kind: str, counted: Callable[[Funnel], tuple[int, int]]) -> Measured:
    rows = [row for row in _alerts_out() if kind in row.mailings]
    numerator, denominator = counted(funnel([row.mailings[kind] for row in rows]))
    if not denominator:
        return Measured(None, _("No alert of this year has asked for answers."))
    evidence = [Evidence(f"{row.number} {row.headline}", f"/alerts/{row.id}") for row in rows]
    return Measured(100 * numerator / denominator, "", numerator, denominator, evidence)
