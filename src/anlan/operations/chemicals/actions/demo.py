"""A few entries for whoever tries the platform, made through the real steps."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from anlan.operations.chemicals.actions.keep import Owner, enter
from anlan.operations.chemicals.actions.wastes import MOVEMENT, WASTE
from anlan.operations.chemicals.models import Waste
from anlan.operations.chemicals.rules.keeping import Person
from anlan.operations.chemicals.rules.words import COUNTED, DISPOSED, HANDED, KEEP, PRODUCED
from anlan.operations.people.actions import Actor
from anlan.operations.people.queries import staff
from anlan.operations.safety.queries.enterprises import enterprise_of
from anlan.vocabulary import clock

FACTORY, STATION = "91500106MA5U00001U", "91500106MA5U00010R"
# Enterprise, code, name, hazards, place, and movements: kind, days ago, tonnes.
WASTES = (
    (FACTORY, "900-249-08", "废矿物油", ["T", "I"], "危废暂存间 1", (
        (PRODUCED, 352, "0.850"), (PRODUCED, 120, "0.640"), (HANDED, 90, "0.300"))),
    (FACTORY, "900-041-49", "沾染毒性物质的废包装", ["T", "In"], "危废暂存间 1", (
        (PRODUCED, 60, "0.120"), (DISPOSED, 20, "0.020"), (COUNTED, 2, "0.085"))),
    (STATION, "900-221-08", "油罐清洗废油泥", ["T", "I"], "站区东侧", (
        (PRODUCED, 410, "1.200"),)),
)  # fmt: skip


def load_demo_records(_actor: Actor, _folder: Path) -> int:
    """Wastes with stock near its term, over it, and with a gap; how many. Twice adds none."""
    officer = next(iter(staff(role="safety_officer")), None)
    if officer is None or Waste.objects.exists():
        return 0
    who = (
        Actor(officer.id, officer.display_name, officer.role),
        Person(id=officer.id, rights=frozenset({KEEP})),
    )
    for credit_code, code, name, hazards, place, moves in WASTES:
        firm = enterprise_of(credit_code)
        if firm is not None:
            said = {"code": code, "name": name, "hazards": hazards, "place": place}
            waste = enter(*who, WASTE, Owner(enterprise_id=firm), said)
            for number, move in enumerate(moves):
                _move(who, Owner(enterprise_id=firm, parent_id=waste), number, move)
    return Waste.objects.count()


def _move(who: tuple[Actor, Person], owner: Owner, number: int, move: tuple[str, int, str]) -> None:
    kind, ago, tonnes = move
    said = {
        "kind": kind, "on": clock.today() - timedelta(days=ago), "amount": Decimal(tonnes)
    }  # fmt: skip
    if kind == HANDED:
        said |= {
            "manifest": f"20261500{owner.parent_id:04d}{number:02d}",
            "receiver": "示例环保处置有限公司", "licence": "CQ5001060001",
        }  # fmt: skip
    enter(*who, MOVEMENT, owner, said)
