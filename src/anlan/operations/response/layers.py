"""The running response on the one map: shelters in use, and where tasks are open."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anlan.operations.people.queries import Scope
from anlan.operations.response.queries import TaskRow, current, shelters_used, tasks
from anlan.operations.territory.queries import areas
from anlan.vocabulary.layers import Features, Layer, collection, point
from anlan.vocabulary.words import NP_

RIGHT = "response.view"


def _shelters(scope: Scope) -> Features:
    running = current(scope)
    if running is None:
        return collection([])
    return collection(
        [
            point(
                s.row.lon, s.row.lat,
                {
                    "code": s.row.code, "kind": "shelter", "name": s.row.name,
                    "link": f"/shelters/{s.row.code}", "schematic": s.row.schematic,
                    "involved": True, "label": s.row.name,
                    "sub": f"{s.row.occupied:,} / {s.row.capacity:,}" if s.row.open
                    else _("%(people)s people to come") % {"people": f"{s.people:,}"},
                },
            )
            for s in shelters_used(running.id, scope)
        ]
    )  # fmt: skip


def _tasks(scope: Scope) -> Features:
    running = current(scope)
    if running is None or scope.role == "department":
        return collection([])
    by_area: dict[str, list[TaskRow]] = {}
    for task in tasks(running.id, scope):
        if task.open and task.owner_kind != "department":
            by_area.setdefault(task.area_code, []).append(task)
    places = {a.code: a for a in areas(within=scope.area_prefix) if a.code in by_area}
    found = []
    for code, place in places.items():
        open_ones = by_area[code]
        late = sum(task.late for task in open_ones)
        words = ngettext("%(count)d task", "%(count)d tasks", len(open_ones))
        found.append(
            point(
                place.lon, place.lat,
                {
                    "code": code, "kind": "task", "name": place.name, "schematic": place.schematic,
                    "link": f"/tasks/{open_ones[0].id}", "late": late > 0,
                    "sub": words % {"count": len(open_ones)},
                },
            )
        )  # fmt: skip
    return collection(found)


LAYERS = [
    Layer("shelters_in_use", NP_("layer", "Shelters in use"), "square", "tent", RIGHT, _shelters,
          group="response"),
    Layer("tasks", NP_("layer", "Open tasks"), "square", "list-check", RIGHT, _tasks, on=True,
          group="response"),
]  # fmt: skip
