"""A case review for whoever tries the platform, taken through the real steps when it is loaded."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path

from anlan.operations.enforcement.queries.record import archived_between
from anlan.operations.oversight.actions.evaluation import (
    Doer,
    NewEvaluation,
    NewMeasure,
    answer_opinion,
    open_evaluation,
    publish_summary,
    set_measure,
    submit_opinion,
)
from anlan.operations.oversight.actions.open import NewReview, open_review
from anlan.operations.oversight.actions.reading import name_reviewers, score, send_faults
from anlan.operations.oversight.models import Review, Sampled
from anlan.operations.oversight.queries.reviews import checklist_of, plain_name
from anlan.operations.oversight.rules.checklist import Given
from anlan.operations.oversight.rules.loop import Person
from anlan.operations.oversight.rules.states import OPEN, SCORE, VIEW
from anlan.operations.people.actions import Actor
from anlan.operations.people.queries import scope_by, staff
from anlan.vocabulary import clock

LEAD, LEADER, READERS = "fazhi", "juzhang", ("zhifa3", "fazhi2")
CASES = 3
OPINION = "检查发现问题率稳定，复查闭环较好；个别案件决定期限偏长，建议每月清点临期案件。"
ITEM = "违反操作规程或者安全管理规定作业"
ITEM_OPINION = "均当场处罚，以警告为主，在裁量基准内；小商铺通道堆物易复发，建议回访。"
ITEM_SUMMARY = "该事项均当场处罚，以警告为主，在裁量基准内；下一步按季度回访被处罚商铺，防止复发。"


def load_demo_records(_actor: Actor, _folder: Path) -> int:
    """One review in several states; returns how many cases were drawn. Twice adds none.

    None where no case is archived (a drill of the past) or nobody could read it.
    """
    known = {one.username: one for one in staff()}
    if Review.objects.exists() or not {LEAD, *READERS} <= set(known):
        return 0
    doers = {}
    for username in (LEAD, *READERS):
        one = known[username]
        rights = frozenset({VIEW, SCORE, *([OPEN] if one.role == "legal_reviewer" else [])})
        person = Person(id=one.id, name=plain_name(one.display_name), rights=rights,
                        organisation=one.organisation_code)  # fmt: skip
        doers[username] = (Actor(one.id, one.display_name, one.role), person)
    today = clock.today()
    since = today.replace(month=1, day=1)
    begin = datetime.combine(since, time(0), clock.CHINA)
    if len(archived_between(known[LEAD].organisation_code, begin, clock.now())) < CASES:
        return 0
    new = NewReview(since=since, until=today, count=CASES)
    review = open_review(*doers[LEAD], known[LEAD].area_code, new)
    cases = list(Sampled.objects.filter(review=review).order_by("place"))
    lead, first, second = (doers[one] for one in (LEAD, *READERS))
    for sampled in cases[:2]:
        name_reviewers(lead, sampled.pk, (first[1], second[1]))
    score(first, cases[0].pk, _points(cases[0], {"documents": (6, "文书未写明复查时间。")}))
    score(second, cases[0].pk, _points(cases[0], {"filing": (3, "卷内目录缺页码。")}))
    send_faults(second, cases[0].pk)
    score(first, cases[1].pk, _points(cases[1], {}))
    leader = known.get(LEADER)
    if leader is not None:
        answers = (Actor(leader.id, leader.display_name, leader.role), scope_by(leader.id))
        _evaluate((lead[0], scope_by(known[LEAD].id)), answers)
    return len(cases)


def _evaluate(doer: Doer, leader: Doer) -> None:
    """Two of the year so far: the unit's, whose opinion waits for its answer, and one of an item,
    published with a measure under way."""
    today = clock.today()
    unit = NewEvaluation(since=today.replace(month=1, day=1), until=today,
                         due_on=today + timedelta(days=20))  # fmt: skip
    submit_opinion(doer, open_evaluation(doer, unit), OPINION)
    item = open_evaluation(doer, replace(unit, item=ITEM))
    submit_opinion(doer, item, ITEM_OPINION)
    set_measure(leader, item, NewMeasure(
        finding="小商铺通道堆物当场处罚后仍有复发", text="每季度回访被罚商铺，复发的约谈",
        owner=doer[0].id or 0, due_on=today + timedelta(days=60),
    ))  # fmt: skip
    answer_opinion(leader, item, "同意评估意见，回访纳入年度检查计划。")
    publish_summary(doer, item, ITEM_SUMMARY)


def _points(sampled: Sampled, less: dict[str, tuple[int, str]]) -> Given:
    row = sampled.review.checklist
    items = checklist_of(row.figures, row.source).items
    points = {one.key: less.get(one.key, (one.points, ""))[0] for one in items}
    return Given(points=points, notes={key: why for key, (_got, why) in less.items()}, vetoes={})
