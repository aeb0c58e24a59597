"""What a check found, for the room that opens cases: one visit, whatever its versions say."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from anlan.operations.checks.models import CheckItem, CheckPhoto, CheckRecord
from anlan.operations.checks.queries.records import danger_numbers, versions_of
from anlan.operations.checks.queries.scope import records_in
from anlan.operations.checks.rules.answers import NOT_OK
from anlan.operations.checks.rules.library import prosecutable
from anlan.operations.people.queries import Scope
from anlan.vocabulary import clock


@dataclass(frozen=True, slots=True)
class Finding:
    """An item that was not in order: what was seen, what is checked by which law and clause, and
    the danger it became (its number "" where it is out of sight)."""

    seen: str
    item: str
    basis: str
    clause: str
    danger_id: int | None
    danger_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A check as its newest version says it. `id` is that of its first version, which stays.

    `organisation`: whose people checked. `began_at`: its first photo of the day, else the moment
    of the check. `prosecutable`: an authority's inspection that found something.
    """

    id: int
    enterprise_id: int
    unit: str
    area_code: str
    organisation: str
    began_at: datetime
    ended_at: datetime
    by_id: int | None
    by_name: str
    findings: tuple[Finding, ...]
    prosecutable: bool

    @property
    def dangers(self) -> frozenset[int]:
        """Those of its dangers that are within sight."""
        return frozenset(one.danger_id for one in self.findings
                         if one.danger_id is not None and one.danger_number)  # fmt: skip


def visit(check_id: int, scope: Scope) -> Visit | None:
    """The check within one's sight, by any of its versions. Five queries."""
    asked = records_in(scope).filter(pk=check_id).first()
    if asked is None:
        return None
    versions = list(versions_of(asked, CheckRecord.objects.all()).order_by("version"))
    newest = versions[-1]
    wrong = [one for one in newest.answers if one["choice"] == NOT_OK]
    items = CheckItem.objects.in_bulk([one["item"] for one in wrong])
    numbers = danger_numbers(wrong, scope)
    shots = CheckPhoto.objects.filter(record__in=[one.pk for one in versions])
    return Visit(
        id=versions[0].pk, enterprise_id=newest.enterprise_id, unit=newest.unit,
        area_code=newest.area_code, organisation=newest.organisation,
        began_at=_began(newest.performed_at, shots.values_list("taken_at", flat=True)),
        ended_at=newest.performed_at, by_id=newest.by_id, by_name=newest.by_name,
        findings=tuple(
            Finding(
                one["note"], items[one["item"]].text, items[one["item"]].basis,
                items[one["item"]].clause, one.get("danger"),
                numbers.get(one.get("danger", 0), ""),
            )
            for one in wrong
        ),
        prosecutable=prosecutable(newest.use, newest.not_ok),
    )  # fmt: skip


def dangers_found(check_id: int) -> frozenset[int]:
    """Every danger of a check, whichever of its versions found it. Two queries."""
    one = CheckRecord.objects.get(pk=check_id)
    answers = versions_of(one, CheckRecord.objects.all()).values_list("answers", flat=True)
    return frozenset(said["danger"] for row in answers for said in row if "danger" in said)


def checked_by(check_id: int) -> tuple[str, date]:
    """Whose people made a check, by their organisation, and on which day in China."""
    said = CheckRecord.objects.values_list("organisation", "performed_at").get(pk=check_id)
    organisation, at = said
    return organisation, at.astimezone(clock.CHINA).date()


def _began(ended: datetime, taken: "QuerySet[CheckPhoto, datetime | None]") -> datetime:
    """What the phone says; another day's photo is none of the visit."""
    day = ended.astimezone(clock.CHINA).date()
    during = [at for at in taken if at and at < ended and at.astimezone(clock.CHINA).date() == day]
    return min([ended, *during])
