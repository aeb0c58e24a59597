"""An officer's appraisal: a grade on counted figures, the officer's objection, its end."""

from dataclasses import asdict
from datetime import datetime, time, timedelta

from django.db import IntegrityError

from anlan.operations.deadlines.actions import (
    NewItem,
    cancel_timer,
    close_item,
    open_item,
    set_timer,
)
from anlan.operations.deadlines.queries import Unit, after
from anlan.operations.oversight.events import AppraisalStands
from anlan.operations.oversight.models import Appraisal, AppraisalStep
from anlan.operations.oversight.queries.appraisals import (
    facts,
    figures_of,
    grades_on,
    possible_year,
)
from anlan.operations.oversight.rules.appraisal import APPRAISE, OBJECT, Person, State, check
from anlan.operations.people.actions import PLATFORM, Act, Actor, act
from anlan.operations.registers.queries import required
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

LONGEST = 1000


def grade_officer(
    doer: tuple[Actor, Person], area_code: str, year: int, account_id: int, *, grade: str,
    reason: str,
) -> int:  # fmt: skip
    """Grade an officer's year on the figures counted now, which are kept; the appraisal's id."""
    actor, person = doer
    unit = person.organisation
    check("grade", facts(unit, account_id, None), person, clock.today())
    counted = figures_of(unit, year).get(account_id)
    if counted is None or not possible_year(year):
        raise Refused(N_("There is no such officer in your unit."))
    grades, days = grades_on(clock.today())
    if grade not in grades:
        raise Refused(N_("Choose a grade."))
    why = required(reason, N_("Say why."))[:LONGEST]
    name, figures = counted
    try:
        with act("oversight.grade", actor) as this:
            one = Appraisal.objects.create(
                unit=unit, area_code=area_code, year=year, account_id=account_id, name=name,
                figures=asdict(figures),
                state=State.GRADED, grade=grade,
                object_by=after(clock.today(), days, Unit.WORKING),
            )  # fmt: skip
            over = datetime.combine(one.object_by + timedelta(1), time(0), clock.CHINA)
            set_timer(_key(one), over, AppraisalStands(appraisal_id=one.pk))
            _finish(this, one, actor, ("grade", State.COMPUTED, why))
    except IntegrityError:
        raise Refused(N_("This year of the officer is graded already.")) from None
    return one.pk


def object_to(doer: tuple[Actor, Person], appraisal_id: int, reason: str) -> None:
    """The officer objects, once, within the term."""
    _take("object", doer, appraisal_id, reason)


def uphold_grade(doer: tuple[Actor, Person], appraisal_id: int, reason: str) -> None:
    """The leader answers: the grade stays."""
    _take("uphold", doer, appraisal_id, reason)


def change_grade(doer: tuple[Actor, Person], appraisal_id: int, reason: str, grade: str) -> None:
    """The leader answers: another grade."""
    if grade not in grades_on(clock.today())[0]:
        raise Refused(N_("Choose a grade."))
    _take("change the grade", doer, appraisal_id, reason, grade)


def _take(
    verb: str, doer: tuple[Actor, Person], appraisal_id: int, reason: str, grade: str = ""
) -> None:
    actor, person = doer
    with act(f"oversight.{verb.replace(' ', '_')}", actor) as this:
        one = _locked(appraisal_id)
        step = check(verb, facts(one.unit, one.account_id, one), person, clock.today())
        why = required(reason, N_("Say why."))[:LONGEST]
        if grade == one.grade:
            raise Refused(N_("It has this grade: uphold it."))
        before, one.state = one.state, step.leads_to(one.state)
        one.grade = grade or one.grade
        one.save()
        cancel_timer(_key(one))
        _finish(this, one, actor, (verb, before, why))


def end_objection(appraisal_id: int) -> None:
    """The time to object is over: the grade stands."""
    with act("oversight.stand", PLATFORM) as this:
        one = _locked(appraisal_id)
        if one.state != State.GRADED:
            return
        before, one.state = one.state, State.FINAL
        one.save()
        _finish(this, one, PLATFORM, ("stand", before, ""))


def _locked(appraisal_id: int) -> Appraisal:
    one = Appraisal.objects.select_for_update().filter(pk=appraisal_id).first()
    if one is None:
        raise Refused(N_("There is no such appraisal."))
    return one


def _finish(this: Act, one: Appraisal, actor: Actor, step: tuple[str, str, str]) -> None:
    verb, before, reason = step
    AppraisalStep.objects.create(
        appraisal=one, at=clock.now(), by_id=actor.id, by_name=actor.label, verb=verb,
        before=before, after=one.state, grade=one.grade, reason=reason,
    )  # fmt: skip
    _desk(one)
    this.on("appraisal", one.pk, str(one))
    this.detail = {"from": before, "to": one.state}


def _desk(one: Appraisal) -> None:
    """The officer reads the grade, whoever appraises answers an objection."""
    if one.state == State.FINAL:
        close_item(_key(one))
        return
    end = clock.end_of(one.object_by)
    graded = one.state == State.GRADED
    open_item(
        NewItem(
            key=_key(one), kind="appraisal", link=f"/cases/appraisals/{one.year}/{one.account_id}",
            title=N_("Your appraisal of %(year)d: read it, or object") if graded
            else N_("Answer an objection to the appraisal of %(year)d"),
            action=N_("Read the appraisal") if graded else N_("Answer the objection"),
            right=OBJECT if graded else APPRAISE,
            area_code=one.area_code, unit=one.unit, parameters={"year": one.year},
            due_at=end if graded else None, owner_id=one.account_id if graded else None,
        )
    )  # fmt: skip


def _key(one: Appraisal) -> str:
    return f"appraisal:{one.pk}"
