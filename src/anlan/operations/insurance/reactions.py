"""What the room of insurance answers to: its own timers."""

from anlan.backbone.events import reacts_to
from anlan.operations.insurance.actions import ask_to_renew, run_out
from anlan.operations.insurance.events import PolicyNearsItsEnd, PolicyRanOut


@reacts_to(PolicyNearsItsEnd)
def put_the_renewal_on_the_desk(event: PolicyNearsItsEnd) -> None:
    ask_to_renew(event.policy_id)


@reacts_to(PolicyRanOut)
def say_that_it_ran_out(event: PolicyRanOut) -> None:
    run_out(event.policy_id)
