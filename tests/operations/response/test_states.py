"""The tables allow what the rule book allows and nothing else."""

import itertools

import pytest

from anlan.operations.response.rules.states import (
    ACTIVATION,
    TASK,
    ActivationState,
    TaskState,
)
from anlan.vocabulary.transitions import NoSuchStep

LEGAL = {
    ("STANDBY", "sign"): "ACTIVE",
    ("STANDBY", "stand down"): "STOOD_DOWN",
    ("ACTIVE", "adjust"): "ADJUSTED",
    ("ADJUSTED", "adjust"): "ADJUSTED",
    ("ACTIVE", "dispatch"): "ACTIVE",
    ("ADJUSTED", "dispatch"): "ADJUSTED",
    ("ACTIVE", "report situation"): "ACTIVE",
    ("ADJUSTED", "report situation"): "ADJUSTED",
    ("ACTIVE", "end"): "ENDED",
    ("ADJUSTED", "end"): "ENDED",
    ("ENDED", "review"): "REVIEWED",
}
LEGAL_FOR_TASKS = {
    ("WAITING", "accept"): "ACCEPTED",
    **{(state, "report"): "DOING" for state in ("WAITING", "ACCEPTED", "DOING")},
    **{(state, "finish"): "DONE" for state in ("WAITING", "ACCEPTED", "DOING")},
    **{(state, "clear"): "CLEARED" for state in ("WAITING", "ACCEPTED", "DOING")},
    ("DONE", "count again"): "DONE",
    ("DONE", "reopen"): "DOING",
    **{(state, "grow"): state for state in ("WAITING", "ACCEPTED", "DOING", "DONE")},
}


def walk(table, states):
    found = {}
    verbs = {step.verb for step in table.steps}
    for state, verb in itertools.product(states, verbs):
        try:
            found[state.value, verb] = table.step(verb, state).leads_to(state)
        except NoSuchStep:
            continue
    return found


def test_a_response_moves_only_as_the_table_says():
    assert walk(ACTIVATION, ActivationState) == LEGAL


def test_a_task_moves_only_as_the_table_says():
    assert walk(TASK, TaskState) == LEGAL_FOR_TASKS


def test_only_a_signature_starts_a_response():
    starts = [s for s in ACTIVATION.steps if s.target == ActivationState.ACTIVE]
    assert [(s.verb, s.right) for s in starts] == [("sign", "response.sign")]


@pytest.mark.parametrize("state", ["REVIEWED", "STOOD_DOWN"])
def test_a_closed_response_moves_no_more(state):
    assert ACTIVATION.verbs(state) == ()
