"""What is worth reading about one thing, in the order a duty officer asks for it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anlan.operations.people.queries import Scope
from anlan.operations.territory.models import Road
from anlan.operations.territory.queries.areas import area_names
from anlan.operations.territory.queries.people import ResponsibleRow, responsible_for
from anlan.operations.territory.queries.sites import SiteRow, site
from anlan.operations.territory.rules import RESPONSIBLE_WORDS, ResponsibleKind
from anlan.vocabulary.units import UNKNOWN
from anlan.vocabulary.words import NP_, Term

FACT_WORDS: dict[str, tuple[Term, str]] = {
    "capacity_m3": (NP_("fact", "Capacity"), "m³"),
    "class": (NP_("fact", "Class"), ""),
    "flood_limit_m": (NP_("fact", "Flood-limit level"), "m"),
    "normal_m": (NP_("fact", "Normal level"), "m"),
    "design_m": (NP_("fact", "Design flood level"), "m"),
    "check_m": (NP_("fact", "Check flood level"), "m"),
    "ground_m": (NP_("fact", "Ground"), "m"),
    "households": (NP_("fact", "Households threatened"), ""),
    "people": (NP_("fact", "People threatened"), ""),
    "rain_1h_mm": (NP_("fact", "Leave at rain of 1 h"), "mm"),
    "rain_3h_mm": (NP_("fact", "Leave at rain of 3 h"), "mm"),
    "form": (NP_("fact", "Form"), ""),
    "volume_m3": (NP_("fact", "Volume"), "m³"),
    "people_on_duty": (NP_("fact", "People on duty"), ""),
    "of": (NP_("fact", "Looks at"), ""),
    "watches_over": (NP_("fact", "Watches over"), ""),
    "elements": (NP_("fact", "Measures"), ""),
    "instruments": (NP_("fact", "Instruments"), ""),
    "watches": (NP_("fact", "Watches"), ""),
    "device": (NP_("fact", "Device"), ""),
    "range_m": (NP_("fact", "Heard within"), "m"),
    "river": (NP_("fact", "River"), ""),
    "team": (NP_("fact", "Team"), ""),
    "area_m2": (NP_("fact", "Effective area"), "m²"),
    "live": (NP_("fact", "Sends its data"), ""),
}
HEIGHTS = {"flood_limit_m", "normal_m", "design_m", "check_m", "ground_m"}
VALUE_WORDS: dict[str, Term] = {
    "small-1": NP_("reservoir class", "small (1)"),
    "small-2": NP_("reservoir class", "small (2)"),
    "landslide": NP_("geohazard form", "landslide"),
    "rockfall": NP_("geohazard form", "rockfall"),
    "debris_flow": NP_("geohazard form", "debris flow"),
    "rain": NP_("instrument", "rain"),
    "displacement": NP_("instrument", "displacement"),
    "crack": NP_("instrument", "crack width"),
    "river": NP_("camera", "river"),
    "stream": NP_("camera", "stream"),
    "ph": NP_("water quality", "pH"),
    "do": NP_("water quality", "dissolved oxygen"),
    "cod": NP_("water quality", "oxygen demand"),
    "nh3n": NP_("water quality", "ammonia"),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a file: what, and how much with its unit."""

    word: str
    value: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A responsible person as the file shows them, phone masked."""

    id: int
    post: str
    name: str
    masked_phone: str
    organisation: str


def site_facts(row: SiteRow) -> list[Fact]:
    """The attributes of a site in the order of the table above, others after them."""
    ordered = sorted(row.attributes, key=_place)
    return [_fact(key, row.attributes[key]) for key in ordered]


def person_lines(rows: list[ResponsibleRow]) -> list[PersonLine]:
    """Persons with their post in words, in the order of the posts."""
    order = {kind.value: place for place, kind in enumerate(ResponsibleKind)}
    return [
        PersonLine(p.id, _post(p.kind), p.name, p.masked_phone, p.organisation)
        for p in sorted(rows, key=lambda p: order.get(p.kind, len(order)))
    ]


def area_persons(code: str, scope: Scope) -> list[PersonLine]:
    return person_lines(responsible_for(area_code=code, scope=scope))


def site_persons(code: str, scope: Scope) -> list[PersonLine]:
    return person_lines(responsible_for(site_code=code, scope=scope))


def instruments_on(row: SiteRow, scope: Scope) -> SiteRow | None:
    """The site that an instrumented site watches."""
    watched = row.attributes.get("watches")
    return site(str(watched), scope) if watched else None


def place_words(area_code: str) -> str:
    """磁器口街道 金蓉社区, of the shortest codes."""
    codes = [area_code[:length] for length in (9, 12) if len(area_code) >= length]
    names = area_names(codes or [area_code])
    return " ".join(names.get(code, code) for code in codes or [area_code])


@dataclass(frozen=True, slots=True)
class RoadFile:
    """A road segment with the middle of its box, degrees."""

    code: str
    name: str
    grade: str
    area_code: str
    length_m: float
    lon: float
    lat: float
    schematic: bool
    source: str


def road(code: str, scope: Scope) -> RoadFile | None:
    prefix = scope.area_prefix
    found = Road.objects.filter(pk=code, area_code__startswith=prefix or "-").first()
    if found is None:
        return None
    return RoadFile(
        found.code, found.name, found.grade, found.area_code, found.length_m,
        (found.west + found.east) / 2, (found.south + found.north) / 2, found.schematic,
        found.source,
    )  # fmt: skip


def _place(key: str) -> int:
    known = list(FACT_WORDS)
    return known.index(key) if key in FACT_WORDS else len(known)


def _post(kind: str) -> str:
    try:
        return pgettext(*RESPONSIBLE_WORDS[ResponsibleKind(kind)])
    except ValueError:
        return kind


def _fact(key: str, value: Any) -> Fact:
    term, unit = FACT_WORDS.get(key, (None, ""))
    word = pgettext(*term) if term else key
    text = _value(value)
    if key in HEIGHTS and text != UNKNOWN:
        return Fact(word, _("%(value)s m Yellow Sea") % {"value": text})
    return Fact(word, f"{text} {unit}".strip())


def _value(value: Any) -> str:
    if value is None or value == "":
        return UNKNOWN
    if isinstance(value, list):
        return pgettext("list", ", ").join(_value(one) for one in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:,.1f}"
    known = VALUE_WORDS.get(str(value))
    return pgettext(*known) if known else str(value)
