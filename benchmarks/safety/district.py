"""A district at its full size, made by chance from a seed: what the lists are measured on.

Twenty-six streets with five communities each, 30,000 enterprises, 600,000 hidden dangers of the
last three years, one in six still open; skewed as life is: a few streets and sectors have most.
"""

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from anlan.vocabulary import clock

ENTERPRISES, DANGERS, YEARS = 30_000, 600_000, 3
STREETS, COMMUNITIES = 26, 5
SEED = 2026
SECTORS = {
    "industry": 24, "fire": 18, "commerce": 14, "building": 12, "traffic": 8, "chemical": 5,
    "gas": 5, "equipment": 4, "tourism": 3, "education": 3, "health": 2, "waste": 1, "other": 1,
}  # fmt: skip
SOURCES = {
    "self_check": 55, "inspection": 20, "patrol": 15, "enforcement": 4, "hotline": 2, "expert": 2,
    "monitoring": 2,
}  # fmt: skip
OPEN_STATES = {
    "FOUND": 10, "GRADED": 5, "ASSIGNED": 20, "RECTIFYING": 40, "SUBMITTED": 15, "RETURNED": 5,
    "ACCEPTED": 3, "EXTENSION_PENDING": 1, "TRANSFERRED": 1,
}  # fmt: skip
FAULTS = (
    "消防通道堆放杂物",
    "灭火器压力不足",
    "配电箱未接地",
    "安全出口锁闭",
    "除尘系统未清扫",
    "有限空间无警示标志",
    "电动车室内充电",
    "燃气软管老化",
    "临边防护缺失",
    "特种作业无证上岗",
    "液氨储罐液位计失灵",
    "应急照明不亮",
    "叉车未年检",
    "危化品混存",
    "脚手架连墙件缺失",
)
PLACES = ("一车间", "二车间", "仓库", "配电房", "厨房", "楼梯间", "地下室", "屋面", "装卸区")
TRADES = ("机械厂", "五金厂", "物流公司", "火锅店", "超市", "建材厂", "汽修厂", "印务公司")
NAMES = (
    "鑫源", "宏达", "渝北", "嘉陵", "歌乐", "磁器", "双碑", "恒丰", "天元", "金沙", "永盛", "沙坪",
    "华安", "巨力", "长江", "明月",
)  # fmt: skip


def street_codes() -> list[str]:
    return [f"500106{n:03d}" for n in range(1, STREETS + 1)]


def _communities() -> list[str]:
    return [f"{c:03d}" for c in range(1, COMMUNITIES + 1)]


def _name(code: str) -> str:
    return "沙坪坝区" if len(code) == 6 else f"第{int(code[6:9])}街道{code[9:]}"


def make(enterprises: int = ENTERPRISES, dangers: int = DANGERS) -> None:
    """Fill the tables of territory, people and safety; the same numbers give the same rows."""
    _people_and_places()
    dice = random.Random(SEED)
    firms = _enterprises(dice, enterprises)
    _in_lots("Danger", _dangers(dice, dangers, firms))


def _in_lots(model: str, rows: Iterator[Any], lot: int = 5_000) -> None:
    from anlan.operations.safety import models

    manager, waiting = getattr(models, model).objects, []
    for row in rows:
        waiting.append(row)
        if len(waiting) == lot:
            manager.bulk_create(waiting)
            waiting = []
    manager.bulk_create(waiting)


def _people_and_places() -> None:
    from anlan.operations.people.actions import (
        PLATFORM,
        NewAccount,
        NewOrganisation,
        load_organisations,
        open_account,
    )
    from anlan.operations.territory.actions import NewArea, load_areas

    codes = ["500106", *(s + tail for s in street_codes() for tail in ("", *_communities()))]
    kinds = {6: "district", 9: "township", 12: "community"}
    load_areas(
        PLATFORM,
        [NewArea(code=code, name=_name(code), kind=kinds[len(code)], geometry=None, lon=106.4,
                 lat=29.6) for code in codes],
    )  # fmt: skip
    units = [(code, _name(code), "township") for code in street_codes()]
    units += [(sector, f"{sector} department", "department") for sector in SECTORS]
    load_organisations(
        PLATFORM,
        [NewOrganisation(c, n, k, "500106", date(2019, 1, 1), sector=c if k == "department" else "")
         for c, n, k in units],
    )  # fmt: skip
    for name, role, area, sector in (
        ("bureau", "safety_officer", "500106", ""), ("street", "township", "500106004", ""),
        ("grid", "grid_worker", "500106004002", ""), ("industry", "department", "500106",
                                                       "industry"),
        ("works", "enterprise", "500106004", ""),
        ("office", "enforcement_officer", "500106", ""),
    ):  # fmt: skip
        open_account(PLATFORM, NewAccount(
            username=name, password="a long demo password", display_name=name, role=role,
            organisation_code="bureau" if name == "office" else name, area_code=area,
            sector=sector,
        ))  # fmt: skip


def _enterprises(dice: random.Random, count: int) -> list[tuple[int, str, str, str]]:
    """The enterprises; of each its id, name, community and sector."""
    from anlan.operations.people.models import Account
    from anlan.operations.safety.models import Enterprise, Membership

    now, streets = clock.now(), street_codes()
    weights = [1 + 40 // (n + 1) for n in range(STREETS)]
    sectors, shares = list(SECTORS), list(SECTORS.values())

    def rows() -> Iterator[Enterprise]:
        for n in range(count):
            area = dice.choices(streets, weights)[0] + f"{dice.randint(1, COMMUNITIES):03d}"
            sector = dice.choices(sectors, shares)[0]
            yield Enterprise(
                credit_code=f"91500106MA{n:08d}", area_code=area, sector=sector,
                name=f"{dice.choice(NAMES)}{dice.choice(TRADES)}{n}号", address=f"{n}号",
                scale=dice.choice(("micro", "small", "medium", "large")),
                people=dice.randint(3, 900), principal="唐勇", sector_regulator=sector,
                local_regulator=area[:9], state="open" if dice.random() < 0.93 else "closed",
                registered_at=now, changed_at=now,
                level=dice.choice((None, 1, 2, 3, 3, 4, 4, 4)),
            )  # fmt: skip

    _in_lots("Enterprise", rows())
    found = list(Enterprise.objects.order_by("id").values_list("id", "name", "area_code", "sector"))
    own = next(one for one in found if one[2].startswith("500106004"))
    Membership.objects.create(
        enterprise_id=own[0], account=Account.objects.get(username="works"), since=now
    )
    return found


def _dangers(
    dice: random.Random, count: int, firms: list[tuple[int, str, str, str]]
) -> Iterator[Any]:
    from anlan.operations.safety.models import Danger

    today, now = clock.today(), clock.now()
    sources, shares = list(SOURCES), list(SOURCES.values())
    states, odds = list(OPEN_STATES), list(OPEN_STATES.values())
    seen: dict[tuple[int, int], datetime] = {}
    for n in range(count):
        # the newest last, as a register grows
        at = now - timedelta(days=365 * YEARS * (1 - n / count), seconds=dice.randint(0, 80_000))
        firm, unit, area, sector = firms[int(len(firms) * dice.random() ** 2)]
        fault = dice.randrange(len(FAULTS))
        before = seen.get((firm, fault))
        seen[firm, fault] = at
        age = (now - at).days
        is_open = dice.random() < (0.9 if age < 10 else 0.3 if age < 60 else 0.08)
        state = dice.choices(states, odds)[0] if is_open else "CLOSED"
        due = None if state in ("FOUND", "GRADED") else at.date() + timedelta(dice.randint(3, 40))
        closed = None if is_open else min(now, at + timedelta(days=dice.randint(0, 50)))
        yield Danger(
            number=f"{at.year}-{n:06d}", key=f"seed-{n}", title=f"{FAULTS[fault]}（{n % 97}）",
            description="现场检查发现，须限期整改并举一反三。", enterprise_id=firm, unit=unit,
            place=dice.choice(PLACES), area_code=area, sector=sector,
            source=dice.choices(sources, shares)[0], item=f"I-{fault:03d}", state=state,
            grade="" if state == "FOUND" else "MAJOR" if dice.random() < 0.02 else "GENERAL",
            regulator=sector, found_at=at, found_by_name="巡查员", rectifier_name="唐勇",
            due_on=due, closed_at=closed, closed_on=closed and _day(closed, today),
            repeat=before is not None and at - before <= timedelta(days=365),
            listed=is_open and dice.random() < 0.0005,
        )  # fmt: skip


def _day(instant: datetime, latest: date) -> date:
    return min(latest, instant.astimezone(clock.CHINA).date())
