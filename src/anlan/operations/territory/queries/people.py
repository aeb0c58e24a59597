"""Households and the persons who answer for sites and areas. Personal data come masked."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from anlan.operations.people.actions import unseal_text
from anlan.operations.people.queries import Scope
from anlan.operations.territory.models import Household, ResponsiblePerson

BATCH = 500


@dataclass(frozen=True, slots=True)
class ResponsibleRow:
    """Who answers for a site or an area. The duty post's name is public, the phone is masked.

    `phone_sealed` is for sending only (`people.actions.unseal_text`); showing it goes by
    `territory.actions.show_phone`, which leaves a trace.
    """

    id: int
    kind: str
    name: str
    masked_phone: str
    phone_sealed: bytes
    area_code: str
    site_code: str
    organisation: str
    schematic: bool


@dataclass(frozen=True, slots=True)
class HouseholdRow:
    """One household at its door, lon/lat CGCS2000; name and phone masked, the phone also sealed."""

    id: int
    code: str
    area_code: str
    lon: float
    lat: float
    people: int
    needs_help: bool
    phone_sealed: bytes
    masked_phone: str
    masked_name: str


def responsible_for(
    *,
    site_code: str | None = None,
    area_code: str | None = None,
    kinds: Iterable[str] = (),
    scope: Scope | None = None,
) -> list[ResponsibleRow]:
    """Responsible persons of one site, or of exactly one area (not the areas below it)."""
    rows = ResponsiblePerson.objects.all()
    if site_code is not None:
        rows = rows.filter(site_code=site_code)
    if area_code is not None:
        rows = rows.filter(area_code=area_code)
        if site_code is None:
            rows = rows.filter(site_code="")
    wanted = set(kinds)
    if wanted:
        rows = rows.filter(kind__in=wanted)
    return [_responsible(p) for p in _seen(rows, scope).order_by("id")]


def responsible_within(
    area_codes: Iterable[str], kinds: Iterable[str] = ()
) -> list[ResponsibleRow]:
    """Responsible persons of the areas (exactly these codes) and of the sites in them."""
    rows = ResponsiblePerson.objects.filter(area_code__in=set(area_codes))
    wanted = set(kinds)
    if wanted:
        rows = rows.filter(kind__in=wanted)
    return [_responsible(p) for p in rows.order_by("id")]


def responsible(ident: int, scope: Scope | None = None) -> ResponsibleRow | None:
    found = _seen(ResponsiblePerson.objects.filter(pk=ident), scope).first()
    return _responsible(found) if found else None


def households_in(
    area_codes: Iterable[str] | None = None, ids: Sequence[int] | None = None
) -> Iterator[HouseholdRow]:
    """Households of communities (or, by prefix, of townships), or by id; in order of id.

    Without either, every household. Streams: 500,000 rows never stand in memory at once.
    """
    if ids is not None:
        ordered = sorted(set(ids))
        for start in range(0, len(ordered), BATCH):
            part = Household.objects.filter(pk__in=ordered[start : start + BATCH])
            yield from (_household(h) for h in part.order_by("id"))
        return
    rows = Household.objects.order_by("id")
    if area_codes is not None:
        rows = rows.filter(area_code__in=_communities(area_codes))
    yield from (_household(h) for h in rows.iterator(chunk_size=2000))


def household_count(area_codes: Iterable[str] | None = None) -> int:
    rows = Household.objects.all()
    if area_codes is not None:
        rows = rows.filter(area_code__in=_communities(area_codes))
    return rows.count()


def _communities(codes: Iterable[str]) -> set[str]:
    """The communities that these areas are or hold."""
    from anlan.operations.territory.models import Area

    wanted = set(codes)
    found = {code for code in wanted if len(code) == 12}
    for outer in wanted - found:
        found |= set(
            Area.objects.filter(kind="community", code__startswith=outer).values_list(
                "code", flat=True
            )
        )
    return found


def _seen(rows: QuerySet[ResponsiblePerson], scope: Scope | None) -> QuerySet[ResponsiblePerson]:
    if scope is None:
        return rows
    prefix = scope.area_prefix
    return rows.filter(area_code__startswith=prefix) if prefix else rows.none()


def _responsible(p: ResponsiblePerson) -> ResponsibleRow:
    return ResponsibleRow(
        p.pk, p.kind, unseal_text(p.name_sealed), p.masked_phone, bytes(p.phone_sealed),
        p.area_code, p.site_code, p.organisation, p.schematic,
    )  # fmt: skip


def _household(h: Household) -> HouseholdRow:
    return HouseholdRow(
        h.pk, h.code, h.area_code, h.lon, h.lat, h.people, h.needs_help, bytes(h.phone_sealed),
        h.masked_phone, h.masked_name,
    )  # fmt: skip
