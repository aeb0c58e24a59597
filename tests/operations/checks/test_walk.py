"""A walk at random through checks of every sender: what may never be, never is."""

import random
from datetime import timedelta

from tests.operations.checks.conftest import checker, ok, submission
from tests.operations.risks.conftest import Worker

from anlan.operations.checks.actions import Answer, correct_check, make_tasks, submit_check
from anlan.operations.checks.models import CheckRecord, CheckTask
from anlan.operations.safety.models import Danger
from anlan.vocabulary import clock
from anlan.vocabulary.clock import DrillClock
from anlan.vocabulary.transitions import Refused

ALL = ("exit", "wiring", "drill", "law-officer")


def test_walking_at_random_never_counts_a_check_that_may_not_count(task, works, people, staff):
    dice = random.Random(3)
    senders = [people[name] for name in ("manager", "stranger", "street", "other_street", "leader")]
    senders += [staff, Worker("principal", "principal", people["street"], works)]
    for step in range(70):
        if dice.random() < 0.1:
            clock.use(DrillClock(clock.now() + timedelta(days=1)))
            make_tasks()
        who = dice.choice(senders)
        codes = dice.choice([("exit", "wiring"), ("drill",), ALL, ("exit",)])
        answers = ok(*codes)
        if dice.random() < 0.4:
            answers[codes[0]] = Answer(dice.choice(["not_ok", "na", "ok"]), "堆物",
                                       dice.random() < 0.8)  # fmt: skip
        chosen = dice.choice([*CheckTask.objects.filter(enterprise=works), None])
        given = submission(chosen or task, answers, f"{dice.randrange(40):032x}",
                           task_id=chosen.pk if chosen else None)  # fmt: skip
        try:
            record = submit_check(checker(who), given)
            if dice.random() < 0.3:
                correct_check(checker(who), record, ok(*codes), reason=f"更正 {step}")
        except Refused:
            continue
        hold()


def hold():
    """What holds after every step."""
    for one in CheckTask.objects.exclude(done_at=None):
        made = one.records.filter(current=True, counts=True)
        assert made.count() == 1
        assert one.cycle != "monthly" or made.get().by.role == "principal"
        assert made.get().performed_at.date() >= one.begins_on
    for one in CheckRecord.objects.all():
        assert (one.task_id is None) is (one.use != "self")
        keys = [a for a in one.answers if a["code"] in ("exit", "drill")]
        assert all(a["confirmed"] for a in keys)
        assert sum(a["choice"] == "not_ok" for a in one.answers) <= sum(
            "danger" in a for a in one.answers
        )
    assert CheckRecord.objects.filter(replaces=None).count() == len(
        set(CheckRecord.objects.filter(replaces=None).values_list("key", flat=True))
    )
    assert Danger.objects.count() <= CheckRecord.objects.filter(not_ok__gt=0).count()
