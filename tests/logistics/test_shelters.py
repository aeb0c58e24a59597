"""People go to the nearest places that hold them, and who is left over is named."""

import json
from pathlib import Path

import numpy as np
import pytest

from anlan.logistics.shelters import BadAssignment, assign

SAMPLE = Path(__file__).parents[3] / "shared/hazards/shelter_assignment_small.json"


def test_everyone_goes_to_the_nearest_shelter_while_it_has_room():
    answer = assign([10, 20], [100, 100], [[100.0, 900.0], [800.0, 200.0]])
    assert answer.flow.tolist() == [[10, 0], [0, 20]]
    assert answer.person_metres == 10 * 100 + 20 * 200
    assert answer.mean_distance_m == pytest.approx(5000 / 30)


def test_a_full_shelter_turns_the_cheaper_community_away():
    # Both want shelter 0 (30 places). Moving A away costs 20 x 400, moving B away 20 x 100.
    answer = assign([20, 20], [30, 100], [[100.0, 500.0], [100.0, 200.0]])
    assert answer.flow.tolist() == [[20, 0], [0, 20]]


def test_a_community_may_be_split_when_allowed():
    answer = assign([20, 20], [30, 100], [[100.0, 500.0], [100.0, 200.0]], split=True)
    assert answer.flow.tolist() == [[20, 0], [10, 10]]


@pytest.mark.parametrize("split", [True, False])
def test_those_for_whom_there_is_no_room_are_named(split):
    answer = assign([30, 50], [60], [[10.0], [10.0]], split=split)
    assert answer.flow.sum() + answer.unassigned.sum() == 80
    assert answer.flow.sum() <= 60
    assert answer.flow.sum() == (60 if split else 50)


def test_nobody_is_left_over_to_save_metres():
    answer = assign([1], [1], [[1e6]])
    assert answer.unassigned.tolist() == [0]


def test_nobody_to_move_is_an_answer_too():
    answer = assign([0, 0], [5], [[1.0], [2.0]])
    assert answer.mean_distance_m is None
    assert answer.unassigned.sum() == 0


@pytest.mark.parametrize(
    ("people", "capacity", "far"),
    [([1], [], np.zeros((1, 0))), ([1, 2], [5], [[1.0]]), ([-1], [5], [[1.0]]),
     ([1], [-5], [[1.0]]), ([1], [5], [[np.inf]]), ([1], [5], [[-1.0]])],
)  # fmt: skip
def test_a_question_that_makes_no_sense_is_refused(people, capacity, far):
    with pytest.raises(BadAssignment):
        assign(people, capacity, far)


@pytest.mark.skipif(not SAMPLE.exists(), reason="the shared test sets are not beside the checkout")
@pytest.mark.parametrize(
    ("split", "optimum"),
    [(False, "optimum_person_metres_unsplit"), (True, "optimum_split_lp")],
)
def test_the_published_instance_is_solved_to_its_proved_optimum(split, optimum):
    sample = json.loads(SAMPLE.read_text(encoding="utf-8"))
    answer = assign(sample["people"], sample["capacity"], sample["distance_m"], split=split)
    assert answer.person_metres == pytest.approx(sample[optimum], rel=1e-9)
    assert answer.gap <= 1e-6
    assert (answer.flow.sum(axis=0) <= np.array(sample["capacity"])).all()
    assert answer.flow.sum() == sum(sample["people"])
