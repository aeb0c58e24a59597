"""Evaluations of enforcement's effect: counted, maker and checker, measures to the end."""

import json
import random
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from tests.reading_back import read_back

from anlan.backbone.documents import document_media
from anlan.operations.accidents.models import Accident
from anlan.operations.checks.models import CheckRecord
from anlan.operations.deadlines.queries import desk
from anlan.operations.enforcement.models import Appeal, Case, DiscretionRow
from anlan.operations.links.rules import FACTS
from anlan.operations.oversight.actions import evaluation as actions
from anlan.operations.oversight.events import EvaluationMoved
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
from anlan.operations.people.actions import PLATFORM
from anlan.operations.people.models import OutboxEvent
from anlan.operations.safety.actions import register_enterprise
from anlan.operations.statistics.actions import count_months
from anlan.operations.statistics.queries.board import units
from anlan.operations.statistics.queries.lines import Seen
from anlan.vocabulary import clock
from anlan.vocabulary.periods import period
from anlan.vocabulary.transitions import Refused

from .conftest import PEOPLE, archived, at

MONTHS = ("2026-01", "2026-02")
LEADS = {"legal", "legal_two", "leader", "deputy"}
WHO = {
    "amend": LEADS,
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
    Case.objects.filter(pk=first.pk).update(
        inspected_on=date(2026, 1, 21), ordered=True, fine=20_000, hearing_right=True
    )
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


def checked(firm, day, *, by="bureau", use="enforcement", not_ok=0, current=True):
    """A check by a checklist as it is kept."""
    at_noon = datetime(day.year, day.month, day.day, 12, tzinfo=clock.CHINA)
    CheckRecord.objects.create(
        key=f"{day}{by}{use}{not_ok}", enterprise_id=firm, unit="厂", area_code="500106004",
        sector="industry", use=use, performed_at=at_noon, kept_at=at_noon, by_name="x",
        organisation=by, not_ok=not_ok, current=current,
    )  # fmt: skip


def test_inspections_are_those_of_the_statistics_by_a_checklist_and_in_cases(people):
    """Of January and February: the bureau made two by a checklist, one of them found something, and
    one in a case; the fire brigade one. A corrected one counts once, a self-check and one of March
    nowhere."""
    firm = register_enterprise(PLATFORM, {
        "name": "厂", "credit_code": "91350100M000100Y43", "area_code": "500106004",
        "address": "A", "sector": "industry", "state": "open",
    })  # fmt: skip
    day = date(2026, 2, 28)
    checked(firm, day)
    checked(firm, day, not_ok=2)
    checked(firm, day, not_ok=3, current=False)
    checked(firm, date(2026, 1, 1), by="fire")
    checked(firm, day, use="self")
    checked(firm, date(2026, 3, 1))
    case = archived(people, "2026-0001")
    Case.objects.filter(pk=case.pk).update(inspected_on=date(2026, 2, 1), summary=True,
                                           enterprise=firm, sector="industry")  # fmt: skip
    wanted = {"inspections": "3", "found": "2", "inspections.made": "4", "inspections.hits": "2"}
    for sector, said in (("", wanted), ("industry", wanted),
                         ("fire", dict.fromkeys(wanted, "0"))):  # fmt: skip
        pk = opened(people, sector=sector)
        lines = evaluation_file(pk, people["legal"].scope).lines
        assert {one.key: one.value for one in lines if one.key in said} == said
    count_months(100)
    board = [units(Seen("500106", ""), period(month)).whole.checks for month in MONTHS]
    assert (sum(one.inspections for one in board), sum(one.finding for one in board)) == (4, 2)
    words = [one.word for one in lines if one.key.startswith("inspections.")]
    assert words == ["执法检查: 检查（次）", "执法检查: 查出问题（次）"]
    # The case's inspection was one of the two by a checklist, made by the same officers at once.
    Case.objects.filter(pk=case.pk).update(counted_as_check=True, ordered=True)
    wanted = {"inspections": "2", "found": "1", "ordered": "1"}
    lines = evaluation_file(opened(people), people["legal"].scope).lines
    assert {one.key: one.value for one in lines if one.key in wanted} == wanted


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
AGAIN = actions.NewEvaluation(since=date(2026, 1, 2), until=date(2026, 2, 1),
                              due_on=date(2026, 4, 1))  # fmt: skip
TAKES = {
    "submit the opinion": actions.submit_opinion, "return the opinion": actions.return_opinion,
    "answer": actions.answer_opinion, "report progress": actions.report_progress,
    "report done": actions.report_done, "accept a measure": actions.accept_measure,
    "send a measure back": actions.send_measure_back, "publish": actions.publish_summary,
    "close": actions.close_evaluation,
    "amend": lambda told, pk, _word: actions.amend_evaluation(told, pk, AGAIN),
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


CARELESS, UNTRAINED = "违反操作规程或者安全管理规定作业", "未按规定对从业人员进行安全生产教育和培训"


def punished(people, number, item, fine, *, firm=None, day=date(2026, 2, 20)):
    """A decision of ten days before that day, by the item's first row."""
    case = archived(people, number, day=day)
    row = DiscretionRow.objects.filter(violation=item).order_by("code").first()
    Case.objects.filter(pk=case.pk).update(row=row, fine=fine, enterprise=firm)


def test_an_item_is_evaluated_by_its_own_decisions_beside_all_of_the_unit(people):
    firm = register_enterprise(PLATFORM, {
        "name": "某厂", "credit_code": "91500106MA5U00001U", "area_code": "500106004001",
        "sector": "industry", "state": "open"})  # fmt: skip
    punished(people, "2026-0001", CARELESS, 300, firm=firm)
    punished(people, "2026-0002", CARELESS, 1_000)
    punished(people, "2026-0003", UNTRAINED, 40_000)
    punished(people, "2026-0004", CARELESS, 500, firm=firm, day=date(2026, 3, 12))  # after it
    pk = opened(people, item=CARELESS)
    actions.submit_opinion(doer(people, "legal"), pk, "罚款额度一致")
    lines = {one.key: (one.value, one.whole)
             for one in evaluation_file(pk, people["legal"].scope).lines}  # fmt: skip
    assert lines["decided"] == ("2", "3")
    assert lines["fines"] == ("1,300.00", "41,300.00")
    assert lines["enterprises"] == ("1", "1")
    assert [lines[key][0] for key in ("least", "most", "mean")] == ["300.00", "1,000.00", "650.00"]
    assert lines["again"] == ("1", "")
    assert "inspections" not in lines  # an inspection has no item before its case has
    assert not [key for key in lines if key.startswith("cases.")]  # nor have the statistics one
    page = people["legal"].browser.get(f"/cases/evaluations/{pk}").content.decode()
    assert CARELESS in page
    assert "41,300.00" in page
    for form in ("pdf", "docx"):
        paper = people["legal"].browser.get(f"/cases/evaluations/{pk}/paper/{form}")
        assert document_media(paper.content) == paper["Content-Type"]
    assert CARELESS in people["legal"].browser.get("/cases/evaluations?q=操作规程").content.decode()
    with pytest.raises(Refused, match="discretion table"):
        opened(people, item="没有这一条")


def test_what_is_evaluated_may_be_changed_until_the_opinion_is_handed_in(people):
    pk = opened(people)
    browser, page = people["legal"].browser, f"/cases/evaluations/{pk}/amend"
    assert 'value="2026-01-01"' in browser.get(page).content.decode()
    said = {"since": "2026-02-01", "until": "2026-02-28", "due_on": "2026-03-25",
            "item": CARELESS}  # fmt: skip
    assert browser.post(page, said | {"until": "2026-12-31"}).status_code == 422
    assert people["other_legal"].browser.post(page, said).status_code == 404
    assert people["officer"].browser.post(page, said).status_code == 403
    assert browser.post(page, said).status_code == 303
    one = Evaluation.objects.get(pk=pk)
    assert (one.item, one.since, one.state) == (CARELESS, date(2026, 2, 1), State.OPENED)
    assert [step.verb for step in one.steps.order_by("id")] == ["open", "amend"]
    assert [item.due_at.date() for item in desk(people["deputy"].scope)
            if item.kind == "evaluation"] == [date(2026, 3, 25)]  # fmt: skip
    actions.submit_opinion(doer(people, "legal"), pk, "意见")
    assert browser.get(page).status_code == 404


def test_another_program_hands_an_evaluation_on_as_often_as_it_likes(people):
    browser, address = people["legal"].browser, "/api/v1/oversight/evaluations/city/E-7"
    body = {"since": "2026-01-01", "until": "2026-02-28", "due_on": "2026-03-20", "item": CARELESS}

    def put(client=browser, to=address, **more):
        return client.put(to, body | more, content_type="application/json")

    assert put().json()["outcome"] == "new"
    assert put().json()["outcome"] == "same"
    assert put(due_on="2026-03-27").json()["outcome"] == "changed"
    assert put(due_on="2026-03-27", opinion="罚款额度一致").json()["outcome"] == "changed"
    assert put(due_on="2026-03-27", opinion="罚款额度一致").json()["outcome"] == "same"
    assert put(due_on="2026-03-27").json()["outcome"] == "same"
    for refused in ({}, {"due_on": "2026-03-27", "opinion": "另一份意见"}):
        assert put(**refused).status_code == 409  # the opinion is handed in
    one = Evaluation.objects.get()
    assert (one.state, one.submitted_by_id) == (State.SUBMITTED, people["legal"].id)
    found = browser.get(f"/api/v1/oversight/evaluations/{one.pk}").json()
    assert (found["opinion"], found["evaluation"]["source_id"]) == ("罚款额度一致", "E-7")
    assert {"key": "decided", "value": "0", "whole": "0"} in found["figures"]
    other = people["other_legal"].browser
    assert other.get(f"/api/v1/oversight/evaluations/{one.pk}").status_code == 404
    assert read_back(address, one.pk, browser, other) == found["evaluation"]
    assert put(other).json()["outcome"] == "new"  # its own, by the same name
    assert put(people["officer"].browser).status_code == 403
    assert put(to="/api/v1/oversight/evaluations/city/E 7").status_code == 409
    assert put(to="/api/v1/oversight/evaluations/city/E-8", item="没有").status_code == 409
    assert put(to="/api/v1/oversight/evaluations/city/E-9", opinion=" ").json()["outcome"] == "new"
    assert Evaluation.objects.count() == 3


def test_other_systems_are_told_of_every_step(people):
    OutboxEvent.objects.all().delete()
    pk = opened(people, item=CARELESS)
    actions.submit_opinion(doer(people, "legal"), pk, "意见")
    told = [
        json.loads(one.payload) for one in OutboxEvent.objects.filter(name=EvaluationMoved.name)
    ]
    assert [(one["verb"], one["after"]) for one in told] == [
        ("open", "OPENED"), ("submit the opinion", "SUBMITTED")]  # fmt: skip
    assert EvaluationMoved.name in FACTS
