"""The listed supervision that a danger is under, and the monthly report it waits for."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Substr

from anlan.operations.safety.models import Danger, Supervision
from anlan.operations.safety.queries.terms import public_since
from anlan.operations.safety.rules.supervision import report_due
from anlan.operations.territory.queries import area_names
from anlan.vocabulary import clock
from anlan.vocabulary.areas import STREET_DIGITS

PROGRESS = "report progress"
ON_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class Progress:
    """`given`: how many reports there are; the next one is due on `due_on`."""

    supervision: Supervision
    given: int
    due_on: date

    @property
    def late(self) -> bool:
        return self.due_on < clock.today()


def progress_of(danger: Danger) -> Progress | None:
    """None where the danger is not listed. Two queries."""
    one = danger.supervisions.filter(ended_at=None).first()
    if one is None:
        return None
    given = danger.steps.filter(verb=PROGRESS, at__gte=one.opened_at).count()
    listed_on = one.opened_at.astimezone(clock.CHINA).date()
    return Progress(one, given, report_due(listed_on, given))


def each_progress(supervisions: QuerySet[Supervision]) -> list[Progress]:
    """As `progress_of`, of many that run, with their dangers. One query."""
    given = Q(danger__steps__verb=PROGRESS, danger__steps__at__gte=F("opened_at"))
    rows = supervisions.select_related("danger").annotate(n=Count("danger__steps", filter=given))
    return [
        Progress(one, one.n, report_due(one.opened_at.astimezone(clock.CHINA).date(), one.n))
        for one in rows
    ]


@dataclass(frozen=True, slots=True)
class Overdue:
    """A listed supervision whose day passed, or that was ended after it; `number` is its own."""

    number: str
    danger_id: int
    title: str
    due_on: date


def overdue(area: str, sector: str, year: int) -> list[Overdue]:
    """Those due in a year, in an area (its code's beginning) and, where one is named, of a sector.
    For a reader who was found to see that unit. One query."""
    today = clock.today()
    rows = Supervision.objects.filter(
        due_on__gte=date(year, 1, 1), due_on__lte=date(year, 12, 31), due_on__lt=today,
        danger__area_code__startswith=area,
    ).select_related("danger").order_by("due_on", "pk")  # fmt: skip
    return [
        Overdue(one.number, one.danger_id, one.danger.title, one.due_on)
        for one in (rows.filter(danger__sector=sector) if sector else rows)
        if one.ended_at is None or one.ended_at.astimezone(clock.CHINA).date() > one.due_on
    ]


@dataclass(frozen=True, slots=True)
class Notice:
    """What everybody may read of a listed supervision, as its issuer published it: no person, no
    address. `unit`: whose the danger is; its street where no enterprise is registered."""

    number: str
    unit: str
    title: str
    issuer_name: str
    notice: str
    opened_at: datetime
    due_on: date
    ended_at: datetime | None


_TOLD = ("number", "issuer_name", "notice", "opened_at", "due_on", "ended_at")


def notices(page: str) -> Page[Notice]:
    """The public notices, those that run before those that ended so lately that they are public
    still, each the newest first, 20 a page; a page that is none is the nearest. Four queries at
    most."""
    public = Q(ended_at=None) | Q(ended_at__gte=public_since(clock.today()))
    rows = Supervision.objects.filter(public).annotate(
        unit=F("public_unit"), title=F("public_title"),
        street=Substr("danger__area_code", 1, STREET_DIGITS),
    )  # fmt: skip
    in_order = rows.order_by(F("ended_at").desc(nulls_first=True), "-opened_at", "-pk")
    found = Paginator(in_order.values(*_TOLD, "unit", "title", "street"), ON_A_PAGE).get_page(page)
    streets = {row["street"] for row in found.object_list if not row["unit"]}
    named = area_names(streets) if streets else {}
    for row in found.object_list:
        row["unit"] = row["unit"] or named.get(row["street"], row["street"])
        del row["street"]
    found.object_list = [Notice(**row) for row in found.object_list]
    return found
