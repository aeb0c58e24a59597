"""A few dangers for whoever tries the platform, taken through the real steps when it is loaded."""

from datetime import timedelta
from pathlib import Path

from anlan.operations.people.actions import Actor
from anlan.operations.people.queries import staff
from anlan.operations.safety.actions.demo_past import OTHERS, PAST, Doer, close_past
from anlan.operations.safety.actions.find import (
    Assignment,
    Find,
    assign_danger,
    find_danger,
    grade_danger,
)
from anlan.operations.safety.actions.recheck import hand_to_enforcement
from anlan.operations.safety.actions.rectify import begin_rectification, plan_rectification
from anlan.operations.safety.models import Danger, Enterprise, Membership
from anlan.operations.safety.queries.persons import people_of
from anlan.operations.safety.rules.loop import FIVE, Person
from anlan.operations.safety.rules.states import FIND, RECTIFY, REGULATE, Grade, Source
from anlan.vocabulary import clock

INDUSTRY, FACTORY = "industry", "91500106MA5U00001U"
STORES, PARTS = "91500106MA5U00002Y", "91500106MA5U00007E"


def load_demo_records(_actor: Actor, _folder: Path) -> int:
    """Dangers from found to in work; returns how many. Twice adds none."""
    factory = Enterprise.objects.filter(credit_code=FACTORY).first()
    doers = _doers(factory)
    if factory is None or doers is None:
        return 0
    regulator, manager, street = doers
    before = Danger.objects.count()
    _close_past(regulator, manager, factory)
    for key, title, place, advance in (
        ("demo-guard", "冲床安全光栅失灵", "冲压车间 2 号冲床", _found),
        ("demo-aisle", "成品区堆放占用疏散通道", "成品库南门", _assigned),
        ("demo-dust", "抛光间除尘系统停用，粉尘积厚约 1 毫米", "A3 抛光间", _major),
    ):
        advance(regulator, manager, Find(
            key=key, title=title, place=place, source=Source.INSPECTION,
            enterprise_id=factory.pk, area_code=factory.area_code, sector=factory.sector,
        ))  # fmt: skip
    stores = Enterprise.objects.filter(credit_code=STORES).first()
    if stores is not None:
        _enforced(regulator, Find(
            key="demo-training", title="6 名新上岗叉车、冷库作业人员未经培训合格上岗",
            place="冷库作业区", source=Source.INSPECTION, enterprise_id=stores.pk,
            area_code=stores.area_code, sector=stores.sector,
        ))  # fmt: skip
    find_danger(*street, Find(
        key="demo-street", title="临街铺面遮雨棚松动，有坠落危险", unit="金蓉正街 22 号产权人",
        place="金蓉正街 22 号", area_code=street[1].organisation, sector="city",
        source=Source.PATROL,
    ))  # fmt: skip
    return Danger.objects.count() - before


def _doers(factory: Enterprise | None) -> tuple[Doer, Doer, Doer] | None:
    """The department, the factory's safety manager and a street; None where they have no logins."""
    departments = [one for one in staff(role="department") if one.organisation_code == INDUSTRY]
    members = Membership.objects.filter(enterprise=factory, until=None)
    own = set(members.values_list("account_id", flat=True))
    managers = [one for one in staff(role="enterprise") if one.id in own]
    streets = staff(role="township")
    if factory is None or not (departments and managers and streets):
        return None
    department, manager, street = departments[0], managers[0], streets[0]
    return (
        (Actor(department.id, department.display_name, department.role),
         Person(id=department.id, rights=frozenset({FIND, REGULATE}), organisation=INDUSTRY)),
        (Actor(manager.id, manager.display_name, manager.role),
         Person(id=manager.id, rights=frozenset({RECTIFY}), enterprises=frozenset({factory.pk}),
                firm=True)),
        (Actor(street.id, street.display_name, street.role),
         Person(id=street.id, rights=frozenset({FIND}), organisation=street.organisation_code)),
    )  # fmt: skip


def _close_past(regulator: Doer, manager: Doer, factory: Enterprise) -> None:
    close_past(factory, regulator, manager, PAST)
    firm = Enterprise.objects.filter(credit_code=PARTS).first()
    if firm is None:
        return
    for pk, name in people_of(firm.pk, "principal").items():
        one = Person(id=pk, rights=frozenset({RECTIFY}), enterprises=frozenset({firm.pk}),
                     firm=True)  # fmt: skip
        close_past(firm, regulator, (Actor(pk, name, "principal"), one), OTHERS)


def _found(regulator: Doer, _manager: Doer, find: Find) -> int:
    return find_danger(*regulator, find)


def _assigned(regulator: Doer, manager: Doer, find: Find) -> int:
    pk = _found(regulator, manager, find)
    if Danger.objects.get(pk=pk).grade:
        return pk
    grade_danger(*regulator, pk, grade=Grade.GENERAL)
    _assign(regulator, manager, pk, 7)
    return pk


def _major(regulator: Doer, manager: Doer, find: Find) -> int:
    pk = _found(regulator, manager, find)
    if Danger.objects.get(pk=pk).grade:
        return pk
    clause = "工贸企业重大事故隐患判定标准（应急管理部令第 10 号）第十一条"
    grade_danger(*regulator, pk, grade=Grade.MAJOR, clause=clause)
    _assign(regulator, manager, pk, 15)
    said = (
        "主要负责人牵头，车间主任落实", "恢复除尘系统，清扫积尘，装压差报警",
        "3.2", "15 日内", "整改期间停止抛光作业，专人看守",
    )  # fmt: skip
    plan_rectification(*manager, pk, dict(zip(FIVE, said, strict=True)))
    begin_rectification(*manager, pk)
    return pk


def _enforced(regulator: Doer, find: Find) -> None:
    pk = _found(regulator, regulator, find)
    if Danger.objects.get(pk=pk).grade:
        return
    grade_danger(*regulator, pk, grade=Grade.GENERAL)
    hand_to_enforcement(*regulator, pk, reason="责令停止上岗后仍安排作业。")


def _assign(regulator: Doer, manager: Doer, pk: int, days: int) -> None:
    assign_danger(*regulator, pk, Assignment(
        rectifier=manager[1].id, rectifier_name=manager[0].label,
        supervisor=regulator[1].id, supervisor_name=regulator[0].label,
        due_on=clock.today() + timedelta(days=days),
    ))  # fmt: skip
