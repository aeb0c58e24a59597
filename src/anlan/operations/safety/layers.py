"""Enterprises by their four colours and open dangers by grade, on the one map.

Each has a mark of its own where it has a place, as long as they are few; else, and where it has no
place, one mark a community says how many and leads to the list.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Min, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anlan.operations.people.queries import Scope
from anlan.operations.registers.queries import place
from anlan.operations.safety.queries.scope import dangers_in, enterprises_in
from anlan.operations.safety.rules.enterprises import SECTOR_WORDS
from anlan.operations.safety.rules.states import GRADE_WORDS, Grade, State
from anlan.operations.territory.queries import area_names, areas
from anlan.vocabulary import clock
from anlan.vocabulary.layers import Features, Layer, collection, point
from anlan.vocabulary.words import NP_

MOST = 3_000  # marks of their own; beyond that they are counted by community
MAJOR, GENERAL = 1, 3  # the fills of a danger by its grade
Words = Callable[[dict[str, Any]], dict[str, Any]]
_PLACE = ("pk", "area_code", "at_lon", "at_lat", "risk")


def _enterprises(scope: Scope) -> Features:
    rows = enterprises_in(scope).filter(state="open").annotate(
        at_lon=F("lon"), at_lat=F("lat"), risk=F("level")
    )  # fmt: skip
    return _drawn(rows.values(*_PLACE, "name", "sector", "schematic"), _enterprise,
                  "enterprises", "open")  # fmt: skip


def _enterprise(one: dict[str, Any]) -> dict[str, Any]:
    sector = SECTOR_WORDS.get(one["sector"])
    return {
        "kind": "enterprise", "name": one["name"], "link": f"/enterprises/{one['pk']}",
        "schematic": one["schematic"], "sub": pgettext(*sector) if sector else "",
    }  # fmt: skip


def _open_dangers(scope: Scope) -> Features:
    return _dangers(scope, Q(), "open")


def _late_dangers(scope: Scope) -> Features:
    return _dangers(scope, Q(due_on__lt=clock.today()), "late")


def _dangers(scope: Scope, condition: Q, view: str) -> Features:
    graded = Case(When(grade=Grade.MAJOR, then=Value(MAJOR)), default=Value(GENERAL),
                  output_field=IntegerField())  # fmt: skip
    rows = dangers_in(scope).exclude(state=State.CLOSED).filter(condition).annotate(
        at_lon=Coalesce("lon", "enterprise__lon"), at_lat=Coalesce("lat", "enterprise__lat"),
        risk=graded,
    )  # fmt: skip
    return _drawn(rows.values(*_PLACE, "title", "unit", "grade", "due_on"), _danger,
                  "dangers", view)  # fmt: skip


def _danger(one: dict[str, Any]) -> dict[str, Any]:
    grade = pgettext(*GRADE_WORDS[Grade(one["grade"])]) if one["grade"] else ""
    return {
        "kind": "danger", "name": one["title"], "link": f"/dangers/{one['pk']}",
        "schematic": False, "sub": " · ".join(word for word in (grade, one["unit"]) if word),
        "late": one["due_on"] is not None and one["due_on"] < clock.today(),
    }  # fmt: skip


def _drawn(rows: QuerySet[Any, Any], words: Words, register: str, view: str) -> Features:
    """The marks of the rows. At most four queries."""
    placed = rows.filter(at_lon__isnull=False, at_lat__isnull=False)
    own = list(placed.order_by("pk")[: MOST + 1])
    few = len(own) <= MOST
    marks = [_mark(one, register, words) for one in own] if few else []
    rest = rows.filter(Q(at_lon=None) | Q(at_lat=None)) if few else rows
    counted = (
        rest.order_by("area_code").values("area_code").annotate(n=Count("pk"), worst=Min("risk"))
    )
    where, named = {one.code: one for one in areas()}, area_names()
    for one in counted:
        code = one["area_code"]
        area = where.get(code) or where.get(code[:9])
        if area is None:
            continue
        count = _("%(n)s here") % {"n": f"{one['n']:,}"}
        marks.append(
            point(area.lon, area.lat, {
                "code": f"{register}-{view}-{code}", "kind": register,
                "name": f"{place(code, named)} · {count}", "schematic": True,
                "link": f"/{register}?view={view}&area_code={code}", "risk": one["worst"],
                "label": f"{one['n']:,}", "sub": _("Place not stated one by one"),
            })
        )  # fmt: skip
    return collection(marks)


def _mark(one: dict[str, Any], register: str, words: Words) -> Features:
    said = words(one)
    return point(one["at_lon"], one["at_lat"], {
        "code": f"{register}-{one['pk']}", "risk": one["risk"], "label": said["name"], **said,
    })  # fmt: skip


LAYERS = [
    Layer(key="enterprises", word=NP_("layer", "Enterprises"), family="circle",
          icon="building-factory-2", right="safety.view", features=_enterprises, group="danger"),
    Layer(key="dangers", word=NP_("layer", "Open dangers"), family="diamond",
          icon="clipboard-check", right="safety.view", features=_open_dangers, group="danger"),
    Layer(key="late-dangers", word=NP_("layer", "Late dangers"), family="diamond",
          icon="clock-exclamation", right="safety.view", features=_late_dangers, group="danger"),
]  # fmt: skip
