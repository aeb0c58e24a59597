"""Statutory statistics of dangers within sight: the list, who is late, one sheet."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet

from anlan.operations.people.queries import Scope
from anlan.operations.registers.queries import Field, Kind, Register, View
from anlan.operations.safety.queries.registers import ENTERPRISES
from anlan.operations.safety.queries.scope import enterprises_in, is_claimed, own_enterprises
from anlan.operations.safety.queries.sheet import danger_sheet
from anlan.operations.statistics.models import DangerReturn, SignedReturn
from anlan.operations.statistics.rules.returns import COUNTED, GRADES, SIGN, may_sign
from anlan.vocabulary import clock
from anlan.vocabulary.periods import Period, period
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import NP_

# Whose an enterprise is, the first that is named; else its street's.
REGULATORS = ("enterprise__sector_regulator", "enterprise__local_regulator")


def _unsigned(_scope: Scope, _day: date) -> Q:
    """Whoever is closed owes none any more."""
    return Q(signed_at=None) & ~Q(enterprise__state="closed")


def _late(scope: Scope, day: date) -> Q:
    return _unsigned(scope, day) & Q(due_on__lt=day)


def nobody_signs() -> Q:
    """Owed, and nobody has an account who could sign it."""
    claimed = Q(is_claimed(OuterRef("enterprise"), ("principal",)))
    return Q(signed_at=None) & ~Q(enterprise__state="closed") & ~claimed


def _nobodys(scope: Scope, _day: date) -> Q:
    """What its desk says of a unit of a sector or street: of the enterprises that it regulates."""
    if scope.reach in ("itself", "district"):
        return nobody_signs()
    unit, sector, street = scope.organisation or "-", *REGULATORS
    by_street = Q(**{sector: "", street: unit})
    by_place = Q(**{sector: "", street: "", "enterprise__area_code__startswith": unit})
    return nobody_signs() & (Q(**{sector: unit}) | by_street | by_place)


RETURNS = Register(
    title=NP_("register", "Statistics of dangers by enterprise"),
    order=("-due_on", "pk"),
    fields=(
        Field(key="name", word=NP_("return", "Enterprise"), typed=False, searched=True,
              sorted=True),
        Field(key="credit_code", word=NP_("return", "Credit code"), typed=False, searched=True),
        Field(key="period", word=NP_("return", "Period"), typed=False, searched=True),
        Field(key="due_on", word=NP_("return", "Owed by"), kind=Kind.DAY, typed=False,
              sorted=True, filtered=True),
        Field(key="signed_at", word=NP_("return", "Signed"), kind=Kind.MOMENT, typed=False,
              sorted=True, filtered=True),
        Field(key="enterprise__area_code", word=NP_("return", "Street or community"),
              kind=Kind.AREA, typed=False, filtered=True),
        Field(key="enterprise__sector", word=NP_("return", "Sector"), kind=Kind.CHOICE,
              choices=ENTERPRISES.field("sector").choices, typed=False, filtered=True),
    ),
    views=(
        View("late", NP_("returns view", "Late"), _late, late=True),
        View("unsigned", NP_("returns view", "To be signed"), _unsigned),
        View("nobody", NP_("returns view", "Nobody to sign"), _nobodys),
        View("signed", NP_("returns view", "Signed"),
             lambda scope, day: Q(signed_at__isnull=False)),
        View("signed_late", NP_("returns view", "Signed late"),
             lambda scope, day: Q(signed_at__isnull=False, late=True)),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReturnFile:
    """One enterprise's statistics of a period. `figures`: of the version shown, else as the records
    have them now; `changed`: the records say something else than the newest version does."""

    row: DangerReturn
    period: Period
    name: str
    credit_code: str
    principal: str
    figures: dict[str, Any]
    shown: SignedReturn | None
    versions: list[SignedReturn]
    late: bool
    may_sign: bool
    changed: bool


def returns_in(scope: Scope) -> QuerySet[DangerReturn]:
    """Those of the enterprises within sight, with name and credit code."""
    rows = DangerReturn.objects.filter(enterprise__in=enterprises_in(scope))
    return rows.annotate(name=F("enterprise__name"), credit_code=F("enterprise__credit_code"))


def figures_of(enterprise_id: int, asked: Period) -> dict[str, Any]:
    """The sheet as it is kept: by grade, and the plans of the major ones."""
    sheet = danger_sheet(enterprise_id, asked.first, asked.last)
    lines = {grade: asdict(getattr(sheet, grade)) for grade in GRADES}
    whole = {key: sum(one[key] for one in lines.values()) for key in COUNTED}
    return lines | {
        "whole": whole, "majors": sheet.majors, "planned": sheet.planned,
        "funds": f"{sheet.funds.normalize():f}",
    }  # fmt: skip


def return_file(return_id: int, scope: Scope, version: int = 0) -> ReturnFile | None:
    """The sheet within one's sight, else None; of a version where one is asked for. Six queries."""
    row = returns_in(scope).select_related("enterprise").filter(pk=return_id).first()
    if row is None:
        return None
    versions = list(row.versions.order_by("-version"))
    shown = next((one for one in versions if not version or one.version == version), None)
    if version and shown is None:
        return None
    asked, now = period(row.period), figures_of(row.enterprise_id, period(row.period))
    today, newest = clock.today(), versions[0] if versions else None
    mine = row.enterprise_id in own_enterprises(scope.account_id)
    return ReturnFile(
        row, asked, row.enterprise.name, row.enterprise.credit_code, row.enterprise.principal,
        shown.figures if shown else now, shown, versions,
        row.late if newest else row.due_on < today, mine and _may(scope, asked, today),
        newest is not None and newest.figures != now,
    )  # fmt: skip


def _may(scope: Scope, asked: Period, today: date) -> bool:
    try:
        may_sign(scope.rights, asked, today)
    except Refused:
        return False
    return SIGN in scope.rights
