"""Receipts repeat: the same people answer at the same minute in every run."""

from datetime import datetime, timedelta

from anlan.operations.drills.rules.receipts import plan, silent
from anlan.operations.drills.rules.scenario import Answers
from anlan.vocabulary.clock import CHINA

SENT = datetime(2020, 8, 19, 9, 0, tzinfo=CHINA)
TABLE = [Answers("household", delivered=0.95, read=0.9, answer=0.8, help=0.02, last_min=25)]
REFS = [f"household:{n}" for n in range(5000)]


def test_the_same_seed_gives_the_same_answers():
    assert plan(REFS, SENT, 1, TABLE) == plan(reversed(REFS), SENT, 1, TABLE)
    assert plan(REFS, SENT, 1, TABLE) != plan(REFS, SENT, 2, TABLE)


def test_shares_come_out_as_stated():
    receipts = plan(REFS, SENT, 1, TABLE)
    share = {what: sum(r.what == what for r in receipts) / 5000 for what in ("delivered", "read")}
    assert abs(share["delivered"] - 0.95) < 0.02
    assert abs(share["read"] - 0.9) < 0.02
    answers = [r for r in receipts if r.what in ("ok", "help")]
    assert abs(len(answers) / 5000 - 0.8) < 0.02
    assert 0.01 < sum(r.what == "help" for r in answers) / len(answers) < 0.03


def test_nobody_answers_before_reading_or_after_the_last_minute():
    steps = {}
    for receipt in plan(REFS, SENT, 1, TABLE):
        steps.setdefault(receipt.ref, []).append(receipt)
    for given in steps.values():
        assert given[0].what == "delivered"
        assert given == sorted(given, key=lambda r: r.at)
        assert given[-1].at <= SENT + timedelta(minutes=25, seconds=45)


def test_a_kind_without_a_row_stays_silent():
    assert plan(["responsible:1"], SENT, 1, TABLE) == []


def test_the_silent_ones_are_few_and_always_the_same():
    refs = [f"responsible:{n}" for n in range(40)]
    chosen = silent(refs, "responsible", 3, 1)
    assert len(chosen) == 3
    assert chosen == silent(list(reversed(refs)), "responsible", 3, 1)
    assert silent(REFS, "responsible", 3, 1) == []
