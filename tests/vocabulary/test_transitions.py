"""A table answers which step a verb takes, and refuses the rest."""

import pytest

from anlan.vocabulary.transitions import NoSuchStep, Refused, Step, Table

LAMP = Table(
    [Step("light", ("off",), "on"), Step("dim", ("on",), ""), Step("put out", ("on",), "off")]
)


def test_a_verb_leads_from_its_states_to_its_target():
    assert LAMP.step("light", "off").leads_to("off") == "on"


def test_a_step_without_target_keeps_the_state():
    assert LAMP.step("dim", "on").leads_to("on") == "on"


def test_a_verb_from_another_state_is_refused():
    with pytest.raises(NoSuchStep):
        LAMP.step("put out", "off")


def test_the_table_says_what_may_be_done_now():
    assert LAMP.verbs("on") == ("dim", "put out")


def test_a_refusal_keeps_its_words_apart_from_its_figures():
    fault = Refused("%(open)d tasks are open.", open=3)
    assert str(fault) == "3 tasks are open."
    assert (fault.message, fault.parameters) == ("%(open)d tasks are open.", {"open": 3})
