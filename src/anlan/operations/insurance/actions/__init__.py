from anlan.operations.insurance.actions.demo import load_demo_records
from anlan.operations.insurance.actions.desk import (
    ask_to_renew,
    follow_state,
    let_go_of_closed,
    run_out,
)
from anlan.operations.insurance.actions.district import load_terms
from anlan.operations.insurance.actions.engage import (
    NewEngagement,
    engage,
    finish,
    put_engagement,
    rate,
    take_engagement,
    take_engagement_step,
)
from anlan.operations.insurance.actions.first import ask_for_first_policies
from anlan.operations.insurance.actions.policies import (
    Holder,
    Origin,
    add_document,
    correct_policy,
    enter_policy,
    put_policy,
    put_renewal,
    withdraw_policy,
)
from anlan.operations.insurance.actions.providers import (
    correct_provider,
    put_provider,
    register_provider,
    take_provider_step,
)

__all__ = [
    "Holder", "NewEngagement", "Origin", "add_document", "ask_for_first_policies", "ask_to_renew",
    "correct_policy", "correct_provider", "engage", "enter_policy", "finish", "follow_state",
    "let_go_of_closed", "load_demo_records", "load_terms", "put_engagement", "put_policy",
    "put_provider", "put_renewal", "rate", "register_provider", "run_out", "take_engagement",
    "take_engagement_step", "take_provider_step", "withdraw_policy",
]  # fmt: skip
