"""Lists to try the platform with: the district's made-up ones, taken through the real steps."""

import tomllib
from pathlib import Path
from typing import Any

from anlan.operations.people.actions import Actor
from anlan.operations.people.queries import Staff, organisations, staff
from anlan.operations.responsibilities.actions.lists import (
    NewBearer,
    NewDuty,
    add_duty,
    duty_numbers,
    put_bearer,
    sign_reading,
)
from anlan.operations.responsibilities.actions.works import NewWork, put_work, take_step
from anlan.operations.responsibilities.models import Bearer
from anlan.operations.responsibilities.rules.loop import Person, quarter_end
from anlan.operations.responsibilities.rules.states import CONFIRM, DO, KEEP
from anlan.vocabulary import clock

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
    given = tomllib.loads(path.read_text(encoding="utf-8")).get("bearer", [])
    keeper = Actor(officer.id, officer.display_name, officer.role), _person(officer, whole=True)
    for one in given:
        _bearer(one, logins, keeper)
    return len(given)


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
    rights = frozenset({KEEP, DO, CONFIRM})
    return Person(id=one.id, rights=rights, organisation=one.organisation_code, whole=whole)
