"""Appraisal of officers: counted, never typed; graded by the leader, objected to once, final."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from anlan.operations.checks.models import CheckRecord
from anlan.operations.deadlines.actions import run_due_timers
from anlan.operations.deadlines.queries import desk
from anlan.operations.enforcement.models import Appeal, Case, CaseStep, Certificate
from anlan.operations.oversight import actions
from anlan.operations.oversight.models import Appraisal, Sampled
from anlan.operations.oversight.queries.appraisals import (
    appraisal_file,
    figures_of,
    lines,
    person_of,
)
from anlan.operations.oversight.rules.appraisal import APPRAISAL, State, verbs
from anlan.operations.oversight.rules.appraisal import Appraisal as Facts
from anlan.operations.people.actions import PLATFORM, relay_events
from anlan.operations.safety.actions import register_enterprise
from anlan.vocabulary.clock import CHINA
from anlan.vocabulary.transitions import Refused

from .conftest import PEOPLE, archived, at, given, name_two, review_of

WHO = {"grade": "leader deputy", "object": "officer", "uphold": "leader deputy",
       "change the grade": "leader deputy", "stand": ""}  # fmt: skip


def doer(people, name):
    return people[name].actor, person_of(people[name].scope)


def grade(people, name="officer", who="leader", **given_):
    said = {"grade": "称职", "reason": "全年办案质量较好", **given_}
    return actions.grade_officer(doer(people, who), "500106", 2026, people[name].id, **said)


def test_every_step_is_taken_by_whom_the_table_names_and_by_nobody_else(people):
    for step in APPRAISAL.steps:
        for state in State:
            ready = Facts(state=state, unit="bureau", account_id=people["officer"].id,
                          object_by=date(2026, 3, 9))  # fmt: skip
            able = {
                name
                for name in PEOPLE
                if step.verb in verbs(ready, person_of(people[name].scope), date(2026, 3, 9))
            }
            assert able == (set(WHO[step.verb].split()) if state in step.sources else set())


def test_the_figures_are_counted_from_the_cases_of_the_year(people):
    took = (("inspect", "officer", 19), ("order", "officer", 19), ("send back", "legal", 14))
    first = archived(people, "2026-0001", took=took)
    second = archived(people, "2026-0002", took=(("inspect", "partner", 18),))
    second.late_days = 3
    second.save()
    nothing = archived(people, "2026-0003", took=(("inspect", "officer", 17),))
    Case.objects.filter(pk=nothing.pk).update(filed_on=None, decided_on=None)
    last_year = archived(people, "2025-0001", day=date(2025, 6, 1),
                         took=(("inspect", "officer", 19),))  # fmt: skip
    Appeal.objects.create(case=last_year, kind="suit", body="法院", begun_on=date(2025, 7, 1),
                          ended_on=date(2026, 2, 1), outcome="changed")  # fmt: skip
    Appeal.objects.create(case=first, kind="suit", body="法院", begun_on=date(2026, 2, 11),
                          ended_on=date(2026, 2, 20), outcome="upheld")  # fmt: skip
    found = figures_of("bureau", 2026)[people["officer"].id][1]
    assert (found.checks, found.found, found.found_share) == (3, 2, "66.7")
    assert (found.cases, found.decided, found.in_time) == (2, 2, 1)
    assert (found.returned, found.overturned) == (1, 1)
    assert (found.reviewed, found.review_mean) == (0, None)
    assert (found.certified, found.certificate_to) == (True, "2029-04-30")
    idle = figures_of("bureau", 2026)[people["third"].id][1]
    assert (idle.checks, idle.found_share, idle.cases) == (0, None, 0)


def test_a_visit_counts_once_whether_a_checklist_a_case_or_both_tell_of_it(people):
    """The officer made two inspections by a checklist, and corrected one of the partner's; one of
    the officer's own became a case of both in the same visit, another case is a visit of its own.
    """
    firm = register_enterprise(PLATFORM, {
        "name": "厂", "credit_code": "91350100M000100Y43", "area_code": "500106004",
        "address": "A", "sector": "industry", "state": "open",
    })  # fmt: skip

    def checked(key, who, **more):
        noon = datetime(2026, 2, 1, 12, tzinfo=CHINA)
        row = {"use": "enforcement", "performed_at": noon, "kept_at": noon} | more
        return CheckRecord.objects.create(
            key=key, enterprise_id=firm, unit="厂", area_code="500106004", sector="industry",
            by_id=people[who].id, by_name=who, organisation="bureau", **row,
        )  # fmt: skip

    first = checked("a1", "officer", not_ok=2)
    checked("a2", "officer")
    checked("a3", "partner", current=False)
    checked("a3~2", "officer", version=2, not_ok=1)
    checked("a4", "officer", use="self")
    checked("a5", "officer", performed_at=datetime(2025, 12, 31, 23, 59, tzinfo=CHINA))
    both, own = (archived(people, f"2026-000{n}") for n in (1, 2))
    rows = Case.objects.filter(pk__in=(both.pk, own.pk))
    rows.update(inspected_on=date(2026, 2, 1), filed_on=None)
    Case.objects.filter(pk=both.pk).update(check_record=first, counted_as_check=True, ordered=True)
    figures = dict(figures_of("bureau", 2026).values())
    assert {name: (one.checks, one.found) for name, one in figures.items()} == {
        "officer": (3, 1), "partner": (3, 2), "third": (0, 0)}  # fmt: skip
    # Another unit's people there before: the officers' own visit is another.
    Case.objects.filter(pk=both.pk).update(counted_as_check=False)
    again = figures_of("bureau", 2026)[people["officer"].id][1]
    assert (again.checks, again.found, again.found_share) == (4, 2, "50.0")


def test_the_mean_of_the_reviews_is_of_the_officers_own_cases(people, cases):
    review = review_of(people, count=2)
    for sampled, missing in zip(Sampled.objects.filter(review=review), ((), ("filing",)),
                                strict=True):  # fmt: skip
        name_two(people, sampled)
        for name in ("third", "legal_two"):
            actions.score(people[name].doer, sampled.pk, given(sampled, missing))
    found = figures_of("bureau", 2026)
    assert found[people["officer"].id][1].review_mean == "99.5"
    assert found[people["officer"].id][1].reviewed == 2
    assert found[people["third"].id][1].review_mean is None  # who read them had no part


def test_what_is_sent_besides_changes_no_figure_and_a_graded_year_keeps_its_figures(people, cases):
    pk = people["officer"].id
    form = {"verb": "grade", "grade": "称职", "reason": "良好", "checks": "99", "figures": "x"}
    people["leader"].browser.post(f"/cases/appraisals/2026/{pk}/step", form)
    one = Appraisal.objects.get()
    assert (one.figures["checks"], one.figures["cases"]) == (0, 8)
    archived(people, "2026-0099")
    line = next(one for one in lines(people["leader"].scope, 2026) if one.account_id == pk)
    assert line.figures["cases"] == 8
    assert figures_of("bureau", 2026)[pk][1].cases == 9


def test_nobody_appraises_themselves(people):
    held = Certificate.objects.get(holder="third")
    held.account_id = people["leader"].id
    held.save()
    with pytest.raises(Refused, match="Nobody appraises themselves"):
        grade(people, "leader")
    grade(people, "leader", who="deputy")
    file = appraisal_file(people["leader"].scope, 2026, people["leader"].id)
    assert file is not None
    assert file.verbs == ()


@pytest.mark.parametrize(("name", "who", "said"), [
    ("officer", "legal", "role"), ("officer", "officer", "role"), ("duty", "leader", "no such"),
    ("other_officer", "leader", "no such"),
])  # fmt: skip
def test_only_the_units_leader_grades_only_its_officers(people, name, who, said):
    with pytest.raises(Refused, match=said):
        grade(people, name, who)


def test_a_grade_is_of_the_districts_with_a_reason_and_once(people):
    with pytest.raises(Refused, match="Choose a grade"):
        grade(people, grade="很好")
    with pytest.raises(Refused, match="Say why"):
        grade(people, reason=" ")
    grade(people)
    with pytest.raises(Refused, match="graded already"):
        grade(people, who="deputy")
    with pytest.raises(Refused, match="no such"):
        actions.grade_officer(doer(people, "leader"), "500106", 2027, people["officer"].id,
                              grade="称职", reason="早")  # fmt: skip


def test_the_officer_objects_once_within_the_term_and_the_leader_answers(people):
    pk = grade(people)
    assert f"appraisal:{pk}" in {one.key for one in desk(people["officer"].scope)}
    with pytest.raises(Refused, match="role"):
        actions.object_to(doer(people, "leader"), pk, "不")
    with pytest.raises(Refused, match="Only the officer"):
        actions.object_to(doer(people, "partner"), pk, "不")
    at(2026, 3, 16, 23)  # the tenth working day
    actions.object_to(doer(people, "officer"), pk, "有两案因听证延期")
    with pytest.raises(Refused, match="as it is now"):
        actions.object_to(doer(people, "officer"), pk, "再异议")
    assert f"appraisal:{pk}" in {one.key for one in desk(people["deputy"].scope)}
    with pytest.raises(Refused, match="uphold it"):
        actions.change_grade(doer(people, "leader"), pk, "改", "称职")
    actions.change_grade(doer(people, "leader"), pk, "延期经批准", "优秀")
    one = Appraisal.objects.get(pk=pk)
    assert (one.state, one.grade) == ("FINAL", "优秀")
    assert [row.grade for row in one.steps.order_by("id")] == ["称职", "称职", "优秀"]


def test_a_grade_stands_when_the_time_to_object_is_over(people):
    pk = grade(people)
    at(2026, 3, 17, 0, 1)
    with pytest.raises(Refused, match="time to object"):
        actions.object_to(doer(people, "officer"), pk, "迟")
    run_due_timers()
    relay_events()
    assert Appraisal.objects.get(pk=pk).state == State.FINAL
    assert f"appraisal:{pk}" not in {one.key for one in desk(people["officer"].scope)}


def test_an_officer_sees_their_own_and_nobody_elses(people):
    grade(people)
    grade(people, "partner")
    own = people["officer"].id
    browser = people["officer"].browser
    assert [one.account_id for one in lines(people["officer"].scope, 2026)] == [own]
    assert browser.get(f"/cases/appraisals/2026/{own}").status_code == 200
    other = f"/cases/appraisals/2026/{people['partner'].id}"
    assert browser.get(other).status_code == 404
    assert browser.post(f"{other}/step", {"verb": "object", "reason": "x"}).status_code == 404
    for name in ("legal", "other_officer"):
        assert people[name].browser.get(other).status_code == 404
        rows = people[name].browser.get("/api/v1/oversight/appraisals").json()["rows"]
        assert rows == []
    rows = people["leader"].browser.get("/api/v1/oversight/appraisals").json()["rows"]
    assert [one["name"] for one in rows] == ["officer", "partner", "third"]
    assert Decimal(rows[0]["figures"]["checks"]) == 0


def test_the_list_asks_no_more_with_more_cases(people, cases, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        lines(people["leader"].scope, 2026)
    for number in range(20, 30):
        archived(people, f"2026-{number:04d}")
    CaseStep.objects.create(case=cases[0], at=datetime(2026, 1, 5, tzinfo=CHINA), verb="inspect",
                            by_name="x", after="INSPECTED")  # fmt: skip
    with django_assert_max_num_queries(14):
        found = lines(people["leader"].scope, 2026)
    assert [one.figures["cases"] for one in found] == [18, 18, 0]
