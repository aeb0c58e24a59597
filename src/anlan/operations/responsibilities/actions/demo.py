"""Lists to try the platform with: the district's made-up ones, taken through the real steps."""

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

from anlan.operations.people.actions import Actor
from anlan.operations.people.queries import Staff, organisations, staff
from anlan.operations.responsibilities.actions.capacity import (
    Said,
    answer,
    open_year,
    take_capacity_step,
)
from anlan.operations.responsibilities.actions.commendations import keep_commendation
from anlan.operations.responsibilities.actions.lists import (
    NewBearer,
    NewDuty,
    add_duty,
    duty_numbers,
    put_bearer,
    sign_reading,
)
from anlan.operations.responsibilities.actions.works import NewWork, put_work, take_step
from anlan.operations.responsibilities.models import Bearer, CapacityCheck
from anlan.operations.responsibilities.queries.capacity import newest_list
from anlan.operations.responsibilities.rules.capacity import (
    ASSESS,
    NO,
    PARTLY,
    REVIEW,
    YES,
    read_checklist,
)
from anlan.operations.responsibilities.rules.commendation import COMMEND
from anlan.operations.responsibilities.rules.loop import Person, quarter_end
from anlan.operations.responsibilities.rules.states import CONFIRM, DO, KEEP
from anlan.vocabulary import clock

EVIDENCE = "台账、照片在街道应急办备查。"
CAPACITY = (
    ("ciqikou", {"equip-radio": PARTLY, "rooms-store": NO}, ("submit", "review")),
    ("shapingba", {"staff-office": PARTLY, "equip-fire": PARTLY}, ("submit",)),
    ("jingkou", {"equip-radio": NO, "staff-grid": PARTLY}, ()),
)
WORDS = "按清单推进，台账和照片已归档。"


def load_demo_records(_actor: Actor, folder: Path) -> int:
    """The `[[bearer]]` of `responsibilities.toml` with their works of this year; how many lists.

    Twice adds none.
    """
    path = folder / "responsibilities.toml"
    officer = next(iter(staff(role="safety_officer")), None)
    if not path.exists() or officer is None or Bearer.objects.exists():
        return 0
    logins = {one.username: one for one in staff()}
    document = tomllib.loads(path.read_text(encoding="utf-8"))
    given = document.get("bearer", [])
    keeper = Actor(officer.id, officer.display_name, officer.role), _person(officer, whole=True)
    for one in given:
        _bearer(one, logins, keeper)
    _capacity(logins, keeper)
    for one in document.get("commendation", []):
        keep_commendation(*keeper, one)
    return len(given)


def _capacity(logins: dict[str, Staff], keeper: tuple[Actor, Person]) -> None:
    """This year's capacity assessment: one street submitted, one reviewed, one half done."""
    today = clock.today()
    checklist = newest_list(today)
    if checklist is None or not open_year(*keeper, today.year, today + timedelta(days=20)):
        return
    items = read_checklist(checklist.content).items
    for username, lacks, steps in CAPACITY:
        doer = logins.get(username)
        if doer is None:
            continue
        who = _actor_of(doer), _person(doer)
        one = CapacityCheck.objects.get(year=today.year, unit_code=doer.organisation_code)
        said = {item.code: Said(lacks.get(item.code, YES), EVIDENCE) for item in items}
        part = dict(list(said.items())[: None if steps else 6])
        answer(*who, one.pk, part)
        for step in steps:
            if step == "review":
                changed = {"plans-move": Said(PARTLY, "抽查两个社区名册未更新。")}
                take_capacity_step(*keeper, one.pk, step, changes=changed)
            else:
                take_capacity_step(*who, one.pk, step)


def _bearer(one: dict[str, Any], logins: dict[str, Staff], keeper: tuple[Actor, Person]) -> None:
    leader = logins.get(one.get("login", ""))
    year, units = clock.today().year, {unit.code: unit for unit in organisations()}
    pk = put_bearer(*keeper, NewBearer(
        unit_code=one["unit"], post=one.get("post", ""), name=one.get("name", ""),
        account_id=leader.id if leader else None,
    ))  # fmt: skip
    for text, basis in one.get("duties", ()):
        new = NewDuty(text=text, basis=basis, valid_from=clock.today().replace(month=1, day=1))
        add_duty(*keeper, pk, new)
    duties = duty_numbers(pk, clock.today())
    for work in one.get("works", ()):
        new_work = NewWork(
            year=year, number=work["number"], what=work["what"], measure=work["measure"],
            unit=units[work.get("unit", one["unit"])], due_on=quarter_end(year, work["quarter"]),
            duty_id=duties.get(work.get("duty", 0)),
        )  # fmt: skip
        work_id, _came = put_work(*keeper, pk, new_work)
        doer = logins.get(work.get("by", ""))
        if doer is not None:
            for step in work.get("steps", ()):
                _step(work_id, step, doer, keeper)
    if leader and one.get("read"):
        sign_reading(_actor_of(leader), _person(leader), pk, year)


def _step(work_id: int, step: str, doer: Staff, keeper: tuple[Actor, Person]) -> None:
    """``report 60`` reports 60 percent; what the committee's office decides, it does itself."""
    verb, _, percent = step.partition(" ")
    who = keeper if verb in ("confirm", "return") else (_actor_of(doer), _person(doer))
    take_step(*who, work_id, verb, words=WORDS, percent=int(percent) if percent else None)


def _actor_of(one: Staff) -> Actor:
    return Actor(one.id, one.display_name, one.role)


def _person(one: Staff, *, whole: bool = False) -> Person:
    rights = frozenset({KEEP, DO, CONFIRM, ASSESS, REVIEW, COMMEND})
    return Person(id=one.id, rights=rights, organisation=one.organisation_code, whole=whole)
