"""What the room of insurance answers to: its own timers, and enterprises that close or move."""

from anlan.backbone.events import reacts_to
from anlan.operations.insurance.actions import ask_to_renew, follow_state, run_out
from anlan.operations.insurance.events import PolicyNearsItsEnd, PolicyRanOut
from anlan.operations.safety.events import EnterprisesCorrected


@reacts_to(PolicyNearsItsEnd)
def put_the_renewal_on_the_desk(event: PolicyNearsItsEnd) -> None:
    ask_to_renew(event.policy_id)


@reacts_to(PolicyRanOut)
def say_that_it_ran_out(event: PolicyRanOut) -> None:
    run_out(event.policy_id)


@reacts_to(EnterprisesCorrected)
def renew_nothing_of_what_is_closed(event: EnterprisesCorrected) -> None:
    follow_state(event.enterprises)
