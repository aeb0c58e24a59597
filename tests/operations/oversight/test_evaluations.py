"""Evaluations of enforcement's effect: counted, maker and checker, measures to the end."""

import random
from datetime import date, timedelta

import pytest
from django.test import Client

from anlan.operations.accidents.models import Accident
from anlan.operations.deadlines.queries import desk
from anlan.operations.enforcement.models import Appeal, Case, CaseStep
from anlan.operations.oversight.actions import evaluation as actions
from anlan.operations.oversight.models import Evaluation
from anlan.operations.oversight.queries.evaluations import evaluation_file, facts, providers
from anlan.operations.oversight.rules.evaluation import (
    EVALUATION,
    OF_MEASURE,
    Measure,
    MeasureState,
    Person,
    State,
    check,
    verbs,
)
from anlan.operations.oversight.rules.evaluation import Evaluation as Facts
from anlan.vocabulary.transitions import Refused

from .conftest import PEOPLE, archived, at

LEADS = {"legal", "legal_two", "leader", "deputy"}
WHO = {
    "submit the opinion": LEADS, "return the opinion": {"leader", "deputy"},
    "set a measure": {"leader", "deputy"}, "answer": {"leader", "deputy"},
    "report progress": {"officer"}, "report done": {"officer"}, "accept a measure": LEADS,
    "send a measure back": LEADS, "publish": LEADS, "close": {"leader", "deputy"},
}  # fmt: skip


def who(one):
    scope = one.scope
    return Person(id=scope.account_id, rights=scope.rights, organisation=scope.organisation)


def test_every_step_is_taken_by_whom_the_table_names_and_by_nobody_else(people):
    for step in EVALUATION.steps:
        done = step.verb in ("accept a measure", "send a measure back")
        kept = MeasureState.ACCEPTED if step.verb == "close" else (
            MeasureState.DONE if done else MeasureState.OPEN)  # fmt: skip
        measure = Measure(state=kept, owner=people["officer"].id)
        for state in State:
            ready = Facts(state=state, unit="bureau", submitted_by=9990, answered_by=9991,
                          measures=(measure,))  # fmt: skip
            able = {name for name in PEOPLE if step.verb in verbs(ready, who(people[name]))}
            assert able == (WHO[step.verb] if state in step.sources else set()), (step.verb, state)


@pytest.mark.parametrize(("verb", "state", "name", "changed"), [
    ("return the opinion", "SUBMITTED", "leader", {"submitted_by": "leader"}),
    ("set a measure", "SUBMITTED", "leader", {"submitted_by": "leader"}),
    ("answer", "SUBMITTED", "leader", {"submitted_by": "leader"}),
    ("answer", "SUBMITTED", "leader", {"measures": ()}),
    ("publish", "ANSWERED", "leader", {"answered_by": "leader"}),
])  # fmt: skip
def test_maker_and_checker_are_two(people, verb, state, name, changed):
    measure = Measure(state=MeasureState.OPEN, owner=1)
    ready = {"state": state, "unit": "bureau", "measures": (measure,)}
    assert verb in verbs(Facts(**ready), who(people[name]))
    said = {k: people[v].id if v in PEOPLE else v for k, v in changed.items()}
    assert verb not in verbs(Facts(**(ready | said)), who(people[name]))


def test_an_owner_does_not_accept_their_own_measure(people):
    mine = Measure(state=MeasureState.DONE, owner=people["leader"].id)
    ready = Facts(state="ANSWERED", unit="bureau", measures=(mine,))
    with pytest.raises(Refused, match="owns a measure"):
        check("accept a measure", ready, who(people["leader"]), mine)
    check("accept a measure", ready, who(people["deputy"]), mine)


def doer(people, name):
    return people[name].actor, people[name].scope


def opened(people, **changed):
    new = {"since": date(2026, 1, 1), "until": date(2026, 2, 28), "due_on": date(2026, 3, 20)}
    return actions.open_evaluation(doer(people, "legal"), actions.NewEvaluation(**(new | changed)))


def measured(people, pk, owner="officer", due=date(2026, 4, 1)):
    new = actions.NewMeasure(finding="复查率偏低", text="每月清点到期复查", due_on=due,
                             owner=people[owner].id)  # fmt: skip
    actions.set_measure(doer(people, "leader"), pk, new)
    return Evaluation.objects.get(pk=pk).measures.latest("pk").pk


def test_from_opening_to_closing_with_the_desks_and_the_public_summary(people):
    archived(people, "2026-0001")
    pk = opened(people)
    items = [one for one in desk(people["deputy"].scope) if one.kind == "evaluation"]
    assert [one.due_at.date() for one in items] == [date(2026, 3, 20)]
    actions.submit_opinion(doer(people, "legal"), pk, "复查率偏低")
    with pytest.raises(Refused, match="measures first"):
        actions.answer_opinion(doer(people, "leader"), pk, "同意")
    measure = measured(people, pk)
    actions.answer_opinion(doer(people, "leader"), pk, "同意，已部署")
    mine = [one for one in desk(people["officer"].scope) if one.kind == "evaluation"]
    assert [one.due_at.date() for one in mine] == [date(2026, 4, 1)]
    with pytest.raises(Refused, match="does not publish"):
        actions.publish_summary(doer(people, "leader"), pk, "摘要")
    assert "公开的话" not in Client().get("/evaluations").content.decode()
    actions.publish_summary(doer(people, "legal"), pk, "公开的话")
    assert "公开的话" in Client().get("/evaluations").content.decode()
    with pytest.raises(Refused, match="still under way"):
        actions.close_evaluation(doer(people, "leader"), pk)
    actions.report_progress(doer(people, "officer"), pk, measure, "已列清单")
    actions.report_done(doer(people, "officer"), pk, measure, "已完成")
    actions.send_measure_back(doer(people, "legal"), pk, measure, "缺台账")
    actions.report_done(doer(people, "officer"), pk, measure, "已补")
    actions.accept_measure(doer(people, "legal"), pk, measure)
    actions.close_evaluation(doer(people, "leader"), pk)
    assert Evaluation.objects.get(pk=pk).state == State.CLOSED
    left = [one for name in PEOPLE for one in desk(people[name].scope)]
    assert not [one for one in left if one.kind == "evaluation"]


def test_a_fine_that_was_revoked_counts_nowhere_and_a_changed_one_as_changed(people):
    first, second = archived(people, "2026-0001"), archived(people, "2026-0002")
    Case.objects.filter(pk=first.pk).update(fine=50_000, revoked_on=date(2026, 2, 20))
    Case.objects.filter(pk=second.pk).update(fine=15_000)  # what an appeal left of more
    lines = {one.key: one.value
             for one in evaluation_file(opened(people), people["legal"].scope).lines}  # fmt: skip
    assert {key: lines[key] for key in ("decided", "fines", "changed")} == {
        "decided": "2", "fines": "15,000.00", "changed": "1"}  # fmt: skip
    assert lines["cases.decided"] == "2"
    assert lines["cases.revoked"] == "1"
    assert lines["cases.fine"].startswith("15")


def test_the_figures_are_counted_from_the_cases_and_kept_with_the_opinion(people):
    first, second = archived(people, "2026-0001"), archived(people, "2026-0002")
    archived(people, "2026-0003", unit="fire")
    CaseStep.objects.create(case=first, at=first.opened_at, verb="inspect", after="INSPECTED",
                            by_id=people["officer"].id, by_name="x")  # fmt: skip
    CaseStep.objects.create(case=first, at=first.opened_at, verb="order", after="ORDERED",
                            by_id=people["officer"].id, by_name="x")  # fmt: skip
    Case.objects.filter(pk=first.pk).update(ordered=True, fine=20_000, hearing_right=True)
    Appeal.objects.create(case=second, kind="reconsideration", body="府", outcome="changed",
                          begun_on=date(2026, 2, 12), ended_on=date(2026, 2, 20))  # fmt: skip
    pk = opened(people)
    actions.submit_opinion(doer(people, "legal"), pk, "意见")
    kept = {one["key"]: one["value"] for one in Evaluation.objects.get(pk=pk).figures}
    wanted = {"inspections": "1", "found": "1", "ordered": "1", "rechecked": "1", "decided": "2",
              "fines": "20,000.00", "hearing_right": "1", "hearings": "0", "appealed": "1",
              "changed": "1", "enterprises": "0", "repeats": "0"}  # fmt: skip
    assert {key: kept[key] for key in wanted} == wanted
    assert kept["cases.decided"] == "2"  # as the statistics count it
    Case.objects.all().update(fine=1)
    lines = {one.key: one.value for one in evaluation_file(pk, people["legal"].scope).lines}
    assert lines["fines"] == "20,000.00"
    assert "厂" not in str(Evaluation.objects.get(pk=pk).figures)
    assert not Accident.objects.exists()


@pytest.mark.parametrize(("wrong", "said"), [
    ({"until": date(2026, 3, 3)}, "not after today"), ({"since": date(2026, 3, 1)}, "ends after"),
    ({"due_on": date(2026, 3, 1)}, "lies ahead"), ({"sector": "none"}, "sector"),
    ({"provider": "谁"}, "register of services"),
])  # fmt: skip
def test_what_cannot_be_opened_is_refused(people, wrong, said):
    with pytest.raises(Refused, match=said):
        opened(people, **wrong)
    with pytest.raises(Refused, match="role"):
        actions.open_evaluation(doer(people, "officer"), actions.NewEvaluation(
            since=date(2026, 1, 1), until=date(2026, 2, 1), due_on=date(2026, 4, 1)))  # fmt: skip
    assert providers() == []


def test_another_units_evaluation_is_not_found_and_the_paper_names_no_party(people):
    archived(people, "2026-0001")
    pk = opened(people)
    mine, other = people["legal"].browser, people["other_legal"].browser
    for address in (f"/cases/evaluations/{pk}", f"/cases/evaluations/{pk}/paper/pdf",
                    f"/cases/evaluations/{pk}/paper/docx", "/cases/evaluations/new",
                    "/cases/evaluations", "/cases/evaluations/export",
                    "/api/v1/oversight/evaluations"):  # fmt: skip
        assert mine.get(address).status_code == 200, address
        if f"/{pk}" in address:
            assert other.get(address).status_code == 404, address
    step = f"/cases/evaluations/{pk}/step"
    assert other.post(step, {"verb": "submit the opinion", "opinion": "x"}).status_code == 404
    assert mine.post(step, {"verb": "submit the opinion", "opinion": "评"}).status_code == 303
    assert Evaluation.objects.get(pk=pk).state == State.SUBMITTED
    assert other.get("/api/v1/oversight/evaluations").json()["count"] == 0


def test_random_walks_never_close_with_a_measure_open_nor_let_one_person_do_both(people):
    closed = 0
    for seed in range(4):
        dice = random.Random(seed)
        pk = opened(people)
        for _turn in range(60):
            _try(dice, people, pk)
        one = Evaluation.objects.get(pk=pk)
        took = {step.verb: step.by_id for step in one.steps.order_by("id")}
        if one.answered_by_id:
            assert one.submitted_by_id != one.answered_by_id
        if one.published_at:
            assert took["publish"] != one.answered_by_id
        if one.state == State.CLOSED:
            closed += 1
            assert {m.state for m in one.measures.all()} == {"ACCEPTED"}
    assert closed >= 1


def _try(dice, people, pk):
    name, verb = dice.choice(list(PEOPLE)), dice.choice(list(WHO))
    row = Evaluation.objects.get(pk=pk)
    measures = list(row.measures.all())
    known = facts(row, measures)
    open_to = [(n, v) for n in [*OWNERS, "legal", "deputy"] for v in verbs(known, who(people[n]))
               if v != "return the opinion" or dice.random() < 0.1]  # fmt: skip
    if open_to and dice.random() < 0.8:
        name, verb = dice.choice(open_to)
    measure = dice.choice(measures).pk if measures else None
    told, one = doer(people, name), (measure,) if verb in OF_MEASURE else ()
    try:
        if verb == "set a measure":
            new = actions.NewMeasure(finding="因", text="措", due_on=date(2026, 4, 1),
                                     owner=people[dice.choice(OWNERS)].id)  # fmt: skip
            actions.set_measure(told, pk, new)
        elif verb in ("accept a measure", "close"):
            TAKES[verb](told, pk, *one)
        else:
            TAKES[verb](told, pk, *one, "话")
    except Refused:
        pass


OWNERS = ["officer", "leader"]
TAKES = {
    "submit the opinion": actions.submit_opinion, "return the opinion": actions.return_opinion,
    "answer": actions.answer_opinion, "report progress": actions.report_progress,
    "report done": actions.report_done, "accept a measure": actions.accept_measure,
    "send a measure back": actions.send_measure_back, "publish": actions.publish_summary,
    "close": actions.close_evaluation,
}  # fmt: skip


def test_a_measure_is_late_the_day_after_its_deadline(people):
    pk = opened(people)
    actions.submit_opinion(doer(people, "legal"), pk, "意见")
    measured(people, pk, due=date(2026, 4, 3))
    actions.answer_opinion(doer(people, "leader"), pk, "同意")
    page = f"/cases/evaluations/{pk}"
    for day, late in ((date(2026, 4, 3), False), (date(2026, 4, 3) + timedelta(1), True)):
        at(day.year, day.month, day.day, 9)
        text = people["legal"].browser.get(page).content.decode()
        assert ("al-nw al-late" in text) is late


def test_a_returned_opinion_and_its_measures_stay_on_record(people):
    pk = opened(people)
    actions.submit_opinion(doer(people, "legal"), pk, "第一份意见")
    measured(people, pk, due=date(2026, 4, 3))
    actions.return_opinion(doer(people, "leader"), pk, "数据口径不清")
    one = Evaluation.objects.get(pk=pk)
    assert (one.state, one.measures.count(), one.measures.filter(withdrawn_at=None).count()) == (
        "OPENED", 1, 0,
    )  # fmt: skip
    actions.submit_opinion(doer(people, "legal"), pk, "第二份意见")
    with pytest.raises(Refused, match="measures first"):
        actions.answer_opinion(doer(people, "leader"), pk, "同意")
    kept = one.steps.get(verb="return the opinion").said
    assert (kept["opinion"], len(kept["measures"]), kept["measures"][0]["due"]) == (
        "第一份意见", 1, "2026-04-03",
    )  # fmt: skip
    assert kept["figures"]
    text = people["legal"].browser.get(f"/cases/evaluations/{pk}").content.decode()
    assert "第一份意见" in text
    assert evaluation_file(pk, people["legal"].scope).measures == []
