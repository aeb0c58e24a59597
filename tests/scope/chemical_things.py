"""Entries of the registers of chemicals that Ciqikou street made for a works."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from anlan.operations.chemicals import actions
from anlan.operations.chemicals.actions import HOLDING, MOVEMENT, PIPELINE, SECTION, WASTE, Owner
from anlan.operations.chemicals.queries.scope import person_of
from anlan.operations.people.actions import Actor, as_actor
from anlan.operations.people.models import Account
from anlan.operations.people.queries import scope_of
from anlan.operations.registers.queries import Look
from anlan.operations.risks.actions import keep_file

FILES = ("holdings", "pipelines", "sections", "wastes", "movements")


def chemical_things(enterprise_id: int) -> dict[str, int]:
    street = Account.objects.get(username="ciqikou")
    who = as_actor(street), person_of(scope_of(street))
    of = Owner(enterprise_id=enterprise_id)
    oil = {"code": "900-249-08", "name": "走查废矿物油", "hazards": ["T", "I"]}
    waste = actions.enter(*who, WASTE, of, oil)
    produced = {"kind": "produced", "on": date(2020, 1, 1), "amount": Decimal("0.5")}
    moved = Owner(enterprise_id=enterprise_id, parent_id=waste)
    files = {f"{one}_file_id": _file(who[0], f"chemical-{one}") for one in FILES}
    gas = {"stage": "use", "substance": "走查天然气", "most": Decimal(1), "unit": "m3"}
    line = {"name": "走查管道", "medium": "天然气", "pressure": Decimal("0.4"), "diameter": 100,
            "material": "钢", "begins": "甲", "ends": "乙", "cycle": 12, "patrol": "罗建",
            "line": [[106.45, 29.55], [106.46, 29.56]]}  # fmt: skip
    pipeline = actions.enter(*who, PIPELINE, of, line)
    part = {"name": "走查段", "grade": "1", "from_m": 0, "to_m": 100, "people": 9}
    section = actions.enter(*who, SECTION, replace(of, parent_id=pipeline), part)
    return {
        "holding_id": actions.enter(*who, HOLDING, of, gas), "pipeline_id": pipeline,
        "section_id": section,
        "waste_id": waste, "movement_id": actions.enter(*who, MOVEMENT, moved, produced), **files,
    }  # fmt: skip


def _file(sender: Actor, kind: str) -> int:
    """A file that somebody sent in and has not taken."""
    return keep_file(sender, kind, "表.csv", b"x", lambda raw: Look())
