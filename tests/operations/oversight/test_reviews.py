"""Case reviews: nobody picks the sample or reads their own case; two read, the unit mends."""

import random
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from anlan.operations.deadlines.queries import desk
from anlan.operations.enforcement.models import Case, CaseStep
from anlan.operations.oversight import actions
from anlan.operations.oversight.models import Fault, Review, Sampled, SampledStep, Score
from anlan.operations.oversight.queries.reviews import facts_of
from anlan.operations.oversight.rules.drawing import drawn
from anlan.operations.oversight.rules.loop import Sampled as Facts
from anlan.operations.oversight.rules.loop import check, verbs
from anlan.operations.oversight.rules.states import SAMPLED, State
from anlan.operations.people.models import AuditEntry
from anlan.vocabulary.clock import CHINA
from anlan.vocabulary.transitions import Refused

from .conftest import PEOPLE, archived, at, given, name_two, review_of

WHO = {
    "name reviewers": "legal legal_two leader deputy", "score": "third legal_two",
    "send the faults": "legal_two deputy", "answer": "officer partner",
    "return": "legal_two deputy", "close": "legal_two deputy",
}  # fmt: skip


def test_every_step_is_taken_by_whom_the_table_names_and_by_nobody_else(people):
    part = frozenset(people[name].id for name in ("officer", "partner", "legal", "leader"))
    both = frozenset(people[name].id for name in ("third", "legal_two"))
    for step in SAMPLED.steps:
        for state in State:
            faults = 0 if step.verb == "close" else 1
            ready = Facts(state=state, unit="bureau", people=part, reviewers=both, faults=faults)
            able = {name for name in PEOPLE if step.verb in verbs(ready, people[name].person)}
            wanted = WHO[step.verb].split() if state in step.sources else []
            assert able == set(wanted), (step.verb, state)


def test_the_sample_is_the_same_from_its_seed_in_whatever_order_the_cases_come(people, cases):
    review = Review.objects.get(pk=review_of(people))
    rows = [one.number for one in review.cases.order_by("place")]
    frame = list(review.frame)
    random.Random(1).shuffle(frame)
    assert rows == drawn(frame, 3, review.seed)
    assert sorted(review.frame) == [one.number for one in cases]
    others = {tuple(drawn(frame, 3, f"{n}")) for n in range(40)}
    assert len(others) > 20  # another seed draws others


def test_every_case_is_drawn_about_as_often():
    frame = [f"2026-{n:04d}" for n in range(20)]
    times = dict.fromkeys(frame, 0)
    for seed in range(2000):
        for one in drawn(frame, 5, f"{seed:032x}"):
            times[one] += 1
    assert min(times.values()) > 430
    assert max(times.values()) < 570  # 500 expected, sigma 19


def test_nobody_chooses_what_is_drawn(people, cases):
    """Neither cases nor seed can be said, on the page either, and a period is drawn from once."""
    browser = people["legal"].browser
    form = {"since": "2026-01-01", "until": "2026-02-28", "count": "3", "seed": "00",
            "frame": "2026-0001", "cases": "2026-0001"}  # fmt: skip
    assert browser.post("/cases/reviews/new", form).status_code == 303
    review = Review.objects.get()
    assert review.seed != "00"
    assert len(review.seed) == 32
    assert len(review.frame) == 8
    for since, until in ((date(2026, 1, 1), date(2026, 2, 28)), (date(2026, 2, 10),) * 2,
                         (date(2025, 12, 1), date(2026, 1, 1))):  # fmt: skip
        with pytest.raises(Refused, match="drawn from once"):
            review_of(people, "deputy", since=since, until=until)


def test_a_case_closed_after_the_drawing_of_its_last_day_belongs_to_the_next_period(people, cases):
    at(2026, 2, 28, 12)
    review_of(people, count=8)
    archived(people, "2026-0090", day=date(2026, 2, 28), hour=15)
    archived(people, "2026-0091", day=date(2026, 3, 1))
    at(2026, 4, 1, 9)
    later = review_of(people, since=date(2026, 3, 1), until=date(2026, 3, 31), count=2)
    assert Review.objects.get(pk=later).frame == ["2026-0090", "2026-0091"]


@pytest.mark.parametrize(("wrong", "said"), [
    ({"until": date(2026, 3, 3)}, "not after today"),
    ({"since": date(2026, 3, 1)}, "ends after it begins"),
    ({"count": 0}, "how many"), ({"share": 10}, "how many"), ({"count": 0, "share": 101}, "share"),
    ({"count": 9}, "Only 8"), ({"count": 1}, "at least"),
    ({"since": date(2025, 1, 1), "until": date(2025, 2, 1)}, "No case"),
])  # fmt: skip
def test_what_cannot_be_drawn_is_refused_with_the_reason(people, cases, wrong, said):
    with pytest.raises(Refused, match=said):
        review_of(people, **wrong)
    assert not Review.objects.exists()


def test_only_the_bureau_opens_one_and_only_of_its_own_cases(people, cases):
    for name in ("officer", "duty", "safety", "street"):
        with pytest.raises(Refused, match="role"):
            review_of(people, name)
    with pytest.raises(Refused, match="No case"):
        review_of(people, "other_legal")


@pytest.mark.parametrize("name", ["officer", "partner", "legal"])
def test_nobody_reviews_a_case_that_they_had_part_in(people, drawn_case, name):
    with pytest.raises(Refused, match="had part"):
        name_two(people, drawn_case, name)
    assert Sampled.objects.get(pk=drawn_case.pk).state == State.DRAWN


def test_neither_does_who_took_one_step_chaired_the_hearing_or_discussed_it(people, drawn_case):
    case = drawn_case.case
    for verb, said in (("send back", {}), ("call the hearing", {"chair": "legal_two"}),
                       ("discuss", {"present": "甲、legal_two、乙"})):  # fmt: skip
        step = CaseStep.objects.create(
            case=case, at=case.closed_at - timedelta(days=12), verb=verb, after="X", said=said,
            by_id=people["legal_two" if verb == "send back" else "legal"].id, by_name="x",
        )  # fmt: skip
        with pytest.raises(Refused, match="had part"):
            name_two(people, drawn_case)
        step.delete()
    name_two(people, drawn_case)


def test_reviewers_are_two_who_may(people, drawn_case):
    with pytest.raises(Refused, match="Two different"):
        name_two(people, drawn_case, "third", "third")
    for name in ("deputy", "safety"):
        with pytest.raises(Refused, match="may not review"):
            name_two(people, drawn_case, name)


def test_what_came_out_later_bars_a_reviewer_who_was_named(people, drawn_case):
    name_two(people, drawn_case)
    case = drawn_case.case
    CaseStep.objects.create(case=case, at=case.closed_at, verb="correct", after="ARCHIVED",
                            by_id=people["third"].id, by_name="third")  # fmt: skip
    with pytest.raises(Refused, match="had part"):
        actions.score(people["third"].doer, drawn_case.pk, given(drawn_case))


def test_two_score_once_each_and_see_the_other_only_after(people, drawn_case):
    name_two(people, drawn_case)
    pk = drawn_case.pk
    actions.score(people["third"].doer, pk, given(drawn_case, ("filing",)))
    with pytest.raises(Refused, match="scored it"):
        actions.score(people["third"].doer, pk, given(drawn_case))
    with pytest.raises(Refused, match="reviewers stay"):
        name_two(people, drawn_case)
    page = people["legal_two"].browser.get(f"/cases/sampled/{pk}")
    assert "缺一页" not in page.content.decode()
    actions.score(people["legal_two"].doer, pk, given(drawn_case))
    one = Sampled.objects.get(pk=pk)
    assert (one.state, one.mean, one.grade, one.vetoed) == (
        "SCORED",
        Decimal("99.5"),
        "优秀",
        False,
    )
    page = people["legal_two"].browser.get(f"/cases/sampled/{pk}").content.decode()
    assert "缺一页" in page


def test_points_are_whole_within_their_item_and_missing_ones_have_words(people, drawn_case):
    name_two(people, drawn_case)
    good = given(drawn_case)
    for points, notes, vetoes, said in (
        ({"facts": 13}, {}, {}, "Give 0 to 12"), ({"facts": 11}, {}, {}, "what is wrong"),
        ({}, {}, {"no_such": "x"}, "veto"), ({}, {}, {"no_review": "x"}, "veto"),
    ):  # fmt: skip
        wrong = type(good)(points={**good.points, **points}, notes=notes, vetoes=vetoes)
        with pytest.raises(Refused, match=said):
            actions.score(people["third"].doer, drawn_case.pk, wrong)
    few = type(good)(points={}, notes={}, vetoes={})
    with pytest.raises(Refused, match="Give 0"):
        actions.score(people["third"].doer, drawn_case.pk, few)
    assert not Score.objects.exists()


def test_what_is_computed_is_not_typed(people, cases):
    """Points sent for a computed item change nothing; what the records say counts."""
    Case.objects.update(late_days=4)
    sampled = Sampled.objects.filter(review=review_of(people)).earliest("place")
    assert sampled.computed["decided_in_time"]["passed"] is False
    name_two(people, sampled)
    for name in ("third", "legal_two"):
        good = given(sampled)
        typed = type(good)(points={**good.points, "term": 4, "officers": 0}, notes={}, vetoes={})
        actions.score(people[name].doer, sampled.pk, typed)
    sampled.refresh_from_db()
    assert sampled.mean == Decimal("96.0")  # four points for the term are gone, once
    assert [(one.key, one.text) for one in sampled.faults.all()] == [("term", "")]
    assert "term" not in Score.objects.first().points


def test_a_veto_fails_the_file_whatever_its_points(people, drawn_case):
    name_two(people, drawn_case)
    actions.score(people["third"].doer, drawn_case.pk,
                  given(drawn_case, vetoes={"no_facts": "主要事实不清"}))  # fmt: skip
    actions.score(people["legal_two"].doer, drawn_case.pk, given(drawn_case))
    one = Sampled.objects.get(pk=drawn_case.pk)
    assert (one.vetoed, one.grade, one.mean) == (True, "不合格", Decimal("100.0"))


def test_a_case_decided_without_its_legal_review_fails_by_itself(people, cases):
    CaseStep.objects.filter(verb="review").delete()
    sampled = Sampled.objects.filter(review=review_of(people)).earliest("place")
    name_two(people, sampled)
    for name in ("third", "legal_two"):
        actions.score(people[name].doer, sampled.pk, given(sampled))
    sampled.refresh_from_db()
    assert sampled.grade == "不合格"
    assert {one.key for one in sampled.faults.all()} == {"review", "no_review"}


def test_faults_go_to_the_unit_with_a_last_day_and_the_case_closes_when_answered(people, scored):
    pk = scored.pk
    with pytest.raises(Refused, match="Faults were found"):
        actions.close(people["deputy"].doer, pk)
    with pytest.raises(Refused, match="had part"):
        actions.send_faults(people["leader"].doer, pk)
    actions.send_faults(people["deputy"].doer, pk)
    assert scored.read().due_on == date(2026, 3, 16)  # ten working days
    assert f"sampled:{pk}" in {one.key for one in desk(people["officer"].scope)}
    fault = Fault.objects.get()
    with pytest.raises(Refused, match="mended"):
        actions.answer_fault(people["officer"].doer, pk, fault.pk, " ")
    with pytest.raises(Refused, match="does not answer"):
        actions.answer_fault(people["third"].doer, pk, fault.pk, "已补")
    actions.answer_fault(people["officer"].doer, pk, fault.pk, "已补齐目录")
    with pytest.raises(Refused, match="as it is now"):
        actions.answer_fault(people["officer"].doer, pk, fault.pk, "又补")
    at(2026, 3, 4, 9)
    actions.return_answer(people["deputy"].doer, pk, "目录仍缺页码")
    assert scored.read().due_on == date(2026, 3, 18)
    actions.answer_fault(people["officer"].doer, pk, fault.pk, "页码已补")
    actions.close(people["deputy"].doer, pk)
    assert scored.read().state == State.CLOSED
    assert f"sampled:{pk}" not in {one.key for one in desk(people["officer"].scope)}


def test_the_days_to_mend_leave_out_the_holidays(people, scored):
    """1 to 7 October are off, the Saturday after is worked."""
    at(2026, 9, 28, 9)
    actions.send_faults(people["deputy"].doer, scored.pk)
    assert scored.read().due_on == date(2026, 10, 16)


def test_a_review_is_over_with_its_last_case(people, cases):
    review = Review.objects.get(pk=review_of(people, count=2))
    for sampled in review.cases.order_by("place"):
        assert Review.objects.get(pk=review.pk).closed_at is None
        name_two(people, sampled)
        for name in ("third", "legal_two"):
            actions.score(people[name].doer, sampled.pk, given(sampled))
        actions.close(people["deputy"].doer, sampled.pk)
    assert Review.objects.get(pk=review.pk).closed_at == datetime(2026, 3, 2, 9, tzinfo=CHINA)
    assert f"case_review:{review.pk}" not in {one.key for one in desk(people["deputy"].scope)}


def test_another_units_review_is_not_there(people, scored):
    pk = scored.pk
    review = scored.read().review_id
    for name in ("other_legal", "other_officer"):
        browser = people[name].browser
        for address in (f"/cases/sampled/{pk}", f"/cases/reviews/{review}"):
            assert browser.get(address).status_code == 404
        assert browser.post(f"/cases/sampled/{pk}/step", {"verb": "close"}).status_code == 404
        assert b"2026-01" not in browser.get("/cases/reviews").content
        assert browser.get(f"/api/v1/oversight/reviews/{review}").status_code == 404
    for name in ("duty", "street"):
        assert people[name].browser.get(f"/cases/sampled/{pk}").status_code == 403


def test_whatever_is_tried_at_random_nobody_judges_their_own(people, cases, monkeypatch):
    """Two hundred steps by anybody, on one sample: what never may be is never so."""
    monkeypatch.setattr("secrets.token_hex", lambda _bytes: "5c" * 16)
    rng = random.Random(20261129)
    review = Review.objects.get(pk=review_of(people))
    names = list(PEOPLE)
    for _try in range(200):
        sampled = rng.choice(list(review.cases.all()))
        who = people[rng.choice(names)]
        try:
            _something(rng, people, who, sampled)
        except Refused:
            continue
    assert SampledStep.objects.count() > 12
    for sampled in Sampled.objects.all():
        part = facts_of(sampled).people
        scores = list(sampled.scores.all())
        assert not {one.by_id for one in scores} & part
        assert {one.by_id for one in scores} <= set(sampled.reviewers)
        assert (sampled.mean is not None) == (len(scores) == 2)
        judged = sampled.steps.filter(verb__in=("close", "return", "send the faults"))
        assert not set(judged.values_list("by", flat=True)) & part
        if sampled.state == State.CLOSED:
            assert not sampled.faults.filter(answered_at=None).exists()


def _something(rng, people, who, sampled):
    verb = rng.choice(SAMPLED.verbs(sampled.state) or ("close",))
    who = rng.choice([who, people["deputy"]])  # who may, as often as anybody
    if verb == "name reviewers":
        able = [people["third"], people["legal_two"]]
        two = rng.choice([rng.sample(list(people.values()), 2), able])
        actions.name_reviewers(who.doer, sampled.pk, tuple(one.person for one in two))
    elif verb == "score":
        reader = rng.choice([who, *(one for one in people.values() if one.id in sampled.reviewers)])
        actions.score(reader.doer, sampled.pk, given(sampled, ("filing",) * rng.randint(0, 1)))
    elif verb == "answer":
        fault = sampled.faults.filter(answered_at=None).first()
        actions.answer_fault(who.doer, sampled.pk, fault.pk, "已改")
    elif verb == "return":
        actions.return_answer(who.doer, sampled.pk, "不全")
    else:
        {"close": actions.close, "send the faults": actions.send_faults}[verb](who.doer, sampled.pk)


def test_buttons_are_what_the_rules_allow_and_every_step_is_audited(people, drawn_case):
    page = people["deputy"].browser.get(f"/cases/sampled/{drawn_case.pk}").content.decode()
    assert 'value="name reviewers"' in page
    page = people["third"].browser.get(f"/cases/sampled/{drawn_case.pk}").content.decode()
    assert 'value="name reviewers"' not in page
    answer = people["deputy"].browser.post(
        f"/cases/sampled/{drawn_case.pk}/step",
        {"verb": "name reviewers", "one": people["third"].id, "two": people["legal_two"].id},
    )  # fmt: skip
    assert answer.status_code == 303
    assert AuditEntry.objects.filter(verb="oversight.name_reviewers").count() == 1
    page = people["third"].browser.get(f"/cases/sampled/{drawn_case.pk}").content.decode()
    assert 'name="points-facts"' in page
    assert 'name="points-officers"' not in page  # computed
    form = {f"points-{key}": got for key, got in given(drawn_case).points.items()}
    people["third"].browser.post(f"/cases/sampled/{drawn_case.pk}/step", {"verb": "score", **form})
    assert Score.objects.get().total == 100


def test_checks_of_the_loop_say_why(people, drawn_case):
    name_two(people, drawn_case)
    case = facts_of(Sampled.objects.get(pk=drawn_case.pk))
    with pytest.raises(Refused, match="Only the two reviewers"):
        check("score", case, people["officer"].person)
