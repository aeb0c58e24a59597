"""What a recipient reads: slots filled, marks in front, parts counted."""

import pytest

from anlan.operations.messaging.rules import DELIVERY, fill, marked, slots_of, sms_parts
from anlan.vocabulary.transitions import NoSuchStep


def test_a_slot_takes_the_recipients_own_words_and_vanishes_without_them():
    text = "转移到〔安置点〕,打〔网格员电话〕。"
    assert fill(text, {"安置点": "土湾小学"}) == "转移到土湾小学,打。"
    assert slots_of(text) == ["安置点", "网格员电话"]


@pytest.mark.parametrize(
    ("standing", "front"), [("Exercise", "【演练】"), ("Test", "【测试】"), ("Actual", "")]
)
def test_what_is_not_actual_says_so_first(standing, front):
    assert marked(standing, "洪水") == front + "洪水"
    assert marked(standing, marked(standing, "洪水")) == front + "洪水"


def test_short_messages_are_counted_as_the_operator_counts_them():
    # GSM 03.38 / 23.040: 70 UCS-2 characters alone, 67 in each part of a chain.
    assert [sms_parts("汛" * n) for n in (1, 70, 71, 134, 135)] == [1, 1, 2, 2, 3]


# From domain.md 3.5: QUEUED/SENT/DELIVERED/READ/ACKED; a receipt never moves anybody back.
FORWARD = {
    "send": {"QUEUED": "SENT"},
    "fail": {"QUEUED": "FAILED", "SENT": "FAILED"},
    "deliver": dict.fromkeys(("QUEUED", "SENT", "FAILED"), "DELIVERED"),
    "read": dict.fromkeys(("QUEUED", "SENT", "DELIVERED", "FAILED"), "READ"),
    "answer": dict.fromkeys(("QUEUED", "SENT", "DELIVERED", "READ", "FAILED"), "ACKED"),
}


@pytest.mark.parametrize("verb", FORWARD)
@pytest.mark.parametrize("state", ["QUEUED", "SENT", "DELIVERED", "READ", "ACKED", "FAILED"])
def test_a_delivery_moves_forward_only(verb, state):
    if state in FORWARD[verb]:
        assert DELIVERY.step(verb, state).leads_to(state) == FORWARD[verb][state]
    else:
        with pytest.raises(NoSuchStep):
            DELIVERY.step(verb, state)
