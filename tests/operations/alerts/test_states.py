"""The state machine as the rule book says it (domain.md 3.5), verb by verb and state by state."""

import pytest

from anlan.operations.alerts.rules.states import ALERT, AlertState, own_work, right_for
from anlan.vocabulary.transitions import NoSuchStep

# verb: {from: to}, written from the rule book and not from the table under test.
RULES = {
    "draft": {"DRAFT": "DRAFT"},
    "edit": {"DRAFT": "DRAFT"},
    "review": {"DRAFT": "REVIEWED"},
    "send_back": {"DRAFT": "DRAFT", "REVIEWED": "DRAFT"},
    "reject": {"DRAFT": "REJECTED", "REVIEWED": "REJECTED"},
    "sign": {"REVIEWED": "SIGNED"},
    "sign_urgent": {"DRAFT": "SIGNED", "REVIEWED": "SIGNED"},
    "publish": {"SIGNED": "PUBLISHED"},
    "refuse": {"SIGNED": "REJECTED"},
    "overtake": {"SIGNED": "UPDATED", "PUBLISHED": "UPDATED"},
    "withdraw": {"DRAFT": "REJECTED", "REVIEWED": "REJECTED", "SIGNED": "REJECTED"},
    "propose_lift": {"PUBLISHED": "PUBLISHED"},
    "lift": {"PUBLISHED": "LIFTED"},
    "expire": {"PUBLISHED": "EXPIRED"},
}


@pytest.mark.parametrize("state", list(AlertState))
@pytest.mark.parametrize("verb", RULES)
def test_every_verb_leads_where_the_rule_book_says_and_nowhere_else(verb, state):
    if state in RULES[verb]:
        assert ALERT.step(verb, state).leads_to(state) == RULES[verb][state]
    else:
        with pytest.raises(NoSuchStep):
            ALERT.step(verb, state)


@pytest.mark.parametrize("state", ["UPDATED", "LIFTED", "EXPIRED", "REJECTED"])
def test_an_ended_alert_never_comes_back(state):
    onward = {v for v in ALERT.verbs(state) if ALERT.step(v, state).leads_to(state) != state}
    assert onward == set()


@pytest.mark.parametrize("level", [1, 2])
def test_one_and_two_take_the_districts_leader(level):
    assert right_for("sign", "REVIEWED", level) == "alerts.sign_major"
    assert right_for("sign_urgent", "DRAFT", level) == "alerts.sign_major"
    assert right_for("lift", "PUBLISHED", level) == "alerts.sign_major"


@pytest.mark.parametrize("level", [3, 4])
def test_three_and_four_take_the_duty_leader(level):
    assert right_for("sign", "REVIEWED", level) == "alerts.sign"


@pytest.mark.parametrize(
    ("verb", "mine", "own"),
    [
        ("review", "draft", "draft"),
        ("sign", "draft", "draft"),
        ("sign", "review", "review"),
        ("sign_urgent", "draft", "draft"),
        ("lift", "propose_lift", "propose_lift"),
        ("file_papers", "sign", "sign"),
        ("draft", "review", ""),
    ],
)
def test_nobody_checks_their_own_step(verb, mine, own):
    assert own_work(verb, 7, {mine: 7}) == own
    assert own_work(verb, 8, {mine: 7}) == ""
    assert own_work(verb, 8, {mine: None}) == "", "the platform's proposal is nobody's own"
