"""A few entries for whoever tries the platform, made through the real steps."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from django.contrib.auth import get_user_model

from anlan.operations.chemicals.actions.chain import HOLDING
from anlan.operations.chemicals.actions.illegal import Mark, report_activity
from anlan.operations.chemicals.actions.keep import Owner, enter
from anlan.operations.chemicals.actions.pipelines import PIPELINE, SECTION
from anlan.operations.chemicals.actions.wastes import MOVEMENT, WASTE
from anlan.operations.chemicals.models import Waste
from anlan.operations.chemicals.rules.keeping import Person
from anlan.operations.chemicals.rules.words import COUNTED, DISPOSED, HANDED, KEEP, PRODUCED
from anlan.operations.people.actions import Actor
from anlan.operations.people.queries import Scope, scope_of, staff
from anlan.operations.safety.actions import Find, Grade, Source, grade_danger, hand_to_enforcement
from anlan.operations.safety.queries.enterprises import enterprise_of
from anlan.operations.safety.queries.persons import person_of as regulator_of
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

# Enterprise, stage, substance, UN, CAS, most, unit, licence, days it still lasts.
CHAIN = (
    (STATION, "storage", "汽油", "1203", "8006-61-9", "90", "m3", "渝沙危经〔2024〕007", 18),
    (STATION, "sale", "柴油", "1202", "", "60", "m3", "渝沙危经〔2024〕007", 18),
    (FACTORY, "use", "天然气", "1971", "74-82-8", "200", "m3", "", None),
    (FACTORY, "storage", "盐酸", "1789", "7647-01-0", "2.500", "t", "渝沙备〔2025〕031", -6),
)  # fmt: skip
# Enterprise, name, medium, MPa, mm, line, begin, end, months, inspected days ago, who patrols.
LINES = (
    (FACTORY, "鑫源厂区天然气支线", "天然气", "0.400", 160,
     [[106.4352, 29.6321], [106.4371, 29.6334], [106.4398, 29.6330]],
     "井口调压站", "鑫源五金厂锅炉房", 12, 350, "赵敏"),
    (STATION, "储运专线（示意）", "汽油", "1.600", 219,
     [[106.4510, 29.5712], [106.4563, 29.5748], [106.4631, 29.5739]],
     "双碑油库", "加油站卸油口", 36, 1150, "刘强"),
)  # fmt: skip

# Key, title, whose, place, street, longitude, latitude, activity, substance, units, source.
LEADS = (
    ("demo-illegal-fuel", "流动加油车在物流园内无证加油", "车主不明（车牌已登记）",
     "物流园 3 号门外", "500106004", 106.4481, 29.5803, "sale", "柴油",
     "区公安分局、区商务委", Source.PATROL),
    ("demo-illegal-solvent", "民房内无证存放稀释剂约 40 桶", "房屋承租人", "井口二塘村 7 社民房",
     "500106008", 106.4402, 29.6287, "storage", "稀释剂（成分待检）",
     "区公安分局、区市场监管局", Source.INSPECTION),
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
    _load_lines(who)
    _load_leads(who[0], scope_of(get_user_model().objects.get(pk=officer.id)))
    return Waste.objects.count()


def _load_lines(who: tuple[Actor, Person]) -> None:
    today = clock.today()
    for credit_code, stage, substance, un, cas, most, unit, licence, days in CHAIN:
        firm = enterprise_of(credit_code)
        until = None if days is None else today + timedelta(days=days)
        said = {"stage": stage, "substance": substance, "un": un, "cas": cas,
                "most": Decimal(most), "unit": unit, "licence": licence,
                "licence_until": until}  # fmt: skip
        if firm is not None:
            enter(*who, HOLDING, Owner(enterprise_id=firm), said)
    for credit_code, name, medium, mpa, mm, line, begins, ends, cycle, ago, patrol in LINES:
        firm = enterprise_of(credit_code)
        said = {"name": name, "medium": medium, "pressure": Decimal(mpa), "diameter": mm,
                "material": "20# 无缝钢管", "laid": 2016, "line": line, "begins": begins,
                "ends": ends, "cycle": cycle, "inspected_on": today - timedelta(days=ago),
                "patrol": patrol}  # fmt: skip
        if firm is not None:
            pk = enter(*who, PIPELINE, Owner(enterprise_id=firm), said)
            section = {"name": "居民区段", "grade": "2", "from_m": 60, "to_m": 240, "people": 320,
                       "measures": "每日巡线，警示牌 4 处"}  # fmt: skip
            enter(*who, SECTION, Owner(enterprise_id=firm, parent_id=pk), section)


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


def _load_leads(officer: Actor, scope: Scope) -> None:
    """The first waits to be graded, the second is with enforcement."""
    for key, title, unit, place, area, lon, lat, activity, substance, units, source in LEADS:
        find = Find(
            key=key, title=title, unit=unit, place=place, area_code=area, sector="chemical",
            source=source, lon=lon, lat=lat,
        )  # fmt: skip
        mark = Mark(activity=activity, substance=substance, units=units)
        danger = report_activity(officer, scope, find, mark)
        if source == Source.INSPECTION:
            doer = officer, regulator_of(scope, scope.organisation or "")
            grade_danger(*doer, danger, grade=Grade.GENERAL)
            hand_to_enforcement(*doer, danger, reason="涉嫌未经许可储存危险化学品")
