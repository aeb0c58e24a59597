"""Structures of a case: [[culvert]], [[weir]], [[gate]], [[pump]], from a cell to another or out.

Which way is forwards: `from` to `to`. Heights stand in the datum of the case.
"""

from collections.abc import Callable
from math import hypot
from typing import Any

from anlan.hazards.flood.casefile.heights import level_over
from anlan.hazards.flood.casefile.places import cell_at
from anlan.hazards.flood.casefile.refusals import N_
from anlan.hazards.flood.casefile.series import Limits, read_curve
from anlan.hazards.flood.casefile.tables import Table
from anlan.hazards.flood.casefile.water import Setting, given_of, name_of, refuse_twice
from anlan.hazards.flood.shallow_water.series import BadCase
from anlan.hazards.flood.shallow_water.structures import (
    Culvert,
    Gate,
    Link,
    Pump,
    PumpCurve,
    Weir,
)


def links_of(top: Table, setting: Setting) -> tuple[tuple[Link, ...], tuple[str, ...]]:
    """All structures of a case, and their names."""
    given = [(table, make) for key, make in _MADE.items() for table in top.tables(key)]
    refuse_twice([table for table, _ in given], N_("two structures are called {name}"))
    names = tuple(name_of(table) for table, _ in given)
    links = [
        _link(table, setting, make, name) for (table, make), name in zip(given, names, strict=True)
    ]
    return tuple(links), names


def _link(table: Table, setting: Setting, make: Callable[..., Link], name: str) -> Link:
    ends: dict[str, Any] = {"cell": cell_at(table, "from", setting.ground)}
    if table.has("to"):
        ends["to"] = cell_at(table, "to", setting.ground)
    elif table.has("outside_m") or table.has("outside_series"):
        ends["outside_m"] = given_of(table, "outside_m", setting, series="outside_series")
    try:
        link = make(table, setting, ends)
    except BadCase as fault:
        raise table.refuse("", N_("does not fit together: {fault}"), fault=fault) from fault
    table.finish()
    for key, (cell, level) in _levels(link).items():
        level_over(table, key, setting, cell, level)
    if isinstance(link, Culvert):
        _tell_short(table, setting, link)
    facts = {"name": name, "row": link.cell[0], "column": link.cell[1]}
    if link.to is None:
        setting.uses.tell(table.where(), N_("{name}: out of row {row}, column {column} and of the "
                                            "grid"), **facts)  # fmt: skip
    else:
        setting.uses.tell(table.where(), N_("{name}: from row {row}, column {column} to row {there}"
                                            ", column {beside}"), there=link.to[0],
                          beside=link.to[1], **facts)  # fmt: skip
    return link


def _levels(link: Link) -> dict[str, tuple[tuple[int, int], float]]:
    """What is held against the ground: the key, the cell and the level, metres."""
    if isinstance(link, Culvert):
        outlet = {} if link.to is None else {"invert_to_m": (link.to, link.invert_to_m)}
        return {"invert_m": (link.cell, link.invert_m), **outlet}
    if isinstance(link, Weir):
        return {"crest_m": (link.cell, link.crest_m)}
    if isinstance(link, Gate):
        return {"sill_m": (link.cell, link.sill_m)}
    return {"on_m": (link.cell, link.on_m)}


def _tell_short(table: Table, setting: Setting, link: Culvert) -> None:
    """Tell a culvert that cannot reach from its one cell to the other."""
    if link.to is None:
        return
    apart = (max(abs(a - b) - 1, 0) for a, b in zip(link.cell, link.to, strict=True))
    far = hypot(*apart) * setting.ground.cell_m
    if link.length_m < far:
        setting.uses.tell(
            table.where("length_m"), N_("attention: {length:g} m long, but its cells lie {far:.1f} "
                                        "m apart"), length=link.length_m, far=far,
        )  # fmt: skip


def _weir(table: Table, _: Setting, ends: dict[str, Any]) -> Weir:
    own = _given(table, "coefficient")
    return Weir(crest_m=table.number("crest_m"), width_m=table.number("width_m", above=0.0),
                one_way=table.flag("one_way"), **own, **ends)  # fmt: skip


def _gate(table: Table, setting: Setting, ends: dict[str, Any]) -> Gate:
    opening = given_of(table, "opening_m", setting, Limits(least=0.0))
    own = _given(table, "coefficient")
    return Gate(sill_m=table.number("sill_m"), width_m=table.number("width_m", above=0.0),
                opening_m=opening, one_way=table.flag("one_way"), **own, **ends)  # fmt: skip


def _culvert(table: Table, _: Setting, ends: dict[str, Any]) -> Culvert:
    size: dict[str, Any] = {}
    if table.one_of("diameter_m", "width_m") == "width_m":
        size = {key: table.number(key, above=0.0) for key in ("width_m", "height_m")}
    else:
        size["height_m"] = table.number("diameter_m", above=0.0)
    own = _given(table, "entry_loss")
    if table.has("n"):
        own["manning"] = table.number("n", above=0.0, most=1.0)
    barrels = table.whole("barrels") if table.has("barrels") else 1
    return Culvert(
        length_m=table.number("length_m", above=0.0), invert_m=table.number("invert_m"),
        invert_to_m=table.number("invert_to_m"), barrels=barrels, one_way=table.flag("one_way"),
        **size, **own, **ends,
    )  # fmt: skip


def _pump(table: Table, _: Setting, ends: dict[str, Any]) -> Pump:
    capacity: float | PumpCurve
    if table.one_of("capacity_m3s", "curve") == "curve":
        path = table.path("curve")
        try:
            capacity = PumpCurve(*read_curve(path, "head_m", "discharge_m3s"))
        except BadCase as fault:
            raise table.refuse("curve", N_("{path}: {fault}"), path=path, fault=fault) from fault
    else:
        capacity = table.number("capacity_m3s", above=0.0)
    own: dict[str, Any] = {"outlet_m": table.number("outlet_m")} if table.has("outlet_m") else {}
    return Pump(on_m=table.number("on_m"), off_m=table.number("off_m"), capacity=capacity, **own,
                **ends)  # fmt: skip


def _given(table: Table, key: str) -> dict[str, Any]:
    return {key: table.number(key, least=0.0)} if table.has(key) else {}


_MADE: dict[str, Callable[..., Link]] = {
    "culvert": _culvert, "weir": _weir, "gate": _gate, "pump": _pump,
}  # fmt: skip
